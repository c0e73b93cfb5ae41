"""What the inbox shows: entries without a decision, and those put off whose time has come."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any  # what JSON columns hold is described in feeds/tables.py

from piccolo.columns.combination import WhereRaw
from piccolo.querystring import QueryString

from advocacy import database
from advocacy.triage import rules
from advocacy.triage.forms import Filters, identity
from advocacy.triage.labels import rule_words
from advocacy.triage.rules import Decision
from advocacy.triage.tables import Triage
from feeds.reading.folding import search_words
from feeds.reading.sameness import Matter, Sameness, same_matter
from feeds.tables import Entry, Source

PAGE = 50
COUNTED = 500  # more open entries than this are not counted: "500+" says enough
COMPARED = 200  # the newest entries that one entry is compared with
REASON_OFFERED = timedelta(minutes=10)
OPEN = "SELECT entry FROM open_entry WHERE (until IS NULL OR until <= {})"
"""Entries in the inbox at an instant. The database keeps `open_entry`: undecided ones and, with
their day, those put off (migrations/alphorn/alphorn_2026_11_22_open_entries.py)."""


@dataclass(frozen=True, slots=True)
class InboxRow:
    """`ahead` is the deadline read from the entry, while it lies ahead."""

    id: int
    title: str
    language: str | None
    source: str
    countries: str
    zone: str
    first_seen: datetime
    ahead: datetime | None
    not_ours: bool
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InboxPage:
    """`after` is the key that the next page begins with; "" on the last."""

    rows: list[InboxRow]
    after: str


@dataclass(frozen=True, slots=True)
class Progress:
    """Of today, by the office's calendar. `open` stops counting at COUNTED."""

    by_decision: dict[str, int]
    open: int

    @property
    def decided(self) -> int:
        return sum(self.by_decision.values())


@dataclass(frozen=True, slots=True)
class Twin:
    """Another entry that may be the same matter, and why."""

    id: int
    title: str
    language: str | None
    source: str
    sameness: Sameness


async def inbox(
    filters: Filters, *, after: str = "", now: datetime, limit: int = PAGE
) -> InboxPage:
    """Deadlines ahead come first, the next one at the top; then the newest entries."""
    at, number = _key(after)
    wanted = await _wanted(filters, now)
    rows: list[dict[str, Any]] = []
    if not after or at:
        due = _read(_due(wanted, at, number, now=now, limit=limit + 1))
        rows = await due.order_by(Entry.next_deadline).order_by(Entry.id)
    if len(rows) <= limit and not filters.deadline:
        before = None if at else number
        rest = _read(_rest(wanted, before, now=now, limit=limit + 1 - len(rows)))
        rows += await rest.order_by(Entry.id, ascending=False)
    shown = [_row(row, now) for row in rows[:limit]]
    return InboxPage(shown, _after(shown[-1]) if len(rows) > limit else "")


async def _wanted(filters: Filters, now: datetime) -> QueryString:
    """The open entries that these filters let through."""
    open_ones = QueryString(OPEN, now)
    if filters.source:
        # By their numbers, so that an index in the order of the list fits.
        known = await Source.select(Source.id).where(Source.name == filters.source)
        numbers = ", ".join(str(row["id"]) for row in known) or "NULL"
        open_ones = QueryString(f"{{}} AND source IN ({numbers})", open_ones)
    if filters.language:
        open_ones = QueryString("{} AND language = {}", open_ones, filters.language)
    return open_ones


def _due(
    wanted: QueryString, at: datetime | None, number: int | None, *, now: datetime, limit: int
) -> QueryString:
    ahead = QueryString("next_deadline > {}", now)
    if at and number and at > now:
        ahead = QueryString(
            "next_deadline >= {} AND (next_deadline > {} OR entry > {})", at, at, number
        )
    return QueryString("{} AND {} ORDER BY next_deadline, entry LIMIT {}", wanted, ahead, limit)


def _rest(wanted: QueryString, before: int | None, *, now: datetime, limit: int) -> QueryString:
    if before:
        wanted = QueryString("{} AND entry < {}", wanted, before)
    return QueryString(
        "{} AND (next_deadline IS NULL OR next_deadline <= {}) ORDER BY entry DESC LIMIT {}",
        *(wanted, now, limit),
    )


def _read(entries: QueryString) -> Any:
    return Entry.select(
        *(Entry.id, Entry.title, Entry.language, Entry.first_seen, Entry.next_deadline),
        *(Entry.topics, Entry.deadlines, Entry.procedure_numbers),
        Entry.source.name.as_alias("source_name"),
        Entry.source.countries.as_alias("countries"),
        Entry.source.zone.as_alias("zone"),
    ).where(WhereRaw("entry.id IN ({})", entries))


def _row(row: dict[str, Any], now: datetime) -> InboxRow:
    topics, deadlines = json.loads(row["topics"]), json.loads(row["deadlines"])
    ahead = row["next_deadline"]
    return InboxRow(
        id=row["id"],
        title=row["title"],
        language=row["language"],
        source=row["source_name"],
        countries=row["countries"],
        zone=row["zone"],
        first_seen=row["first_seen"],
        ahead=ahead if ahead and ahead > now else None,
        not_ours=rules.probably_not_ours(topics, deadlines),
        numbers=_numbers(row["procedure_numbers"]),
    )


@lru_cache(maxsize=1024)
def _numbers(written: str) -> tuple[str, ...]:
    """Hundreds of entries are read for one page, and most have none."""
    return tuple(json.loads(written))


def _after(row: InboxRow) -> str:
    return f"{row.ahead.isoformat()}_{row.id}" if row.ahead else str(row.id)


