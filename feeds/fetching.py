"""One polite conditional GET: an address goes in, Fetched, Unchanged or Failed comes out.

    check the address          scheme, port, no credentials, no control characters
    resolve and connect        every IP address is judged when it is connected to, at every hop,
                               so neither a redirect nor a changed DNS answer leads inside
    ask                        validators byte for byte, no cookies, no proxy from the environment
    follow                     at most five redirects, by hand, never from https to http
    read                       a byte limit before and after unpacking, one deadline for it all

What goes wrong is a Failed with a sentence for a person. Nothing is raised.
"""

import asyncio
import ssl
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from http import HTTPStatus
from typing import Literal
from urllib.parse import urljoin

import httpcore
import httpx

from feeds.connecting import CheckedBackend, PrivateNetworkError, UnknownServerError
from feeds.freshness import max_age, retry_after
from feeds.unpacking import TooLargeError, UnpackingError, unpack

ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, text/calendar,"
    " application/sparql-results+json, application/json;q=0.9, application/xml;q=0.9, */*;q=0.5"
)
PERMANENT = (301, 308)
REDIRECTS = (301, 302, 303, 307, 308)
PORTS = {80, 443, *range(1024, 65536)}
ADDRESS_LIMIT = 4096
VALIDATOR_LIMIT = 1024

Problem = Literal[
    "address", "network", "unreachable", "slow", "large", "redirects", "status", "gone", "limited"
]


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds, bytes and hops that one visit may cost, and the name we give."""

    total: float = 30.0
    connect: float = 5.0
    bytes: int = 10 * 1024 * 1024
    hops: int = 5
    user_agent: str = "Alphorn/0.1 (+https://alphorn.example/about-the-robot)"


@dataclass(frozen=True, slots=True)
class Fetched:
    """A body. `moved_to` is set when every hop to it was a permanent redirect."""

    address: str
    status: int
    body: bytes
    content_type: str
    etag: str | None
    last_modified: str | None
    max_age: int | None
    moved_to: str | None
    transferred: int


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The server says that nothing has changed; its validators may have."""

    address: str
    etag: str | None
    last_modified: str | None
    max_age: int | None
    moved_to: str | None


@dataclass(frozen=True, slots=True)
class Failed:
    """No body, and why. `retry_after` in seconds, when the server asked for a pause."""

    problem: Problem
    sentence: str
    status: int | None = None
    retry_after: int | None = None


class _RefusedError(Exception):
    def __init__(self, failed: Failed) -> None:
        self.failed = failed
        super().__init__(failed.sentence)


async def fetch(
    address: str,
    *,
    now: datetime,
    etag: str | None = None,
    last_modified: str | None = None,
    limits: Limits = Limits(),
    private_networks: tuple[str, ...] = (),
) -> Fetched | Unchanged | Failed:
    """Visit an address once. `private_networks`, such as 127.0.0.0/8, are let in; all else private
    is refused. Never raises for what the other side does.
    """
    headers = _request_headers(limits, etag, last_modified)
    backend = CheckedBackend(private_networks)
    try:
        async with (
            asyncio.timeout(limits.total),
            httpcore.AsyncConnectionPool(
                ssl_context=_ssl_context(), network_backend=backend
            ) as pool,
        ):
            return await _follow(pool, address, headers, limits, now)
    except _RefusedError as refused:
        return refused.failed
    except _TROUBLE as error:
        return _trouble(error, limits)


def check_address(address: str) -> httpx.URL:
    """The address, parsed. Raises ValueError with one sentence when it may not be visited."""
    if len(address) > ADDRESS_LIMIT or any(c <= " " or c in {"\\", "\x7f"} for c in address):
        raise ValueError("The address holds characters that do not belong into an address.")
    try:
        url = httpx.URL(address)
        # Decodes an international name: wrong ones are found here and not while connecting.
        host = url.host
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise ValueError("This is not a web address.") from error
    if url.scheme not in ("http", "https"):
        raise ValueError("Only addresses with http:// or https:// can be visited.")
    if not host:
        raise ValueError("The address names no server.")
    if url.userinfo:
        raise ValueError("The address holds a user name or a password.")
    if url.port is not None and url.port not in PORTS:
        raise ValueError(f"Port {url.port} is not one that web pages are served from.")
    return url


_TROUBLE = (
    PrivateNetworkError,
    UnknownServerError,
    TimeoutError,
    httpcore.TimeoutException,
    httpcore.ProtocolError,
    httpcore.UnsupportedProtocol,
    httpcore.NetworkError,
    OSError,
)


def _trouble(error: Exception, limits: Limits) -> Failed:
    match error:
        case PrivateNetworkError():
            return Failed("network", str(error))
        case UnknownServerError():
            return Failed("unreachable", str(error))
        case TimeoutError():
            return Failed("slow", f"The server took longer than {limits.total:g} seconds.")
        case httpcore.TimeoutException():
            return Failed("slow", "The server did not answer in time.")
        case httpcore.ProtocolError() | httpcore.UnsupportedProtocol():
            sentence = f"The server does not speak proper HTTP: {error}"
            return Failed("unreachable", sentence[:200])
    return Failed("unreachable", f"The server cannot be reached: {error}"[:200])


