from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from advocacy.overview.timeline import LEFT, RIGHT, WEEKS, Period, drawn, monday

NOW = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)
ZONE = "Europe/Brussels"


def _period(label: str, days: float, cuts: tuple[datetime, ...] = ()) -> Period:
    return Period(label, "/d/2026-014", NOW - timedelta(days=5), NOW + timedelta(days=days), cuts)


def test_the_drawing_begins_on_monday_and_has_twelve_weeks():
    timeline = drawn([], now=NOW, zone=ZONE)
    assert monday(NOW, ZONE).isoformat() == "2026-11-23T00:00:00+01:00"
    assert [week.number for week in timeline.weeks] == [48, 49, 50, 51, 52, 53, *range(1, 8)]
    assert (timeline.weeks[0].x, timeline.weeks[-1].x) == (LEFT, RIGHT)


def test_the_deadline_that_comes_first_stands_at_the_top():
    timeline = drawn([_period("later", 40), _period("sooner", 7)], now=NOW, zone=ZONE)
    assert [row.label for row in timeline.rows] == ["sooner", "later"]


def test_a_bar_begins_at_the_edge_when_the_window_is_open_already():
    row = drawn([_period("open", 42)], now=NOW, zone=ZONE).rows[0]
    assert row.bar_x == LEFT
    assert row.end == row.bar_x + row.bar_width


def test_a_deadline_behind_the_twelve_weeks_has_no_signpost():
    row = drawn([_period("far", 7 * WEEKS + 3)], now=NOW, zone=ZONE).rows[0]
    assert row.end is None
    assert row.bar_x + row.bar_width == RIGHT


def test_what_is_over_is_not_drawn():
    assert drawn([_period("over", -9)], now=NOW, zone=ZONE).rows == ()


def test_own_dates_outside_the_weeks_are_left_out():
    cuts = (NOW - timedelta(days=30), NOW + timedelta(days=7), NOW + timedelta(days=365))
    row = drawn([_period("with cuts", 20, cuts=cuts)], now=NOW, zone=ZONE).rows[0]
    assert len(row.cuts) == 1


def test_a_week_with_more_than_three_deadlines_is_pointed_out():
    four = [_period(str(place), 15) for place in range(4)]
    assert drawn(four, now=NOW, zone=ZONE).crowded == ((50, 4),)
    assert drawn(four[:3], now=NOW, zone=ZONE).crowded == ()


@given(
    st.lists(
        st.tuples(st.floats(-400, 400), st.floats(-400, 400), st.lists(st.floats(-400, 400))),
        max_size=12,
    )
)
def test_everything_stays_inside_the_drawing(periods: list[tuple[float, float, list[float]]]):
    made = [
        Period(
            "x" * 60,
            "/d/2026-001",
            NOW + timedelta(days=opens),
            NOW + timedelta(days=closes),
            tuple(NOW + timedelta(days=cut) for cut in cuts),
        )
        for opens, closes, cuts in periods
    ]
    timeline = drawn(made, now=NOW, zone=ZONE)
    for row in timeline.rows:
        assert LEFT <= row.bar_x <= RIGHT
        assert all(LEFT <= x <= RIGHT for x in row.cuts)
        assert row.end is None or LEFT <= row.end <= RIGHT
        assert row.bar_width >= 2
        assert row.bar_y + 21 <= timeline.height
        assert len(row.label) <= 24
