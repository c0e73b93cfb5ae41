from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from feeds.drift import Drift, GoodPoll, Sign, Usual, drifts, quiet_since, usual, usual_per_week

NOW = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)
DAY = 86_400


def polls(*items: int, size: int = 1_000) -> list[GoodPoll]:
    return [GoodPoll(fetched=count, kept=1, bytes=count * size) for count in items]


def found(
    last: list[GoodPoll],
    *,
    gap: int | None = None,
    silent: float | None = None,
    new: int | None = None,
) -> list[Drift]:
    last_new = None if silent is None else NOW - timedelta(days=silent)
    return drifts(last, gap=gap, last_new=last_new, new_in_week=new, now=NOW)


def test_two_polls_say_nothing_about_what_is_usual():
    assert usual(polls(20, 20)) == Usual()
    assert found(polls(1, 20, 20)) == []


def test_the_median_is_usual_and_one_odd_day_does_not_move_it():
    assert usual(polls(20, 500, 21, 19, 20)) == Usual(items=20, kept=1, item_bytes=1_000)


def test_a_list_with_a_third_of_its_entries_is_unlike_before():
    assert found(polls(6, 20, 20, 20)) == [Drift(Sign.FEWER_ITEMS, 6, 20)]
    assert found(polls(7, 20, 20, 20)) == []


def test_a_list_of_five_comes_and_goes():
    assert found(polls(0, 5, 5, 5)) == []


def test_entries_that_shrink_to_teasers_are_seen():
    short = polls(20, size=200)
    assert found([*short, *polls(20, 20, 20)]) == [Drift(Sign.SHORTER, 200, 1_000)]
    assert found([*polls(20, size=400), *polls(20, 20, 20)]) == []


def test_silence_is_unusual_after_five_gaps_and_never_within_a_week():
    assert found([], gap=2 * DAY, silent=10) == []
    assert found([], gap=2 * DAY, silent=10.1) == [Drift(Sign.QUIET, 10, 2)]
    assert found([], gap=3_600, silent=6.9) == []
    assert found([], gap=3_600, silent=7.1) == [Drift(Sign.QUIET, 7, 1)]


def test_nobody_knows_whether_it_is_quiet_without_its_rhythm():
    assert quiet_since(None, NOW) is None
    assert quiet_since(DAY, None) is None
    assert quiet_since(DAY, NOW) == NOW + timedelta(days=7)


def test_a_flood_of_new_entries_is_seen_and_a_busy_week_is_none():
    assert found([], gap=DAY, silent=0, new=36) == [Drift(Sign.MORE_NEW, 36, 7)]
    assert found([], gap=DAY, silent=0, new=35) == []
    assert found([], gap=30 * DAY, silent=0, new=9) == []


def test_a_trickle_where_there_was_a_stream_is_seen():
    assert found([], gap=DAY // 10, silent=1, new=20) == [Drift(Sign.FEWER_NEW, 20, 70)]
    assert found([], gap=DAY // 10, silent=1, new=30) == []
    assert found([], gap=DAY, silent=6, new=0) == []


def test_a_young_source_is_not_compared():
    assert found([], gap=DAY, silent=0, new=None) == []


def test_what_is_quiet_is_not_called_slow_as_well():
    assert [each.sign for each in found([], gap=DAY // 10, silent=8, new=0)] == [Sign.QUIET]


def test_a_week_holds_as_many_entries_as_gaps():
    assert usual_per_week(DAY) == 7
    assert usual_per_week(None) is None


@given(st.integers(1, 200), st.integers(1, 20_000), st.integers(4, 20))
def test_a_source_that_gives_what_it_always_gave_never_drifts(items: int, size: int, count: int):
    assert found(polls(*[items] * count, size=size)) == []
