"""The least that a feed aggregator in Python does: httpx, feedparser, an upsert."""

import asyncio
import sqlite3
from collections.abc import Sequence

import feedparser
import httpx

AT_ONCE = 16
UPSERT = (
    "INSERT INTO entry (source, key, title, link, published, html) VALUES (?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (source, key) DO UPDATE SET title = excluded.title, link = excluded.link,"
    " published = excluded.published, html = excluded.html"
)


class Bare:
    def __init__(self) -> None:
        self.store = sqlite3.connect(":memory:")

    async def begin(self, store: str, addresses: Sequence[str]) -> None:
        self.store = sqlite3.connect(store)
        self.store.executescript(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
            "CREATE TABLE source (id INTEGER PRIMARY KEY, address TEXT, etag TEXT);"
            "CREATE TABLE entry (id INTEGER PRIMARY KEY, source INTEGER, key TEXT, title TEXT,"
            " link TEXT, published TEXT, html TEXT, UNIQUE (source, key));"
        )
        self.store.executemany(
            "INSERT INTO source (address) VALUES (?)", [(each,) for each in addresses]
        )
        self.store.commit()

    async def poll(self) -> None:
        gate = asyncio.Semaphore(AT_ONCE)
        sources = self.store.execute("SELECT id, address, etag FROM source").fetchall()
        async with httpx.AsyncClient(
            timeout=60, limits=httpx.Limits(max_connections=200)
        ) as client:
            await asyncio.gather(*(self._visit(client, gate, *each) for each in sources))

    async def count(self) -> int:
        return int(self.store.execute("SELECT count(*) FROM entry").fetchone()[0])

    async def end(self) -> None:
        self.store.close()

    async def _visit(
        self,
        client: httpx.AsyncClient,
        gate: asyncio.Semaphore,
        source: int,
        address: str,
        etag: str | None,
    ) -> None:
        async with gate:
            answer = await client.get(address, headers={"If-None-Match": etag} if etag else {})
            if answer.status_code == httpx.codes.NOT_MODIFIED:
                return
            entries = feedparser.parse(answer.content).entries
            with self.store:
                self.store.executemany(UPSERT, [self._row(source, each) for each in entries])
                self.store.execute(
                    "UPDATE source SET etag = ? WHERE id = ?", (answer.headers["etag"], source)
                )

    @staticmethod
    def _row(source: int, entry: feedparser.FeedParserDict) -> tuple[object, ...]:
        return source, entry.id, entry.title, entry.link, entry.published, entry.summary
