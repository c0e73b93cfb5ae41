"""Whose a question is, how long it has waited, and what gives somebody away."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.advice.labels import waiting_for
from advocacy.advice.rules import (
    ALLOWED,
    ENDS,
    Desk,
    EnquiryState,
    MessageKind,
    check_seen,
    gives_away,
    may_see,
    missing_texts,
    owner_for,
    state_after,
    waits_since,
)
from advocacy.errors import Outdated
from advocacy.people.rules import COUNTRIES, Role

NOW = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)
ANA = Desk(1, Role.SECRETARIAT)
LUCA = Desk(2, Role.SECRETARIAT)
MAJA = Desk(3, Role.COORDINATOR, ("SI",))
GIULIA = Desk(4, Role.COORDINATOR, ("IT",))
MARIE = Desk(5, Role.PRESIDENCY, ("FR",))
HOUSE = (ANA, LUCA, MAJA, GIULIA, MARIE)

desks = st.lists(
    st.builds(
        Desk,
        person=st.integers(1, 40),
        role=st.sampled_from(sorted(Role)),
        countries=st.lists(st.sampled_from(COUNTRIES), max_size=3, unique=True).map(tuple),
        active=st.booleans(),
    ),
    max_size=12,
    unique_by=lambda desk: desk.person,
)


@pytest.mark.parametrize(
    ("country", "carer", "lead", "owner"),
    [
        ("SI", None, None, 3),
        ("SI", 4, None, 4),  # the municipality knows somebody else
        ("FR", None, 2, 2),  # nobody cares for France: who leads the dossier
        ("FR", None, 3, 1),  # who leads it is not of the secretariat
        (None, None, None, 1),
        (None, 3, None, 1),  # without a municipality there is no carer
    ],
)
def test_a_question_goes_to_who_looks_after_the_municipality_else_to_the_secretariat(
    country: str | None, carer: int | None, lead: int | None, owner: int
):
    assert owner_for(HOUSE, country=country, carer=carer, lead=lead) == owner


def test_without_a_secretariat_anybody_of_the_house_has_it():
    assert owner_for((MARIE,), country="SI") == 5
    assert owner_for((MARIE, GIULIA), country="SI") == 4
    assert owner_for((), country="SI") is None
    assert owner_for((Desk(9, Role.MUNICIPALITY),), country="SI") is None


@given(
    people=desks,
    country=st.none() | st.sampled_from(COUNTRIES),
    carer=st.none() | st.integers(1, 40),
    lead=st.none() | st.integers(1, 40),
)
def test_the_owner_is_active_whenever_anybody_is(
    people: list[Desk], country: str | None, carer: int | None, lead: int | None
):
    owner = owner_for(people, country=country, carer=carer, lead=lead)
    working = {each.person for each in people if each.works}
    assert (owner in working) if working else (owner is None)


@given(people=desks, country=st.none() | st.sampled_from(COUNTRIES))
def test_who_has_it_in_hand_may_see_it(people: list[Desk], country: str | None):
    owner = owner_for(people, country=country)
    if owner is not None:
        desk = next(each for each in people if each.person == owner)
        assert may_see(desk, owner=owner, country=country)


@pytest.mark.parametrize(
    ("desk", "sees"),
    [
        (ANA, True),
        (MAJA, True),
        (GIULIA, False),
        (MARIE, False),
        (Desk(1, Role.SECRETARIAT, active=False), False),
        (Desk(6, Role.MUNICIPALITY, ("SI",)), False),
    ],
)
def test_others_do_not_see_what_is_not_theirs(desk: Desk, sees: bool):
    assert may_see(desk, owner=3, country="SI") is sees


def test_what_was_handed_to_somebody_they_see():
    assert may_see(MARIE, owner=5, country="SI")
    assert may_see(GIULIA, owner=4, country=None)
    assert not may_see(MAJA, owner=1, country=None)


@given(
    kinds=st.lists(st.sampled_from(sorted(MessageKind)), max_size=12),
    hours=st.lists(st.integers(1, 50), min_size=12, max_size=12),
)
def test_a_question_waits_from_the_first_word_that_nobody_has_answered(
    kinds: list[MessageKind], hours: list[int]
):
    state, since, at, first = EnquiryState.OPEN, NOW, NOW, NOW
    for kind, pause in zip(kinds, hours, strict=False):
        at += timedelta(hours=pause)
        if kind == MessageKind.QUESTION and state != EnquiryState.OPEN:
            first = at
        since = waits_since(MessageKind(kind), since, state=state, now=at)
        after = state_after(MessageKind(kind), state)
        assert after == state or after in ALLOWED[state]
        state = after
        assert since == (first if state == EnquiryState.OPEN else None)


def test_open_is_no_end():
    assert EnquiryState.OPEN not in ENDS
    assert EnquiryState.WAITING not in ENDS


def test_an_answer_to_an_older_page_is_outdated():
    check_seen(3, 3)
    for seen in (0, 2, 4):
        with pytest.raises(Outdated):
            check_seen(seen, 3)


NAMES = ("Vzorčna vas", "Janez Primer")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Dürfen Schafe nachts auf der Alm bleiben?", []),
        ("V Vzorčni vasi imamo 14 planin.", ["Vzorčni"]),
        ("Vzorčna, kot pravi g. Primer", ["Vzorčna", "Primer"]),
        ("VZORCNA VAS", ["VZORCNA"]),
        ("Schreiben Sie an office@si-07.example.", ["office@si-07.example"]),
        ("Ruf an: +386 4 123 45 67 oder 04/1234567", ["+386 4 123 45 67", "04/1234567"]),
        ("Am 14.12.2026 um 24:00, Artikel 17, 4000 Zeichen, 2026-014", []),
        ("Primerljivo", []),
    ],
)
def test_names_in_any_case_addresses_and_numbers_give_somebody_away(text: str, found: list[str]):
    assert gives_away(text, NAMES) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("In Au und in Egg gilt das.", ["Au", "Egg"]),
        ("Il va au marché.", []),
        ("Augen auf", []),
        ("Die Gemeinde SI-07 fragt, nicht SI-071.", ["SI-07"]),
    ],
)
def test_a_short_name_gives_away_as_it_is_written(text: str, found: list[str]):
    assert gives_away(text, ("Au", "Egg", "SI-07", "")) == found


@given(st.text(max_size=400), st.lists(st.text(max_size=20), max_size=4))
def test_whatever_the_text_is_nothing_is_raised(text: str, names: list[str]):
    gives_away(text, names)


@given(st.sampled_from(NAMES), st.text(alphabet=" .,\n", min_size=1, max_size=3))
def test_a_whole_name_is_always_found(name: str, between: str):
    assert gives_away(f"x{between}{name}{between}x", [name]) != []


def test_every_needed_language_has_to_be_read_by_a_person():
    assert missing_texts({"de", "sl"}, {"de"}) == ["sl"]
    assert missing_texts({"de"}, {"de", "fr"}) == []


def test_nobody_waits_for_zero_hours():
    assert waiting_for(NOW - timedelta(minutes=59), NOW) == "Waits for an answer"
    assert waiting_for(NOW - timedelta(hours=1), NOW) == "Waiting for 1 hour"
    assert waiting_for(NOW - timedelta(days=2), NOW) == "Waiting for 2 days"
