"""Other entries that may be the same matter: in the list, for an entry, and in a language."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any  # Piccolo's rows

from advocacy import database
from advocacy.triage.queries import InboxRow, numbers_of
from feeds.reading.folding import search_words
from feeds.reading.sameness import Matter, Sameness, same_matter
from feeds.tables import Entry

Rows = Sequence[dict[str, Any]]

COMPARED = 200  # entries before one, and after it, that it is compared with
FOUND_BY_NUMBER = 50
REMEMBERED = 5_000  # entries


@dataclass(frozen=True, slots=True)
class Twin:
    """Another entry that may be the same matter, and why."""

    id: int
    title: str
    language: str | None
    source: str
    sameness: Sameness


async def twins(
    entry_id: int, matter: Matter, *, older: Rows | None = None, limit: int = 3
) -> list[Twin]:
    """Entries that may be the same matter: those with its numbers, and among the `older` ones,
    which are looked up when nobody has yet.
    """
    pool = await before(entry_id) if older is None else older
    return _same(entry_id, matter, [*pool, *await _with_number(matter.procedure_numbers)])[:limit]


async def in_language(entry_id: int, matter: Matter, language: str) -> Twin | None:
    """The entry that says the same in `language`, from before it or after it."""
    spoken = Entry.language == language
    after = await (
        _comparable().where(Entry.id > entry_id, spoken).order_by(Entry.id).limit(COMPARED)
    )
    rows = [*await before(entry_id, spoken), *after, *await _with_number(matter.procedure_numbers)]
    found = _same(entry_id, matter, [row for row in rows if row["language"] == language])
    return next(iter(found), None)


def _same(entry_id: int, matter: Matter, rows: Rows) -> list[Twin]:
    """The strongest first: what shares a procedure number, then the newest."""
    found: dict[int, Twin] = {}
    for row in rows:
        same = same_matter(matter, _matter(row)) if row["id"] != entry_id else None
        if same and row["id"] not in found:
            found[row["id"]] = Twin(
                row["id"], row["title"], row["language"], row["source_name"], same
            )
    return sorted(found.values(), key=lambda twin: (twin.sameness.reason != "number", -twin.id))


async def before(entry_id: int, *which: Any) -> Rows:
    """The entries that came just before one, to compare it with."""
    older = _comparable().where(Entry.id < entry_id, *which)
    return list(await older.order_by(Entry.id, ascending=False).limit(COMPARED))


async def _with_number(numbers: Sequence[str]) -> list[dict[str, Any]]:
    words = search_words(numbers[0], language=None) if numbers else []
    if not words:
        return []
    return list(await _comparable().where(database.finds(Entry, words, newest=FOUND_BY_NUMBER)))


# Made once: Piccolo looks each join up anew whenever a column is named through it.
_COMPARABLE = (
    *(Entry.id, Entry.title, Entry.language, Entry.address, Entry.procedure_numbers),
    Entry.published,
    Entry.source.name.as_alias("source_name"),
)


def _comparable() -> Any:
    return Entry.select(*_COMPARABLE)


def _matter(row: dict[str, Any]) -> Matter:
    numbers = numbers_of(row["procedure_numbers"])
    published = row["published"].date() if row["published"] else None
    return Matter(row["title"], row["language"], numbers, row["address"], published)


@dataclass(slots=True)
class _Remembered:
    """The next page shows nearly the same rows. Of one database: tests have many."""

    engine: object = None
    twins: dict[tuple[int, str], Twin | None] = field(default_factory=dict)


_remembered = _Remembered()


async def in_list(rows: Sequence[InboxRow], older: Rows) -> dict[int, Twin]:
    """For the rows of a list: the entry that each may repeat, sought in the list and among
    `older` entries. Looked for once per row and title; opened, it is compared with more.
    """
    known = _known()
    fresh = {row.id for row in rows if (row.id, row.title) not in known}
    if fresh:
        listed = await _comparable().where(Entry.id.is_in([row.id for row in rows]))
        pool = [*listed, *older]
        for row in listed:
            if row["id"] in fresh:
                found = _same(row["id"], _matter(row), [e for e in pool if e["id"] < row["id"]])
                known[row["id"], row["title"]] = next(iter(found), None)
    return {row.id: twin for row in rows if (twin := known.get((row.id, row.title)))}


def _known() -> dict[tuple[int, str], Twin | None]:
    engine = database.engine()
    if _remembered.engine is not engine or len(_remembered.twins) > REMEMBERED:
        _remembered.engine, _remembered.twins = engine, {}
    return _remembered.twins
