"""Gatherings to subscribe to: as a calendar and as Atom, by language, country and topic."""

from typing import Any  # Litestar's responses are generic over their content

from litestar import Response, get
from litestar.params import FromPath

from advocacy import clock, texts
from advocacy.dossiers.calendars.calendar import entity_tag
from advocacy.dossiers.narrowing import chosen
from advocacy.errors import NotFound
from advocacy.events import labels
from advocacy.events.showing import subscribed
from advocacy.events.showing.calendar import MEDIA_TYPE
from advocacy.people.rules import COUNTRIES
from advocacy.templating import render
from advocacy.typesetting import printable
from advocacy.web.pages import Web

PUBLIC = {"public": True}
KEPT_FOR = 15 * 60  # seconds: programs ask often
ALL = "all"


@get("/cal/events/{lang:str}/{name:str}", opt=PUBLIC)
async def calendar(request: Web, lang: FromPath[str], name: FromPath[str]) -> Response[Any]:
    """si.ics of one country, all.ics of all."""
    key = name.removesuffix(".ics")
    if key != ALL and not (key.islower() and key.upper() in COUNTRIES):
        raise NotFound("There is no such calendar")
    with texts.speaking(lang):
        country = "" if key == ALL else key.upper()
        content = await subscribed.calendar_of(country, now=clock.now())
    return _answer(request, content, MEDIA_TYPE)


@get("/feeds/{lang:str}/events.xml", opt=PUBLIC)
async def feed(request: Web, lang: FromPath[str]) -> Response[Any]:
    with texts.speaking(lang):
        wanted = chosen(request.query_params)
        entries = await subscribed.entries(wanted, now=clock.now())
        written = render(
            "events/feed.xml", entries=entries, chosen=wanted, updated=subscribed.last(entries),
            labels=labels,
        )  # fmt: skip
    media_type = "application/atom+xml; charset=utf-8"
    return _answer(request, printable(written).encode(), media_type)


def _answer(request: Web, content: bytes, media_type: str) -> Response[Any]:
    """304 for who has this very content already (RFC 9110, 13.1.2)."""
    tag = entity_tag(content)
    headers = {"cache-control": f"public, max-age={KEPT_FOR}", "etag": tag}
    asked = {each.strip() for each in request.headers.get("if-none-match", "").split(",")}
    if asked & {tag, tag.removeprefix("W/"), "*"}:
        return Response(b"", status_code=304, headers=headers)
    return Response(content, media_type=media_type, headers=headers)


handlers = [calendar, feed]
