"""A month as weeks of seven days, each with its dates. Pure."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from advocacy.overview.agenda import Dated


@dataclass(frozen=True, slots=True)
class Day:
    """`holiday`: whose and which, empty on other days. `outside`: of the month before or after."""

    day: date
    dates: tuple[Dated, ...]
    holiday: str
    outside: bool
    today: bool


@dataclass(frozen=True, slots=True)
class MonthWeek:
    number: int
    days: tuple[Day, ...]


def weeks_of(
    month: date, dated: Iterable[Dated], *, holiday: Callable[[date], str], today: date
) -> list[MonthWeek]:
    """From the Monday before the first to the Sunday after the last; a meeting stands on each of
    its days. `month` is any day of it.
    """
    first = month.replace(day=1)
    by_day = defaultdict(list)
    for each in dated:
        for day in each.days():
            by_day[day].append(each)
    monday = first - timedelta(days=first.weekday())
    weeks = []
    while monday < _next(first):
        days = (monday + timedelta(days=place) for place in range(7))
        weeks.append(
            MonthWeek(
                monday.isocalendar().week,
                tuple(
                    Day(
                        day,
                        tuple(by_day[day]),
                        holiday(day),
                        outside=(day.year, day.month) != (first.year, first.month),
                        today=day == today,
                    )
                    for day in days
                ),
            )
        )
        monday += timedelta(weeks=1)
    return weeks


def listed(weeks: Iterable[MonthWeek]) -> list[Day]:
    """Of the month itself, the days that have something to say."""
    days = (day for week in weeks for day in week.days if not day.outside)
    return [day for day in days if day.dates or day.holiday]


def _next(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)
