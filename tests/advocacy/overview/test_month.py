from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from advocacy.overview.agenda import DEADLINE, MEETING, Dated
from advocacy.overview.month import listed, weeks_of
from advocacy.overview.shown import holiday

ZONE = "Europe/Brussels"


def _nothing(_: date) -> str:
    return ""


def _deadline(at: datetime) -> Dated:
    return Dated(at, ZONE, DEADLINE, "x", "de", "/d/2026-001", external=True)


def test_a_month_begins_with_the_monday_before_it_and_has_the_numbers_of_its_weeks():
    weeks = weeks_of(date(2027, 1, 15), [], holiday=_nothing, today=date(2027, 1, 4))
    assert [week.number for week in weeks] == [53, 1, 2, 3, 4]
    assert weeks[0].days[0].day == date(2026, 12, 28)
    assert [day.outside for day in weeks[0].days] == [True] * 4 + [False] * 3
    assert [day.day for week in weeks for day in week.days if day.today] == [date(2027, 1, 4)]
    assert listed(weeks) == []


def test_midnight_stands_on_the_day_that_it_ends():
    midnight = datetime(2026, 12, 14, 23, tzinfo=UTC)  # 0:00 on the 15th in Brussels
    weeks = weeks_of(
        date(2026, 12, 1), [_deadline(midnight)], holiday=_nothing, today=date(2026, 12, 1)
    )
    assert [day.day for day in listed(weeks)] == [date(2026, 12, 14)]


def test_the_sunday_on_which_the_clocks_change_is_one_day():
    end = datetime(2027, 3, 28, 21, 59, 59, tzinfo=UTC)  # 23:59:59 in summer time
    weeks = weeks_of(date(2027, 3, 1), [_deadline(end)], holiday=_nothing, today=date(2027, 3, 1))
    assert [day.day for day in listed(weeks)] == [date(2027, 3, 28)]


def test_a_meeting_stands_on_each_of_its_days():
    begins = datetime(2026, 12, 14, 23, tzinfo=UTC)
    meeting = Dated(begins, ZONE, MEETING, "x", "en", "", until=date(2026, 12, 17))
    weeks = weeks_of(date(2026, 12, 1), [meeting], holiday=_nothing, today=date(2026, 12, 1))
    assert [day.day.day for day in listed(weeks)] == [15, 16, 17]


def test_a_holiday_of_the_country_is_named_and_a_weekend_is_not():
    assert holiday(date(2026, 12, 25), "SI") == "božič"
    assert holiday(date(2026, 12, 25), "") == ""
    assert holiday(date(2026, 12, 19), "SI") == ""
    assert holiday(date(2026, 12, 22), "SI") == ""


@given(st.dates(date(2000, 1, 1), date(2060, 12, 31)))
def test_every_day_of_a_month_stands_in_it_once(day: date):
    weeks = weeks_of(day, [], holiday=_nothing, today=day)
    inside = [each.day for week in weeks for each in week.days if not each.outside]
    assert inside == sorted(set(inside))
    assert {each.month for each in inside} == {day.month}
    assert day in inside
    assert 28 <= len(inside) <= 31