def _key(after: str) -> tuple[datetime | None, int | None]:
    """A key that nobody gave out is no key: the list begins at its beginning."""
    at, _, number = after.rpartition("_")
    try:
        instant = datetime.fromisoformat(at.replace(" ", "+")) if at else None
    except ValueError:
        return None, None
    if instant is not None and instant.tzinfo is None:
        return None, None
    return instant, identity(number)


async def progress(*, now: datetime) -> Progress:
    # By an expression: by the bare column, its index would be read from end to end.
    decided = await Triage.raw(
        "SELECT decision || '' AS decided, COUNT(*) AS number FROM triage"
        " WHERE at >= {} GROUP BY decision || ''",
        rules.day_begins(now),
    )
    [waiting] = await Triage.raw(
        "SELECT COUNT(*) AS number FROM ({} LIMIT {}) AS waiting", QueryString(OPEN, now), COUNTED
    )
    return Progress({row["decided"]: row["number"] for row in decided}, waiting["number"])


async def source_names() -> list[str]:
    rows = await Source.select(Source.name).order_by(Source.name)
    return list(dict.fromkeys(row["name"] for row in rows))


async def failing_sources() -> int:
    return int(await Source.count().where(Source.failures > 0, Source.state == "active"))


async def next_visit() -> datetime | None:
    """When the next source is due."""
    row = await (
        Source.select(Source.next_due)
        .where(Source.state == "active")
        .order_by(Source.next_due)
        .limit(1)
        .first()
    )
    return row["next_due"] if row else None


async def decision_on(entry_id: int) -> dict[str, Any] | None:
    """Who decided what, when, and the rule if one did; None while nobody has."""
    row: dict[str, Any] | None = await _decisions().where(Triage.entry == entry_id).first()
    return _with_rule(row) if row else None


async def decided(*, before: int | None = None) -> list[dict[str, Any]]:
    """What was decided for good, newest first; `before` is the last id of the page before."""
    query = _decisions().where(Triage.decision != Decision.LATER)
    if before:
        query = query.where(Triage.id < before)
    rows = await query.order_by(Triage.id, ascending=False).limit(PAGE)
    return [_with_rule(row) for row in rows]


def _with_rule(row: dict[str, Any]) -> dict[str, Any]:
    """`rule_words` says on what a rule decided; "" where a person did."""
    words = json.loads(row["rule_words"] or "[]")
    said = rule_words(row["rule_source"] or "", words, row["rule_topic"] or "")
    return row | {"rule_words": said if row["rule"] else ""}


async def put_off(*, now: datetime, after: str = "") -> list[dict[str, Any]]:
    """What waits for its day, the next at the top; `after` is the key of the last row before."""
    query = _decisions().where(Triage.decision == Decision.LATER, Triage.until > now)
    at, number = _key(after)
    if at and number:
        query = query.where((Triage.until > at) | ((Triage.until == at) & (Triage.id > number)))
    return list(await query.order_by(Triage.until).order_by(Triage.id).limit(PAGE))


def _decisions() -> Any:
    return Triage.select(
        *(Triage.id, Triage.entry, Triage.decision, Triage.reason, Triage.until, Triage.at),
        *(Triage.event, Triage.rule, Triage.person.name.as_alias("who")),
        Triage.rule.words.as_alias("rule_words"),
        Triage.rule.topic.as_alias("rule_topic"),
        Triage.rule.source.name.as_alias("rule_source"),  # type: ignore[union-attr]  # two joins
        Triage.entry.title.as_alias("title"),
        Triage.entry.language.as_alias("language"),
        Triage.entry.source.name.as_alias("source"),  # type: ignore[union-attr]  # two joins
    )


async def just_dismissed(person_id: int, *, now: datetime) -> dict[str, Any] | None:
    """The last decision of this person, when it was to dismiss one entry a moment ago."""
    last = await (
        _decisions()
        .where(Triage.person == person_id, Triage.at > now - REASON_OFFERED)
        .order_by(Triage.id, ascending=False)
        .limit(2)
    )
    if not last or last[0]["decision"] != Decision.DISMISSED:
        return None
    several = len(last) > 1 and last[0]["event"] == last[1]["event"]
    return None if several else dict(last[0])


async def twins(entry_id: int, matter: Matter, *, limit: int = 3) -> list[Twin]:
    """Entries that may be the same matter: those with its numbers, and among the newest."""
    rows = await _comparable().where(Entry.id < entry_id).order_by(Entry.id, ascending=False).limit(
        COMPARED
    ) + await _with_number(matter.procedure_numbers)
    found: dict[int, Twin] = {}
    for row in rows:
        same = same_matter(matter, _matter(row)) if row["id"] != entry_id else None
        if same and row["id"] not in found:
            found[row["id"]] = Twin(
                row["id"], row["title"], row["language"], row["source_name"], same
            )
    strongest = sorted(
        found.values(), key=lambda twin: (twin.sameness.reason != "number", -twin.id)
    )
    return strongest[:limit]


async def _with_number(numbers: Sequence[str]) -> list[dict[str, Any]]:
    words = search_words(numbers[0], language=None) if numbers else []
    if not words:
        return []
    return list(await _comparable().where(database.finds(Entry, words, newest=PAGE)))


def _comparable() -> Any:
    return Entry.select(
        *(Entry.id, Entry.title, Entry.language, Entry.address, Entry.procedure_numbers),
        Entry.published,
        Entry.source.name.as_alias("source_name"),
    )


def _matter(row: dict[str, Any]) -> Matter:
    numbers = _numbers(row["procedure_numbers"])
    published = row["published"].date() if row["published"] else None
    return Matter(row["title"], row["language"], numbers, row["address"], published)
