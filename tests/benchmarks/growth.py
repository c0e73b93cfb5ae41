"""What a hundred times as many entries cost: a poll, pages and searches through the application.

The sizes take turns, so that what else the machine does falls on all of them. Milliseconds, and how
many times those of the smallest store. The goal for pages is 1.3; for a search at a million 1.5
times that at 100 thousand. lemon24/reader's search stands beside ours where it is installed; to fill
its index takes minutes.
"""

import importlib
import sqlite3
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any  # reader's types are known only where it is installed

import httpx

from advocacy import database
from advocacy.dossiers.actions import open_dossier
from advocacy.dossiers.forms import NewDossier, NewWindow
from advocacy.dossiers.tables import Dossier, DossierEntry
from feeds import polling
from feeds.tables import Entry
from tests.benchmarks.ground import NOW, Ground
from tests.benchmarks.grown import COMMON, RARE, SOURCES, decide, grown, texts, undecide
from tests.benchmarks.ingestion import ITEMS
from tests.benchmarks.measuring import Cost, Row, Work, cost, middle, said, side_by_side
from tests.benchmarks.origin import LOOPBACK, Origin, serving
from tests.browsing import Browser, browser
from tests.characters import ana

SIZES = (10_000, 100_000, 1_000_000)
COMPARED = SIZES[1]
SHOWN = 20
DOSSIER = "2026-001"
SOURCE = 1  # the one that is polled; it has as many entries as the others
THROUGH = {"the inbox, all but 20 decided": "/de/inbox"}
UNTOUCHED = {
    "the inbox, nothing decided": "/de/inbox",
    "… of one source": "/de/inbox?source=Source%207",
    "… in Slovene": "/de/inbox?language=sl",
    "… of one source, in Slovene": "/de/inbox?source=Source%207&language=sl",
}

Costs = defaultdict[tuple[str, int], list[Cost]]


async def run(ground: Ground) -> list[Row | str]:
    sizes = SIZES[:-1] if ground.quick else SIZES
    costs: Costs = defaultdict(list)
    with serving(1) as origin:
        paths = {size: await grown(ground, size) for size in sizes}
        for path in paths.values():
            _put_in(path, origin)
            await _open_dossier(path)
        for number in range(ground.rounds + 1):
            for size, path in paths.items():
                await _round(path, origin, number, size, costs)
        for size, path in paths.items():
            async with _office(path) as web:
                decide(path, (await ana(NOW)).id)
                await _looking(web, THROUGH, ground.rounds, size, costs)
                undecide(path)
                await _looking(web, UNTOUCHED, ground.rounds, size, costs)
    rows = [_heading(sizes), *_rows(sizes, costs)]
    return [*rows, *await _beside_reader(ground)]


async def _round(path: Path, origin: Origin, number: int, size: int, costs: Costs) -> None:
    await origin.turn(ITEMS + number, "more")
    async with _office(path) as web:
        work: dict[str, Work] = {
            "a poll with one new entry": _polling(number),
            "the inbox": _getting(web, "/de/inbox"),
            "the inbox in Slovene": _getting(web, "/de/inbox?language=sl"),
            _search(COMMON): _getting(web, f"/de/search?q={COMMON}"),
            _search(RARE): _getting(web, f"/de/search?q={RARE}"),
            "the sources": _getting(web, "/de/sources"),
            "a dossier of 20 entries": _getting(web, f"/de/d/{DOSSIER}"),
            "what needs me now": _getting(web, "/de/now"),
        }
        for name, each in work.items():
            if "poll" not in name:
                await each()
            costs[name, size].append(await cost(each))


async def _looking(
    web: Browser, pages: dict[str, str], rounds: int, size: int, costs: Costs
) -> None:
    for _ in range(rounds + 1):
        for name, address in pages.items():
            costs[name, size].append(await cost(_getting(web, address)))


def _search(word: str) -> str:
    return f"search {word}, {'common' if word == COMMON else 'rare'}"


@asynccontextmanager
async def _office(path: Path) -> AsyncIterator[Browser]:
    """Ana, signed in."""
    async with database.started(f"sqlite:///{path}"), browser(NOW) as web:
        yield await web.sign_in(await ana(NOW), NOW)


