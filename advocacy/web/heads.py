"""HEAD is answered as GET without its body (RFC 9110, 9.3.2); Litestar would refuse it with 405."""

from typing import Any  # an ASGI scope holds anything

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send


def heads(app: ASGIApp) -> ASGIApp:
    async def middleware(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP or scope["method"] != "HEAD":
            await app(scope, receive, send)
            return
        scope["method"] = "GET"
        state: dict[str, Any] = scope  # type: ignore[assignment]  # our keys beside ASGI's
        state["only_head"] = True  # nobody sees the page: nothing has been read

        async def without_body(message: Message) -> None:
            if message["type"] == "http.response.body":
                message["body"] = b""
            await send(message)

        await app(scope, receive, without_body)

    return middleware
