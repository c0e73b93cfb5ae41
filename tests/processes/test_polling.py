"""Several processes at one list of sources, and one that is killed over it."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from io import BufferedIOBase
from threading import Lock

import pytest

from advocacy import database
from feeds.claiming import LEASE
from feeds.tables import Entry, EntryVersion, Source
from tests.feeds.origin import Answer, Origin, serving
from tests.processes.workers import barrier, becomes, ended, killed, poll, running

pytestmark = pytest.mark.anyio
SOURCES, ADDED, ROUNDS = 2, 30, 3


@pytest.fixture
async def origin() -> AsyncIterator[Origin]:
    with serving() as served:
        yield served


def feed(source: int, items: int) -> bytes:
    said = "".join(
        f"<item><title>Meldung {each} aus Musterdorf</title><guid>{source}/{each}</guid>"
        f"<link>https://example.org/{source}/{each}</link>"
        f"<description>Der Gemeinderat berät die Nummer {each}.</description></item>"
        for each in reversed(range(items))
    )
    return f'<rss version="2.0"><channel><title>Musterdorf</title>{said}</channel></rss>'.encode()


class Watched:
    """A document that takes its time, and notices two visitors at once."""

    def __init__(self, body: bytes) -> None:
        self.body, self.visits, self.crowded = body, 0, False
        self._alone = Lock()

    def write(self, to: BufferedIOBase) -> None:
        self.visits += 1
        if not self._alone.acquire(blocking=False):
            self.crowded = True
            return
        time.sleep(0.01)
        to.write(self.body)
        self._alone.release()

    @property
    def answer(self) -> Answer:
        return Answer(headers={"Content-Length": str(len(self.body))}, write=self.write)


async def test_two_processes_never_visit_one_source_at_once(
    database_url: str, now: datetime, origin: Origin
) -> None:
    documents = [Watched(feed(each, 2)) for each in range(30)]
    addresses = [origin.at(f"/{n}", each.answer) for n, each in enumerate(documents)]
    async with database.started(database_url):
        await Source.insert(
            *(Source(address=each, created=now, next_due=now) for each in addresses)
        )
    ready = barrier(2)
    with (
        running(poll, database_url, now, "one", ready) as one,
        running(poll, database_url, now, "other", ready) as other,
    ):
        assert (await ended(one), await ended(other)) == (0, 0)
    assert [(each.visits, each.crowded) for each in documents] == [(1, False)] * 30
    async with database.started(database_url):
        assert await Entry.count() == 60


async def stored() -> dict[str, tuple[str | None, int, int]]:
    """Address → the validator kept, the entries, their versions."""
    sources = await Source.select(Source.id, Source.address, Source.etag)
    entries = Counter([row["source"] for row in await Entry.select(Entry.source)])
    of_entry = EntryVersion.entry
    rows = await EntryVersion.select(of_entry.source.as_alias("source"))
    versions = Counter([row["source"] for row in rows])
    return {
        row["address"]: (row["etag"], entries[row["id"]], versions[row["id"]]) for row in sources
    }


async def test_a_poll_killed_at_any_moment_is_all_there_or_not_at_all(
    database_url: str, now: datetime, origin: Origin
) -> None:
    addresses = [f"{origin.address}/{each}" for each in range(SOURCES)]
    async with database.started(database_url):
        await Source.insert(
            *(Source(address=each, created=now, next_due=now) for each in addresses)
        )
    for turn in range(1, ROUNDS + 1):
        for each in range(SOURCES):
            body = feed(each, turn * ADDED)
            origin.at(f"/{each}", Answer(body, headers={"ETag": f'"{turn * ADDED}"'}))
        origin.asked.clear()
        with running(poll, database_url, now + turn * timedelta(days=1), "dies") as process:
            await becomes(lambda: bool(origin.asked))
            await asyncio.sleep(random.uniform(0, 0.25))  # noqa: S311
            await killed(process)
        async with database.started(database_url):
            for etag, entries, versions in (await stored()).values():
                kept = int(etag.strip('"')) if etag else 0
                assert (entries, versions) == (kept, kept)

    after = now + ROUNDS * timedelta(days=1) + LEASE + timedelta(seconds=1)
    with running(poll, database_url, after, "goes on") as process:
        assert await ended(process) == 0
    everything = ROUNDS * ADDED
    async with database.started(database_url):
        whole = (f'"{everything}"', everything, everything)
        assert await stored() == dict.fromkeys(addresses, whole)
        titles = Counter([row["title"] for row in await Entry.select(Entry.title)])
    assert titles == {f"Meldung {n} aus Musterdorf": SOURCES for n in range(everything)}
