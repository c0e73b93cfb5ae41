from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.dossiers.calendars.crowds import Crowd, crowd_at, crowded_weeks
from advocacy.dossiers.rules import DeadlineState, Station
from tests.advocacy.overview import matters

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


def test_four_in_a_week_are_too_many_and_three_are_not():
    week = [date(2026, 12, 7) + timedelta(days=place) for place in (0, 2, 4, 6)]
    assert crowded_weeks(week) == (Crowd(2026, 50, 4),)
    assert crowded_weeks(week[:3]) == ()


def test_week_53_is_followed_by_week_1_of_the_next_year():
    last = [date(2026, 12, 28), date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 3)]
    first = [day + timedelta(weeks=1) for day in last]
    assert crowded_weeks(first + last) == (Crowd(2026, 53, 4), Crowd(2027, 1, 4))
    assert [each.monday for each in crowded_weeks(last)] == [date(2026, 12, 28)]


def test_the_same_week_of_two_years_is_two_weeks():
    assert crowded_weeks([date(2026, 1, 5), date(2027, 1, 11)] * 2) == ()


@given(st.lists(DAYS, max_size=40))
def test_each_crowd_counts_the_days_of_its_seven(days: list[date]):
    for crowd in crowded_weeks(days, most=0):
        within = [day for day in days if 0 <= (day - crowd.monday).days < 7]
        assert len(within) == crowd.deadlines
    assert sum(crowd.deadlines for crowd in crowded_weeks(days, most=0)) == len(days)


@pytest.mark.anyio
async def test_a_new_deadline_hears_of_the_others_in_its_week(db: str, now: datetime):
    of = await matters.dossier(now)
    made = [await matters.window(now, of, days=days) for days in (14, 15, 16, 20)]
    monday = date(2026, 12, 7)
    assert await crowd_at(date(2026, 12, 13)) == Crowd(2026, 50, 4)
    assert await crowd_at(monday) == Crowd(2026, 50, 4)
    assert await crowd_at(monday - timedelta(days=1)) is None
    assert await crowd_at(monday, but=made[0].id) is None


@pytest.mark.anyio
async def test_sunday_midnight_belongs_to_sunday(db: str, now: datetime):
    of = await matters.dossier(now)
    midnight = datetime(2026, 12, 13, 23, tzinfo=UTC)  # 0:00 on Monday in Brussels
    days = (midnight - now) / timedelta(days=1)
    for _ in range(4):
        await matters.window(now, of, days=days)
    assert await crowd_at(date(2026, 12, 13)) == Crowd(2026, 50, 4)
    assert await crowd_at(date(2026, 12, 14)) is None


@pytest.mark.anyio
async def test_what_is_settled_or_closed_crowds_nobody(db: str, now: datetime):
    of = await matters.dossier(now)
    closed = await matters.dossier(now, "2026-015", station=Station.CLOSED)
    for _ in range(3):
        await matters.window(now, of, days=15)
    await matters.window(now, closed, days=15)
    await matters.window(now, of, days=15, state=DeadlineState.WITHDRAWN)
    await matters.window(now, of, days=15, state=DeadlineState.MET)
    assert await crowd_at(date(2026, 12, 8)) is None
