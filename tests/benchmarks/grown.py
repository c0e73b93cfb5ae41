"""Databases of many entries, made by statements alone: texts of five languages, most decided.

Words come as often as in speech, by Zipf's law, from 8,000 of each language. Of 10 texts one holds
COMMON, of 400 one RARE. An entry in 20 is undecided, of the newest 2,000 half are; the newest
5,000 have deadlines that lie ahead, 100 in all. 200 sources have the entries in turns.
"""

import random
import shutil
import sqlite3
from datetime import timedelta
from itertools import accumulate
from pathlib import Path

from advocacy import database
from tests.benchmarks.ground import NOW, Ground
from tests.benchmarks.samples import LANGUAGES
from tests.characters import ana

COMMON, RARE = "gemeinde", "murmeltier"
SOURCES = 200
TEXTS = 20_000  # more entries than this share texts
WORDS = 8_000
LENGTH = 50  # words of a text
LEFT = 20  # undecided entries of a secretariat that is through with its work

_CONSONANTS, _VOWELS = "bdfgklmnprstvz", "aeiou"
_AGO = "strftime('%Y-%m-%d %H:%M:%S+00:00', :now, '-' || (:size - n) || ' minutes')"
_AHEAD = "strftime('%Y-%m-%d %H:%M:%S+00:00', :now, (n - :size + 5200) || ' hours')"
_SERIES = (
    "WITH RECURSIVE series(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM series WHERE n < :size)"
)
_FILL = (
    "INSERT INTO source (id, name, address, host, created, next_due, countries, expected)"
    f" {_SERIES} SELECT n, 'Source ' || n, 'https://example.org/' || n, 'example.org', :now,"
    f" '2999-01-01 00:00:00+00:00', 'AT', 50 FROM series WHERE n <= {SOURCES}",
    "INSERT INTO entry (id, source, key, title, address, first_seen, last_seen, language, html,"
    f" text, hash, search_text, next_deadline) {_SERIES} SELECT n, 1 + n % {SOURCES},"
    " printf('%064d', n), substr(words, 1, 80), 'https://example.org/e/' || n,"
    f" {_AGO}, {_AGO}, language, '<p>' || words || '</p>', words, '', words,"
    f" CASE WHEN n % 50 = 0 THEN {_AHEAD} END FROM series JOIN said ON said.id = n % {TEXTS}",
    "INSERT INTO entry_version (entry, number, seen_at, title)"
    f" {_SERIES} SELECT n, 1, {_AGO}, 'as it was' FROM series",
    "INSERT INTO triage (entry, decision, reason, person, at)"
    f" {_SERIES} SELECT n, 'dismissed', '', :person, {_AGO} FROM series"
    " WHERE CASE WHEN n > :size - 2000 THEN n % 2 ELSE n % 20 END > 0",
    "INSERT INTO poll (source, started, ended, outcome, fetched)"
    f" {_SERIES} SELECT 1 + n % {SOURCES}, {_AGO}, {_AGO}, 'unchanged', 50 FROM series"
    " WHERE n % 10 = 0",
    "INSERT INTO entry_search (entry_search) VALUES ('rebuild')",
)
_DECIDE = (
    "INSERT INTO triage (entry, decision, reason, person, at) SELECT id, 'dismissed', '', ?, ?"
    " FROM entry WHERE NOT EXISTS (SELECT 1 FROM triage WHERE triage.entry = entry.id)"
    f" AND id > {LEFT}"
)


async def grown(ground: Ground, size: int) -> Path:
    """A database with so many entries, made once in a run."""
    path = ground.folder / f"grown-{size}.db"
    if not path.exists():
        shutil.move(await ground.empty(), path)
        async with database.started(f"sqlite:///{path}"):
            person = await ana(NOW)
        _fill(path, size, person.id)
    return path


def decide(path: Path, person: int) -> None:
    """All but the oldest entries have been decided the day before: the work is done."""
    _run(path, _DECIDE, person, str(NOW - timedelta(days=1)))


def undecide(path: Path) -> None:
    """Nobody has decided anything: all entries are in the inbox."""
    _run(path, "DELETE FROM triage")


def _run(path: Path, statement: str, *values: object) -> None:
    with sqlite3.connect(path, timeout=60) as store:
        store.execute(statement, values)
    store.close()


def texts() -> list[tuple[int, str, str]]:
    """Number, language and words of each; the same in every run."""
    chance = random.Random(7)  # noqa: S311
    weights = list(accumulate(1 / (rank + 2.7) for rank in range(WORDS)))
    words = {language: _vocabulary(chance) for language in LANGUAGES}
    made = []
    for number in range(TEXTS):
        language = LANGUAGES[number % len(LANGUAGES)]
        said = chance.choices(words[language], cum_weights=weights, k=LENGTH)
        said += [COMMON] * (number % 10 == 0) + [RARE] * (number % 400 == 5)
        made.append((number, language, " ".join(said)))
    return made


def _vocabulary(chance: random.Random) -> list[str]:
    return [
        "".join(
            chance.choice(_CONSONANTS) + chance.choice(_VOWELS)
            for _ in range(chance.choice((2, 3, 3, 4)))
        )
        for _ in range(WORDS)
    ]


def _fill(path: Path, size: int, person: int) -> None:
    store = sqlite3.connect(path)
    store.executescript("PRAGMA synchronous=OFF; PRAGMA cache_size=-400000;")
    store.execute("CREATE TEMP TABLE said (id INTEGER PRIMARY KEY, language TEXT, words TEXT)")
    store.executemany("INSERT INTO said VALUES (?, ?, ?)", texts())
    triggers = store.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'entry_search%'"
    ).fetchall()
    # One index over all at the end costs a tenth of one row after the other.
    for name, _ in triggers:
        store.execute(f"DROP TRIGGER {name}")
    for statement in _FILL:
        store.execute(statement, {"size": size, "now": str(NOW)[:19], "person": person})
    for _, statement in triggers:
        store.execute(statement)
    store.commit()
    store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
