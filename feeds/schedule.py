"""When is a source next due, and why? Pure. Every answer has a reason for people to read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from itertools import pairwise
from statistics import median

SHORTEST = timedelta(minutes=5)
LONGEST = timedelta(hours=6)
QUIET = ((30, timedelta(hours=24)), (14, timedelta(hours=12)), (7, timedelta(hours=6)))
UNKNOWN = timedelta(hours=1)
FIRST_BACKOFF = timedelta(minutes=5)
LONGEST_BACKOFF = timedelta(hours=24)
# Who limits or refuses us is asked again the same day.
LONGEST_LIMITED = timedelta(hours=6)
MISSING_FOR = timedelta(days=30)
JITTER = 0.1


@dataclass(frozen=True, slots=True)
class Ending:
    """Polling ends: the state that the source takes, and the sentence for it."""

    state: str
    reason: str


def next_due(
    *,
    now: datetime,
    jitter: float,
    gap: int | None,
    last_new: datetime | None,
    max_age: int | None = None,
) -> tuple[datetime, str]:
    """After a good poll. `gap` is the usual number of seconds between new entries.

    `jitter` from -1 to 1 moves it by up to a tenth, never before the answer's own freshness ends.
    """
    interval, reason = _rhythm(gap, (now - last_new).days if last_new else 0)
    interval *= 1 + JITTER * jitter
    fresh = timedelta(seconds=max_age or 0)
    if fresh > interval:
        return now + fresh, f"the server calls its answer fresh for {_span(fresh)}"
    return now + max(interval, SHORTEST), reason


def after_failure(
    *,
    now: datetime,
    jitter: float,
    failures: int,
    limited: bool = False,
    retry_after: int | None = None,
) -> tuple[datetime, str]:
    """After the `failures`-th failure in a row: 5, 10, 20 … minutes, up to a day.

    What the server asks for with Retry-After is kept to, if it is more.
    """
    steps = min(max(failures, 1) - 1, 16)
    wait = min(FIRST_BACKOFF * 2**steps, LONGEST_LIMITED if limited else LONGEST_BACKOFF)
    wait *= 1 + JITTER * jitter
    asked = timedelta(seconds=retry_after or 0)
    if asked >= wait:
        return now + asked, f"the server asked for a pause of {_span(asked)}"
    return now + min(wait, LONGEST_BACKOFF), f"failed {failures} times in a row"


def ending(*, status: int | None, first_failure: datetime | None, now: datetime) -> Ending | None:
    """Whether a failure ends polling: 410 at once (RFC 9110 §15.5.11), 404 after a month."""
    if status == HTTPStatus.GONE:
        return Ending("gone", "The server says that this is gone for good.")
    if (
        status == HTTPStatus.NOT_FOUND
        and first_failure is not None
        and now - first_failure >= MISSING_FOR
    ):
        return Ending("paused", "There has been nothing at this address for a month.")
    return None


def usual_gap(
    previous: int | None,
    *,
    now: datetime,
    last_new: datetime | None,
    new: int,
    published: Iterable[datetime],
) -> int | None:
    """The usual seconds between new entries, after a poll that brought `new` of them.

    The first time the dates in the document say it; later what we saw counts, smoothed.
    """
    if not new:
        return previous
    if previous is None or last_new is None:
        return _gap_of(published, now) if previous is None else previous
    seen = (now - last_new).total_seconds() / new
    return round(0.7 * previous + 0.3 * seen)


def _gap_of(published: Iterable[datetime], now: datetime) -> int | None:
    newest = sorted({at for at in published if at <= now}, reverse=True)[:20]
    gaps = [(later - earlier).total_seconds() for later, earlier in pairwise(newest)]
    if not gaps:
        return None
    # A silence since the newest counts as much as the gaps before it.
    return round(max(median(gaps), min((now - newest[0]).total_seconds(), max(gaps))))


def _rhythm(gap: int | None, quiet_days: int) -> tuple[timedelta, str]:
    for days, interval in QUIET:
        if quiet_days >= days:
            return interval, f"nothing new for {quiet_days} days"
    if gap is None:
        return UNKNOWN, "its rhythm is not known yet"
    half = timedelta(seconds=gap / 2)
    interval = min(max(half, SHORTEST), LONGEST)
    return interval, f"something new every {_span(timedelta(seconds=gap))}"


def _span(span: timedelta) -> str:
    if span < timedelta(hours=2):
        return f"{max(1, round(span / timedelta(minutes=1)))} min"
    if span < timedelta(days=2):
        return f"{round(span / timedelta(hours=1))} h"
    return f"{round(span / timedelta(days=1))} days"
