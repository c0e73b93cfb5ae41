"""Twelve weeks of deadlines as a drawing. Pure: rows go in, coordinates come out.

A row is a dossier: its open period is a bar, internal dates are dots, its deadline is a signpost.
Units are those of the SVG's viewBox; the same data stands in a table beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

WEEKS = 12
LEFT, RIGHT = 200, 750
TOP, ROW_HEIGHT = 20, 42
BAR = 16
LONGEST_LABEL = 24
CROWDED = 3
"""More deadlines than this in one week are pointed out."""


@dataclass(frozen=True, slots=True)
class Period:
    """One window of a dossier: from when to when, and the network's own dates before its end."""

    label: str
    path: str
    opens: datetime | None
    closes: datetime
    cuts: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class Week:
    x: float
    number: int
    labelled: bool


@dataclass(frozen=True, slots=True)
class Row:
    """`end` is the x of the signpost, None when the deadline lies outside the drawing."""

    label: str
    path: str
    text_y: float
    bar_x: float
    bar_y: float
    bar_width: float
    middle: float
    cuts: tuple[float, ...]
    end: float | None


@dataclass(frozen=True, slots=True)
class Timeline:
    width: int
    height: int
    weeks: tuple[Week, ...]
    rows: tuple[Row, ...]
    today: float
    crowded: tuple[tuple[int, int], ...]  # number of the week, deadlines in it


def monday(now: datetime, zone: str) -> datetime:
    local = now.astimezone(ZoneInfo(zone))
    first = local.date() - timedelta(days=local.weekday())
    return datetime(first.year, first.month, first.day, tzinfo=ZoneInfo(zone))


def drawn(periods: Sequence[Period], *, now: datetime, zone: str) -> Timeline:
    """Only periods that touch the twelve weeks from this Monday on; the earliest end first."""
    start = monday(now, zone)
    end = start + timedelta(weeks=WEEKS)
    shown = sorted(
        (each for each in periods if each.closes >= start and (each.opens or now) < end),
        key=lambda each: (each.closes, each.label),
    )
    rows = tuple(_row(place, each, start, end, now) for place, each in enumerate(shown))
    return Timeline(
        width=RIGHT + 30,
        height=TOP + ROW_HEIGHT * max(1, len(rows)) + 22,
        weeks=tuple(_week(place, start) for place in range(WEEKS + 1)),
        rows=rows,
        today=_x(now, start, end),
        crowded=_crowded(shown, start, end),
    )


def _x(at: datetime, start: datetime, end: datetime) -> float:
    share = (at - start) / (end - start)
    return round(LEFT + (RIGHT - LEFT) * min(1.0, max(0.0, share)), 1)


def _week(place: int, start: datetime) -> Week:
    first = start + timedelta(weeks=place)
    x = round(LEFT + (RIGHT - LEFT) * place / WEEKS, 1)
    return Week(x, first.isocalendar().week, labelled=place % 2 == 0 and place < WEEKS)


def _row(place: int, period: Period, start: datetime, end: datetime, now: datetime) -> Row:
    bar_y = TOP + 18 + ROW_HEIGHT * place
    x = _x(period.opens or now, start, end)
    inside = period.closes <= end
    label = period.label
    if len(label) > LONGEST_LABEL:
        label = label[: LONGEST_LABEL - 1].rstrip() + "…"
    return Row(
        label=label,
        path=period.path,
        text_y=bar_y + 12,
        bar_x=x,
        bar_y=bar_y,
        bar_width=max(2.0, round(_x(period.closes, start, end) - x, 1)),
        middle=bar_y + BAR / 2,
        cuts=tuple(_x(each, start, end) for each in period.cuts if start <= each <= end),
        end=_x(period.closes, start, end) if inside else None,
    )


def _crowded(
    periods: Sequence[Period], start: datetime, end: datetime
) -> tuple[tuple[int, int], ...]:
    counts: dict[int, int] = {}
    for each in periods:
        if each.closes <= end:
            week = each.closes.astimezone(start.tzinfo).isocalendar().week
            counts[week] = counts.get(week, 0) + 1
    return tuple((week, count) for week, count in counts.items() if count > CROWDED)
