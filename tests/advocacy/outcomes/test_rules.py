from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.errors import Invalid, NotAllowed
from advocacy.outcomes import rules
from advocacy.outcomes.forms import NewOutcome, new_outcome
from advocacy.outcomes.labels import KINDS, LABELS
from advocacy.outcomes.rules import Fate

TODAY = date(2026, 11, 23)


@given(st.dictionaries(st.integers(1, 5), st.sampled_from(list(Fate))), st.sets(st.integers(1, 5)))
def test_a_result_is_there_when_no_ask_is_open(fates: dict[int, Fate], asks: set[int]):
    still_open = [ask for ask in asks if fates.get(ask, Fate.OPEN) is Fate.OPEN]
    assert rules.all_decided(asks, fates) == (bool(asks) and not still_open)


def check(ask: int = 1, **facts: object) -> None:
    default = {
        "asks": [1, 2],
        "fate": Fate.REJECTED,
        "quotation": "",
        "entry": None,
        "entries": [7],
        "decided": None,
        "today": TODAY,
    }
    rules.check_outcome(ask, **(default | facts))


def test_the_evidence_is_an_entry_of_the_dossier():
    check(entry=7, decided=TODAY, quotation="x" * 5000)
    for wrong, field in (
        ({"ask": 3}, "fate-3"),
        ({"entry": 8}, "entry-1"),
        ({"decided": date(2026, 11, 24)}, "decided-1"),
        ({"quotation": "x" * 5001}, "quotation-1"),
    ):
        with pytest.raises(Invalid) as refused:
            check(**wrong)
        assert list(refused.value.fields) == [field]


def test_a_success_shows_the_bodys_own_words_or_the_entry_that_has_them():
    for fate in Fate:
        check(fate=fate, quotation="in voller Höhe")
        check(fate=fate, entry=7)
    for fate in (Fate.ADOPTED, Fate.PARTLY):
        with pytest.raises(Invalid) as refused:
            check(fate=fate, quotation=" ")
        assert list(refused.value.fields) == ["quotation-1"]
    check(fate=Fate.OPEN)
    check(fate=Fate.REJECTED)


def test_what_was_not_handed_in_has_no_outcome():
    rules.check_handed_in("submitted")
    rules.check_handed_in("received")
    with pytest.raises(NotAllowed):
        rules.check_handed_in("prepared")


def test_every_fate_has_its_words_and_may_change():
    assert set(LABELS) == set(KINDS) == set(Fate)
    assert all(rules.ALLOWED[each] == set(Fate) - {each} for each in Fate)


def test_the_form_of_one_ask_is_read_by_its_number():
    typed = {
        "fate-2": "partly",
        "quotation-2": " a\r\nb ",
        "entry-2": "7",
        "decided-2": "2026-11-20",
        "review-2": "2027-03-01",
    }
    assert new_outcome(typed, 2) == NewOutcome(
        Fate.PARTLY, "a\nb", 7, date(2026, 11, 20), date(2027, 3, 1), ""
    )
    assert new_outcome({"fate-2": "open"}, 2) == NewOutcome(Fate.OPEN, "", None, None, None, "")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("fate-2", "won"),
        ("entry-2", "-1"),
        ("entry-2", "9" * 20),
        ("decided-2", "tomorrow"),
        ("review-2", "soon"),
    ],
)
def test_what_cannot_be_meant_is_named(name: str, value: str):
    with pytest.raises(Invalid) as refused:
        new_outcome({"fate-2": "open", name: value}, 2)
    assert list(refused.value.fields) == [name]
