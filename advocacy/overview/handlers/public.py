"""The first page for everybody; help, accessibility, privacy; feeds."""

from datetime import date
from typing import Any  # Litestar's responses are generic over their content

from litestar import Response, get
from litestar.params import FromPath
from litestar.response import Template

from advocacy import clock, texts
from advocacy.overview import public
from advocacy.people.queries import people_with
from advocacy.people.rules import SESSION_LASTS, Role
from advocacy.settings import settings
from advocacy.templating import render
from advocacy.web.pages import Web, page

PUBLIC = {"public": True}
KEPT_FOR = 15 * 60  # seconds: readers of feeds ask often
STATED = date(2026, 11, 22)
"""When the statement on accessibility was last looked over."""


@get("/{lang:str}", opt=PUBLIC)
async def start_page(request: Web) -> Template:
    return page(
        request,
        "overview/start.html",
        calls=await public.open_calls(),
        positions=await public.adopted_positions(),
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
async def positions_feed(lang: FromPath[str]) -> Response[Any]:
    with texts.speaking(lang):
        return _feed("positions", await public.adopted_positions())


@get("/feeds/{lang:str}/calls.xml", opt=PUBLIC)
async def calls_feed(lang: FromPath[str]) -> Response[Any]:
    with texts.speaking(lang):
        return _feed("calls", await public.open_calls())


def _feed(name: str, entries: object) -> Response[Any]:
    """Atom (RFC 4287): titles and dates only."""
    content = render(f"overview/{name}.xml", entries=entries, now=clock.now())
    headers = {"cache-control": f"public, max-age={KEPT_FOR}"}
    return Response(content, media_type="application/atom+xml; charset=utf-8", headers=headers)


handlers = [
    start_page,
    help_page,
    accessibility_page,
    privacy_page,
    positions_feed,
    calls_feed,
]
