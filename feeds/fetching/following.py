"""One polite conditional request: an Ask goes in, Fetched, Unchanged or Failed comes out.

    check the address          scheme, port, no credentials, no control characters
    resolve and connect        every IP address is judged when it is connected to, at every hop,
                               so neither a redirect nor a changed DNS answer leads inside
    ask                        validators byte for byte, no cookies, no proxy from the environment
    follow                     at most five redirects, by hand, never from https to http,
                               never those that a page asks a browser for (meta refresh)
    read                       a byte limit before and after unpacking, one deadline for it all

What goes wrong is a Failed with a sentence for a person. Nothing is raised.
"""

import asyncio
import contextlib
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus
from urllib.parse import urljoin

import httpx

from feeds.fetching import troubles
from feeds.fetching.answers import Failed, Fetched, Limits, Problem, RefusedError, Unchanged
from feeds.fetching.asking import WITH_A_DOCUMENT, Answer, Header, conditions, send
from feeds.fetching.freshness import max_age, retry_after
from feeds.fetching.networks import check_address
from feeds.fetching.unpacking import TooLargeError, UnpackingError, unpack
from feeds.parsing.entry import Ask
from feeds.threads import in_thread

__all__ = [
    "Ask",
    "Failed",
    "Fetched",
    "Limits",
    "Problem",
    "Unchanged",
    "check_address",
    "fetch",
]

PERMANENT = (301, 308)
KEEPING_THE_METHOD = (307, 308)
REDIRECTS = (301, 302, 303, 307, 308)
VALIDATOR_LIMIT = 1024
# A redirect may ask us to wait before we follow it; so long we do so on the spot.
PATIENCE = 5
# Smaller bodies are unpacked in less time than it takes to hand them to a thread.
UNPACKED_AT_ONCE = 64 * 1024
USUAL = Limits()


async def fetch(
    ask: Ask | str,
    *,
    now: datetime,
    etag: str | None = None,
    last_modified: str | None = None,
    limits: Limits = USUAL,
    private_networks: tuple[str, ...] = (),
) -> Fetched | Unchanged | Failed:
    """Ask once; an address alone means GET. Validators go with a GET only.

    `private_networks`, such as 127.0.0.0/8, are let in; all else private is refused. Never raises
    for what the other side does.
    """
    ask = Ask(ask) if isinstance(ask, str) else ask
    sent = conditions(etag, last_modified) if ask.method == "GET" else []
    visit = _Visit(sent, limits, private_networks, now)
    try:
        async with asyncio.timeout(limits.total):
            answer = await visit.follow(ask)
        return await visit.ended(answer)
    except RefusedError as refused:
        return refused.failed
    except troubles.TROUBLES as error:
        return troubles.of_connection(error, limits)


