from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from advocacy.digest.rules import (
    BEGINNING,
    SETTLED,
    SOON,
    Outage,
    Span,
    deadline_is_news,
    outages,
    slot,
    span,
)
from advocacy.people.rules import Rhythm

ZONE = "Europe/Brussels"
MONDAY = datetime(2026, 11, 23, 6, tzinfo=UTC)  # seven in the morning in Brussels
DAY = timedelta(days=1)
DAILY = Span(MONDAY - 3 * DAY - SETTLED, MONDAY - SETTLED)


def due(rhythm: Rhythm, now: datetime) -> datetime | None:
    return slot(rhythm, now=now, zone=ZONE)


def test_the_daily_digest_is_due_at_seven_of_the_office_on_working_days():
    assert due(Rhythm.DAILY, MONDAY - timedelta(seconds=1)) is None
    assert due(Rhythm.DAILY, MONDAY) == MONDAY
    assert due(Rhythm.DAILY, MONDAY + timedelta(hours=9)) == MONDAY
    assert due(Rhythm.DAILY, MONDAY + 5 * DAY) is None
    assert due(Rhythm.DAILY, MONDAY + 6 * DAY) is None


def test_seven_is_seven_in_summer_too():
    summer = datetime(2026, 7, 13, 5, tzinfo=UTC)
    assert due(Rhythm.DAILY, summer) == summer


def test_the_weekly_digest_is_due_on_monday_and_caught_up_in_the_week():
    assert due(Rhythm.WEEKLY, MONDAY - timedelta(hours=1)) is None
    assert due(Rhythm.WEEKLY, MONDAY) == MONDAY
    assert due(Rhythm.WEEKLY, MONDAY + 3 * DAY + timedelta(hours=4)) == MONDAY
    assert due(Rhythm.WEEKLY, MONDAY + 5 * DAY) is None


def test_never_is_never_due():
    assert due(Rhythm.NEVER, MONDAY) is None


def test_the_same_morning_is_told_once():
    first = span(MONDAY, told_until=None)
    assert first == Span(BEGINNING, MONDAY - SETTLED)
    assert span(MONDAY, told_until=MONDAY - SETTLED) is None
    assert span(MONDAY + DAY, told_until=MONDAY - SETTLED) == Span(
        MONDAY - SETTLED, MONDAY + DAY - SETTLED
    )


@given(st.lists(st.integers(1, 20), min_size=1, max_size=10), st.integers(0, 200 * 24))
def test_what_becomes_known_is_in_one_digest_and_no_other(gaps: list[int], hour: int):
    """However many days lie between two digests."""
    at, told, spans = MONDAY, None, []
    for gap in gaps:
        each = span(at, told_until=told)
        assert each is not None
        spans.append(each)
        told, at = each.until, at + gap * DAY
    known = MONDAY + timedelta(hours=hour)
    told_in = [each for each in spans if each.has(known)]
    assert len(told_in) == (known <= spans[-1].until)


def news(closes: datetime, changed: datetime | None = None) -> bool:
    return deadline_is_news(closes, changed=changed, span=DAILY)


def test_a_deadline_is_told_when_it_comes_within_fourteen_days():
    assert news(DAILY.until + SOON)
    assert not news(DAILY.until + SOON + timedelta(seconds=1))
    assert news(DAILY.since + SOON + timedelta(seconds=1))
    assert not news(DAILY.since + SOON)


def test_a_near_deadline_is_told_again_when_it_has_moved():
    assert not news(DAILY.until + 2 * DAY)
    assert news(DAILY.until + 2 * DAY, changed=DAILY.until - DAY)
    assert not news(DAILY.until + 2 * DAY, changed=DAILY.since)


def test_a_deadline_that_has_passed_is_not_ahead():
    assert not news(DAILY.until, changed=DAILY.until)


def test_the_first_digest_tells_every_near_deadline():
    first = Span(BEGINNING, DAILY.until)
    assert deadline_is_news(DAILY.until + DAY, changed=None, span=first)


def test_an_outage_is_one_however_many_visits_met_it():
    began = DAILY.until - 9 * timedelta(hours=1)
    visits = [began + timedelta(minutes=20 * n) for n in range(6)]
    again = began + timedelta(hours=5)
    assert outages([*visits, again], DAILY) == [
        Outage(began, visits[-1]),
        Outage(again, again),
    ]


def test_an_outage_that_lasts_over_the_morning_was_told_before():
    visits = [DAILY.since + timedelta(minutes=30 * n) for n in range(-3, 4)]
    assert outages(visits, DAILY) == []


def test_the_first_digest_tells_no_outage_of_last_month():
    first = Span(BEGINNING, DAILY.until)
    assert outages([DAILY.until - 30 * DAY, DAILY.until - DAY], first) == [
        Outage(DAILY.until - DAY, DAILY.until - DAY)
    ]
