"""We, as one of those that are compared."""

import os
from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import timedelta
from urllib.parse import urlsplit

from advocacy import database
from feeds.polling import poll_due
from feeds.tables import Entry, Source
from tests.benchmarks.origin import LOOPBACK

AT_A_TIME = 10  # sources that a process takes when others are at it too


class Ours:
    """A poll is a day after the one before, so that everything is due."""

    def __init__(self) -> None:
        from tests.benchmarks.ground import NOW  # it opens the application's settings

        self.sources, self.now = 0, NOW
        self._open = AsyncExitStack()

    async def begin(self, store: str, addresses: Sequence[str]) -> None:
        """`store` is a migrated database; without addresses another has put the sources in."""
        await self._open.enter_async_context(database.started(store))
        self.sources = len(addresses)
        if addresses:
            await Source.insert(*map(self._source, addresses))

    async def poll(self) -> None:
        visited = await self._visit(self.sources)
        assert visited == self.sources, f"{visited} of {self.sources} sources were visited"
        self.now += timedelta(days=1)

    async def share(self) -> None:
        """Visit what is due until nothing is; other processes do the same."""
        while await self._visit(AT_A_TIME):
            pass

    async def count(self) -> int:
        return int(await Entry.count())

    async def end(self) -> None:
        await self._open.aclose()

    async def _visit(self, limit: int) -> int:
        results = await poll_due(
            now=self.now,
            owner=f"bench {os.getpid()}",
            limit=limit,
            private_networks=LOOPBACK,
            pause=0,
        )
        assert {each.outcome for each in results} <= {"fetched", "unchanged"}, results[:3]
        return len(results)

    def _source(self, address: str) -> Source:
        host = urlsplit(address).hostname or ""
        return Source(address=address, host=host, created=self.now, next_due=self.now)
