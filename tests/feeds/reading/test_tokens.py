"""Pieces of a text and what is remembered of them."""

from hypothesis import given
from hypothesis import strategies as st

from feeds.reading import tokens
from feeds.reading.tokens import Remembered, merged, occurrences, tokens_of


def test_an_answer_is_asked_for_once() -> None:
    asked: list[str] = []

    def length(token: str) -> int:
        asked.append(token)
        return len(token)

    known = Remembered(length)
    assert [known["Wolf"], known["Bär"], known["Wolf"]] == [4, 3, 4]
    assert asked == ["Wolf", "Bär"]


def test_what_was_long_not_asked_for_is_forgotten_and_memory_stays_bounded() -> None:
    asked: list[str] = []
    known = Remembered(asked.append)
    known["first"]
    for number in range(3 * tokens.REMEMBERED):
        known[str(number)]
    assert len(known) <= tokens.REMEMBERED
    asked.clear()
    known["first"]
    assert asked == ["first"]


def test_what_was_asked_for_in_the_last_generation_is_still_known() -> None:
    asked: list[str] = []
    known = Remembered(asked.append)
    for number in range(tokens.REMEMBERED + 1):
        known[str(number)]
    asked.clear()
    known["0"]
    assert asked == []


def test_an_address_is_not_kept() -> None:
    known = Remembered(len)
    assert known["https://example.org/" + "x" * 40] == 60
    assert len(known) == 0


@given(st.text(alphabet="ab \n", max_size=40))
def test_occurrences_are_those_of_whole_tokens(text: str) -> None:
    for token in tokens_of(text):
        found = list(occurrences(text, token))
        assert len(found) == text.split().count(token)
        assert {text[at : at + len(token)] for at in found} == {token}


def test_near_places_are_one_stretch() -> None:
    assert list(merged([(10, 12), (20, 25), (90, 91)], 5)) == [(5, 30), (85, 96)]