async def _follow(
    pool: httpcore.AsyncConnectionPool,
    address: str,
    headers: list[tuple[bytes, bytes]],
    limits: Limits,
    now: datetime,
) -> Fetched | Unchanged | Failed:
    url, permanent = _checked(address), True
    for hop in range(limits.hops + 1):
        answer = await _ask(pool, url, headers, limits)
        moved_to = str(url) if hop and permanent else None
        if answer.status not in REDIRECTS:
            asked = any(name.startswith(b"If-") for name, _ in headers)
            if answer.status == HTTPStatus.NOT_MODIFIED and asked:
                return _unchanged(answer, str(url), moved_to)
            if answer.status != HTTPStatus.OK:
                return _refusal(answer, now)
            return _fetched(answer, str(url), moved_to, limits)
        permanent = permanent and answer.status in PERMANENT
        url = _next_hop(url, answer.headers.get("location"), answer.status)
    return Failed("redirects", f"The address leads on more than {limits.hops} times.")


def _next_hop(url: httpx.URL, location: str | None, status: int) -> httpx.URL:
    if not location:
        raise _RefusedError(
            Failed("redirects", "The server moves us on without saying where.", status)
        )
    target = _checked(urljoin(str(url), location.strip()))
    if url.scheme == "https" and target.scheme == "http":
        sentence = "The server moves us from https to unprotected http."
        raise _RefusedError(Failed("redirects", sentence, status))
    return target


def _checked(address: str) -> httpx.URL:
    try:
        return check_address(address)
    except ValueError as error:
        raise _RefusedError(Failed("address", str(error))) from error


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: dict[str, str]
    body: bytes


async def _ask(
    pool: httpcore.AsyncConnectionPool,
    url: httpx.URL,
    headers: list[tuple[bytes, bytes]],
    limits: Limits,
) -> _Answer:
    target = httpcore.URL(
        scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
    )
    timeout = {"connect": limits.connect, "read": 10.0, "write": 10.0, "pool": limits.connect}
    host = (b"Host", url.netloc)
    async with pool.stream(
        "GET", target, headers=[host, *headers], extensions={"timeout": timeout}
    ) as response:
        found = {
            name.decode("latin-1").lower(): value.decode("latin-1")
            for name, value in reversed(response.headers)
        }
        body = await _read(response, found, limits) if response.status == HTTPStatus.OK else b""
        return _Answer(response.status, found, body)


async def _read(response: httpcore.Response, headers: dict[str, str], limits: Limits) -> bytes:
    too_large = Failed("large", f"The answer is larger than {limits.bytes // 1024} kB.", 200)
    length = headers.get("content-length", "")
    if length.isascii() and length.isdigit() and len(length) > len(str(limits.bytes)):
        raise _RefusedError(too_large)
    parts, size = [], 0
    async for part in response.aiter_stream():
        size += len(part)
        if size > limits.bytes:
            raise _RefusedError(too_large)
        parts.append(part)
    return b"".join(parts)


def _unchanged(answer: _Answer, address: str, moved_to: str | None) -> Unchanged:
    etag, modified = _validators(answer)
    return Unchanged(address, etag, modified, max_age(answer.headers), moved_to)


def _fetched(
    answer: _Answer, address: str, moved_to: str | None, limits: Limits
) -> Fetched | Failed:
    headers = answer.headers
    try:
        body = unpack(answer.body, headers.get("content-encoding", ""), limit=limits.bytes)
    except TooLargeError as error:
        return Failed("large", str(error), answer.status)
    except UnpackingError as error:
        return Failed("unreachable", str(error), answer.status)
    etag, modified = _validators(answer)
    return Fetched(
        address=address,
        status=answer.status,
        body=body,
        content_type=headers.get("content-type", "")[:200],
        etag=etag,
        last_modified=modified,
        max_age=max_age(headers),
        moved_to=moved_to,
        transferred=len(answer.body),
    )


_SENTENCES = {
    204: "The server answers without content.",
    206: "The server sent only a part of the document.",
    304: "The server says that nothing has changed, although we know nothing yet.",
    401: "The server wants a password.",
    403: "The server refuses to show this to us.",
    404: "There is nothing at this address.",
    410: "The server says that this is gone for good.",
    429: "The server asks us to come less often.",
    451: "The server may not show this for legal reasons.",
    503: "The server is busy or being repaired.",
}


_PROBLEMS: dict[int, Problem] = {410: "gone", 429: "limited", 503: "limited"}


def _refusal(answer: _Answer, now: datetime) -> Failed:
    status = answer.status
    sentence = _SENTENCES.get(status) or f"The server answers with error {status}."
    wait = retry_after(answer.headers.get("retry-after"), now=now)
    return Failed(_PROBLEMS.get(status, "status"), sentence, status, wait)


def _validators(answer: _Answer) -> tuple[str | None, str | None]:
    etag, modified = (answer.headers.get(name) for name in ("etag", "last-modified"))
    return _kept(etag), _kept(modified)


def _kept(validator: str | None) -> str | None:
    return validator if validator and len(validator) <= VALIDATOR_LIMIT else None


def _request_headers(
    limits: Limits, etag: str | None, last_modified: str | None
) -> list[tuple[bytes, bytes]]:
    stated = {
        "User-Agent": limits.user_agent,
        "Accept": ACCEPT,
        "Accept-Encoding": "gzip, deflate",
        "Connection": "close",
        "If-None-Match": etag,
        "If-Modified-Since": last_modified,
    }
    return [(name.encode(), value.encode("latin-1")) for name, value in stated.items() if value]


@lru_cache(maxsize=1)
def _ssl_context() -> ssl.SSLContext:
    # Reading the certificates costs 20 ms: once.
    return httpx.create_ssl_context(trust_env=False)
