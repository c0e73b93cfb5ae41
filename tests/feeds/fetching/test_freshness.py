from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.fetching.freshness import LONGEST_FRESHNESS, LONGEST_WAIT, max_age, retry_after

NOW = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)
WORDS = st.sampled_from(
    ["Mon,", "23", "Nov", "2026", "0001", "9999", "09:40:00", "99:99:99", "GMT", "+9999", "-2400"]
)


@given(st.text() | st.lists(WORDS, max_size=8).map(" ".join))
def test_any_retry_after_is_nothing_or_at_most_a_week(text: str) -> None:
    seconds = retry_after(text, now=NOW)
    assert seconds is None or 0 <= seconds <= LONGEST_WAIT


@given(st.integers(min_value=0))
def test_any_number_of_seconds_is_understood(number: int) -> None:
    assert retry_after(f" {number} ", now=NOW) == min(number, LONGEST_WAIT)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0),
        ("007", 7),
        ("120", 120),
        ("0.5", 1),
        ("120.0", 120),
        ("9" * 5000, LONGEST_WAIT),
        ("Mon, 23 Nov 2026 09:40:00 GMT", 3600),
        ("Mon, 23 Nov 2026 10:40:00 +0100", 3600),
        ("Monday, 23-Nov-26 09:40:00 GMT", 3600),
        ("Mon Nov 23 09:40:00 2026", 3600),
        ("Mon, 23 Nov 2020 09:40:00 GMT", 0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", LONGEST_WAIT),
        ("Sat, 01 Jan 0001 00:00:00 GMT", 0),
        ("-5", None),
        ("+5", None),
        ("1e3", None),
        ("١٢٠", None),
        ("120, 240", None),
        ("soon", None),
        ("Mon, 99 Nov 2026 09:40:00 GMT", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_in_seconds_dates_and_oddities(value: str | None, seconds: int | None) -> None:
    assert retry_after(value, now=NOW) == seconds


def test_nobody_comes_a_second_before_the_time_that_was_named() -> None:
    soon = NOW + timedelta(milliseconds=20)
    assert retry_after("Mon, 23 Nov 2026 09:40:00 GMT", now=soon) == 3600


def fresh(**headers: str) -> int | None:
    return max_age({name.replace("_", "-"): each for name, each in headers.items()}, now=NOW)


@pytest.mark.parametrize(
    ("control", "seconds"),
    [
        ("public, Max-Age=300", 300),
        ('max-age="300"', 300),
        ("max-age = 300", 300),
        ("max-age=0, must-revalidate", 0),
        ("max-age=99999999", LONGEST_FRESHNESS),
        ("max-age=" + "9" * 5000, LONGEST_FRESHNESS),
        ("max-age=300, max-age=600", 300),
        ('no-cache="set-cookie", max-age=300', 300),
        ("no-cache, max-age=300", None),
        ("max-age=300, no-store", None),
        ("s-maxage=300", None),
        ("x-max-age=300", None),
        ("max-age=-1", None),
        ("max-age=often", None),
        ("", None),
    ],
)
def test_freshness_is_what_cache_control_says(control: str, seconds: int | None) -> None:
    assert fresh(cache_control=control) == seconds


DATE, LATER = "Mon, 23 Nov 2026 08:40:00 GMT", "Mon, 23 Nov 2026 09:00:00 GMT"


def test_else_the_time_between_date_and_expires() -> None:
    assert fresh(date=DATE, expires=LATER) == 1200
    assert fresh(date=DATE, expires=LATER, cache_control="max-age=60") == 60
    assert fresh(date=DATE, expires=LATER, cache_control="no-cache") is None
    assert fresh(date=DATE, expires="Fri, 31 Dec 9999 23:59:59 GMT") == LONGEST_FRESHNESS


def test_a_server_without_a_date_means_now() -> None:
    assert fresh(expires=LATER) == 1200
    assert fresh(date="yesterday", expires=LATER) == 1200


@pytest.mark.parametrize("expires", ["0", "-1", "never", "", DATE, "Thu, 01 Jan 1970 00:00:00 GMT"])
def test_an_expiry_that_is_past_or_nonsense_is_no_wish(expires: str) -> None:
    assert fresh(date=DATE, expires=expires) is None


@pytest.mark.parametrize(
    ("age", "seconds"),
    [("100", 200), ("300", 0), ("9" * 50, 0), ("0", 300), ("-100", 300), ("old", 300), ("²", 300)],
)
def test_the_time_in_a_cache_on_the_way_is_spent(age: str, seconds: int) -> None:
    assert fresh(cache_control="max-age=300", age=age) == seconds
    assert fresh(cache_control="max-age=" + "9" * 50, age="1") == LONGEST_FRESHNESS


MOMENTS = st.integers(min_value=0, max_value=10**9 - 1)


@given(MOMENTS, MOMENTS)
def test_freshness_is_never_negative_nor_more_than_a_day(lifetime: int, age: int) -> None:
    left = fresh(cache_control=f"max-age={lifetime}", age=str(age))
    assert left == min(max(0, lifetime - age), LONGEST_FRESHNESS)
