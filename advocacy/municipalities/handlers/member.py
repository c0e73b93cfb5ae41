"""One member: looked at, added by hand, changed, retired; what it objects to."""

from typing import Any  # values of a page

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.advice import labels as advice_labels  # looks ahead, only to read
from advocacy.advice import queries as advice  # looks ahead, only to read
from advocacy.advice.rules import WANTED_WITHIN  # looks ahead, only to read
from advocacy.calls import queries as calls
from advocacy.errors import Invalid
from advocacy.events import labels as gathering_labels  # looks ahead, only to read
from advocacy.events import queries as gatherings  # looks ahead, only to read
from advocacy.municipalities import actions, forms, labels, members, queries, rules
from advocacy.municipalities.handlers.own_page import page_of
from advocacy.municipalities.tables import Municipality
from advocacy.outcomes import labels as fates
from advocacy.outcomes import queries as outcomes
from advocacy.people.guards import house, secretariat, staff
from advocacy.people.rules import COUNTRIES
from advocacy.projects import labels as project_labels  # looks ahead, only to read
from advocacy.projects import queries as projects  # looks ahead, only to read
from advocacy.web.once import once
from advocacy.web.pages import Web, page, person_of, say, to, typed
from feeds.reading.topics import topic_label


@get("/{lang:str}/m/{code:str}", guards=[house])
async def member_page(request: Web, code: FromPath[str]) -> Template:
    member = await queries.by_code(code)
    people = (await queries.contacts_of([member.id])).get(member.id, [])
    carers = await queries.coordinators()
    me, now = person_of(request), clock.now()
    region = await queries.by_id(member.represented_by) if member.represented_by else None
    spoken_for = await queries.represented(member.id) if member.kind == "region" else []
    asked = await calls.of_municipality(member.id, language=texts.language())
    asked, further = page_of(request, asked)
    became = await outcomes.became_of([row["id"] for row in asked], texts.language())
    return page(
        request, "municipalities/member.html", member=member, labels=labels, contacts=people,
        coordinator=carers.get(member.country), region=region, spoken_for=spoken_for,
        stands_for=rules.stands_for(listed=len(spoken_for), told=member.stands_for),
        may_edit=rules.may_edit(me.role, me.countries.split(","), country=member.country),
        may_retire=rules.may_retire(me.role), calls=asked, became=became, fates=fates,
        further=further, questions=await advice.of_municipality(member.id, by=me),
        question_labels=advice_labels, late=WANTED_WITHIN,
        gatherings=await gatherings.of_municipality(member.id, now=now),
        gathering_labels=gathering_labels,
        projects=await projects.of_municipality(member, texts.language(), today=now.date()),
        project_labels=project_labels, topic_name=topic_label,
        objections=await queries.objections(member.id), now=now, ask=_may_ask(people, now),
        fresh={each.id: _is_fresh(each, member, now) for each in people},
    )  # fmt: skip


def _may_ask(people: Any, now: Any) -> bool:
    return any(rules.may_ask_to_confirm(each.confirm_asked, now=now) for each in people)


def _is_fresh(contact: Any, member: Municipality, now: Any) -> bool:
    created = contact.created or member.created
    return rules.is_fresh(confirmed=contact.confirmed, created=created, now=now)


async def _form(request: Web, member: Municipality | None, **values: Any) -> Template:
    mine = [code for code in person_of(request).countries.split(",") if code]
    every = person_of(request).role == "secretariat"
    return page(
        request, "municipalities/edit.html", member=member, labels=labels,
        countries=COUNTRIES if every else [code for code in COUNTRIES if code in mine],
        languages=rules.LANGUAGES, shown=members.seen(member) if member else "",
        regions=[
            row for row in await queries.regions() if not member or row["code"] != member.code
        ],
        **values,
    )  # fmt: skip


@get("/{lang:str}/municipalities/new", guards=[staff])
async def new_member(request: Web) -> Template:
    return await _form(request, None)


@post("/{lang:str}/municipalities/new", guards=[staff], status_code=200)
async def add_member(request: Web) -> Template | Redirect:
    form, by = await typed(request), person_of(request)

    async def act() -> str:
        new = forms.member(form)
        event = await actions.add_member(new, by=by, now=clock.now())
        say(request, texts.gettext("%(name)s is added.") % {"name": new.name}, undo=event)
        return f"/{texts.language()}/m/{new.code}"

    try:
        return await once(form, act, now=clock.now())
    except Invalid as error:
        return await _form(request, None, status=422, problems=error.fields, typed=form)


@get("/{lang:str}/m/{code:str}/edit", guards=[staff])
async def edit_page(request: Web, code: FromPath[str]) -> Template:
    member = await _keeps(request, code)
    region = await queries.by_id(member.represented_by) if member.represented_by else None
    names = (*members.SHOWN, "code")
    form = {name: "" if (value := getattr(member, name)) is None else value for name in names}
    return await _form(
        request, member, typed=form | {"represented_by": region.code if region else ""}
    )


async def _keeps(request: Web, code: str) -> Municipality:
    """The municipality, if this person keeps it."""
    member = await queries.by_code(code)
    actions.check_right(person_of(request), member.country)
    return member


@post("/{lang:str}/m/{code:str}/edit", guards=[staff], status_code=200)
async def change_member(request: Web, code: FromPath[str]) -> Template | Redirect:
    form, by = await typed(request), person_of(request)
    member = await _keeps(request, code)

    async def act() -> str:
        new = forms.member({**form, "code": member.code})
        event = await actions.change_member(
            member.code, new, shown=form.get("shown", ""), by=by, now=clock.now()
        )
        say(request, texts.gettext("%(name)s is kept.") % {"name": new.name}, undo=event)
        return f"/{texts.language()}/m/{member.code}"

    try:
        return await once(form, act, now=clock.now())
    except Invalid as error:
        return await _form(request, member, status=422, problems=error.fields, typed=form)


@post("/{lang:str}/m/{code:str}/retire", guards=[secretariat], status_code=303)
async def retire(request: Web, code: FromPath[str]) -> Redirect:
    member = await queries.by_code(code)
    event = await actions.retire(member.code, by=person_of(request), now=clock.now())
    said = texts.gettext("%(name)s is a former member and is not asked any more.")
    say(request, said % {"name": member.name}, undo=event)
    return to(f"/m/{member.code}")


@post("/{lang:str}/m/{code:str}/again", guards=[secretariat], status_code=303)
async def take_in_again(request: Web, code: FromPath[str]) -> Redirect:
    member = await queries.by_code(code)
    event = await actions.take_in_again(member.code, by=person_of(request), now=clock.now())
    said = texts.gettext("%(name)s is a member again.")
    say(request, said % {"name": member.name}, undo=event)
    return to(f"/m/{member.code}")


@post("/{lang:str}/m/{code:str}/objections/{event:int}", guards=[staff], status_code=303)
async def settle(request: Web, code: FromPath[str], event: FromPath[int]) -> Redirect:
    member = await _keeps(request, code)
    done = await actions.settle(event, by=person_of(request), now=clock.now())
    say(request, texts.gettext("The objection is settled."), undo=done)
    return to(f"/m/{member.code}")


handlers = [
    member_page,
    new_member,
    add_member,
    edit_page,
    change_member,
    retire,
    take_in_again,
    settle,
]
