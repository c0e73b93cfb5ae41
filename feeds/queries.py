"""Reading: the polls of a source, its entries and their versions. Its health: health.py."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any  # what JSON columns hold is described in tables.py

from feeds.tables import Entry, EntryVersion, Poll

PAGE = 50


@dataclass(frozen=True, slots=True)
class PollRow:
    id: int
    started: datetime
    ended: datetime
    outcome: str
    status: int | None
    bytes: int
    fetched: int
    new: int
    changed: int
    same: int
    error: str
    problem: str
    reason: str


@dataclass(frozen=True, slots=True)
class EntryRow:
    id: int
    title: str
    address: str
    published: datetime | None
    first_seen: datetime
    language: str | None
    versions: int
    next_deadline: datetime | None
    gone_at: datetime | None


@dataclass(frozen=True, slots=True)
class VersionRow:
    """`changes`: field → [before, after]; empty for the first."""

    number: int
    seen_at: datetime
    title: str
    address: str
    html: str
    text: str
    changes: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class EntryPage:
    """An entry with everything that is known of it, versions newest first."""

    id: int
    source_id: int
    source_name: str
    title: str
    address: str
    author: str
    published: datetime | None
    updated: datetime | None
    first_seen: datetime
    last_seen: datetime
    language: str | None
    html: str
    text: str
    next_deadline: datetime | None
    gone_at: datetime | None
    enclosures: list[dict[str, Any]]
    deadlines: list[dict[str, Any]]
    topics: list[dict[str, Any]]
    procedure_numbers: list[str]
    versions: list[VersionRow] = field(default_factory=list)


async def last_polls(source_id: int, *, limit: int = 10) -> list[PollRow]:
    rows = (
        await Poll.select(*_columns(Poll, PollRow))
        .where(Poll.source == source_id)
        .order_by(Poll.id, ascending=False)
        .limit(limit)
    )
    return [PollRow(**row) for row in rows]


async def entries_of(
    source_id: int, *, before: int | None = None, limit: int = PAGE
) -> list[EntryRow]:
    """Newest first; the next page begins `before` the id of the last row of this one."""
    query = Entry.select(*_columns(Entry, EntryRow)).where(Entry.source == source_id)
    if before is not None:
        query = query.where(Entry.id < before)
    rows = await query.order_by(Entry.id, ascending=False).limit(limit)
    return [EntryRow(**row) for row in rows]


async def entry_with_versions(entry_id: int) -> EntryPage | None:
    row = (
        await Entry.select(
            *(column for column in Entry.all_columns() if column._meta.name not in _UNSHOWN),
            Entry.source.id.as_alias("source_id"),
            Entry.source.name.as_alias("source_name"),
        )
        .where(Entry.id == entry_id)
        .first()
    )
    if row is None:
        return None
    for name in ("enclosures", "deadlines", "topics", "procedure_numbers"):
        row[name] = json.loads(row[name])
    return EntryPage(**row, versions=await versions_of(entry_id))


async def versions_of(entry_id: int) -> list[VersionRow]:
    rows = (
        await EntryVersion.select(*_columns(EntryVersion, VersionRow))
        .where(EntryVersion.entry == entry_id)
        .order_by(EntryVersion.number, ascending=False)
    )
    return [VersionRow(**{**row, "changes": json.loads(row["changes"])}) for row in rows]


_UNSHOWN = {
    *("source", "key", "hash", "received_hash", "versions", "search_text", "missed"),
}


def _columns(table: Any, shown: Any) -> list[Any]:
    """The columns of a table that a row shows, by name."""
    return [table._meta.get_column_by_name(name) for name in shown.__dataclass_fields__]
