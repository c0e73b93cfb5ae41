"""A process that polls is killed again and again: what it leaves is whole polls and nothing else.

python -m tests.processes.killing 100     so many kills, on SQLite and on PostgreSQL
"""

import asyncio
import random
import sys
import tempfile
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

from advocacy import database
from advocacy.migrating import migrate
from feeds.polling.claiming import LEASE
from feeds.tables import Entry, EntryVersion, Source
from tests import postgres
from tests.feeds.origin import Answer, Origin, serving
from tests.processes.workers import becomes, ended, killed, poll, running

SOURCES, ADDED = 2, 30


def feed(source: int, items: int) -> bytes:
    said = "".join(
        f"<item><title>Meldung {each} aus Musterdorf</title><guid>{source}/{each}</guid>"
        f"<link>https://example.org/{source}/{each}</link>"
        f"<description>Der Gemeinderat berät die Nummer {each}.</description></item>"
        for each in reversed(range(items))
    )
    return f'<rss version="2.0"><channel><title>Musterdorf</title>{said}</channel></rss>'.encode()


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


async def kill_often(database_url: str, now: datetime, origin: Origin, *, kills: int) -> None:
    """Add entries and kill the process that fetches them, `kills` times; then let one finish."""
    addresses = [f"{origin.address}/{each}" for each in range(SOURCES)]
    async with database.started(database_url):
        await Source.insert(
            *(Source(address=each, created=now, next_due=now) for each in addresses)
        )
    for turn in range(1, kills + 1):
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

    after = now + kills * timedelta(days=1) + LEASE + timedelta(seconds=1)
    with running(poll, database_url, after, "goes on") as process:
        assert await ended(process) == 0
    everything = kills * ADDED
    async with database.started(database_url):
        whole = (f'"{everything}"', everything, everything)
        assert await stored() == dict.fromkeys(addresses, whole)
        titles = Counter([row["title"] for row in await Entry.select(Entry.title)])
    assert titles == {f"Meldung {n} aus Musterdorf": SOURCES for n in range(everything)}


async def _main(url: str, origin: Origin, kills: int) -> None:
    async with database.started(url):
        await migrate()
    await kill_often(url, datetime.now(UTC), origin, kills=kills)
    print(f"{url.partition(':')[0]}: {kills} kills, every poll whole or not there")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home, postgres.server() as server, serving() as served:
        for each in (f"sqlite:///{Path(home) / 'killed.db'}", f"{server}/postgres"):
            asyncio.run(_main(each, served, int(sys.argv[1])))
