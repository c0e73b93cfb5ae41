"""What the inbox shows: entries without a decision, and those put off whose time has come."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import lru_cache
from typing import Any  # what JSON columns hold is described in feeds/tables.py
from zoneinfo import ZoneInfo

from piccolo.columns.combination import WhereRaw
from piccolo.querystring import QueryString

from advocacy.people.tables import Person
from advocacy.triage import rules
from advocacy.triage.forms import DecidedFilters, Filters, identity
from advocacy.triage.labels import rule_words
from advocacy.triage.rules import Decision, NotOurs
from advocacy.triage.tables import Triage
from feeds.tables import Entry, Source

PAGE = 50
MANY = 200  # rows of a page for deciding many at once
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
    not_ours: tuple[NotOurs, ...]
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InboxPage:
    """`after` is the key that the next page begins with; "" on the last."""

    rows: list[InboxRow]
    after: str


async def inbox(
    filters: Filters, *, after: str = "", now: datetime, limit: int = PAGE
) -> InboxPage:
    """Deadlines ahead come first, the next one at the top; then the newest entries. Or all of
    them from the newest to the oldest, if the filters say so.
    """
    limit = MANY if filters.many else limit
    at, number = _key(after)
    wanted = await _wanted(filters, now)
    if filters.newest:
        newest = _read(_newest(wanted, number, now=now if filters.deadline else None, limit=limit))
        return _page(await newest.order_by(Entry.id, ascending=False), limit, now, newest=True)
    rows: list[dict[str, Any]] = []
    if not after or at:
        due = _read(_due(wanted, at, number, now=now, limit=limit + 1))
        rows = await due.order_by(Entry.next_deadline).order_by(Entry.id)
    if len(rows) <= limit and not filters.deadline:
        before = None if at else number
        rest = _read(_rest(wanted, before, now=now, limit=limit + 1 - len(rows)))
        rows += await rest.order_by(Entry.id, ascending=False)
    return _page(rows, limit, now)


def _page(
    rows: list[dict[str, Any]], limit: int, now: datetime, *, newest: bool = False
) -> InboxPage:
    shown = [_row(row, now) for row in rows[:limit]]
    return InboxPage(shown, _after(shown[-1], newest=newest) if len(rows) > limit else "")


async def _wanted(filters: Filters, now: datetime) -> QueryString:
    """The open entries that these filters let through."""
    open_ones = QueryString(OPEN, now)
    if filters.source or filters.country:
        # By their numbers, so that an index in the order of the list fits.
        numbers = ", ".join(str(each) for each in await _sources(filters)) or "NULL"
        open_ones = QueryString(f"{{}} AND source IN ({numbers})", open_ones)
    if filters.language:
        open_ones = QueryString("{} AND language = {}", open_ones, filters.language)
    if filters.topic:
        open_ones = QueryString(ABOUT, open_ones, f'%"key": "{filters.topic}"%')
    return open_ones


ABOUT = (
    "{} AND EXISTS (SELECT 1 FROM entry WHERE entry.id = open_entry.entry AND entry.topics LIKE {})"
)
"""Entries of a topic, as feeds.polling.storing writes topics."""


async def _sources(filters: Filters) -> list[int]:
    query = Source.select(Source.id, Source.countries)
    if filters.source:
        query = query.where(Source.name == filters.source)
    country = filters.country
    return [row["id"] for row in await query if not country or country in codes(row["countries"])]


def codes(countries: str) -> list[str]:
    return [code for part in countries.split(",") if (code := part.strip())]


def _newest(
    wanted: QueryString, before: int | None, *, now: datetime | None, limit: int
) -> QueryString:
    """`now`: only what has a deadline ahead of it."""
    if now:
        wanted = QueryString("{} AND next_deadline > {}", wanted, now)
    if before:
        wanted = QueryString("{} AND entry < {}", wanted, before)
    return QueryString("{} ORDER BY entry DESC LIMIT {}", wanted, limit + 1)


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
    return Entry.select(*_LISTED).where(WhereRaw("entry.id IN ({})", entries))


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
        not_ours=rules.not_ours(
            topics, deadlines, countries=codes(row["countries"]), language=row["language"]
        ),
        numbers=numbers_of(row["procedure_numbers"]),
    )


@lru_cache(maxsize=1024)
def numbers_of(written: str) -> tuple[str, ...]:
    """Hundreds of entries are read for one page, and most have none."""
    return tuple(json.loads(written))


def _after(row: InboxRow, *, newest: bool) -> str:
    return f"{row.ahead.isoformat()}_{row.id}" if row.ahead and not newest else str(row.id)


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


async def decision_on(entry_id: int) -> dict[str, Any] | None:
    """Who decided what, when, and the rule if one did; None while nobody has."""
    row: dict[str, Any] | None = await _decisions().where(Triage.entry == entry_id).first()
    return _with_rule(row) if row else None


async def decided(
    wanted: DecidedFilters = DecidedFilters(),  # noqa: B008  frozen
    *,
    before: int | None = None,
) -> list[dict[str, Any]]:
    """What was decided for good, newest first; `before` is the last id of the page before."""
    query = _decisions().where(Triage.decision != Decision.LATER)
    if wanted.decision:
        query = query.where(Triage.decision == wanted.decision)
    if wanted.person:
        query = query.where(Triage.person == wanted.person)
    if wanted.day:
        begins = datetime.combine(wanted.day, time(), ZoneInfo(rules.OFFICE_ZONE))
        ends = datetime.combine(wanted.day + timedelta(days=1), time(), begins.tzinfo)
        query = query.where(Triage.at >= begins, Triage.at < ends)
    if before:
        query = query.where(Triage.id < before)
    rows = await query.order_by(Triage.id, ascending=False).limit(PAGE)
    return [_with_rule(row) for row in rows]


async def decisions_on(entry_ids: Sequence[int]) -> list[dict[str, Any]]:
    """As `decision_on`, of several; in their order."""
    if not entry_ids:
        return []
    rows = await _decisions().where(Triage.entry.is_in(list(entry_ids))).order_by(Triage.id)
    return [_with_rule(row) for row in rows]


async def deciders() -> list[tuple[int, str]]:
    """Who has ever decided something: number and name."""
    rows = await (
        Person.select(Person.id, Person.name)
        .where(WhereRaw("EXISTS (SELECT 1 FROM triage WHERE triage.person = person.id)"))
        .order_by(Person.name)
    )
    return [(row["id"], row["name"]) for row in rows]


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


# Made once: Piccolo looks each join up anew whenever a column is named through it.
_DECISION = (
    *(Triage.id, Triage.entry, Triage.decision, Triage.reason, Triage.until, Triage.at),
    *(Triage.event, Triage.rule, Triage.person.name.as_alias("who")),
    Triage.rule.words.as_alias("rule_words"),
    Triage.rule.topic.as_alias("rule_topic"),
    Triage.rule.source.name.as_alias("rule_source"),  # type: ignore[union-attr]  # two joins
    Triage.entry.title.as_alias("title"),
    Triage.entry.language.as_alias("language"),
    Triage.entry.source.name.as_alias("source"),  # type: ignore[union-attr]  # two joins
)
_LISTED = (
    *(Entry.id, Entry.title, Entry.language, Entry.first_seen, Entry.next_deadline),
    *(Entry.topics, Entry.deadlines, Entry.procedure_numbers),
    Entry.source.name.as_alias("source_name"),
    Entry.source.countries.as_alias("countries"),
    Entry.source.zone.as_alias("zone"),
)


def _decisions() -> Any:
    return Triage.select(*_DECISION)


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
