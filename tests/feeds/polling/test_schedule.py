from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from feeds.parsing import Wishes
from feeds.polling.schedule import after_failure, after_outage, ends, next_due, usual_gap

NOW = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)
HOUR, DAY = 3600, 24 * 3600
jitters = st.floats(-1, 1)


def due(**facts: int | datetime | None) -> tuple[timedelta, str]:
    gap, max_age = facts.get("gap"), facts.get("max_age")
    last_new = facts.get("last_new", NOW)
    assert not isinstance(gap, datetime)
    assert not isinstance(max_age, datetime)
    assert not isinstance(last_new, int)
    at, reason = next_due(now=NOW, jitter=0, gap=gap, last_new=last_new, max_age=max_age)
    return at - NOW, reason


def test_a_source_is_visited_twice_as_often_as_it_publishes() -> None:
    assert due(gap=4 * HOUR) == (timedelta(hours=2), "usual time between new entries: 4 h")
    assert due(gap=60)[0] == timedelta(minutes=5)
    assert due(gap=30 * DAY)[0] == timedelta(hours=6)
    assert due(gap=None) == (timedelta(hours=1), "its rhythm is not known yet")


def test_a_quiet_source_is_visited_less() -> None:
    waits = [due(gap=HOUR, last_new=NOW - timedelta(days=days))[0] for days in (6, 7, 14, 30, 400)]
    hours = [wait / timedelta(hours=1) for wait in waits]
    assert hours == [0.5, 6, 12, 24, 24]


def test_nobody_comes_before_the_answer_is_stale() -> None:
    assert due(gap=60, max_age=7200) == (
        timedelta(hours=2),
        "the server says how long its answer is fresh: 2 h",
    )


@given(jitters, st.integers(0, 10**9) | st.none(), st.integers(0, DAY) | st.none())
def test_any_source_is_due_within_bounds(jitter: float, gap: int | None, age: int | None) -> None:
    at, reason = next_due(now=NOW, jitter=jitter, gap=gap, last_new=NOW, max_age=age)
    assert timedelta(minutes=5) <= at - NOW <= timedelta(hours=24)
    assert at - NOW >= timedelta(seconds=age or 0)
    assert reason


def test_failures_double_the_pause_up_to_a_day() -> None:
    waits = [
        after_failure(now=NOW, jitter=0, failures=failures)[0] - NOW for failures in range(1, 12)
    ]
    minutes = [wait / timedelta(minutes=1) for wait in waits]
    assert minutes == [5, 10, 20, 40, 80, 160, 320, 640, 1280, 1440, 1440]


def test_what_the_server_asks_for_is_kept_to() -> None:
    at, reason = after_failure(now=NOW, jitter=1, failures=1, limited=True, retry_after=7 * DAY)
    assert (at - NOW, reason) == (timedelta(days=7), "the server asked for a pause: 7 days")
    at, _ = after_failure(now=NOW, jitter=0, failures=50, limited=True, retry_after=1)
    assert at - NOW == timedelta(hours=6)


@given(jitters, st.integers(0, 10**6), st.booleans(), st.integers(0, 7 * DAY) | st.none())
def test_any_pause_is_within_bounds(
    jitter: float, failures: int, limited: bool, asked: int | None
) -> None:
    at, _ = after_failure(
        now=NOW, jitter=jitter, failures=failures, limited=limited, retry_after=asked
    )
    assert timedelta(minutes=4) <= at - NOW <= timedelta(days=7)
    assert at - NOW >= timedelta(seconds=asked or 0)


def test_only_gone_for_good_ends_polling() -> None:
    assert [status for status in (200, 304, 400, 401, 403, 404, 410, 429, 500) if ends(status)] == [
        410
    ]
    assert not ends(None)


def test_what_has_been_missing_for_a_month_is_looked_up_once_a_week() -> None:
    month, less = NOW - timedelta(days=30), NOW - timedelta(days=29)
    at, reason = after_failure(now=NOW, jitter=0, failures=9, missing_since=month)
    assert (at - NOW, reason) == (
        timedelta(days=7),
        "there has been nothing at this address for a month",
    )
    at, reason = after_failure(now=NOW, jitter=0, failures=9, missing_since=less)
    assert (at - NOW, reason) == (timedelta(hours=21, minutes=20), "failed 9 times in a row")


def test_after_our_own_outage_all_are_asked_again_soon() -> None:
    assert after_outage(now=NOW, jitter=0) == (
        NOW + timedelta(minutes=5),
        "nothing could be reached from here",
    )


def test_a_document_that_asks_for_a_pause_gets_it() -> None:
    at, reason = next_due(
        now=NOW, jitter=0, gap=HOUR, last_new=NOW, max_age=60, wishes=Wishes(pause=3 * HOUR)
    )
    assert (at - NOW, reason) == (timedelta(hours=3), "the document asks for a pause: 3 h")


def test_hours_and_days_that_a_document_leaves_out_are_left_out() -> None:
    # 08:40 on a Monday; the rhythm says 09:10.
    night = Wishes(skip_hours=frozenset({9, 10}))
    at, reason = next_due(now=NOW, jitter=0, gap=HOUR, last_new=NOW, wishes=night)
    assert at == datetime(2026, 11, 23, 11, tzinfo=UTC)
    assert reason == (
        "usual time between new entries: 60 min; the document asks not to be visited at certain hours"
    )
    weekdays = Wishes(skip_days=frozenset({0, 1}))
    at, _ = next_due(now=NOW, jitter=0, gap=HOUR, last_new=NOW, wishes=weekdays)
    assert at == datetime(2026, 11, 25, tzinfo=UTC)


@given(st.frozensets(st.integers(0, 23)), st.frozensets(st.integers(0, 6)))
def test_no_wish_of_a_document_stops_its_visits(
    hours: frozenset[int], days: frozenset[int]
) -> None:
    wishes = Wishes(skip_hours=hours, skip_days=days)
    at, _ = next_due(now=NOW, jitter=0, gap=HOUR, last_new=NOW, wishes=wishes)
    assert timedelta(minutes=30) <= at - NOW <= timedelta(days=8)
    if len(hours) < 24 and len(days) < 7:
        assert (at.hour in hours, at.weekday() in days) == (False, False)


def test_the_rhythm_is_first_read_from_the_dates_in_the_document() -> None:
    daily = [NOW - timedelta(days=days) for days in range(1, 10)]
    assert usual_gap(None, now=NOW, last_new=None, new=9, published=daily) == DAY
    assert usual_gap(None, now=NOW, last_new=None, new=1, published=[NOW]) is None


def test_then_from_what_was_seen() -> None:
    yesterday = NOW - timedelta(days=1)
    assert usual_gap(DAY, now=NOW, last_new=yesterday, new=0, published=[]) == DAY
    assert usual_gap(DAY, now=NOW, last_new=yesterday, new=1, published=[]) == DAY
    faster = usual_gap(DAY, now=NOW, last_new=yesterday, new=24, published=[])
    assert faster == round(0.7 * DAY + 0.3 * HOUR)
