from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.dossiers.calendars.crowds import Crowd
from advocacy.dossiers.rules import DeadlineState, Precision
from advocacy.overview.timeline import LEFT, RIGHT, WEEKS, Period, drawn, monday_of

NOW = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)
ZONE = "Europe/Brussels"
BRUSSELS = ZoneInfo(ZONE)
WEEK = (RIGHT - LEFT) / WEEKS


def _period(label: str, days: float, cuts: tuple[datetime, ...] = (), **more: object) -> Period:
    ends = NOW + timedelta(days=days)
    return Period(label, f"/d/{label}", NOW - timedelta(days=5), ends, cuts, **more)  # type: ignore[arg-type]


def test_the_drawing_begins_on_monday_and_has_twelve_weeks():
    timeline = drawn([], now=NOW, zone=ZONE)
    assert [week.number for week in timeline.weeks] == [48, 49, 50, 51, 52, 53, *range(1, 8)]
    assert (timeline.weeks[0].x, timeline.weeks[-1].x) == (LEFT, RIGHT)


def test_the_deadline_that_comes_first_stands_at_the_top():
    timeline = drawn([_period("later", 40), _period("sooner", 7)], now=NOW, zone=ZONE)
    assert [row.label for row in timeline.rows] == ["sooner", "later"]


def test_the_readers_own_come_first():
    own = _period("own", 40, own=True)
    assert [row.label for row in drawn([_period("other", 7), own], now=NOW, zone=ZONE).rows] == [
        "own",
        "other",
    ]


def test_several_windows_of_one_dossier_stand_on_one_row():
    first, second = _period("one", 7), _period("one", 40)
    timeline = drawn([second, _period("two", 20), first], now=NOW, zone=ZONE)
    assert [(row.label, len(row.bars)) for row in timeline.rows] == [("one", 2), ("two", 1)]


def test_a_bar_begins_at_the_edge_when_the_window_is_open_already():
    bar = drawn([_period("open", 42)], now=NOW, zone=ZONE).rows[0].bars[0]
    assert bar.x == LEFT
    assert bar.end == bar.x + bar.width


def test_a_deadline_behind_the_twelve_weeks_has_no_signpost():
    bar = drawn([_period("far", 7 * WEEKS + 3)], now=NOW, zone=ZONE).rows[0].bars[0]
    assert bar.end is None
    assert bar.x + bar.width == RIGHT


def test_what_is_over_is_not_drawn_but_in_its_own_weeks():
    over = _period("over", -9)
    assert drawn([over], now=NOW, zone=ZONE).rows == ()
    then = drawn([over], now=NOW, zone=ZONE, first=date(2026, 8, 31))
    assert [row.label for row in then.rows] == ["over"]
    assert then.today is None
    assert then.weeks[0].number == 36


def test_own_dates_outside_the_weeks_are_left_out():
    cuts = (NOW - timedelta(days=30), NOW + timedelta(days=7), NOW + timedelta(days=365))
    bar = drawn([_period("with cuts", 20, cuts=cuts)], now=NOW, zone=ZONE).rows[0].bars[0]
    assert len(bar.cuts) == 1


@pytest.mark.parametrize(
    ("precision", "begins"),
    [(Precision.EXACT, None), (Precision.DAY, None), (Precision.MONTH, date(2026, 12, 1)),
     (Precision.UNKNOWN, date(2026, 12, 17))],
)  # fmt: skip
def test_where_no_day_is_known_the_end_of_the_bar_is_uncertain(
    precision: Precision, begins: date | None
):
    closes = datetime(2026, 12, 31, 23, 59, 59, tzinfo=BRUSSELS)
    period = Period("x", "/d/x", None, closes, precision=precision)
    bar = drawn([period], now=NOW, zone=ZONE).rows[0].bars[0]
    days = (begins - date(2026, 11, 23)).days if begins else 0
    assert bar.vague == (round(LEFT + WEEK * days / 7, 1) if begins else None)


def test_what_was_withdrawn_is_struck_and_crowds_no_week():
    four = [_period(str(place), 15) for place in range(4)]
    assert drawn(four, now=NOW, zone=ZONE).crowded == (Crowd(2026, 50, 4),)
    gone = _period("gone", 15, state=DeadlineState.WITHDRAWN)
    timeline = drawn([*four[:3], gone], now=NOW, zone=ZONE)
    assert timeline.crowded == ()
    assert [row.bars[0].withdrawn for row in timeline.rows] == [False, False, False, True]


@pytest.mark.parametrize("first", [date(2026, 10, 19), date(2027, 3, 22), date(2026, 12, 21)])
def test_midnight_of_each_monday_lies_on_its_line_also_when_the_clocks_change(first: date):
    mondays = [first + timedelta(weeks=place) for place in range(1, WEEKS)]
    cuts = tuple(datetime(day.year, day.month, day.day, tzinfo=BRUSSELS) for day in mondays)
    far = cuts[-1] + timedelta(days=300)
    period = Period("x", "/d/x", cuts[0] - timedelta(weeks=1), far, cuts)
    timeline = drawn([period], now=cuts[0], zone=ZONE, first=first)
    assert timeline.rows[0].bars[0].cuts == tuple(week.x for week in timeline.weeks[1:-1])


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_the_first_day_is_always_a_monday(day: date):
    assert monday_of(day).isoweekday() == 1
    assert timedelta(0) <= day - monday_of(day) < timedelta(days=7)


@given(
    st.lists(
        st.tuples(st.floats(-400, 400), st.floats(-400, 400), st.lists(st.floats(-400, 400))),
        max_size=12,
    ),
    st.sampled_from(Precision),
    st.sampled_from(DeadlineState),
    st.integers(-60, 60),
)
def test_everything_stays_inside_the_drawing(
    periods: list[tuple[float, float, list[float]]],
    precision: Precision,
    state: DeadlineState,
    weeks: int,
):
    made = [
        Period(
            "x" * 60,
            f"/d/2026-{place}",
            NOW + timedelta(days=opens),
            NOW + timedelta(days=closes),
            tuple(NOW + timedelta(days=cut) for cut in cuts),
            precision=precision,
            state=state,
        )
        for place, (opens, closes, cuts) in enumerate(periods)
    ]
    first = date(2026, 11, 23) + timedelta(weeks=weeks)
    timeline = drawn(made, now=NOW, zone=ZONE, first=first)
    for row in timeline.rows:
        assert row.bar_y + 21 <= timeline.height
        for bar in row.bars:
            assert LEFT <= bar.x <= RIGHT
            assert all(LEFT <= x <= RIGHT for x in bar.cuts)
            assert bar.end is None or LEFT <= bar.end <= RIGHT
            assert bar.vague is None or bar.x <= bar.vague <= RIGHT
            assert bar.width >= 2
