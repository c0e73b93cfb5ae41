import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.bodies import labels, rules
from advocacy.bodies.rules import Stage
from advocacy.dossiers.deadlines.instants import ZONES
from advocacy.dossiers.labels import WINDOW_KINDS
from advocacy.errors import Invalid
from advocacy.people.rules import COUNTRIES, LANGUAGES

DAY = date(2026, 11, 23)
days = st.dates(date(2000, 1, 1), date(2060, 12, 31))
maybe = st.none() | days


@dataclass(frozen=True)
class Term:
    begins: date
    ends: date | None = None


@st.composite
def terms(draw: st.DrawFn) -> Term:
    begins = draw(days)
    return Term(begins, draw(st.none() | st.dates(begins, begins + timedelta(900))))


@dataclass(frozen=True)
class Node:
    id: int
    parent: int | None = None
    level: str = "alpine"


def without_overlap(some: Sequence[Term]) -> list[Term]:
    kept: list[Term] = []
    for each in some:
        if not any(rules.overlaps(each, other) for other in kept):
            kept.append(each)
    return kept


@given(maybe, maybe, days)
def test_both_ends_of_a_validity_belong_to_it(first: date | None, last: date | None, day: date):
    valid = rules.is_valid(first, last, day)
    assert valid == ((first or date.min) <= day <= (last or date.max))


@given(days)
def test_what_has_neither_begin_nor_end_is_always_valid(day: date):
    assert rules.is_valid(None, None, day)


@given(terms(), terms())
def test_an_overlap_is_mutual(one: Term, other: Term):
    assert rules.overlaps(one, other) == rules.overlaps(other, one)
    assert rules.overlaps(one, one)


@given(st.lists(terms(), max_size=8), days)
def test_at_most_one_presides_on_a_day(some: list[Term], day: date):
    kept = without_overlap(some)
    head = rules.presiding(kept, day)
    closed = [each for each in kept if each.ends and each.begins <= day <= each.ends]
    assert len(closed) <= 1
    if closed:
        assert head == closed[0]
    if head is not None:
        assert head.begins <= day <= (head.ends or date.max)


@given(terms(), terms())
def test_terms_that_share_a_closed_day_overlap(one: Term, other: Term):
    if one.ends and other.ends and one.begins <= other.ends and other.begins <= one.ends:
        assert rules.overlaps(one, other)


def test_a_presidency_without_an_end_lasts_until_the_next_begins():
    italy, next_one = Term(date(2025, 1, 1)), Term(date(2027, 1, 20))
    assert not rules.overlaps(italy, next_one)
    assert rules.presiding([italy, next_one], date(2027, 1, 19)) == italy
    assert rules.presiding([italy, next_one], date(2027, 1, 20)) == next_one
    assert rules.presiding([italy], date(2024, 12, 31)) is None
    assert rules.presiding([Term(DAY, DAY)], DAY + timedelta(1)) is None


@given(days, st.integers(1, 4_000))
def test_an_end_before_the_begin_is_refused_with_both_days(begins: date, less: int):
    ends = begins - timedelta(less)
    with pytest.raises(Invalid) as refused:
        rules.check_period(begins, ends)
    assert set(refused.value.fields) == {"valid_from", "valid_to"}
    for message in refused.value.fields.values():
        assert rules.written(begins) in str(message)
        assert rules.written(ends) in str(message)
    rules.check_period(begins, begins)
    rules.check_period(None, begins)
    rules.check_period(begins, None)


def test_the_usual_length_is_that_of_the_stage_of_the_kind():
    evidence = Stage("call_for_evidence", {"en": "Call"}, 28)
    consultation = Stage("consultation", {"en": "Consultation"}, 84)
    silent = Stage("decision", {"en": "Decision"}, 10, takes_input=False)
    assert rules.usual_days([evidence, consultation], "consultation") == 84
    assert rules.usual_days([evidence, consultation], "hearing") is None
    assert rules.usual_days([consultation, silent], "hearing") == 84
    assert rules.usual_days([silent], "decision") is None
    assert rules.usual_days([Stage("consultation", {}, 0)], "consultation") is None


@given(
    st.lists(
        st.builds(
            Stage, st.text(max_size=9), st.dictionaries(st.sampled_from(LANGUAGES), st.text()),
            st.integers(0, 999), st.booleans(), st.booleans(),
        )
    )
)  # fmt: skip
def test_stages_are_read_back_as_they_were_written(stages: list[Stage]):
    text = rules.stages_as_text(stages)
    assert list(rules.stages_of(text)) == stages
    assert json.loads(text) == [] or "names" in json.loads(text)[0]


@given(st.lists(st.integers(0, 12), max_size=12), st.data())
def test_each_body_stands_once_in_the_order_and_behind_the_one_above_it(
    parents: list[int], data: st.DataObject
):
    nodes = [
        Node(
            number,
            parent if parent < number else None,
            data.draw(st.sampled_from(list(rules.Level))),
        )
        for number, parent in enumerate(parents)
    ]
    order = rules.in_order(nodes)
    assert sorted(each.id for each, _ in order) == [each.id for each in nodes]
    places = {each.id: (place, depth) for place, (each, depth) in enumerate(order)}
    for each in nodes:
        if each.parent is not None:
            assert places[each.parent][0] < places[each.id][0]
            assert places[each.parent][1] + 1 == places[each.id][1]


def test_a_circle_of_bodies_ends():
    assert rules.upwards(1, {1: 2, 2: 1}) == [1, 2]
    assert rules.is_below(1, 2, {1: 2, 2: None})
    assert not rules.is_below(2, 1, {1: 2, 2: None})
    assert rules.is_below(3, 3, {})


def test_documents_are_due_as_set_else_as_the_body_usually_asks():
    assert rules.documents_due(DAY, None, None) is None
    assert rules.documents_due(DAY, None, 14) == date(2026, 11, 9)
    assert rules.documents_due(DAY, date(2026, 11, 1), 14) == date(2026, 11, 1)


def test_the_day_of_the_office_begins_at_its_midnight():
    assert rules.office_day(datetime(2026, 11, 22, 22, 59, tzinfo=UTC)) == date(2026, 11, 22)
    assert rules.office_day(datetime(2026, 11, 22, 23, 0, tzinfo=UTC)) == date(2026, 11, 23)


def test_a_name_stands_in_for_a_missing_one():
    assert rules.name_in({"sl": "Odbor", "en": "Committee"}, "sl") == "Odbor"
    assert rules.name_in({"en": "Committee"}, "sl") == "Committee"
    assert rules.name_in({"it": "Comitato"}, "sl") == "Comitato"
    assert rules.name_in({}, "sl") == ""


def test_what_stands_in_two_places_is_the_same():
    assert rules.ZONES == ZONES
    assert rules.LANGUAGES == LANGUAGES
    assert set(COUNTRIES) == set(rules.STATES) - {"MC"}
    assert set(labels.STAGE_KINDS) == set(WINDOW_KINDS)
    assert {str(label) for label in labels.STAGE_KINDS.values()} == {
        str(label) for label in WINDOW_KINDS.values()
    }
    assert set(labels.LEVELS) == set(rules.Level)
    assert set(labels.MEETING_STATES) == set(rules.MeetingState)
