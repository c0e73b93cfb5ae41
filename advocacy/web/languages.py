"""Which language a request is in: its address first, then a cookie, then the browser's wish."""

from typing import Any  # an ASGI scope holds anything

from litestar.connection import ASGIConnection
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Receive, Scope, Send

from advocacy import texts
from advocacy.settings import settings

COOKIE = "language"


def wished(header: str) -> str | None:
    """The first of ours in an Accept-Language header (RFC 9110, 12.5.4), by its weights."""
    wishes: list[tuple[float, int, str]] = []
    for place, part in enumerate(header[:500].split(",")):
        name, _, weight = part.partition(";q=")
        try:
            wishes.append((-float(weight or 1), place, name.strip()[:2].lower()))
        except ValueError:
            continue
    return next((name for _, _, name in sorted(wishes) if name in texts.LANGUAGES), None)


def of_request(scope: Scope) -> str:
    first = scope["path"].split("/", 2)[1] if "/" in scope["path"] else ""
    if first in texts.LANGUAGES:
        return first
    connection = ASGIConnection[Any, Any, Any, Any](scope)
    chosen = connection.cookies.get(COOKIE, "")
    if chosen in texts.LANGUAGES:
        return chosen
    return wished(connection.headers.get("accept-language", "")) or settings().language


def languages(app: ASGIApp) -> ASGIApp:
    async def middleware(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == ScopeType.HTTP:
            texts.speak(of_request(scope))
        await app(scope, receive, send)

    return middleware
