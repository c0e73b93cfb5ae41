"""When is a digest due, what is news in it, and what has been told already? Pure.

Nobody is told twice: a digest tells what became so after `since` and up to `until`. `until` lies a
little before the hour of sending, so that a visit to a source that is still being written down
counts for the next digest and is lost to none.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from advocacy.people.rules import Rhythm

HOUR = time(7)
SATURDAY = 5
SETTLED = timedelta(minutes=10)
SOON = timedelta(days=14)
"""A deadline is told once when it comes this near, and again when it has moved."""
FAILING_FOR = timedelta(days=1)
HAPPENED = timedelta(days=7)
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
SAME_OUTAGE = timedelta(hours=1)
MOST_ENTRIES = 5
MOST_ROWS = 15
"""Of deadlines, dossiers or sources in one letter; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Span:
    """After `since`, up to and with `until`. Somebody's first digest tells all that stands."""

    since: datetime
    until: datetime

    def has(self, at: datetime | None) -> bool:
        return at is not None and self.since < at <= self.until

    @property
    def lately(self) -> "Span":
        """For what has happened, and does not stand any more: a week of it at the most."""
        return Span(max(self.since, self.until - HAPPENED), self.until)


@dataclass(frozen=True, slots=True)
class Outage:
    """Nothing could be reached from here, from the first visit that met it to the last."""

    began: datetime
    ended: datetime


def slot(rhythm: Rhythm, *, now: datetime, zone: str) -> datetime | None:
    """The instant at which the digest of today or of this week was due; None: there is none yet.

    Nothing goes out at the weekend. A weekly one that nobody could send on Monday goes out later
    in the week; a daily one of yesterday does not: today's says it.
    """
    local = now.astimezone(ZoneInfo(zone))
    if rhythm is Rhythm.NEVER or local.weekday() >= SATURDAY:
        return None
    back = local.weekday() if rhythm is Rhythm.WEEKLY else 0
    day = local.date() - timedelta(days=back)
    at = datetime.combine(day, HOUR, ZoneInfo(zone))
    return at if at <= now else None


def span(at: datetime, *, told_until: datetime | None) -> Span | None:
    """What the digest of the slot `at` tells; None: it was sent. `told_until` None: the first."""
    until = at - SETTLED
    since = told_until or BEGINNING
    return Span(since, until) if since < until else None


def deadline_is_news(closes: datetime, *, changed: datetime | None, span: Span) -> bool:
    """It has come near, or it is near and was set or moved (`changed`) since the last digest."""
    if not span.until < closes <= span.until + SOON:
        return False
    return span.has(closes - SOON) or span.has(changed)


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
