"""Levelling keeps every place, whichever way it goes."""

from hypothesis import given
from hypothesis import strategies as st

from feeds.reading import letters
from feeds.reading.letters import levelled


def test_every_letter_is_levelled_alike_in_any_company() -> None:
    every = [chr(code) for code in range(0x3000)]
    assert [each for each in every if levelled(each) != each.translate(letters._TABLE)] == []


@given(st.text())
def test_levelling_keeps_the_length_and_does_not_depend_on_the_rest(text: str) -> None:
    assert levelled(text) == "".join(map(levelled, text))
    assert len(levelled(text)) == len(text)
