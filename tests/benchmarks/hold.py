"""The inbox while the sources are polled: the server as an operator starts it, one process.

Ten people ask for the page twice a second each; the server's own scheduler visits the sources at
its own pace, on 200 loopback hosts, of which every tenth answers after two seconds. Milliseconds
until the page is there: half of the requests, 95 of 100, the slowest.
"""

import asyncio
import itertools
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles

import httpx

from advocacy import database
from tests.benchmarks.ground import Ground
from tests.benchmarks.ingestion import ITEMS
from tests.benchmarks.origin import LOOPBACK, serving
from tests.browsing import Browser
from tests.characters import ana

CLIENTS = 10
EACH_ASKS_EVERY = 0.5  # seconds
WARMING_LASTS = 5.0
QUIET_LASTS = 15.0
LONGEST = 300.0
HOSTS = 200

Work = Callable[[], bool]


async def run(ground: Ground) -> list[str]:
    number = 100 if ground.quick else 1000
    path = Path(shutil.copy(await ground.filled(), ground.folder / "hold.db"))
    with serving(number, hosts=min(number, HOSTS), some_slow=True) as origin:
        await origin.turn(ITEMS, "a")
        first, last = _put_in(path, origin.addresses)

        def polled() -> int:
            return _count(
                path, "SELECT count(*) FROM poll WHERE source BETWEEN ? AND ?", first, last
            )

        with served(path) as address:
            async with _signed_in(path, address) as client:
                await _asked(client, _until(WARMING_LASTS, lambda: False))
                quiet = await _asked(client, _until(QUIET_LASTS, lambda: False))
                _due(path, first, last)
                began = time.monotonic()
                busy = await _asked(client, _until(LONGEST, lambda: polled() >= number))
                took = time.monotonic() - began
        visited, entries = (
            polled(),
            _count(path, "SELECT count(*) FROM entry WHERE source >= ?", first),
        )
    return [
        f"inbox, {CLIENTS} clients, nothing polled:  {told(quiet)}",
        f"inbox, {CLIENTS} clients, while polling:   {told(busy)}",
        f"p95 while polling : without = {p95(busy) / p95(quiet):.2f};"
        f" {visited} of {number} sources with {entries} entries in {took:.0f} s",
    ]


def _put_in(path: Path, addresses: Sequence[str]) -> tuple[int, int]:
    """The sources, due in a distant year like those that are there already; the ids of both ends."""
    with sqlite3.connect(path) as store:
        store.execute("UPDATE source SET next_due = '2999-01-01 00:00:00+00:00'")
        before = int(store.execute("SELECT max(id) FROM source").fetchone()[0])
        store.executemany(
            "INSERT INTO source (name, address, host, created, next_due, countries) VALUES"
            " (?, ?, ?, '2026-01-01 00:00:00+00:00', '2999-01-01 00:00:00+00:00', 'AT')",
            [(f"Loop {each}", each, each.split("/")[2].partition(":")[0]) for each in addresses],
        )
    store.close()
    return before + 1, before + len(addresses)


def _due(path: Path, first: int, last: int) -> None:
    with sqlite3.connect(path, timeout=30) as store:
        now = datetime.now(UTC).isoformat(sep=" ")
        store.execute("UPDATE source SET next_due = ? WHERE id BETWEEN ? AND ?", (now, first, last))
    store.close()


def _count(path: Path, question: str, *values: int) -> int:
    store = sqlite3.connect(path, timeout=30)
    try:
        return int(store.execute(question, values).fetchone()[0])
    finally:
        store.close()


@contextmanager
def served(path: Path) -> Iterator[str]:
    """`python -m advocacy serve`; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        here = f"127.0.0.1:{probe.getsockname()[1]}"
    settings = {
        "ALPHORN_DATABASE_URL": f"sqlite:///{path}",
        "ALPHORN_BIND": here,
        "ALPHORN_BASE_URL": f"http://{here}",
        "ALPHORN_PRIVATE_SOURCES": ",".join(LOOPBACK),
    }
    with subprocess.Popen(
        [sys.executable, "-m", "advocacy", "serve"],
        env=os.environ | settings,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        try:
            yield f"http://{here}"
        finally:
            server.terminate()


@asynccontextmanager
async def _signed_in(path: Path, address: str) -> AsyncIterator[httpx.AsyncClient]:
    async with (
        database.started(f"sqlite:///{path}"),
        httpx.AsyncClient(base_url=address, timeout=60) as client,
    ):
        for _ in range(600):
            try:
                await client.get("/health")
                break
            except httpx.TransportError:
                await asyncio.sleep(0.1)
        now = datetime.now(UTC)
        await Browser(client).sign_in(await ana(now), now)
        yield client


def _until(seconds: float, over: Work) -> Work:
    end = time.monotonic() + seconds
    return lambda: time.monotonic() > end or over()


async def _asked(client: httpx.AsyncClient, over: Work) -> list[float]:
    """Seconds of every request until it is over."""
    done, took = asyncio.Event(), list[float]()

    async def one(number: int) -> None:
        await asyncio.sleep(EACH_ASKS_EVERY * number / CLIENTS)
        while not done.is_set():
            began = time.perf_counter()
            answer = await client.get("/de/inbox")
            took.append(time.perf_counter() - began)
            assert answer.status_code == httpx.codes.OK, answer.status_code
            await asyncio.sleep(max(0.0, EACH_ASKS_EVERY - took[-1]))

    async def watch() -> None:
        for _ in itertools.takewhile(lambda _: not over(), itertools.count()):
            await asyncio.sleep(0.5)
        done.set()

    await asyncio.gather(watch(), *map(one, range(CLIENTS)))
    return took


def p95(took: Sequence[float]) -> float:
    return quantiles(took, n=20)[-1]


def told(took: Sequence[float]) -> str:
    half = quantiles(took, n=2)[0]
    middle, most, worst = (each * 1000 for each in (half, p95(took), max(took)))
    return f"p50 {middle:.0f} ms, p95 {most:.0f} ms, worst {worst:.0f} ms, {len(took)} pages"
