"""Prepare a gathering, change it, publish it, call it off."""

from collections.abc import Mapping
from typing import Any  # values of a page

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.dossiers.deadlines.instants import ZONES, retyped
from advocacy.dossiers.labels import topic_name
from advocacy.errors import Invalid, Message, NotAllowed
from advocacy.events import actions, forms, labels, queries
from advocacy.events.fields import one_line
from advocacy.events.handlers.looking import page_of
from advocacy.events.tables import Gathering
from advocacy.people.guards import staff
from advocacy.people.rules import COUNTRIES, LANGUAGES
from advocacy.templating import address
from advocacy.web.once import once
from advocacy.web.pages import Web, page, person_of, say, to, typed
from feeds.reading.topics import TOPICS

Problems = Mapping[str, Message]


async def kept(request: Web, gathering_id: int) -> Gathering:
    """A gathering that this person keeps; for others it is not there."""
    gathering = await queries.by_id(gathering_id)
    actions.drafting.check_right(gathering, person_of(request))
    return gathering


@get("/{lang:str}/events/new", guards=[staff])
async def new(request: Web) -> Template:
    me = person_of(request)
    country = me.countries.split(",")[0] if me.role == "coordinator" else ""
    start = {"zone": ZONES[0], "language": me.language, "contact": me.email, "country": country}
    return _form(request, None, start)


@post("/{lang:str}/events/new", guards=[staff], status_code=200)
async def draft(request: Web) -> Template | Redirect:
    form, now = await typed(request), clock.now()

    async def act() -> str:
        made = await actions.draft(forms.gathering(form, now=now), by=person_of(request), now=now)
        say(request, texts.gettext("The gathering is kept. Nobody sees it before it is published."))
        return address(f"/events/{made.id}")

    try:
        return await once(form, act, now=now)
    except Invalid as error:
        return _form(request, None, form, problems=error.fields)


@get("/{lang:str}/events/{gathering_id:int}/edit", guards=[staff])
async def edit_page(request: Web, gathering_id: FromPath[int]) -> Template:
    gathering = await kept(request, gathering_id)
    there = actions.drafting.shown(gathering, await queries.texts_of(gathering.id))
    return _form(request, gathering, as_typed(there) | {"base": there.fingerprint()})


@post("/{lang:str}/events/{gathering_id:int}/edit", guards=[staff], status_code=200)
async def edit(request: Web, gathering_id: FromPath[int]) -> Template | Redirect:
    form, now = await typed(request), clock.now()
    gathering = await kept(request, gathering_id)

    async def act() -> str:
        event = await actions.edit(
            gathering.id, forms.gathering(form, now=now), base=form.get("base", ""),
            by=person_of(request), now=now,
        )  # fmt: skip
        if event is not None:
            say(request, texts.gettext("The gathering is changed."))
        return address(f"/events/{gathering.id}")

    try:
        return await once(form, act, now=now)
    except Invalid as error:
        return _form(request, gathering, form, problems=error.fields)
    except NotAllowed as error:
        return _form(request, gathering, form, problems={"places": error.message})


def as_typed(there: forms.GatheringForm) -> dict[str, str]:
    """As its fields show it: what the form reads back."""
    values = {
        name: "" if value is None else str(value)
        for name, value in there.columns().items()
        if name not in {"begins", "ends", "register_until", "guests"}
    }
    for name in ("begins", "ends", "register_until"):
        at = getattr(there, name)
        values[name] = retyped(at, there.zone, "exact") if at else ""
    values["guests"] = "1" if there.guests else ""
    for code, words in there.texts.items():
        values |= {f"title_{code}": words.title, f"summary_{code}": words.summary}
    return values


def _form(
    request: Web,
    gathering: Gathering | None,
    form: Mapping[str, str],
    *,
    problems: Problems | None = None,
) -> Template:
    return page(
        request, "events/edit.html", status=422 if problems else 200, problems=problems or {},
        typed=form, gathering=gathering, labels=labels, zones=ZONES, countries=COUNTRIES,
        languages=LANGUAGES, topics=topics(),
    )  # fmt: skip


def topics() -> list[tuple[str, str]]:
    named = [(key, topic_name(key, texts.language())) for key in TOPICS]
    return sorted(named, key=lambda pair: pair[1].casefold())


@post("/{lang:str}/events/{gathering_id:int}/publish", guards=[staff], status_code=303)
async def publish(request: Web, gathering_id: FromPath[int]) -> Redirect:
    gathering = await kept(request, gathering_id)
    event = await actions.publish(gathering.id, by=person_of(request), now=clock.now())
    said = texts.gettext("The gathering is published. Invite municipalities next.")
    say(request, said, undo=event)
    return to(f"/events/{gathering.id}")


@post("/{lang:str}/events/{gathering_id:int}/call-off", guards=[staff], status_code=200)
async def call_off(request: Web, gathering_id: FromPath[int]) -> Template | Redirect:
    form, now = await typed(request), clock.now()
    gathering = await kept(request, gathering_id)
    reason = one_line(form.get("reason", ""))

    async def act() -> str:
        event = await actions.call_off(gathering.id, reason, by=person_of(request), now=now)
        said = texts.gettext(
            "The gathering is called off. The letters leave in ten minutes; until then you can "
            "take it back."
        )
        say(request, said, undo=event)
        return address(f"/events/{gathering.id}")

    try:
        return await once(form, act, now=now)
    except Invalid as error:
        values: dict[str, Any] = {"problems": error.fields, "typed": form}
        return await page_of(request, gathering, status=422, **values)


handlers = [new, draft, edit_page, edit, publish, call_off]
