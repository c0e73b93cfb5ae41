"""Several processes at one list of sources, and one that is killed over it."""

import time
from collections.abc import AsyncIterator
from datetime import datetime
from io import BufferedIOBase
from threading import Lock

import pytest

from advocacy import database
from feeds.tables import Entry, Source
from tests.feeds.origin import Answer, Origin, serving
from tests.processes.killing import feed, kill_often
from tests.processes.workers import barrier, ended, poll, running

pytestmark = pytest.mark.anyio
KILLS = 3


@pytest.fixture
async def origin() -> AsyncIterator[Origin]:
    with serving() as served:
        yield served


class Watched:
    """A document that takes its time, and notices two visitors of its server at once."""

    def __init__(self, body: bytes, server: Lock) -> None:
        self.body, self.visits, self.crowded = body, 0, False
        self._alone = server

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


async def test_two_processes_never_visit_one_server_at_once(
    database_url: str, now: datetime, origin: Origin
) -> None:
    server = Lock()
    documents = [Watched(feed(each, 2), server) for each in range(30)]
    addresses = [origin.at(f"/{n}", each.answer) for n, each in enumerate(documents)]
    async with database.started(database_url):
        await Source.insert(
            *(
                Source(address=each, host="127.0.0.1", created=now, next_due=now)
                for each in addresses
            )
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


async def test_a_poll_killed_at_any_moment_is_all_there_or_not_at_all(
    database_url: str, now: datetime, origin: Origin
) -> None:
    await kill_often(database_url, now, origin, kills=KILLS)