def _getting(web: Browser, address: str) -> Work:
    async def work() -> None:
        answer = await web.get(address)
        assert answer.status_code == httpx.codes.OK, (address, answer.status_code)

    return work


def _polling(number: int) -> Work:
    async def work() -> None:
        result = await polling.poll(
            *(SOURCE,),
            now=NOW + timedelta(hours=number),
            owner="bench",
            private_networks=LOOPBACK,
            pause=0,
        )
        assert result.new == (1 if number else ITEMS), result

    return work


def _put_in(path: Path, origin: Origin) -> None:
    with sqlite3.connect(path) as store:
        store.execute(
            "UPDATE source SET address = ?, host = '127.0.0.1' WHERE id = ?",
            (origin.addresses[0], SOURCE),
        )
    store.close()


async def _open_dossier(path: Path) -> None:
    """With a deadline and its plan, and the newest entries as its sources."""
    async with database.started(f"sqlite:///{path}"):
        if await Dossier.exists():
            return
        office = await ana(NOW)
        window = NewWindow(NOW + timedelta(days=60), "Europe/Brussels")
        new = NewDossier("Schutz der Herden", countries=("AT", "SI"), window=window)
        dossier = await open_dossier(new, by=office, now=NOW)
        newest = await Entry.select(Entry.id).order_by(Entry.id, ascending=False).limit(SHOWN)
        sources = (DossierEntry(dossier=dossier.id, entry=row["id"], at=NOW) for row in newest)
        await DossierEntry.insert(*sources)


def _heading(sizes: Sequence[int]) -> str:
    return (
        f"{'entries':<32}" + "".join(f"{size:>12,}" for size in sizes) + "  wall (CPU), × smallest"
    )


def _rows(sizes: Sequence[int], costs: Costs) -> list[str]:
    """The first round has filled the caches and is left out."""
    rows = []
    for name in dict.fromkeys(name for name, _ in costs):
        middles = [middle(costs[name, size][1:]) for size in sizes]
        walls = "".join(f"{said(each.wall):>12}" for each in middles)
        grows = ", ".join(
            f"{each.wall / middles[0].wall:.2f} ({each.cpu / middles[0].cpu:.2f})"
            for each in middles[1:]
        )
        rows.append(f"{name:<32}{walls}  {grows}")
    return rows


async def _beside_reader(ground: Ground) -> list[Row | str]:
    """Our page with what was found, and what reader finds without a page, in turns."""
    if not find_spec("reader"):
        return ["lemon24/reader is not installed"]
    library: Any = importlib.import_module("reader")
    size = SIZES[0] if ground.quick else COMPARED
    reader = _filled_reader(library, ground.folder / "reader.db", size)
    rows: list[Row | str] = []
    async with _office(await grown(ground, size)) as web:
        for word in (COMMON, RARE):

            async def theirs(word: str = word) -> None:
                found = list(islice(reader.search_entries(word, sort="recent"), SHOWN))
                assert found, word

            rows.append(
                await side_by_side(
                    f"{_search(word)}, of {size:,}",
                    _getting(web, f"/de/search?q={word}"),
                    theirs,
                    against="lemon24/reader, without a page",
                    rounds=ground.rounds,
                )
            )
    reader.close()
    return rows


def _filled_reader(library: Any, path: Path, size: int) -> Any:
    """The same texts in its store, put there by a statement, and its index brought up to date."""
    reader = library.make_reader(str(path))
    reader.enable_search()
    for number in range(SOURCES):
        reader.add_feed(f"https://example.org/{number}")
    made = texts()
    with sqlite3.connect(path) as store:
        store.executemany(
            "INSERT INTO entries (id, feed, title, link, published, summary, data_hash_changed,"
            " read, important, added_by, last_updated, first_updated, first_updated_epoch,"
            " feed_order, recent_sort) VALUES (?, ?, ?, ?, ?, ?, 0, 0, 0, 'feed', ?, ?, ?, 0, ?)",
            (_entry(number, made[number % len(made)][2], size) for number in range(size)),
        )
    store.close()
    reader.update_search()
    return reader


def _entry(number: int, words: str, size: int) -> tuple[object, ...]:
    at = str(NOW - timedelta(minutes=size - number))[:19]
    feed = f"https://example.org/{number % SOURCES}"
    return str(number), feed, words[:80], f"{feed}/{number}", at, words, at, at, at, at
