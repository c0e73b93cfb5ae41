"""One request over a connection of its own, and its answer up to a limit.

httpcore speaks HTTP; its pool is left out, because a visit asks a host once and goes: setting one
up costs more than the request.
"""

import re
import ssl
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus

import httpcore
import httpx

from feeds.fetching import troubles
from feeds.fetching.answers import Failed, Limits, RefusedError
from feeds.fetching.connecting import Connection, TooMuchError, connect
from feeds.fetching.unpacking import UNDERSTOOD
from feeds.parsing.entry import Ask

ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, text/calendar,"
    " application/sparql-results+json, application/json;q=0.9, application/xml;q=0.9, */*;q=0.5"
)
# 203 is 200 through a proxy that changed something (RFC 9110 §15.3.4).
WITH_A_DOCUMENT = (HTTPStatus.OK, HTTPStatus.NON_AUTHORITATIVE_INFORMATION)
# For the status line, all headers, and any 1xx answers before them.
HEAD_ROOM = 128 * 1024
# So many bytes each of its parts must have, but for the first ones: chunks of one byte would cost
# a minute of our time.
CRUMB, CRUMBS = 64, 10_000

# Only these may come more than once and mean one list (RFC 9110 §5.2); else the first counts.
_LISTS = ("cache-control", "content-encoding")
_SENDABLE = re.compile(r"[\x21-\x7e\x80-\xff]+(?:[\t ]+[\x21-\x7e\x80-\xff]+)*")

Header = tuple[bytes, bytes]


@dataclass(frozen=True, slots=True)
class Answer:
    """`headers` by their names in lower case, their bytes as latin-1."""

    status: int
    headers: dict[str, str]
    body: bytes = b""


def conditions(etag: str | None, last_modified: str | None) -> list[Header]:
    """What makes a request conditional: the validators, byte for byte as they came."""
    stated = ((b"If-None-Match", etag), (b"If-Modified-Since", last_modified))
    return [
        (name, value.encode("latin-1"))
        for name, value in stated
        if value and _SENDABLE.fullmatch(value)
    ]


async def send(
    ask: Ask,
    url: httpx.URL,
    *,
    conditions: Iterable[Header],
    limits: Limits,
    private_networks: tuple[str, ...],
) -> Answer:
    """Ask `url`, which is `ask.address`, once. Raises RefusedError and any of troubles.TROUBLES."""
    tls = _ssl_context() if url.scheme == "https" else None
    connection = await connect(
        url.host,
        url.port or (443 if tls else 80),
        seconds=limits.connect,
        room=HEAD_ROOM,
        tls=tls,
        private_networks=private_networks,
    )
    try:
        return await _exchange(connection, _request(ask, url, conditions, limits), limits)
    finally:
        await connection.aclose()


def _request(
    ask: Ask, url: httpx.URL, conditions: Iterable[Header], limits: Limits
) -> httpcore.Request:
    headers = [
        (b"Host", url.netloc),
        (b"User-Agent", limits.user_agent.encode()),
        (b"Accept", (ask.accept or ACCEPT).encode()),
        (b"Accept-Encoding", UNDERSTOOD.encode()),
        (b"Connection", b"close"),
        *conditions,
    ]
    if ask.method == "POST":
        headers.append((b"Content-Length", str(len(ask.body)).encode()))
        if ask.content_type:
            headers.append((b"Content-Type", ask.content_type.encode()))
    target = httpcore.URL(
        scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
    )
    timeout = {"read": limits.silence, "write": limits.silence}
    content = ask.body if ask.method == "POST" else None
    return httpcore.Request(
        ask.method, target, headers=headers, content=content, extensions={"timeout": timeout}
    )


async def _exchange(connection: Connection, request: httpcore.Request, limits: Limits) -> Answer:
    http = httpcore.AsyncHTTP11Connection(request.url.origin, connection)
    response = await http.handle_async_request(request)
    headers = _headers(response)
    if response.status not in WITH_A_DOCUMENT:
        return Answer(response.status, headers)
    length = headers.get("content-length", "")
    if length.isascii() and length.isdigit() and int(length[:20]) > limits.bytes:
        raise RefusedError(troubles.of_size(limits.bytes))
    # What stands around chunks is counted as well.
    connection.room = limits.bytes + HEAD_ROOM
    try:
        return Answer(response.status, headers, await _body(response, limits.bytes))
    except TooMuchError as error:
        raise RefusedError(troubles.of_size(limits.bytes)) from error


async def _body(response: httpcore.Response, limit: int) -> bytes:
    body, parts = bytearray(), 0
    async for part in response.aiter_stream():
        body += part
        parts += 1
        if len(body) > limit:
            raise RefusedError(troubles.of_size(limit))
        if parts > CRUMBS + len(body) // CRUMB:
            sentence = "The server sends its answer in crumbs."
            raise RefusedError(Failed("broken", sentence, response.status))
    return bytes(body)


def _headers(response: httpcore.Response) -> dict[str, str]:
    found: dict[str, str] = {}
    for raw_name, raw_value in response.headers:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        if name not in found:
            found[name] = value
        elif name in _LISTS:
            found[name] += f", {value}"
    return found


@lru_cache(maxsize=1)
def _ssl_context() -> ssl.SSLContext:
    # Reading the certificates costs 20 ms: once.
    return httpx.create_ssl_context(trust_env=False)
