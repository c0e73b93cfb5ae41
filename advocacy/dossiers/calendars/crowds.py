"""Weeks in which more deadlines of bodies end than an office can serve.

A week is the calendar's (ISO 8601): it begins on Monday and belongs to the year of its Thursday,
so that week 53 of 2026 is followed by week 1 of 2027.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from advocacy import deadlines
from advocacy.dossiers.rules import DEADLINE_ENDS, Station
from advocacy.dossiers.tables import Window

CROWDED = 3
"""More deadlines than this in one week are pointed out."""


@dataclass(frozen=True, slots=True, order=True)
class Crowd:
    year: int
    number: int
    deadlines: int

    @property
    def monday(self) -> date:
        return date.fromisocalendar(self.year, self.number, 1)


def crowded_weeks(days: Iterable[date], *, most: int = CROWDED) -> tuple[Crowd, ...]:
    """Of the last days of deadlines, the weeks with more than `most`, in order."""
    counts = Counter(day.isocalendar()[:2] for day in days)
    return tuple(
        sorted(Crowd(year, week, many) for (year, week), many in counts.items() if many > most)
    )


async def crowd_at(day: date, *, but: int | None = None) -> Crowd | None:
    """What is full about the week of this day; None when it is not. `but`: a window left out.

    Give the last day of a deadline in its own zone. One query.
    """
    monday = day - timedelta(days=day.weekday())
    around = (
        datetime.combine(monday - timedelta(days=1), time(), UTC),
        datetime.combine(monday + timedelta(days=9), time(), UTC),
    )
    rows = await Window.select(Window.id, Window.closes, Window.zone).where(
        Window.closes >= around[0],
        Window.closes < around[1],
        Window.state.not_in(sorted(DEADLINE_ENDS)),
        Window.dossier.station != Station.CLOSED,
    )
    days = [deadlines.last_day(row["closes"], row["zone"]) for row in rows if row["id"] != but]
    found = crowded_weeks(days)
    return next((each for each in found if each.monday == monday), None)
