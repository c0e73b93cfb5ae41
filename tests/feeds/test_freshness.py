from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from feeds.freshness import LONGEST_WAIT, max_age, retry_after

NOW = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)


@given(st.text())
def test_any_retry_after_is_nothing_or_at_most_a_week(text: str) -> None:
    seconds = retry_after(text, now=NOW)
    assert seconds is None or 0 <= seconds <= LONGEST_WAIT


@given(st.integers(min_value=0))
def test_any_number_of_seconds_is_understood(number: int) -> None:
    assert retry_after(f" {number} ", now=NOW) == min(number, LONGEST_WAIT)


def test_freshness_is_what_cache_control_says() -> None:
    assert max_age({"cache-control": "public, Max-Age=300"}) == 300
    assert max_age({"cache-control": "s-maxage=300"}) is None
    assert max_age({"cache-control": "max-age=99999999"}) == 24 * 3600
    assert max_age({"cache-control": "no-cache, max-age=300"}) is None


def test_else_the_time_between_date_and_expires() -> None:
    date, expires = "Mon, 23 Nov 2026 08:40:00 GMT", "Mon, 23 Nov 2026 09:00:00 GMT"
    assert max_age({"date": date, "expires": expires}) == 1200
    assert max_age({"date": expires, "expires": date}) is None
    assert max_age({"date": date, "expires": "0"}) is None
