"""The database goes and comes back; the application stays."""

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any  # what a coroutine awaits

import pytest

from advocacy import clock, database, jobs
from advocacy.database import engines
from advocacy.mail.actions import post
from advocacy.mail.letters import Written
from advocacy.mail.rules import LetterState
from advocacy.mail.tables import Letter
from advocacy.migrating import migrate
from tests.browsing import Browser, browser
from tests.processes.failing_postgres import Server, failing_server

pytestmark = pytest.mark.anyio
PATIENCE = 0.2  # seconds that a statement waits for SQLite's lock, in these tests


@pytest.fixture
def now() -> datetime:
    """The scheduler's own clock is the machine's."""
    return clock.now()


@pytest.fixture
def server() -> Iterator[Server]:
    with failing_server() as started:
        yield started


@pytest.fixture
def office(sqlite_template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(sqlite_template, tmp_path / "office.db"))


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    waits = f"PRAGMA busy_timeout={PATIENCE * 1000:.0f}"
    kept = [pragma for pragma in engines.PRAGMAS if "busy_timeout" not in pragma]
    monkeypatch.setattr(engines, "PRAGMAS", (waits, *kept))


@asynccontextmanager
async def scheduling() -> AsyncIterator[None]:
    scheduler = jobs.scheduler()
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown(wait=False)


async def health(web: Browser) -> tuple[int, str, str]:
    answer = await web.get("/health")
    report = answer.json()
    return answer.status_code, report["state"], report["database"]["state"]


async def until_up(web: Browser) -> None:
    """The scheduler says that it is alive soon after it has begun."""
    async with asyncio.timeout(10):
        while (await health(web))[0] != 200:  # noqa: ASYNC110  the scheduler tells nobody else
            await asyncio.sleep(0.05)


def letter(key: str) -> Written:
    return Written(
        key=key,
        kind="call",
        recipient="office@si-07.example",
        recipient_name="Janez Primer",
        language="sl",
        subject="Rok",
        text="Dober dan.\n",
        html="<p>Dober dan.</p>",
    )


async def leaves(key: str, *, now: datetime) -> None:
    """Nobody sends it here: the scheduler does."""
    await post(letter(key), now=now)
    async with asyncio.timeout(10):
        waits = Letter.exists().where(Letter.key == key, Letter.state != LetterState.SENT)
        while await waits:  # noqa: ASYNC110  the scheduler tells nobody else
            await asyncio.sleep(0.05)


async def test_a_postgresql_that_stops_is_said_and_found_again(
    server: Server, now: datetime
) -> None:
    async with database.started(f"{server.address}/postgres"):
        await migrate()
        async with browser(now) as web, scheduling():
            await until_up(web)
            await leaves("before/1", now=now)

            await asyncio.to_thread(server.stop)
            assert await health(web) == (503, "down", "down")
            assert (await web.get("/in/unknown")).status_code == 503

            await asyncio.to_thread(server.start)
            assert await health(web) == (200, "up", "up")
            await leaves("after/1", now=now)


@contextmanager
def somebody_else(path: Path) -> Iterator[None]:
    """Has the whole file for itself, readers included."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA locking_mode=EXCLUSIVE")
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.close()


async def test_a_locked_sqlite_file_is_said_and_found_again(
    impatient: None, office: Path, now: datetime
) -> None:
    async with database.started(f"sqlite:///{office}"), browser(now) as web:
        with somebody_else(office):
            async with scheduling():
                assert await health(web) == (503, "down", "down")
                assert (await web.get("/in/unknown")).status_code == 503
        async with scheduling():
            await until_up(web)
            await leaves("after/1", now=now)


async def test_a_job_waits_while_another_writes(
    impatient: None, office: Path, now: datetime
) -> None:
    done: list[datetime] = []

    async def work(at: datetime) -> None:
        done.append(at)

    job = jobs.Job("work", timedelta(seconds=5), work, "Work")
    async with database.started(f"sqlite:///{office}"), browser(now) as web:
        await jobs.heartbeat()
        other = sqlite3.connect(office, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        await jobs.run(job)
        assert (done, await health(web)) == ([], (200, "up", "up"))
        other.close()
        await jobs.run(job)
        assert done == [now]


async def cut_off(work: Coroutine[Any, Any, object]) -> None:
    task = asyncio.create_task(work)
    await asyncio.sleep(PATIENCE / 4)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_writer_cut_off_while_it_waits_keeps_nobody_out(
    impatient: None, office: Path, now: datetime
) -> None:

    async def posting() -> None:
        async with database.transaction():
            await post(letter("cut off"), now=now)

    async with database.started(f"sqlite:///{office}"):
        other = sqlite3.connect(office, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        asyncio.get_running_loop().call_later(PATIENCE / 2, other.close)
        await cut_off(posting())
        await post(letter("after"), now=now)
        assert await Letter.select(Letter.key) == [{"key": "after"}]


def test_what_was_cut_off_has_ended_when_the_database_is_closed(
    impatient: None, office: Path, now: datetime
) -> None:
    """Its thread would answer to an event loop that is gone."""

    async def office_hours() -> list[bool]:
        async with database.started(f"sqlite:///{office}") as engine:
            assert isinstance(engine, database.SQLite)
            with somebody_else(office):
                await cut_off(Letter.count().run())
                threads = list(engine._threads)
        return [thread.is_alive() for thread in threads]

    assert asyncio.run(office_hours()) == [False]


async def test_an_office_closes_at_once_with_all_its_connections(office: Path) -> None:
    async with asyncio.timeout(5):
        for _ in range(20):
            async with database.started(f"sqlite:///{office}"):
                await asyncio.gather(*(Letter.count().run() for _ in range(4)))
