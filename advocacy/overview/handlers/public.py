"""The first page for everybody; help, accessibility, privacy; feeds."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any  # Litestar's responses are generic over their content

from litestar import Response, get
from litestar.params import FromPath
from litestar.response import Template

from advocacy import clock, texts
from advocacy.dossiers.calendars.calendar import entity_tag
from advocacy.dossiers.labels import DEADLINE_STATES, topic_name
from advocacy.dossiers.narrowing import Chosen, chosen
from advocacy.outcomes.labels import KINDS as FATE_KINDS
from advocacy.outcomes.labels import LABELS as FATES
from advocacy.overview import feeds, public
from advocacy.people.queries import people_with
from advocacy.people.rules import SESSION_LASTS, Role
from advocacy.settings import settings
from advocacy.templating import render
from advocacy.typesetting import printable
from advocacy.web.pages import Web, page

PUBLIC = {"public": True}
KEPT_FOR = 15 * 60  # seconds: readers of feeds ask often
STATED = date(2026, 11, 22)
"""When the statement on accessibility was last looked over."""


@get("/{lang:str}", opt=PUBLIC)
async def start_page(request: Web) -> Template:
    positions = await public.adopted_positions()
    return page(
        request,
        "overview/start.html",
        calls=await public.open_calls(),
        positions=positions,
        handed_in=await public.handed_in(positions),
        fates=FATES,
        fate_kinds=FATE_KINDS,
        fresh=await feeds.newest(now=clock.now()),
    )


@get("/{lang:str}/help", opt=PUBLIC)
async def help_page(request: Web) -> Template:
    contact = next(iter(await people_with(Role.SECRETARIAT)), None)
    return page(request, "overview/help.html", contact=contact, office=settings().sender)


@get("/{lang:str}/accessibility", opt=PUBLIC)
async def accessibility_page(request: Web) -> Template:
    return page(request, "overview/accessibility.html", office=settings().sender, stated=STATED)


@get("/{lang:str}/privacy", opt=PUBLIC)
async def privacy_page(request: Web) -> Template:
    days = SESSION_LASTS.days
    return page(request, "overview/privacy.html", office=settings().sender, days=days)


@get("/feeds/{lang:str}/positions.xml", opt=PUBLIC)
async def positions_feed(request: Web, lang: FromPath[str]) -> Response[Any]:
    with texts.speaking(lang):
        wanted = chosen(request.query_params)
        entries = await feeds.adopted(wanted)
        return _feed(request, "positions", wanted, entries, [each.updated for each in entries])


@get("/feeds/{lang:str}/calls.xml", opt=PUBLIC)
async def calls_feed(request: Web, lang: FromPath[str]) -> Response[Any]:
    with texts.speaking(lang):
        wanted = chosen(request.query_params)
        entries = await feeds.calls(wanted)
        return _feed(request, "calls", wanted, entries, [each.since for each in entries])


@get("/feeds/{lang:str}/deadlines.xml", opt=PUBLIC)
async def deadlines_feed(request: Web, lang: FromPath[str]) -> Response[Any]:
    with texts.speaking(lang):
        wanted = chosen(request.query_params)
        entries = await feeds.deadlines(wanted, now=clock.now())
        return _feed(request, "deadlines", wanted, entries, [each.updated for each in entries])


@get("/feeds/{lang:str}/news.xml", opt=PUBLIC)
async def news_feed(request: Web, lang: FromPath[str]) -> Response[Any]:
    with texts.speaking(lang):
        wanted = chosen(request.query_params)
        entries = await feeds.fresh(wanted, now=clock.now())
        return _feed(request, "news", wanted, entries, [each.at for each in entries])


def _feed(
    request: Web,
    name: str,
    wanted: Chosen,
    entries: Sequence[object],
    changes: Sequence[datetime],
) -> Response[Any]:
    """Atom (RFC 4287); 304 for who has this very content already (RFC 9110, 13.1.2)."""
    written = render(
        f"overview/{name}.xml", entries=entries, chosen=wanted, updated=feeds.last(changes),
        states=DEADLINE_STATES, topic_name=topic_name,
    )  # fmt: skip
    content = printable(written).encode()
    tag = entity_tag(content)
    headers = {"cache-control": f"public, max-age={KEPT_FOR}", "etag": tag}
    asked = {each.strip() for each in request.headers.get("if-none-match", "").split(",")}
    if asked & {tag, tag.removeprefix("W/"), "*"}:
        return Response(b"", status_code=304, headers=headers)
    return Response(content, media_type="application/atom+xml; charset=utf-8", headers=headers)


handlers = [
    start_page,
    help_page,
    accessibility_page,
    privacy_page,
    positions_feed,
    calls_feed,
    deadlines_feed,
    news_feed,
]
