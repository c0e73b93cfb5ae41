from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.errors import NotAllowed, Outdated
from advocacy.events import labels, rules
from advocacy.events.rules import Entrance, GatheringState, Keeper, RegistrationState

BEGINS = datetime(2026, 12, 13, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def entrance(now: datetime, **other: object) -> Entrance:
    facts = {
        "begins": BEGINS, "ends": BEGINS + DAY, "register_until": None, "places": 2, "taken": 0,
    } | other  # fmt: skip
    return rules.entrance(GatheringState.PUBLISHED, now=now, **facts)


def test_one_registers_until_the_last_second_of_the_day_that_was_named():
    until = BEGINS - DAY
    assert entrance(until, register_until=until) == Entrance.OPEN
    assert entrance(until + timedelta(seconds=1), register_until=until) == Entrance.CLOSED


def test_nobody_registers_once_it_has_begun():
    assert entrance(BEGINS - timedelta(seconds=1)) == Entrance.OPEN
    assert entrance(BEGINS) == Entrance.BEGUN


def test_a_gathering_of_last_week_has_not_just_begun():
    assert entrance(BEGINS + DAY - timedelta(seconds=1)) == Entrance.BEGUN
    assert entrance(BEGINS + DAY) == Entrance.OVER


def test_when_all_places_are_taken_one_can_wait():
    assert entrance(BEGINS - DAY, taken=2) == Entrance.FULL
    assert entrance(BEGINS - DAY, taken=2_000, places=None) == Entrance.OPEN


@pytest.mark.parametrize(
    ("state", "expected"),
    [(GatheringState.DRAFT, Entrance.NOT_YET), (GatheringState.CANCELLED, Entrance.CANCELLED)],
)
def test_what_is_not_published_takes_nobody(state: GatheringState, expected: Entrance):
    found = rules.entrance(
        state, begins=BEGINS, ends=BEGINS + DAY, register_until=None, places=None, taken=0,
        now=BEGINS - DAY,
    )  # fmt: skip
    assert found == expected


@given(
    places=st.none() | st.integers(0, 50),
    taken=st.integers(0, 50),
    waiting=st.integers(0, 50),
)
def test_as_many_move_up_as_places_are_free(places: int | None, taken: int, waiting: int):
    moved = rules.moves_up(places, taken, waiting)
    assert 0 <= moved <= waiting
    still_free = rules.is_free(places, taken + moved)
    assert not (still_free and waiting > moved)
    if places is not None and taken <= places:
        assert taken + moved <= places


def test_nobody_loses_a_place_because_there_are_fewer_chairs():
    rules.check_places(3, 3)
    rules.check_places(None, 300)
    with pytest.raises(NotAllowed):
        rules.check_places(2, 3)


def test_a_reminder_leaves_once_within_three_days_before():
    published = BEGINS - 10 * DAY

    def due(now: datetime, reminded: datetime | None = None) -> bool:
        return rules.is_reminded(begins=BEGINS, published=published, reminded=reminded, now=now)

    assert [due(BEGINS - 4 * DAY), due(BEGINS - 3 * DAY), due(BEGINS)] == [False, True, False]
    assert not due(BEGINS - DAY, reminded=BEGINS - 2 * DAY)


def test_who_heard_of_it_two_days_before_needs_no_reminder():
    late = BEGINS - 2 * DAY
    assert not rules.is_reminded(begins=BEGINS, published=late, reminded=None, now=late)


def test_a_cancelled_gathering_is_not_published_twice_by_chance():
    with pytest.raises(Outdated):
        rules.check_step(GatheringState.DRAFT, GatheringState.CANCELLED)


@pytest.mark.parametrize(
    ("keeper", "may"),
    [
        (Keeper(9, "secretariat"), True),
        (Keeper(1, "coordinator", ("SI",)), True),
        (Keeper(2, "coordinator", ("AT",)), True),
        (Keeper(3, "coordinator", ("SI",)), False),
        (Keeper(1, "presidency", ("AT",)), False),
    ],
)
def test_the_hosts_are_the_office_and_who_looks_after_the_country(keeper: Keeper, may: bool):
    assert rules.may_keep(keeper, owner=1, country="AT") == may


def test_a_gathering_of_no_country_is_for_the_office_and_its_owner():
    assert not rules.may_keep(Keeper(3, "coordinator", ("",)), owner=1, country="")


def test_points_stand_in_the_order_of_the_day():
    nine, ten = BEGINS, BEGINS + timedelta(hours=1)
    assert rules.in_order([(ten, 1), (None, 2), (nine, 3)]) == [3, 1, 2]
    assert rules.in_order([(None, 1), (nine, 2)]) == [1, 2]


@given(
    st.lists(
        st.tuples(st.none() | st.integers(0, 20), st.integers(1, 10**6)), unique_by=lambda p: p[1]
    )
)
def test_no_point_is_lost_when_they_are_put_in_order(points: list[tuple[int | None, int]]):
    timed = [(None if hour is None else BEGINS + timedelta(hours=hour), n) for hour, n in points]
    ordered = rules.in_order(timed)
    assert sorted(ordered) == sorted(number for _, number in points)
    hours = {number: hour for hour, number in timed}
    known = [hours[number] for number in ordered if hours[number]]
    assert known == sorted(known)


def test_what_is_called_off_is_red_and_a_place_given_back_is_not():
    assert labels.COLOURS[GatheringState.CANCELLED] == "bad"
    assert labels.PLACE_COLOURS[RegistrationState.CANCELLED] == "mute"
