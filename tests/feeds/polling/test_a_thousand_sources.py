"""A thousand sources due at once: all are heard, servers that hang keep nobody waiting, and the
pages are answered meanwhile.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

import pytest

from feeds.fetching import Limits
from feeds.polling import poll_due
from feeds.polling.claiming import host_of
from feeds.tables import Entry, Source
from tests.browsing import Browser, browser
from tests.feeds.origin import LOOPBACK

pytestmark = pytest.mark.anyio
SOURCES, HANGING = 1000, 40
PAGES = 20


class Server:
    """Answers every path with a notice of its own; below /hangs nothing ever comes."""

    def __init__(self) -> None:
        self.at_once: dict[str, int] = {}
        self.crowded: list[str] = []

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        path = head.split(" ", 2)[1]
        host = writer.get_extra_info("sockname")[0]
        self.at_once[host] = self.at_once.get(host, 0) + 1
        if self.at_once[host] > 1:
            self.crowded.append(host)
        if path.startswith("/hangs"):
            await reader.read()
        else:
            body = notice(path)
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
            await writer.drain()
        self.at_once[host] -= 1
        writer.close()


def notice(path: str) -> bytes:
    return (
        '<rss version="2.0"><channel><title>Musterdorf</title><item>'
        f"<title>Meldung aus Musterdorf</title><guid>{path}</guid>"
        f"<link>https://example.org{path}</link></item></channel></rss>"
    ).encode()


@asynccontextmanager
async def serving() -> AsyncIterator[tuple[Server, int]]:
    server = Server()
    async with await asyncio.start_server(server.answer, "0.0.0.0") as listening:
        yield server, listening.sockets[0].getsockname()[1]


async def test_a_thousand_sources_are_heard_while_pages_are_answered(
    db: str, now: datetime
) -> None:
    async with serving() as (server, port):
        hanging = [f"http://127.0.1.{n}:{port}/hangs/{n}" for n in range(HANGING)]
        others = [f"http://127.0.0.{n % 240 + 1}:{port}/{n}" for n in range(SOURCES - HANGING)]
        await Source.insert(
            *(
                Source(address=each, host=host_of(each), created=now, next_due=now)
                for each in (*hanging, *others)
            )
        )
        statuses: list[int] = []
        async with browser(now) as web:
            readers = asyncio.create_task(reading(web, statuses))
            results = await poll_due(
                now=now,
                owner="office",
                limit=SOURCES,
                limits=Limits(total=2),
                private_networks=LOOPBACK,
                pause=0,
            )
            readers.cancel()
    outcomes = [each.outcome for each in results]
    assert (len(outcomes), outcomes.count("fetched")) == (SOURCES, SOURCES - HANGING)
    assert server.crowded == []
    assert await Entry.count() == SOURCES - HANGING
    assert (set(statuses), len(statuses) >= PAGES) == ({200}, True)


async def reading(web: Browser, statuses: list[int]) -> None:
    """Asks for the public page, again and again."""
    while True:
        statuses.append((await web.get("/en/")).status_code)
