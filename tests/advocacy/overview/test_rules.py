from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from advocacy.dossiers.rules import Station
from advocacy.overview import rules
from advocacy.overview.rules import Need, Step
from advocacy.positions.rules import PositionState

NOW = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)


def _need(act: str, days: float) -> Need:
    at = NOW + timedelta(days=days)
    return Need(act, "Großraubtiere", "de", "why", "/d/2026-014", at, "Europe/Brussels")


def test_the_earliest_consequence_comes_first():
    needs = [_need("c", 9), _need("a", 1), _need("b", 3)]
    assert [need.act for need in rules.in_order(needs)] == ["a", "b", "c"]


@given(st.permutations([_need(act, days) for act in "xy" for days in (1, 1, 2)]))
def test_the_order_does_not_depend_on_where_the_rows_came_from(needs: list[Need]):
    assert rules.in_order(needs) == rules.in_order(reversed(needs))


def test_of_equal_moments_the_larger_comes_first():
    small, large = _need("a", 1), replace(_need("z", 1), size=40)
    assert rules.in_order([small, large]) == [large, small]


@given(st.lists(st.sampled_from([None, 1, 2, 3])), st.sampled_from([1, 2, 3]))
def test_every_need_is_mine_or_somebody_elses_and_nobodys_is_mine(
    owners: list[int | None], me: int
):
    needs = [replace(_need(str(place), place), owner=who) for place, who in enumerate(owners)]
    own, others = rules.shared_out(needs, me)
    assert sorted([*own, *others], key=lambda need: need.at) == needs
    assert {need.owner for need in own} <= {None, me}
    assert {need.owner for need in others}.isdisjoint({None, me})


def test_each_station_has_its_next_step():
    def step(
        station: Station,
        position: PositionState | None = None,
        version: int = 0,
        *,
        has_call: bool = False,
    ) -> Step:
        return rules.next_step(station, has_call=has_call, position=position, version=version)

    assert step(Station.OPENED) is Step.ASK
    assert step(Station.OPENED, has_call=True) is Step.NOTHING
    assert step(Station.CALL, has_call=True) is Step.NOTHING
    assert step(Station.DRAFT) is Step.WRITE
    assert step(Station.DRAFT, PositionState.DRAFT, 0) is Step.WRITE
    assert step(Station.DRAFT, PositionState.DRAFT, 2) is Step.APPROVE
    assert step(Station.APPROVAL, PositionState.IN_ROUND, 2) is Step.NOTHING
    assert step(Station.APPROVAL, PositionState.DRAFT, 3) is Step.APPROVE
    assert step(Station.APPROVAL, PositionState.ADOPTED, 3) is Step.SUBMIT


@given(
    st.sampled_from([Station.SUBMITTED, Station.RESULT, Station.CLOSED]),
    st.sampled_from([None, *PositionState]),
    st.booleans(),
)
def test_nothing_is_left_to_do_behind_the_submission(
    station: Station, position: PositionState | None, has_call: bool
):
    step = rules.next_step(station, has_call=has_call, position=position, version=1)
    assert step is Step.NOTHING


def test_a_call_needs_a_push_when_it_ends_soon_and_few_have_answered():
    def push(answered: int, days: int, asked: int = 10) -> bool:
        until = NOW + timedelta(days=days)
        return rules.needs_a_push(asked=asked, answered=answered, answers_until=until, now=NOW)

    assert push(5, 6)
    assert not push(6, 6)
    assert not push(5, 11)
    assert not push(5, -1)
    assert not push(0, 6, asked=0)


def test_a_source_that_never_answered_is_counted_from_its_beginning():
    later = NOW + timedelta(days=3)
    assert rules.blind_from(None, created=NOW) == NOW + rules.BLIND_AFTER
    assert rules.blind_from(later, created=NOW) == later + rules.BLIND_AFTER
