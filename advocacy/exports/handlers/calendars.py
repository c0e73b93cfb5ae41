"""Calendars to subscribe to: one's own, a country's, a dossier's."""

import hmac
from typing import Any  # Litestar's responses are generic over their content

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.dossiers import queries
from advocacy.dossiers.calendars.calendar import SPOKEN, entity_tag
from advocacy.dossiers.calendars.dates import calendar_key
from advocacy.dossiers.forms import number_in
from advocacy.errors import Message, NotFound
from advocacy.exports import actions, calendars
from advocacy.municipalities import links
from advocacy.municipalities import queries as municipalities
from advocacy.people.guards import house
from advocacy.people.rules import COUNTRIES
from advocacy.settings import settings
from advocacy.web.pages import Web, page, person_of, say, to

PUBLIC = {"public": True}
KEPT_FOR = 15 * 60  # seconds: clients of calendars ask often
NO_CALENDAR = Message("There is no such calendar")


@get("/{lang:str}/me/calendar", guards=[house])
async def calendar_page(request: Web) -> Template:
    return _page(request, has_one=bool(person_of(request).calendar_hash), secret="")


@post("/{lang:str}/me/calendar", guards=[house], status_code=200)
async def renew_calendar(request: Web) -> Template:
    """Shows the new address this once."""
    token = await actions.renew_calendar(person_of(request), now=clock.now())
    return _page(request, has_one=True, secret=f"{settings().base_url}/cal/{token}.ics")


def _page(request: Web, *, has_one: bool, secret: str) -> Template:
    return page(
        request, "overview/calendar.html", has_one=has_one, secret=secret, countries=COUNTRIES
    )


@post("/{lang:str}/me/calendar/drop", guards=[house], status_code=303)
async def drop_calendar(request: Web) -> Redirect:
    await actions.drop_calendar(person_of(request), now=clock.now())
    say(request, texts.gettext("The address of your calendar is dead."))
    return to("/me/calendar")


@get("/cal/{name:str}", opt=PUBLIC)
async def calendar_file(request: Web, name: FromPath[str]) -> Response[Any]:
    """A country's, or one whose secret address is the key: calendar programs cannot sign in."""
    key = _key(name)
    if country := calendars.country_of(key):
        return await _of_country(request, country, SPOKEN[country])
    person = await calendars.owner(key)
    if person is None:
        raise NotFound(NO_CALENDAR)
    return _answer(request, await calendars.calendar_of(person, now=clock.now()), "private")


@get("/cal/{lang:str}/{name:str}", opt=PUBLIC)
async def country_calendar(request: Web, lang: FromPath[str], name: FromPath[str]) -> Response[Any]:
    country = calendars.country_of(_key(name))
    if country is None:
        raise NotFound(NO_CALENDAR)
    return await _of_country(request, country, lang)


async def _of_country(request: Web, country: str, language: str) -> Response[Any]:
    content = await calendars.calendar_of_country(country, language=language, now=clock.now())
    return _answer(request, content, "public")


@get("/cal/d/{number:str}/{file:str}", opt=PUBLIC)
async def dossier_calendar(
    request: Web, number: FromPath[str], file: FromPath[str]
) -> Response[Any]:
    """The address is the key: whoever has it may read the dates, and nothing else."""
    known = number_in(number)
    dossier = await queries.by_number(known) if known else None
    if dossier is None or not hmac.compare_digest(
        _key(file).encode(), calendar_key(dossier).encode()
    ):
        raise NotFound(NO_CALENDAR)
    content = await calendars.calendar_of_dossier(dossier, now=clock.now())
    return _answer(request, content, "private")


@get("/cal/m/{file:str}", opt=PUBLIC)
async def municipality_calendar(request: Web, file: FromPath[str]) -> Response[Any]:
    """The key of its own page is the key: its deadlines, with the links to answer."""
    number = links.contact_of(_key(file), links.PAGE)
    if number is None:
        raise NotFound(NO_CALENDAR)
    contact = await municipalities.contact(number)
    return _answer(request, await calendars.calendar_of_municipality(contact), "private")


def _key(name: str) -> str:
    """What stands before `.ics`."""
    key, _, extension = name.rpartition(".")
    if extension != "ics" or not key:
        raise NotFound(NO_CALENDAR)
    return key


def _answer(request: Web, content: bytes, who: str) -> Response[Any]:
    """304 for who has this very content already (RFC 9110, 13.1.2)."""
    tag = entity_tag(content)
    headers = {"cache-control": f"{who}, max-age={KEPT_FOR}", "etag": tag}
    asked = {each.strip() for each in request.headers.get("if-none-match", "").split(",")}
    if tag in asked or tag.removeprefix("W/") in asked or "*" in asked:
        return Response(b"", status_code=304, headers=headers)
    return Response(content, media_type="text/calendar", headers=headers)


handlers = [
    calendar_page,
    renew_calendar,
    drop_calendar,
    calendar_file,
    country_calendar,
    dossier_calendar,
    municipality_calendar,
]
