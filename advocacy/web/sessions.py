"""Sessions: a random token in a cookie, its hash in the database, a new one at sign-in.

Litestar's own server-side sessions adopt whatever id the browser sends and write on every
request; these do neither. Nobody who is not signed in has one.
"""

import json
from datetime import timedelta
from typing import Any  # an ASGI scope holds anything

from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie, MutableScopeHeaders
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from advocacy import clock
from advocacy.people import queries
from advocacy.people.rules import SESSION_LASTS
from advocacy.people.tables import Person, Session
from advocacy.people.tokens import hashed
from advocacy.settings import settings

TOKEN_LENGTH = 43
TOUCH_EVERY = timedelta(minutes=5)


def cookie_name() -> str:
    return "__Host-alphorn" if settings().secure else "alphorn"


def cookie(token: str) -> Cookie:
    return Cookie(
        key=cookie_name(),
        value=token,
        max_age=int(SESSION_LASTS.total_seconds()) if token else 0,
        path="/",
        httponly=True,
        secure=settings().secure,
        samesite="lax",
    )


def sessions(app: ASGIApp) -> ASGIApp:
    async def middleware(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP or scope["path"].startswith("/assets/"):
            await app(scope, receive, send)
            return
        state: dict[str, Any] = scope  # type: ignore[assignment]  # our keys beside ASGI's
        state["user"] = None
        found = await _session(scope)
        if found:
            _enter(scope, *found)

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                await _leave(scope, message, found[0] if found else None)
            await send(message)

        await app(scope, receive, sending)

    return middleware


async def _session(scope: Scope) -> tuple[Session, Person] | None:
    token = ASGIConnection[Any, Any, Any, Any](scope).cookies.get(cookie_name(), "")
    if len(token) != TOKEN_LENGTH:
        return None
    now = clock.now()
    found = await queries.session_by_token(hashed(token), now=now)
    if found and now - found[0].last_seen > TOUCH_EVERY:
        await Session.update({Session.last_seen: now}).where(Session.id == found[0].id)
    return found


def _enter(scope: Scope, session: Session, person: Person) -> None:
    state: dict[str, Any] = scope  # type: ignore[assignment]  # our keys beside ASGI's
    state["user"] = person
    state["web_session"] = session
    state["banner"] = json.loads(session.banner) if session.banner else None


async def _leave(scope: Scope, message: Message, session: Session | None) -> None:
    state: dict[str, Any] = scope  # type: ignore[assignment]
    headers = MutableScopeHeaders.from_message(message)
    if (token := state.get("new_session")) is not None:
        headers.add("set-cookie", cookie(token).to_header(header=""))
    if session is None:
        return
    said = state.get("say")
    shown = state.get("banner") and message["type"] == "http.response.start"
    shown = shown and message.get("status") == 200 and state["method"] == "GET"  # noqa: PLR2004
    if said:
        await _keep(session, json.dumps(said))
    elif shown:
        await _keep(session, "")


async def _keep(session: Session, banner: str) -> None:
    await Session.update({Session.banner: banner}).where(Session.id == session.id)
