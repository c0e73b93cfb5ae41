"""What a digest tells one person: what concerns them, and is news."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any  # rows of several tables

from piccolo.columns.combination import WhereRaw

from advocacy.digest import rules
from advocacy.digest.rules import Outage, Span
from advocacy.digest.tables import DigestTold
from advocacy.dossiers.rules import Station
from advocacy.dossiers.tables import Dossier, Window
from advocacy.history.tables import Event
from advocacy.overview.coordinator import countries_of
from advocacy.overview.health import Health, Watched, on_board
from advocacy.overview.windows import OPEN_STATES
from advocacy.people.rules import Rhythm, Role
from advocacy.people.tables import Person
from feeds.drift import quiet_since
from feeds.health import sources_with_health
from feeds.tables import Entry, Poll

RUNNING = (Station.OPENED, Station.CALL, Station.DRAFT, Station.APPROVAL)
HOUSE = (Role.SECRETARIAT, Role.COORDINATOR, Role.PRESIDENCY)
SET_OR_MOVED = ("deadline set", "deadline moved", "undone")


@dataclass(frozen=True, slots=True)
class Deadline:
    number: str
    title: str
    language: str
    closes: datetime
    zone: str


@dataclass(frozen=True, slots=True)
class OpenedDossier:
    number: str
    title: str
    language: str
    opened: datetime


@dataclass(frozen=True, slots=True)
class WaitingEntry:
    id: int
    title: str
    language: str | None
    source: str
    deadline: datetime | None
    zone: str


@dataclass(frozen=True, slots=True)
class Digest:
    """`waiting` counts all new entries of the inbox; `entries` are those that end first."""

    deadlines: Sequence[Deadline] = ()
    dossiers: Sequence[OpenedDossier] = ()
    waiting: int = 0
    entries: Sequence[WaitingEntry] = ()
    sources: Sequence[Watched] = ()
    outages: Sequence[Outage] = ()

    @property
    def says_something(self) -> bool:
        return bool(self.deadlines or self.dossiers or self.waiting or self.sources or self.outages)


async def people_with(rhythm: Rhythm) -> list[Person]:
    return await (
        Person.objects()
        .where(
            Person.digest == rhythm,
            Person.active.eq(True),
            Person.role.is_in([role.value for role in HOUSE]),
        )
        .order_by(Person.id)
    )


async def told_until() -> dict[int, datetime]:
    """By person; who is not in it has had none."""
    rows = await DigestTold.select(DigestTold.person, DigestTold.told_until)
    return {row["person"]: row["told_until"] for row in rows}


async def digest_for(person: Person, span: Span) -> Digest:
    """What somebody of the house is told. The number of queries does not grow with the rows."""
    countries = countries_of(person) if person.role == Role.COORDINATOR else ()
    if person.role != Role.SECRETARIAT:
        return Digest(
            deadlines=await _deadlines(span, countries), dossiers=await _opened(span, countries)
        )
    waiting, entries = await _waiting(span)
    return Digest(
        deadlines=await _deadlines(span, countries),
        waiting=waiting,
        entries=entries,
        sources=await _sources(span),
        outages=await _outages(span),
    )


async def _deadlines(span: Span, countries: Sequence[str]) -> list[Deadline]:
    rows = await (
        Window.select(
            *(Window.id, Window.closes, Window.zone),
            Window.dossier.number.as_alias("number"),
            Window.dossier.title.as_alias("title"),
            Window.dossier.language.as_alias("language"),
            Window.dossier.opened.as_alias("opened"),
            Window.dossier.countries.as_alias("countries"),
        )
        .where(
            Window.state.is_in(OPEN_STATES),
            Window.dossier.station.is_in([station.value for station in RUNNING]),
            Window.closes > span.until,
            Window.closes <= span.until + rules.SOON,
        )
        .order_by(Window.closes)
        .order_by(Window.id)
    )
    moved = await _set_or_moved(span)
    return [
        Deadline(row["number"], row["title"], row["language"], row["closes"], row["zone"])
        for row in rows
        if _concerns(row["countries"], countries)
        and rules.deadline_is_news(
            row["closes"], changed=moved.get(row["id"], row["opened"]), span=span
        )
    ]


async def _set_or_moved(span: Span) -> dict[int, datetime]:
    rows = await (
        Event.select(Event.object, Event.at)
        .where(
            Event.kind == "window",
            Event.action.is_in(list(SET_OR_MOVED)),
            Event.at > span.since,
            Event.at <= span.until,
        )
        .order_by(Event.id)
    )
    return {row["object"]: row["at"] for row in rows}


async def _opened(span: Span, countries: Sequence[str]) -> list[OpenedDossier]:
    lately = span.lately
    rows = await (
        Dossier.select(
            *(Dossier.number, Dossier.title, Dossier.language, Dossier.opened, Dossier.countries)
        )
        .where(
            Dossier.opened > lately.since,
            Dossier.opened <= lately.until,
            Dossier.station.is_in([station.value for station in RUNNING]),
        )
        .order_by(Dossier.opened)
    )
    return [
        OpenedDossier(row["number"], row["title"], row["language"], row["opened"])
        for row in rows
        if _concerns(row["countries"], countries)
    ]


def _concerns(dossier: str, countries: Sequence[str]) -> bool:
    """As on the pages of a coordinator: without countries of one's own, everything."""
    return not countries or bool(set(countries) & set(dossier.split(",")))


async def _waiting(span: Span) -> tuple[int, list[WaitingEntry]]:
    """New entries that nobody has decided on: how many, and those that end first."""
    undecided = WhereRaw("NOT EXISTS (SELECT 1 FROM triage WHERE triage.entry = entry.id)")
    new = (Entry.first_seen > span.since) & (Entry.first_seen <= span.until)
    count = await Entry.count().where(new, undecided)
    ending = await (
        _entries()
        .where(new, undecided, Entry.next_deadline > span.until)
        .order_by(Entry.next_deadline)
        .limit(rules.MOST_ENTRIES)
    )
    return int(count), [WaitingEntry(**row) for row in ending]


def _entries() -> Any:
    return Entry.select(
        *(Entry.id, Entry.title, Entry.language),
        Entry.next_deadline.as_alias("deadline"),
        Entry.source.name.as_alias("source"),
        Entry.source.zone.as_alias("zone"),
    )


async def _sources(span: Span) -> list[Watched]:
    """Those whose trouble has begun, and stands: what was over by the morning is not told."""
    rows = on_board(await sources_with_health(now=span.until), now=span.until)
    return [row for row in rows if span.has(trouble_began(row))]


def trouble_began(row: Watched) -> datetime | None:
    """When a source came to need a look; None while it needs none.

    A failure is worth a letter after a day only: most are over by then.
    """
    source = row.source
    if row.health in {Health.FAILING, Health.FAILED}:
        first = source.first_failure or source.since
        return first + rules.FAILING_FOR if first else None
    if row.health is Health.QUIET:
        return quiet_since(source.gap, source.last_new)
    if row.health in {Health.STOPPED, Health.GONE}:
        return source.since or source.last_polled
    return source.since if row.needs_a_look else None


async def _outages(span: Span) -> list[Outage]:
    rows = await (
        Poll.select(Poll.started)
        .where(
            Poll.started > span.lately.since - timedelta(days=1),
            Poll.started <= span.until,
            Poll.outcome == "outage",
        )
        .order_by(Poll.started)
    )
    return rules.outages([row["started"] for row in rows], span)
