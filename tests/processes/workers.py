"""What the other processes do, and how they are started and killed.

They are forked from a process that has imported all this once (warm.py). `advocacy.jobs` is imported
late: with it each process makes the name under which it holds leases, and no two may share one.
"""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from threading import BrokenBarrierError
from typing import Any  # workers take what their test gives them

from advocacy import clock, database
from advocacy.mail import actions as mail
from advocacy.mail.smtp import carrier_for
from advocacy.settings import Settings
from feeds import polling
from feeds.tables import Source
from tests.feeds.origin import LOOPBACK

CONTEXT = get_context("forkserver")
CONTEXT.set_forkserver_preload(
    ["pytest", "litestar", "apscheduler.schedulers.asyncio", "tests.processes.warm"]
)
PATIENCE = 20.0  # seconds


def barrier(parties: int) -> Any:
    """Whoever takes it as `ready` begins when all have come."""
    return CONTEXT.Barrier(parties)


@contextmanager
def running(work: Callable[..., None], *with_what: Any) -> Iterator[ForkServerProcess]:
    """A process that does `work`; none is left behind."""
    process = CONTEXT.Process(target=work, args=with_what)
    process.start()
    try:
        yield process
    finally:
        process.kill()
        process.join()
        process.close()


async def ended(process: ForkServerProcess) -> int | None:
    """Its exit code; negative when it was killed."""
    await asyncio.to_thread(process.join, PATIENCE)
    return process.exitcode


async def killed(process: ForkServerProcess) -> None:
    process.kill()
    assert await ended(process) == -9


async def becomes(true: Callable[[], bool]) -> None:
    """Wait for what another process does."""
    async with asyncio.timeout(PATIENCE):
        while not true():  # noqa: ASYNC110  it happens in another process
            await asyncio.sleep(0.005)


def deliver(url: str, smtp_url: str, now: datetime, ready: Any = None) -> None:
    """Send what is due, until nobody has anything left to claim."""

    async def work() -> None:
        async with database.started(url):
            _meet(ready)
            while await mail.anything_due(now=now):
                await mail.deliver(carrier_for(Settings(smtp_url=smtp_url)), now=now)

    asyncio.run(work())


def poll(url: str, now: datetime, owner: str, ready: Any = None) -> None:
    """Visit sources, three at a time, until none is due."""

    async def work() -> None:
        async with database.started(url):
            _meet(ready)
            began = time.monotonic()
            while await _any_due(now):
                at = now + timedelta(seconds=time.monotonic() - began)
                if not await polling.poll_due(
                    now=at, owner=owner, limit=3, private_networks=LOOPBACK, pause=0
                ):
                    await asyncio.sleep(0.02)

    asyncio.run(work())


def do_job(url: str, diary: Path, lasting: float, now: datetime, ready: Any = None) -> None:
    """A scheduler's turn: a job that writes a line, and takes `lasting` seconds."""
    from advocacy.jobs import Job, run

    async def write(at: datetime) -> None:
        with diary.open("a") as file:
            file.write(f"{at.isoformat()}\n")
        await asyncio.sleep(lasting)

    async def work() -> None:
        async with database.started(url):
            _meet(ready)
            await run(Job("diary", timedelta(seconds=5), write, "Write a line"))

    with clock.fixed(now):
        asyncio.run(work())


async def _any_due(now: datetime) -> bool:
    return bool(await Source.exists().where(Source.state == "active", Source.next_due <= now))


def _meet(ready: Any) -> None:
    if ready is None:
        return
    try:
        ready.wait(PATIENCE)
    except BrokenBarrierError as error:
        raise SystemExit("the other process did not come") from error
