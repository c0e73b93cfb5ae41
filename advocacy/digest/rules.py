"""When is a digest due, what is news in it, and what has been told already? Pure.

Nobody is told twice: a digest tells what became so after `since` and up to `until`. `until` lies a
little before the hour of sending, so that what is still being written down counts for the next
digest and is lost to none. A notice of what lies ahead has an hour of its own; it goes with the
last letter before that hour, whatever the rhythm, and never after the event.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from advocacy.people.rules import Rhythm, Role


class Kind(StrEnum):
    """Of news. Somebody may want each in a rhythm of its own."""

    DEADLINES = "deadlines"
    DOSSIERS = "dossiers"
    INBOX = "inbox"
    SOURCES = "sources"
    NEWS = "news"


KINDS: Mapping[Role, tuple[Kind, ...]] = {
    Role.SECRETARIAT: tuple(Kind),
    Role.COORDINATOR: (Kind.DEADLINES, Kind.DOSSIERS, Kind.NEWS),
    Role.PRESIDENCY: (Kind.DEADLINES, Kind.DOSSIERS, Kind.NEWS),
    Role.MUNICIPALITY: (),
}
NOTICES = "notices"
"""Beside the kinds: up to which hour what lies ahead has been announced. Goes with deadlines."""

HOUR = time(7)
EVENING = time(20)
SATURDAY = 5
DAY = timedelta(days=1)
WEEK = timedelta(days=7)
SETTLED = timedelta(minutes=10)
"""A visit to a source may take so long until it is written down."""
SETTLED_AT_ONCE = timedelta(minutes=1)
"""What people do is written down in one short transaction."""
BETWEEN = timedelta(minutes=15)
"""At least, from one letter to the next that goes at once."""
URGENT = timedelta(hours=72)
OVERNIGHT = timedelta(hours=12)
FAILING_FOR = timedelta(days=1)
HAPPENED = timedelta(days=7)
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
SAME_OUTAGE = timedelta(hours=1)

WINDOW_STEPS = (14, 3)
MEETING_STEPS = (28, 7)
DOCUMENTS_STEPS = (14, 3)
ROUND_STEPS = (7, 1)
"""So many days before the day of the event people are told of it, once for each."""

MOST_BLOCKS = 7
MOST_LINES = 6
MOST_AHEAD = 6
MOST_NEEDS = 7
MOST_ENTRIES = 5
MOST_RULES = 5
MOST_SOURCES = 5
MOST_OUTAGES = 5
MOST_NEWS = 8
"""In one letter; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Span:
    """After `since`, up to and with `until`. Somebody's first digest tells all that stands."""

    since: datetime
    until: datetime

    def has(self, at: datetime | None) -> bool:
        return at is not None and self.since < at <= self.until

    @property
    def lately(self) -> "Span":
        """For what has happened, and does not stand any more: of the first digest, a week."""
        first = self.since == BEGINNING
        return Span(self.until - HAPPENED, self.until) if first else self


@dataclass(frozen=True, slots=True)
class Notices:
    """The hours of notice from `mark` on that lie before `horizon`: the next letter is too late."""

    mark: datetime
    horizon: datetime


@dataclass(frozen=True, slots=True)
class Wish:
    """How somebody wants one kind, and up to when they have been told of it."""

    kind: Kind
    rhythm: Rhythm
    told_until: datetime | None


@dataclass(frozen=True, slots=True)
class Due:
    """What a letter that is due now may tell. `at_once`: nothing in it has an hour of its own."""

    spans: Mapping[Kind, Span]
    notices: Notices | None
    at_once: bool

    @property
    def kinds(self) -> tuple[Kind, ...]:
        return tuple(kind for kind in Kind if kind in self.spans)


@dataclass(frozen=True, slots=True)
class Outage:
    """Nothing could be reached from here, from the first visit that met it to the last."""

    began: datetime
    ended: datetime


def slot(rhythm: Rhythm, *, now: datetime, zone: str) -> datetime | None:
    """The instant at which the digest of today or of this week was due; None: there is none yet.

    Nothing goes out at the weekend. A weekly one that nobody could send on Monday goes out later
    in the week; a daily one of yesterday does not: today's says it. At once is always.
    """
    if rhythm is Rhythm.NOW:
        return now
    local = now.astimezone(ZoneInfo(zone))
    if rhythm is Rhythm.NEVER or local.weekday() >= SATURDAY:
        return None
    back = local.weekday() if rhythm is Rhythm.WEEKLY else 0
    at = _seven(local.date() - back * DAY, zone)
    return at if at <= now else None


