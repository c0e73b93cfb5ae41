"""Many sources of 50 entries: seen first, not changed, sent again, with one entry more each."""

from collections.abc import Callable
from datetime import datetime, timedelta
from importlib.util import find_spec
from itertools import product
from pathlib import Path
from typing import Protocol

import httpx

from advocacy import database
from feeds.polling import poll_due
from feeds.tables import Entry, Source
from tests.benchmarks.bare import Bare
from tests.benchmarks.ground import NOW, Ground
from tests.benchmarks.measuring import Cost, Row, cost, middle
from tests.benchmarks.origin import Origin, serving
from tests.benchmarks.readers import LemonReader

ITEMS = 50
STAGES = (
    ("first poll", ITEMS, "a"),
    ("nothing changed, 304", ITEMS, "a"),
    ("the same body with 200", ITEMS, "b"),
    ("one new entry per source", ITEMS + 1, "c"),
)
LOOPBACK = ("127.0.0.0/8",)


class Contender(Protocol):
    async def poll(self) -> None: ...
    async def count(self) -> int: ...


class Ours:
    """In an open database; a poll is a day after the one before, so that everything is due."""

    def __init__(self, sources: int) -> None:
        self.sources, self.now = sources, NOW

    async def begin(self, addresses: list[str], now: datetime) -> "Ours":
        await Source.insert(
            *(Source(address=each, created=now, next_due=now) for each in addresses)
        )
        return self

    async def poll(self) -> None:
        results = await poll_due(
            now=self.now, owner="bench", limit=self.sources, private_networks=LOOPBACK, pause=0
        )
        assert {each.outcome for each in results} <= {"fetched", "unchanged"}, results[:3]
        self.now += timedelta(days=1)

    async def count(self) -> int:
        return int(await Entry.count())


async def run(ground: Ground) -> list[Row | str]:
    sources = 10 if ground.quick else 100
    peers: dict[str, Callable[[list[str], Path], Contender]] = {
        "httpx + feedparser + sqlite3": Bare,
    }
    if find_spec("reader"):
        peers["lemon24/reader"] = LemonReader
    mine: dict[str, list[Cost]] = {stage: [] for stage, *_ in STAGES}
    theirs: dict[tuple[str, str], list[Cost]] = {
        each: [] for each in product(peers, (stage for stage, *_ in STAGES))
    }
    with serving(sources) as origin:
        for _ in range(ground.rounds):
            path = await ground.empty()
            async with database.started(f"sqlite:///{path}"):
                ours = await Ours(sources).begin(origin.addresses, NOW)
                others = {
                    name: make(origin.addresses, path.with_suffix(f".{number}.db"))
                    for number, (name, make) in enumerate(peers.items())
                }
                for stage, items, word in STAGES:
                    await _turn(origin, items, word)
                    mine[stage].append(await cost(ours.poll))
                    for name, other in others.items():
                        theirs[name, stage].append(await cost(other.poll))
                for each in (ours, *others.values()):
                    assert await each.count() == sources * (ITEMS + 1)
    rows: list[Row | str] = [
        Row(f"{sources} sources, {stage}", middle(mine[stage]), middle(theirs[name, stage]), name)
        for name, (stage, *_) in product(peers, STAGES)
    ]
    return rows if find_spec("reader") else [*rows, "lemon24/reader: not installed"]


async def _turn(origin: Origin, items: int, word: str) -> None:
    async with httpx.AsyncClient(timeout=60) as client:
        (await client.get(origin.mode(items, word))).raise_for_status()
