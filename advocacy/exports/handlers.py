"""What leaves the house: tables and calendars."""

from collections.abc import Awaitable, Callable
from typing import Any  # Litestar's responses are generic over their content

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.errors import NotFound
from advocacy.exports import actions, calendars, sheets
from advocacy.exports.tables import Sheet, as_csv, as_xlsx
from advocacy.people.guards import house, staff
from advocacy.settings import settings
from advocacy.web.pages import Web, page, person_of, say, to

PUBLIC = {"public": True}
KEPT_FOR = 15 * 60  # seconds: clients of calendars ask often

SHEETS: dict[str, Callable[[], Awaitable[Sheet]]] = {
    "municipalities": sheets.municipalities,
    "dossiers": sheets.dossiers,
}
FORMATS: dict[str, tuple[Callable[[Sheet], bytes], str]] = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def _file(sheet: Sheet, extension: str) -> Response[Any]:
    write, media_type = FORMATS[extension]
    headers = {"content-disposition": f'attachment; filename="{sheet.name}.{extension}"'}
    return Response(write(sheet), media_type=media_type, headers=headers)


@get("/{lang:str}/export/{name:str}", guards=[staff])
async def table(name: FromPath[str]) -> Response[Any]:
    what, _, extension = name.rpartition(".")
    if what not in SHEETS or extension not in FORMATS:
        raise NotFound("There is no such table")
    return _file(await SHEETS[what](), extension)


@get("/{lang:str}/export/calls/{name:str}", guards=[staff])
async def coverage_table(name: FromPath[str]) -> Response[Any]:
    number, _, extension = name.rpartition(".")
    if extension not in FORMATS:
        raise NotFound("There is no such table")
    return _file(await sheets.coverage(number), extension)


@get("/{lang:str}/me/calendar", guards=[house])
async def calendar_page(request: Web) -> Template:
    has_one = bool(person_of(request).calendar_hash)
    return page(request, "overview/calendar.html", has_one=has_one, secret="")


@post("/{lang:str}/me/calendar", guards=[house], status_code=200)
async def renew_calendar(request: Web) -> Template:
    """Shows the new address this once."""
    token = await actions.renew_calendar(person_of(request), now=clock.now())
    address = f"{settings().base_url}/cal/{token}.ics"
    return page(request, "overview/calendar.html", has_one=True, secret=address)


@post("/{lang:str}/me/calendar/drop", guards=[house], status_code=303)
async def drop_calendar(request: Web) -> Redirect:
    await actions.drop_calendar(person_of(request), now=clock.now())
    say(request, texts.gettext("The address of your calendar is dead."))
    return to("/me/calendar")


@get("/cal/{name:str}", opt=PUBLIC)
async def calendar_file(name: FromPath[str]) -> Response[Any]:
    """The secret in the address is the key; calendar programs cannot sign in."""
    token, _, extension = name.rpartition(".")
    person = await calendars.owner(token) if extension == "ics" and token else None
    if person is None:
        raise NotFound("There is no such calendar")
    content = await calendars.calendar_of(person, now=clock.now())
    headers = {"cache-control": f"private, max-age={KEPT_FOR}"}
    return Response(content, media_type="text/calendar; charset=utf-8", headers=headers)


handlers = [
    table,
    coverage_table,
    calendar_page,
    renew_calendar,
    drop_calendar,
    calendar_file,
]
