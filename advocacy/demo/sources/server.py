"""Serves the demo's documents as a well-kept web server would.

RFC 9110: strong ETag and Last-Modified, If-None-Match before If-Modified-Since, HEAD, gzip where
it is accepted; the ETag differs by coding. POST is answered like GET, because SPARQL is asked so.
"""

import gzip
import re
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from datetime import date, datetime
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256
from http import HTTPStatus
from typing import Any  # ASGI messages are open mappings

import uvicorn

from advocacy.demo.sources.catalogue import FAILING, Document, document

Message = MutableMapping[str, Any]
ASGIApp = Callable[
    [Message, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]],
    Awaitable[None],
]
_HOST = re.compile(r"[A-Za-z0-9.\-]+(:\d{1,5})?|\[[0-9a-f:]+\](:\d{1,5})?")
_PLAIN = {"content-type": "text/plain; charset=utf-8"}


@dataclass(frozen=True)
class Answer:
    status: HTTPStatus
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


def respond(method: str, path: str, headers: dict[str, str], *, today: date) -> Answer:
    """The answer to one request; header names in lower case. For HEAD the body is empty."""
    if method not in ("GET", "HEAD", "POST"):
        return Answer(HTTPStatus.METHOD_NOT_ALLOWED, {"allow": "GET, HEAD, POST"})
    if path == FAILING:
        return Answer(HTTPStatus.SERVICE_UNAVAILABLE, _PLAIN, b"Wartungsarbeiten\n")
    found = document(path, today, _base(headers))
    if found is None:
        return Answer(HTTPStatus.NOT_FOUND, _PLAIN, b"Not found\n")
    return _delivered(found, method, headers)


def _base(headers: dict[str, str]) -> str:
    host = headers.get("host", "")
    return f"http://{host if _HOST.fullmatch(host) else 'localhost'}"


def _delivered(found: Document, method: str, headers: dict[str, str]) -> Answer:
    body = found.text.encode()
    packed = "gzip" in headers.get("accept-encoding", "")
    tag = f'"{sha256(body).hexdigest()[:20]}{"-gzip" if packed else ""}"'
    validators = {
        "etag": tag,
        "last-modified": format_datetime(found.modified, usegmt=True),
        "cache-control": "max-age=60",
        "vary": "accept-encoding",
    }
    if _is_known(headers, tag, found.modified):
        return Answer(HTTPStatus.NOT_MODIFIED, validators)
    if packed:
        body = gzip.compress(body, mtime=0)
        validators["content-encoding"] = "gzip"
    described = {
        **validators,
        "content-type": found.media_type,
        "content-length": str(len(body)),
    }
    return Answer(HTTPStatus.OK, described, b"" if method == "HEAD" else body)


def _is_known(headers: dict[str, str], tag: str, modified: datetime) -> bool:
    if "if-none-match" in headers:
        stated = [each.strip().removeprefix("W/") for each in headers["if-none-match"].split(",")]
        return tag in stated or "*" in stated
    try:
        since = parsedate_to_datetime(headers["if-modified-since"])
    except (KeyError, ValueError):
        return False
    return since.tzinfo is not None and modified.replace(microsecond=0) <= since


def create_app(today: date) -> ASGIApp:
    """An ASGI application whose documents are dated around ``today`` for as long as it lives."""

    async def app(
        scope: Message,
        receive: Callable[[], Awaitable[Message]],
        send: Callable[[Message], Awaitable[None]],
    ) -> None:
        if scope["type"] != "http":
            return
        while (await receive()).get("more_body"):
            pass  # a query in the body asks for nothing that the path does not say
        headers = {
            name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]
        }
        answer = respond(scope["method"], scope["path"], headers, today=today)
        pairs = [(name.encode(), value.encode()) for name, value in answer.headers.items()]
        await send({"type": "http.response.start", "status": int(answer.status), "headers": pairs})
        await send({"type": "http.response.body", "body": answer.body})

    return app


def serve(host: str, port: int, *, today: date) -> None:
    """Blocks until the process is asked to end. Meant for the loopback interface only."""
    uvicorn.run(create_app(today), host=host, port=port, log_level="warning", lifespan="off")
