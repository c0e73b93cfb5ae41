"""The points of a programme: add, change, take out."""

from collections.abc import Mapping

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.dossiers.deadlines.instants import retyped
from advocacy.errors import Invalid, Message
from advocacy.events import actions, forms, labels, queries
from advocacy.events.forms import PointForm
from advocacy.events.handlers.keeping import kept, topics
from advocacy.events.tables import Gathering
from advocacy.people.guards import staff
from advocacy.people.rules import LANGUAGES
from advocacy.templating import address
from advocacy.web.once import once
from advocacy.web.pages import Web, page, person_of, say, to, typed

Problems = Mapping[str, Message]


def _read(form: Mapping[str, str], gathering: Gathering) -> PointForm:
    return forms.point(
        form, zone=gathering.zone, begins=gathering.begins, ends=gathering.ends, now=clock.now()
    )


@get("/{lang:str}/events/{gathering_id:int}/points/new", guards=[staff])
async def new_point(request: Web, gathering_id: FromPath[int]) -> Template:
    return await _form(request, await kept(request, gathering_id), 0, {})


@post("/{lang:str}/events/{gathering_id:int}/points/new", guards=[staff], status_code=200)
async def add_point(request: Web, gathering_id: FromPath[int]) -> Template | Redirect:
    form, now = await typed(request), clock.now()
    gathering = await kept(request, gathering_id)

    async def act() -> str:
        new = _read(form, gathering)
        number = await actions.programme.add(gathering.id, new, by=person_of(request), now=now)
        say(request, texts.gettext("The point stands in the programme."))
        return address(f"/events/{gathering.id}#point-{number}")

    try:
        return await once(form, act, now=now)
    except Invalid as error:
        return await _form(request, gathering, 0, form, problems=error.fields)


@get("/{lang:str}/events/{gathering_id:int}/points/{number:int}", guards=[staff])
async def point_page(
    request: Web, gathering_id: FromPath[int], number: FromPath[int]
) -> Template:  # fmt: skip
    gathering = await kept(request, gathering_id)
    there = await actions.programme.shown(await actions.programme.point(gathering.id, number))
    values = _as_typed(there, gathering.zone) | {"base": there.fingerprint()}
    return await _form(request, gathering, number, values)


@post("/{lang:str}/events/{gathering_id:int}/points/{number:int}", guards=[staff], status_code=200)
async def change_point(
    request: Web, gathering_id: FromPath[int], number: FromPath[int]
) -> Template | Redirect:
    form, now = await typed(request), clock.now()
    gathering = await kept(request, gathering_id)

    async def act() -> str:
        await actions.programme.change(
            gathering.id, number, _read(form, gathering), base=form.get("base", ""),
            by=person_of(request), now=now,
        )  # fmt: skip
        say(request, texts.gettext("The programme is changed."))
        return address(f"/events/{gathering.id}#programme")

    try:
        return await once(form, act, now=now)
    except Invalid as error:
        return await _form(request, gathering, number, form, problems=error.fields)


@post(
    "/{lang:str}/events/{gathering_id:int}/points/{number:int}/remove",
    guards=[staff],
    status_code=303,
)
async def remove_point(
    request: Web, gathering_id: FromPath[int], number: FromPath[int]
) -> Redirect:  # fmt: skip
    form = await typed(request)
    gathering = await kept(request, gathering_id)
    event = await actions.programme.remove(
        gathering.id, number, base=form.get("base", ""), by=person_of(request), now=clock.now()
    )
    say(request, texts.gettext("The point is taken out of the programme."), undo=event)
    return to(f"/events/{gathering.id}#programme")


def _as_typed(there: PointForm, zone: str) -> dict[str, str]:
    values = {
        name: "" if (value := getattr(there, name)) is None else str(value)
        for name in ("speaker", "place", "latitude", "longitude", "dossier", "project", "topic")
    }
    values["begins"] = retyped(there.begins, zone, "exact") if there.begins else ""
    return values | {f"title_{code}": title for code, title in there.titles.items()}


async def _form(
    request: Web,
    gathering: Gathering,
    number: int,
    form: Mapping[str, str],
    *,
    problems: Problems | None = None,
) -> Template:
    return page(
        request, "events/point.html", status=422 if problems else 200, problems=problems or {},
        typed=form, gathering=gathering, number=number, labels=labels, languages=LANGUAGES,
        told=await queries.told_in(gathering, texts.language()), topics=topics(),
    )  # fmt: skip


handlers = [new_point, add_point, point_page, change_point, remove_point]