class _Visit:
    """The way from an address to the answer at its end."""

    def __init__(
        self,
        conditions: list[Header],
        limits: Limits,
        private_networks: tuple[str, ...],
        now: datetime,
    ) -> None:
        self._conditions, self._limits, self._now = conditions, limits, now
        self._private_networks = private_networks
        self.address = ""
        self.moved_to: str | None = None

    async def follow(self, ask: Ask) -> Answer:
        """The first answer that leads no further."""
        seen: set[Ask] = set()
        permanent = True
        while True:
            url = _checked(ask.address)
            answer = await send(
                ask,
                url,
                conditions=self._conditions,
                limits=self._limits,
                private_networks=self._private_networks,
            )
            if answer.status not in REDIRECTS:
                self.address = ask.address
                self.moved_to = ask.address if seen and permanent else None
                return answer
            seen.add(ask)
            following = self._next(ask, url, answer)
            await self._may_go_on(answer, following in seen, len(seen))
            permanent = permanent and answer.status in PERMANENT and following.method == ask.method
            ask = following

    def _next(self, ask: Ask, url: httpx.URL, answer: Answer) -> Ask:
        location = answer.headers.get("location", "").strip()
        if not location:
            raise _refused("The server moves us on without saying where.", answer)
        target = _target(url, location)
        if url.scheme == "https" and target.scheme == "http":
            raise _refused("The server moves us from https to unprotected http.", answer)
        address = str(target)
        if ask.method == "POST" and answer.status not in KEEPING_THE_METHOD:
            # As every browser does (RFC 9110 §15.4.2 to §15.4.4).
            return Ask(address, accept=ask.accept)
        return replace(ask, address=address)

    async def _may_go_on(self, answer: Answer, in_a_circle: bool, hops: int) -> None:
        if in_a_circle:
            raise _refused("The address leads in a circle.", answer)
        if hops > self._limits.hops:
            raise _refused(f"The address leads on more than {self._limits.hops} times.", answer)
        wait = retry_after(answer.headers.get("retry-after"), now=self._now) or 0
        if wait > PATIENCE:
            # The usual meaning of such a redirect is a page that asks for patience.
            sentence = "The server asks us to wait before it moves us on."
            raise RefusedError(Failed("limited", sentence, answer.status, wait))
        if wait:
            await asyncio.sleep(wait)

    async def ended(self, answer: Answer) -> Fetched | Unchanged | Failed:
        # A 200 with the ETag that we sent is no Unchanged: a server that sends its document to
        # somebody who has it does not compare ETags, and may never change them either. The body is
        # here by now, and says for certain.
        if answer.status in WITH_A_DOCUMENT:
            return await self._fetched(answer)
        if answer.status == HTTPStatus.NOT_MODIFIED and self._conditions:
            etag, modified = _validators(answer)
            return Unchanged(self.address, etag, modified, self._max_age(answer), self.moved_to)
        wait = answer.headers.get("retry-after")
        return troubles.of_status(answer.status, wait, now=self._now)

    async def _fetched(self, answer: Answer) -> Fetched | Failed:
        try:
            body = await self._unpacked(answer)
        except TooLargeError as error:
            return Failed("large", str(error), answer.status)
        except UnpackingError as error:
            return Failed("broken", str(error), answer.status)
        etag, modified = _validators(answer)
        return Fetched(
            address=self.address,
            status=answer.status,
            body=body,
            content_type=answer.headers.get("content-type", "")[:200],
            etag=etag,
            last_modified=modified,
            max_age=self._max_age(answer),
            moved_to=self.moved_to,
            transferred=len(answer.body),
        )

    async def _unpacked(self, answer: Answer) -> bytes:
        encoding, limit = answer.headers.get("content-encoding", ""), self._limits.bytes
        if len(answer.body) <= UNPACKED_AT_ONCE:
            return unpack(answer.body, encoding, limit=limit)
        return await in_thread(unpack, answer.body, encoding, limit=limit)

    def _max_age(self, answer: Answer) -> int | None:
        return max_age(answer.headers, now=self._now)


def _checked(address: str) -> httpx.URL:
    try:
        return check_address(address)
    except ValueError as error:
        raise RefusedError(Failed("address", str(error))) from error


def _target(url: httpx.URL, location: str) -> httpx.URL:
    """Where a Location leads: often relative, sometimes in bare UTF-8 or with spaces in it."""
    with contextlib.suppress(UnicodeDecodeError):
        location = location.encode("latin-1").decode("utf-8")
    try:
        joined = urljoin(str(url), location.replace(" ", "%20"))
    except ValueError as error:
        raise RefusedError(Failed("address", "This is not a web address.")) from error
    return _checked(joined).copy_with(fragment=None)


def _refused(sentence: str, answer: Answer) -> RefusedError:
    return RefusedError(Failed("redirects", sentence, answer.status))


def _validators(answer: Answer) -> tuple[str | None, str | None]:
    etag, modified = (answer.headers.get(name) for name in ("etag", "last-modified"))
    return _kept(etag), _kept(modified)


def _kept(validator: str | None) -> str | None:
    return validator if validator and len(validator) <= VALIDATOR_LIMIT else None
