"""Reading: sources and their health, their polls, entries and their versions."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any  # what JSON columns hold is described in tables.py

from feeds.tables import Entry, EntryVersion, Poll, Source

PAGE = 50
# A source that has been silent for this many of its usual gaps is shown as unusually quiet.
QUIET_GAPS = 5
QUIET_AT_LEAST = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class SourceHealth:
    id: int
    name: str
    address: str
    kind: str
    language: str | None
    countries: str
    state: str
    state_reason: str
    last_polled: datetime | None
    last_success: datetime | None
    last_new: datetime | None
    next_due: datetime
    rhythm_reason: str
    failures: int
    last_error: str
    gap: int | None
    outcome: str | None
    fetched: int
    new: int
    changed: int

    def is_quiet(self, *, now: datetime) -> bool:
        """Whether it has been silent far longer than it used to be."""
        if self.gap is None or self.last_new is None:
            return False
        return now - self.last_new > max(timedelta(seconds=self.gap) * QUIET_GAPS, QUIET_AT_LEAST)


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


_HEALTH = (
    "SELECT s.id, s.name, s.address, s.kind, s.language, s.countries, s.state, s.state_reason,"
    " s.failures, s.last_error, s.gap, s.rhythm_reason, p.outcome,"
    " COALESCE(p.fetched, 0) AS fetched, COALESCE(p.new, 0) AS new,"
    " COALESCE(p.changed, 0) AS changed FROM source s"
    " LEFT JOIN poll p ON p.id = (SELECT MAX(id) FROM poll WHERE source = s.id)"
    " ORDER BY s.name, s.id"
)
_INSTANTS = (Source.id, Source.last_polled, Source.last_success, Source.last_new, Source.next_due)


async def sources_with_health() -> list[SourceHealth]:
    """All sources by name, with what the last poll fetched and kept. Two queries."""
    # Instants come through the columns: only they make datetimes of them on both databases.
    instants = {row.pop("id"): row for row in await Source.select(*_INSTANTS)}
    rows = await Source.raw(_HEALTH)
    return [SourceHealth(**row, **instants[row["id"]]) for row in rows if row["id"] in instants]


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
