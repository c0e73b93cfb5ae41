"""When is a source next due, and why? Pure. Every answer has a reason for people to read."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from http import HTTPStatus
from itertools import pairwise
from statistics import median

from feeds.parsing.entry import Wishes

SHORTEST = timedelta(minutes=5)
LONGEST = timedelta(hours=6)
QUIET = ((30, timedelta(hours=24)), (14, timedelta(hours=12)), (7, timedelta(hours=6)))
UNKNOWN = timedelta(hours=1)
FIRST_BACKOFF = timedelta(minutes=5)
LONGEST_BACKOFF = timedelta(hours=24)
# Who limits or refuses us is asked again the same day.
LONGEST_LIMITED = timedelta(hours=6)
# What has not been there for a month is looked for once a week: polling never stops silently.
MISSING_FOR = timedelta(days=30)
LONGEST_MISSING = timedelta(days=7)
OUTAGE = timedelta(minutes=5)
JITTER = 0.1
NO_WISHES = Wishes()
LONGEST_WISH = 24 * 3600
HOURS_IN_A_WEEK = 7 * 24


def next_due(
    *,
    now: datetime,
    jitter: float,
    gap: int | None,
    last_new: datetime | None,
    max_age: int | None = None,
    wishes: Wishes = NO_WISHES,
) -> tuple[datetime, str]:
    """After a good poll. `gap` is the usual number of seconds between new entries.

    `jitter` from -1 to 1 moves it by up to a tenth, never before the answer's own freshness ends
    or into hours and days that the document asks to leave out (RSS 2.0 ttl, skipHours, skipDays;
    RSS 1.0 syndication module).
    """
    interval, reason = _rhythm(gap, (now - last_new).days if last_new else 0)
    interval = max(interval * (1 + JITTER * jitter), SHORTEST)
    for seconds, said in (
        (max_age, "the server says how long its answer is fresh: {}"),
        (wishes.pause, "the document asks for a pause: {}"),
    ):
        asked = timedelta(seconds=min(seconds or 0, LONGEST_WISH))
        if asked > interval:
            interval, reason = asked, said.format(_span(asked))
    at = now + interval
    open_from = _out_of_skipped(at, wishes)
    if open_from != at:
        return open_from, f"{reason}; the document asks not to be visited at certain hours"
    return at, reason


def _out_of_skipped(at: datetime, wishes: Wishes) -> datetime:
    """The first full hour from `at` on that is not left out; `at` itself when all of them are."""
    later = at
    for _ in range(HOURS_IN_A_WEEK):
        if later.hour not in wishes.skip_hours and later.weekday() not in wishes.skip_days:
            return later
        later = later.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return at


def after_failure(
    *,
    now: datetime,
    jitter: float,
    failures: int,
    limited: bool = False,
    retry_after: int | None = None,
    missing_since: datetime | None = None,
) -> tuple[datetime, str]:
    """After the `failures`-th failure in a row: 5, 10, 20 … minutes, up to a day.

    What the server asks for with Retry-After is kept to, if it is more. An address at which there
    has been nothing (404) since `missing_since`, more than a month, is looked up once a week.
    """
    steps = min(max(failures, 1) - 1, 16)
    longest = LONGEST_LIMITED if limited else LONGEST_BACKOFF
    reason = "failed once" if failures <= 1 else f"failed {failures} times in a row"
    if missing_since is not None and now - missing_since >= MISSING_FOR:
        steps, longest = 16, LONGEST_MISSING
        reason = "there has been nothing at this address for a month"
    wait = min(min(FIRST_BACKOFF * 2**steps, longest) * (1 + JITTER * jitter), longest)
    asked = timedelta(seconds=retry_after or 0)
    if asked >= wait:
        return now + asked, f"the server asked for a pause: {_span(asked)}"
    return now + wait, reason


def after_outage(*, now: datetime, jitter: float) -> tuple[datetime, str]:
    """When it is our line that is down: soon again, whatever the source."""
    return now + OUTAGE * (1 + JITTER * jitter), "nothing could be reached from here"


def ends(status: int | None) -> bool:
    """Whether a failure ends polling: 410 does (RFC 9110 §15.5.11), 404 and all others do not."""
    return status == HTTPStatus.GONE


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
    return interval, f"usual time between new entries: {_span(timedelta(seconds=gap))}"


def _span(span: timedelta) -> str:
    if span < timedelta(hours=2):
        return f"{max(1, round(span / timedelta(minutes=1)))} min"
    if span < timedelta(days=2):
        return f"{round(span / timedelta(hours=1))} h"
    return f"{round(span / timedelta(days=1))} days"
