from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from feeds.schedule import Ending, after_failure, ending, next_due, usual_gap

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
    assert due(gap=4 * HOUR) == (timedelta(hours=2), "something new every 4 h")
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
        "the server calls its answer fresh for 2 h",
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
    assert (at - NOW, reason) == (timedelta(days=7), "the server asked for a pause of 7 days")
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


def test_gone_for_good_ends_polling_at_once_and_missing_after_a_month() -> None:
    gone = Ending("gone", "The server says that this is gone for good.")
    assert ending(status=410, first_failure=NOW, now=NOW) == gone
    month, less = NOW - timedelta(days=30), NOW - timedelta(days=29)
    assert ending(status=404, first_failure=less, now=NOW) is None
    missing = ending(status=404, first_failure=month, now=NOW)
    assert missing is not None
    assert missing.state == "paused"
    assert ending(status=500, first_failure=month, now=NOW) is None


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
