"""The newest 50 of 20,000 entries that hold a word."""

import sqlite3
from pathlib import Path

from advocacy import database
from feeds.reading.folding import search_words
from feeds.tables import Entry
from tests.benchmarks.ground import RARE, Ground
from tests.benchmarks.measuring import Row, Work, side_by_side

TIMES = 20
SHOWN = "SELECT id, title, language, first_seen FROM entry"
LIKE = f"{SHOWN} WHERE search_text LIKE ? ORDER BY id DESC LIMIT 50"
BY_ROWID = (
    f"{SHOWN} WHERE id IN (SELECT rowid FROM entry_search WHERE entry_search MATCH ?"
    " ORDER BY rowid DESC LIMIT 50) ORDER BY id DESC"
)


async def run(ground: Ground) -> list[Row]:
    path, rows = await ground.filled(), []
    async with database.started(f"sqlite:///{path}"):
        for kind, word in (("common", "Gemeinde"), ("rare", RARE)):
            [folded] = search_words(word, language="de")
            for against, statement, value in (
                ("sqlite3, LIKE over the folded text", LIKE, f"%{folded}%"),
                ("sqlite3, FTS5 in the order of rowid", BY_ROWID, f'"{folded}"*'),
            ):
                row = await side_by_side(
                    f"search a {kind} word, newest 50",
                    _ours(folded),
                    _plain(path, statement, value),
                    against=against,
                    rounds=ground.rounds,
                    each=TIMES,
                )
                rows.append(row)
    return rows


def _ours(word: str) -> Work:
    async def work() -> None:
        for _ in range(TIMES):
            await (
                Entry.select(Entry.id, Entry.title, Entry.language, Entry.first_seen)
                .where(database.finds(Entry, [word]))
                .order_by(Entry.id, ascending=False)
                .limit(50)
            )

    return work


def _plain(path: Path, statement: str, value: str) -> Work:
    store = sqlite3.connect(path)

    async def work() -> None:
        for _ in range(TIMES):
            store.execute(statement, (value,)).fetchall()

    return work
