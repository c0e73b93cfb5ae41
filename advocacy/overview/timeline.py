"""Twelve weeks of deadlines as a drawing. Pure: periods go in, coordinates come out.

A row is a dossier: each of its windows is a bar, internal dates are dots, a deadline is a signpost.
Units are those of the SVG's viewBox; sixteen are one rem. The same data stands in a table below.
Everything is laid out by the calendar of `zone`, so a week is as wide when the clocks change.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from advocacy import deadlines
from advocacy.dossiers.calendars.crowds import Crowd, crowded_weeks
from advocacy.dossiers.rules import DeadlineState, Precision

WEEKS = 12
LEFT, RIGHT = 8, 728
TOP, ROW_HEIGHT = 24, 48
BAR = 16
VAGUE = frozenset({Precision.MONTH, Precision.UNKNOWN})
_SPAN = timedelta(weeks=WEEKS)
_UNKNOWN = timedelta(weeks=2)  # how much of a bar is drawn as uncertain when no day is known


@dataclass(frozen=True, slots=True)
class Period:
    """One window of a dossier: from when to when, and the network's own dates before its end."""

    label: str
    path: str
    opens: datetime | None
    closes: datetime
    cuts: tuple[datetime, ...] = ()
    language: str = ""
    zone: str = "Europe/Brussels"
    precision: str = Precision.DAY
    state: str = DeadlineState.CONFIRMED
    own: bool = False

    @property
    def last_day(self) -> date:
        return deadlines.last_day(self.closes, self.zone)

    @property
    def withdrawn(self) -> bool:
        return self.state == DeadlineState.WITHDRAWN


@dataclass(frozen=True, slots=True)
class Week:
    x: float
    number: int
    labelled: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """`end`: x of the signpost, None when the deadline lies behind the drawing or binds no more.

    `vague`: from here on nobody knows whether it is still open, None when the day is known.
    """

    x: float
    width: float
    cuts: tuple[float, ...]
    end: float | None
    vague: float | None
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    path: str
    language: str
    bar_y: float
    middle: float
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """`today` is None when the drawing shows other weeks."""

    width: int
    height: int
    weeks: tuple[Week, ...]
    rows: tuple[Row, ...]
    today: float | None
    crowded: tuple[Crowd, ...]


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def drawn(
    periods: Sequence[Period], *, now: datetime, zone: str, first: date | None = None
) -> Timeline:
    """Twelve weeks from the Monday `first` on, else from this week's; the earliest end on top.

    Only dossiers with a window in these weeks; the reader's own come first.
    """
    today = _local(now, zone)
    start = datetime.combine(first or monday_of(today.date()), time())
    shown = [each for each in periods if _touches(each, start, now, zone)]
    shown.sort(key=lambda each: (not each.own, each.withdrawn, each.closes, each.label))
    rows = {each.path or each.label: [] for each in shown}  # type: dict[str, list[Period]]
    for each in shown:
        rows[each.path or each.label].append(each)
    inside = start <= today < start + _SPAN
    return Timeline(
        width=RIGHT + 30,
        height=TOP + ROW_HEIGHT * max(1, len(rows)) + 8,
        weeks=tuple(_week(place, start) for place in range(WEEKS + 1)),
        rows=tuple(
            _row(place, windows, start, now, zone) for place, windows in enumerate(rows.values())
        ),
        today=_x(today, start) if inside else None,
        crowded=_crowded(shown, start),
    )


def _local(instant: datetime, zone: str) -> datetime:
    return instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def _begins(period: Period, now: datetime) -> datetime:
    """A window of which no beginning is known is open."""
    return min(period.opens or now, period.closes)


def _touches(period: Period, start: datetime, now: datetime, zone: str) -> bool:
    begins, ends = _local(_begins(period, now), zone), _local(period.closes, zone)
    return ends >= start and begins < start + _SPAN


def _x(at: datetime, start: datetime) -> float:
    share = (at - start) / _SPAN
    return round(LEFT + (RIGHT - LEFT) * min(1.0, max(0.0, share)), 1)


def _week(place: int, start: datetime) -> Week:
    first = start + timedelta(weeks=place)
    return Week(_x(first, start), first.isocalendar().week, place % 2 == 0 and place < WEEKS)


def _row(place: int, windows: Sequence[Period], start: datetime, now: datetime, zone: str) -> Row:
    bar_y = TOP + 16 + ROW_HEIGHT * place
    return Row(
        label=windows[0].label,
        path=windows[0].path,
        language=windows[0].language,
        bar_y=bar_y,
        middle=bar_y + BAR / 2,
        bars=tuple(_bar(each, start, now, zone) for each in windows),
    )


def _bar(period: Period, start: datetime, now: datetime, zone: str) -> Bar:
    x = _x(_local(_begins(period, now), zone), start)
    ends = _local(period.closes, zone)
    end = _x(ends, start)
    cuts = (_local(each, zone) for each in period.cuts)
    return Bar(
        x=x,
        width=max(2.0, round(end - x, 1)),
        cuts=tuple(_x(each, start) for each in cuts if start <= each <= start + _SPAN),
        end=end if ends <= start + _SPAN and not period.withdrawn else None,
        vague=max(x, _x(_vague_from(period), start)) if period.precision in VAGUE else None,
        withdrawn=period.withdrawn,
    )


def _vague_from(period: Period) -> datetime:
    last = period.last_day
    day = last.replace(day=1) if period.precision == Precision.MONTH else last - _UNKNOWN
    return datetime.combine(day, time())


def _crowded(periods: Sequence[Period], start: datetime) -> tuple[Crowd, ...]:
    """Of the weeks that are drawn. What was withdrawn binds nobody."""
    days = [each.last_day for each in periods if not each.withdrawn]
    return crowded_weeks(day for day in days if start.date() <= day < (start + _SPAN).date())
