"""A municipality's own page, without login: the key in its letters is enough.

Opening it records nothing. What is of others stands here only as far as it is public.
"""

from datetime import timedelta
from typing import Any  # values of a page

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.advice import labels as advice_labels  # looks ahead, only to read
from advocacy.advice import queries as advice  # looks ahead, only to read
from advocacy.calls import queries as calls
from advocacy.calls import rules as call_rules
from advocacy.errors import Invalid, NotFound
from advocacy.events import labels as gathering_labels  # looks ahead, only to read
from advocacy.events import queries as gatherings  # looks ahead, only to read
from advocacy.municipalities import actions, confirming, forms, labels, links, queries
from advocacy.municipalities.misrepresenting import Objection, objection_text
from advocacy.municipalities.tables import Contact
from advocacy.outcomes import labels as fates
from advocacy.outcomes import queries as outcomes
from advocacy.projects import labels as project_labels  # looks ahead, only to read
from advocacy.projects import queries as projects  # looks ahead, only to read
from advocacy.web.once import once
from advocacy.web.pages import Web, go, page, typed
from feeds.reading.topics import topic_label

PUBLIC = {"public": True}
CALLS_SHOWN = 10
JUST_NOW = timedelta(minutes=5)
"""What happened since is said above: nobody is signed in here who could be told in another way."""


def page_of(request: Web, rows: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], int]:
    """The calls of one page and the number of the next; 0: there is none.

    What became of an answer takes a few queries for each matter, so that not all are shown at once.
    """
    typed_number = request.query_params.get("page", "")
    is_number = typed_number.isascii() and typed_number.isdigit() and len(typed_number) < 4  # noqa: PLR2004
    number = max(int(typed_number) if is_number else 1, 1)
    end = number * CALLS_SHOWN
    return rows[end - CALLS_SHOWN : end], number + 1 if len(rows) > end else 0


async def _contact(request: Web, key: str) -> Contact:
    """Whose page it is; from here on their language is spoken, or the one they chose."""
    number = links.contact_of(key, links.PAGE)
    if number is None:
        raise NotFound("This link is not complete. Please open it from the letter once more.")
    contact = await queries.contact(number)
    wished = request.query_params.get("language", "")
    texts.speak(wished if wished in texts.LANGUAGES else contact.language)
    return contact


def _here(request: Web, key: str) -> str:
    wished = request.query_params.get("language", "")
    return f"/m/{key}" + (f"?language={wished}" if wished in texts.LANGUAGES else "")


@get("/m/{key:str}", opt=PUBLIC)
async def own_page(request: Web, key: FromPath[str]) -> Template:
    return await _page(request, key, await _contact(request, key))


async def _page(request: Web, key: str, contact: Contact, **values: Any) -> Template:
    member, now = contact.municipality, clock.now()
    people = (await queries.contacts_of([member.id])).get(member.id, [])
    asked = await calls.of_municipality(member.id, language=texts.language())
    asked, further = page_of(request, asked)
    became = await outcomes.became_of([row["id"] for row in asked], texts.language())
    open_ones = [
        row | {"link": calls.link_of(row["id"])}
        for row in asked
        if row["call_state"] == call_rules.CallState.OPEN
        and row["answers_until"] > now
        and row["id"] not in became
    ]
    carers = await queries.coordinators()
    objections = await queries.objections(member.id)
    end = request.url.query
    shown: dict[str, Any] = {
        "typed": {name: getattr(contact, name) for name in ("name", "phone", "language")},
        "objecting": 0,
        "objection": "",
    }
    return page(
        request, "municipalities/own_page.html", key=key, end=f"?{end}" if end else "",
        member=member, contact=contact, people=people, labels=labels, fates=fates,
        open_calls=sorted(open_ones, key=lambda row: row["answers_until"]),
        past=[row for row in asked if row["id"] not in {each["id"] for each in open_ones}],
        became=became, further=further,
        objections={each.invitation: each for each in reversed(objections)},
        gatherings=await gatherings.of_municipality(member.id, now=now),
        gathering_labels=gathering_labels,
        projects=await projects.of_municipality(member, texts.language(), today=now.date()),
        project_labels=project_labels, topic_name=topic_label,
        questions=await advice.of_municipality(member.id), question_labels=advice_labels,
        question_link=advice.token_of,
        coordinator=carers.get(member.country), shown=confirming.own_seen(contact),
        calendar=f"/cal/m/{links.key_of(contact.id, links.PAGE)}.ics",
        settings_link=links.mail_settings(contact.id), just_now=now - JUST_NOW, now=now,
        **(shown | values),
    )  # fmt: skip


@post("/m/{key:str}/right", opt=PUBLIC, status_code=303)
async def confirm(request: Web, key: FromPath[str]) -> Redirect:
    contact = await _contact(request, key)
    await actions.confirm(contact.id, now=clock.now())
    return go(f"{_here(request, key)}#people")


@post("/m/{key:str}/me", opt=PUBLIC, status_code=200)
async def change_own(request: Web, key: FromPath[str]) -> Template | Redirect:
    form, now = await typed(request), clock.now()
    contact = await _contact(request, key)
    try:
        words = forms.own_words(form)
    except Invalid as error:
        return await _page(
            request, key, contact, status=422, problems=error.fields, typed=form
        )  # fmt: skip

    async def act() -> str:
        await actions.change_own(contact.id, words, shown=form.get("shown", ""), now=now)
        return f"/m/{key}#people"

    return await once(form, act, now=now)


@post("/m/{key:str}/objection/{invitation:int}", opt=PUBLIC, status_code=200)
async def object_to_it(
    request: Web, key: FromPath[str], invitation: FromPath[int]
) -> Template | Redirect:
    """What was made of an answer misrepresents the municipality."""
    form, now = await typed(request), clock.now()
    contact = await _contact(request, key)
    asked = {row["id"] for row in await calls.of_municipality(contact.municipality.id)}
    became = await outcomes.became_of(sorted(asked & {invitation}), texts.language())
    if invitation not in became:
        raise NotFound("There is no such answer")
    followed = became[invitation].followed
    try:
        text = objection_text(form.get("objection", ""))
    except Invalid as error:
        problems = {f"objection-{invitation}": error.fields["objection"]}
        return await _page(
            request, key, contact, status=422, problems=problems, objecting=invitation,
            objection=form.get("objection", ""),
        )  # fmt: skip
    said = Objection(
        invitation, followed.ground.dossier.id, became[invitation].number, followed.title, text
    )

    async def act() -> str:
        await actions.report(contact, said, now=now)
        return f"{_here(request, key)}#answer-{invitation}"

    return await once(form, act, now=now)


handlers = [own_page, confirm, change_own, object_to_it]