def slot_after(at: datetime, rhythm: Rhythm, *, zone: str) -> datetime:
    """When the letter after the one that is due at `at` is due."""
    if rhythm is Rhythm.NOW:
        return at
    day = at.astimezone(ZoneInfo(zone)).date()
    days = 7 if rhythm is Rhythm.WEEKLY else (3 if day.weekday() == SATURDAY - 1 else 1)
    return _seven(day + timedelta(days=days), zone)


def _seven(day: date, zone: str) -> datetime:
    return datetime.combine(day, HOUR, ZoneInfo(zone)).astimezone(UTC)


def by_day(now: datetime, zone: str) -> bool:
    """When letters may ring: at night only what is urgent does."""
    return HOUR <= now.astimezone(ZoneInfo(zone)).time() < EVENING


def due(
    wishes: Collection[Wish],
    *,
    announced: datetime | None,
    sent: datetime | None,
    now: datetime,
    zone: str,
) -> Due | None:
    """What is due together, in one letter. `announced`: see NOTICES; `sent`: the last letter.

    At night only deadlines are looked at at once. None: there is nothing to write yet.
    """
    spans: dict[Kind, Span] = {}
    notices, at_once = None, True
    for wish in wishes:
        at = slot(wish.rhythm, now=now, zone=zone)
        if at is None or (wish.rhythm is Rhythm.NOW and _waits(wish.kind, sent, now, zone)):
            continue
        span = span_of(wish, at)
        if wish.kind is Kind.DEADLINES:
            # A rhythm that has just changed: what is announced before its next letter goes now.
            mark, horizon = announced or BEGINNING, slot_after(at, wish.rhythm, zone=zone)
            notices = Notices(mark, horizon) if mark < horizon else None
            if span is None and notices and wish.told_until:
                span = Span(wish.told_until, wish.told_until)
        if span is not None:
            spans[wish.kind] = span
            at_once = at_once and wish.rhythm is Rhythm.NOW
    return Due(spans, notices if Kind.DEADLINES in spans else None, at_once) if spans else None


def _waits(kind: Kind, sent: datetime | None, now: datetime, zone: str) -> bool:
    if sent is not None and sent <= now < sent + BETWEEN:
        return True
    return kind is not Kind.DEADLINES and not by_day(now, zone)


def span_of(wish: Wish, at: datetime) -> Span | None:
    """What the letter due `at` tells of a kind; None: it was told. Nothing told yet: the first."""
    short = wish.rhythm is Rhythm.NOW and wish.kind in {Kind.DEADLINES, Kind.DOSSIERS}
    until = at - (SETTLED_AT_ONCE if short else SETTLED)
    since = wish.told_until or BEGINNING
    return Span(since, until) if since < until else None


def back_from_never(told_until: datetime, *, now: datetime) -> datetime:
    """Who wants news again hears of the last week; of what lies ahead, all."""
    return max(told_until, now - HAPPENED)


def hour_of_notice(at: datetime, step: int, *, zone: str, office: str) -> datetime:
    """Seven in the morning, `step` days before the day on which `at` is in its own zone."""
    return _seven(at.astimezone(ZoneInfo(zone)).date() - timedelta(days=step), office)


def is_announced(
    at: datetime,
    *,
    hours: Iterable[datetime],
    known: datetime | None,
    span: Span,
    notices: Notices | None,
    now: datetime,
) -> bool:
    """Is this the letter that announces the event at `at`?

    `hours` are its hours of notice; `known` is when we came to know of this date. What became
    known since the last letter is told when one of its hours has come or would be missed; what was
    known before, by the hour. So each is told once, and nothing that lies behind.
    """
    if notices is None or at <= now or (known is not None and known > span.until):
        return False
    if span.has(known) or span.since == BEGINNING:
        return any(hour < notices.horizon for hour in hours)
    return any(notices.mark <= hour < notices.horizon for hour in hours)


def is_urgent(at: datetime | None, *, now: datetime) -> bool:
    return at is not None and now < at <= now + URGENT


def outages(visits: Iterable[datetime], span: Span) -> list[Outage]:
    """`visits`: those that met an outage of ours, from a day before the span on, in order.

    One that had begun before the span was told by the digest before.
    """
    span = span.lately
    found: list[Outage] = []
    for at in visits:
        if found and at - found[-1].ended <= SAME_OUTAGE:
            found[-1] = Outage(found[-1].began, at)
        else:
            found.append(Outage(at, at))
    return [each for each in found if span.has(each.began)]
