"""Write down what was said, and let it become something."""

from collections.abc import Mapping
from typing import Any  # values of a page

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.calls import labels as calls
from advocacy.calls.rules import OFFERED, Basis
from advocacy.errors import Invalid, Message, NotAllowed
from advocacy.events import actions, labels, queries
from advocacy.events.handlers.keeping import kept
from advocacy.events.keeping.programme import points_of
from advocacy.events.rules import WhyNot
from advocacy.events.saying.chances import chances
from advocacy.events.saying.minutes import STANCES, MinuteRow, minutes_of, one
from advocacy.events.saying.typed import NewMinute, minute
from advocacy.events.tables import Gathering
from advocacy.people.guards import staff
from advocacy.people.rules import LANGUAGES
from advocacy.templating import address
from advocacy.web.once import once
from advocacy.web.pages import Web, page, person_of, say, to, typed

BASES = (Basis.MAYOR, Basis.OFFICE)
IN_DOSSIER = Message("It is news now, and can be cited.")
IN_INBOX = Message("It is news now. It waits in the inbox until somebody puts it into a dossier.")


@get("/{lang:str}/events/{gathering_id:int}/minutes", guards=[staff])
async def minutes_page(request: Web, gathering_id: FromPath[int]) -> Template:
    gathering = await kept(request, gathering_id)
    point = request.query_params.get("point", "")[:4]
    return await _page(request, gathering, {"language": texts.language(), "point": point})


@post("/{lang:str}/events/{gathering_id:int}/minutes", guards=[staff], status_code=200)
async def write(request: Web, gathering_id: FromPath[int]) -> Template | Redirect:
    form, now = await typed(request), clock.now()
    gathering = await kept(request, gathering_id)

    async def act() -> str:
        new = await _read(form, gathering)
        event = await actions.minutes.write(gathering.id, new, by=person_of(request), now=now)
        say(request, texts.gettext("It stands in the minutes."), undo=event)
        point = f"?point={new.point}" if new.point else ""
        return address(f"/events/{gathering.id}/minutes{point}")

    try:
        return await once(form, act, now=now)
    except Invalid as error:
        return await _page(request, gathering, form, status=422, problems=error.fields)


async def _read(form: Mapping[str, str], gathering: Gathering) -> NewMinute:
    points = len(await points_of(gathering.id, texts.language()))
    return minute(form, points=points, stances=STANCES)


@get("/{lang:str}/events/{gathering_id:int}/minutes/{number:int}", guards=[staff])
async def minute_page(
    request: Web, gathering_id: FromPath[int], number: FromPath[int]
) -> Template:  # fmt: skip
    gathering = await kept(request, gathering_id)
    row = await one(gathering.id, number)
    values = {
        name: getattr(row, name) for name in ("text", "language", "said_by", "code", "stance")
    }
    values |= {"point": str(row.point_number or ""), "base": row.fingerprint()}
    return await _one(request, gathering, row, values)


@post("/{lang:str}/events/{gathering_id:int}/minutes/{number:int}", guards=[staff], status_code=200)
async def change(
    request: Web, gathering_id: FromPath[int], number: FromPath[int]
) -> Template | Redirect:
    form, now = await typed(request), clock.now()
    gathering = await kept(request, gathering_id)
    row = await one(gathering.id, number)

    async def act() -> str:
        await actions.minutes.change(
            gathering.id, number, await _read(form, gathering), base=form.get("base", ""),
            by=person_of(request), now=now,
        )  # fmt: skip
        say(request, texts.gettext("The minutes are changed."))
        return address(f"/events/{gathering.id}/minutes#minute-{number}")

    try:
        return await once(form, act, now=now)
    except Invalid as error:
        return await _one(request, gathering, row, form, status=422, problems=error.fields)


@post(
    "/{lang:str}/events/{gathering_id:int}/minutes/{number:int}/remove",
    guards=[staff],
    status_code=303,
)
async def remove(
    request: Web, gathering_id: FromPath[int], number: FromPath[int]
) -> Redirect:  # fmt: skip
    gathering = await kept(request, gathering_id)
    event = await actions.minutes.remove(
        gathering.id, number, by=person_of(request), now=clock.now()
    )
    say(request, texts.gettext("It is taken out of the minutes."), undo=event)
    return to(f"/events/{gathering.id}/minutes")


@post(
    "/{lang:str}/events/{gathering_id:int}/minutes/{number:int}/become",
    guards=[staff],
    status_code=200,
)
async def become(
    request: Web, gathering_id: FromPath[int], number: FromPath[int]
) -> Template | Redirect:
    form, now = await typed(request), clock.now()
    gathering = await kept(request, gathering_id)
    by = person_of(request)

    async def act() -> str:
        match form.get("what", ""):
            case "contribution":
                basis = Basis.MAYOR if form.get("basis") == Basis.MAYOR else Basis.OFFICE
                await actions.becoming.become_answer(
                    gathering.id, number, basis=basis, by=by, now=now
                )
                say(request, texts.gettext("It is an answer of the municipality now."))
            case "project":
                made = await actions.becoming.become_project(gathering.id, number, by=by, now=now)
                say(request, texts.gettext("It is a project now. Say more about it."))
                return address(f"/projects/{made}/edit")
            case "news":
                await actions.becoming.become_news(gathering.id, number, by=by, now=now)
                cited = (await one(gathering.id, number)).dossier
                say(request, texts.translate(IN_DOSSIER if cited else IN_INBOX))
            case _:
                raise NotAllowed("Choose one of the buttons")
        return address(f"/events/{gathering.id}/minutes#minute-{number}")

    try:
        return await once(form, act, now=now)
    except (Invalid, NotAllowed) as error:
        problems = {"become": error.message}
        start = {"language": texts.language()}
        return await _page(request, gathering, start, status=422, problems=problems)


async def _shared(gathering: Gathering) -> dict[str, Any]:
    return {
        "gathering": gathering,
        "told": await queries.told_in(gathering, texts.language()),
        "points": await points_of(gathering.id, texts.language()),
        "labels": labels,
        "stances": [(each, calls.STANCES[each]) for each in OFFERED],
        "stance_labels": calls.STANCES,
        "languages": LANGUAGES,
    }


async def _page(
    request: Web, gathering: Gathering, form: Mapping[str, str], **values: Any
) -> Template:
    rows = await minutes_of(gathering.id)
    found = await chances(rows, now=clock.now())
    return page(
        request, "events/minutes.html", typed=form, rows=rows,
        why_not={key: each for key, each in found.items() if isinstance(each, WhyNot)},
        bases=[(each, calls.BASES[each]) for each in BASES], **await _shared(gathering), **values,
    )  # fmt: skip


async def _one(
    request: Web, gathering: Gathering, row: MinuteRow, form: Mapping[str, str], **values: Any
) -> Template:
    return page(
        request, "events/minute.html", typed=form, row=row, **await _shared(gathering), **values
    )


handlers = [minutes_page, write, minute_page, change, remove, become]
