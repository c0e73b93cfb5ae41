from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.calls.asking.glossary import Term, terms

LANGUAGES = ("en", "de", "fr", "it", "sl")


def _said(text: str, source: str, target: str) -> list[tuple[str, str]]:
    return [(term.word, term.agreed) for term in terms(text, source, target)]


@pytest.mark.parametrize(
    ("text", "source", "target", "found"),
    [
        ("Schutz vor Großraubtieren", "de", "sl", [("Großraubtieren", "Velike zveri")]),
        ("zaščita pred velikimi zvermi", "sl", "de", [("velikimi zvermi", "Große Beutegreifer")]),
        ("dans les communes de montagne", "fr", "it", [("communes de montagne", "Comune montano")]),
        ("la protezione delle greggi", "it", "de", [("protezione delle greggi", "Herdenschutz")]),
        ("against wolves", "en", "fr", [("wolves", "Loup")]),
    ],
)
def test_a_term_is_found_in_the_form_in_which_it_stands(
    text: str, source: str, target: str, found: list[tuple[str, str]]
):
    assert _said(text, source, target) == found


def test_a_compound_counts_where_the_glossary_says_so():
    assert _said("Herdenschutzmaßnahmen", "de", "fr") == [
        ("Herdenschutzmaßnahmen", "Protection des troupeaux")
    ]


def test_of_terms_that_overlap_the_longest_counts():
    assert _said("Občine in gorske občine", "sl", "de") == [
        ("Občine", "Gemeinde"),
        ("gorske občine", "Berggemeinde"),
    ]


def test_a_term_knows_its_place():
    text = "Der Wolf und die Alm"
    assert terms(text, "de", "it") == [Term(4, 8, "Wolf", "Lupo"), Term(17, 20, "Alm", "Alpeggio")]


def test_other_words_between_those_of_a_term_are_not_skipped():
    assert _said("velike in nevarne zveri", "sl", "de") == []
    assert _said("protection urgente des troupeaux", "fr", "it") == []


def test_nothing_is_marked_where_nothing_is_translated():
    assert terms("Herdenschutz", "de", "de") == []
    assert terms("Herdenschutz", "de", "xx") == []
    assert terms("", "de", "sl") == []


@given(
    st.text(alphabet="abcčdeGroßraubtiere Wolf Alm,.\n", max_size=200),
    st.sampled_from(LANGUAGES),
    st.sampled_from(LANGUAGES),
)
def test_terms_stand_in_order_where_they_say(text: str, source: str, target: str):
    found = terms(text, source, target)
    assert all(text[term.start : term.end] == term.word and term.agreed for term in found)
    assert all(first.end <= after.start for first, after in pairwise(found))
