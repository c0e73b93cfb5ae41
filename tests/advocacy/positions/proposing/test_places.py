import pytest

from advocacy.errors import Invalid, NotFound
from advocacy.positions.proposing.places import put, words_at
from advocacy.positions.proposing.wanted import spot, wanted
from advocacy.positions.writing.merging import Ask, Draft

DRAFT = Draft(
    "Wölfe",
    [("k1", "Erstens [@17.2]."), ("k2", "Zweitens.")],
    [Ask(1, "k1", "Geld"), Ask(3, "", "Zeit")],
)


def test_every_place_of_a_text_has_its_words():
    assert [words_at(DRAFT, key) for key in ("title", "k1", "ask-3", "ask-2", "k9")] == [
        "Wölfe", "Erstens [@17.2].", "Zeit", None, None,
    ]  # fmt: skip


def test_other_words_stand_in_their_place_and_nothing_else_moves():
    assert put(DRAFT, "k2", "Anders.").paragraphs == [("k1", "Erstens [@17.2]."), ("k2", "Anders.")]
    assert put(DRAFT, "title", "Der\nWolf").title == "Der Wolf"
    assert put(DRAFT, "ask-3", "Ruhe").asks == [Ask(1, "k1", "Geld"), Ask(3, "", "Ruhe")]


def test_empty_words_take_a_place_out():
    assert put(DRAFT, "k1", "").paragraphs == [("k2", "Zweitens.")]
    assert put(DRAFT, "ask-1", "").asks == [Ask(3, "", "Zeit")]
    assert put(DRAFT, "k9", "").paragraphs == DRAFT.paragraphs
    assert put(DRAFT, "ask-9", "").asks == DRAFT.asks


def test_a_new_paragraph_follows_the_one_it_was_put_behind():
    def keys(after: str) -> list[str]:
        return [key for key, _ in put(DRAFT, "k7", "Neu.", after=after).paragraphs]

    assert keys("k1") == ["k1", "k7", "k2"]
    assert keys("") == ["k7", "k1", "k2"]
    assert keys("gone") == ["k1", "k2", "k7"]


def test_people_change_the_words_and_citations_stay():
    there = spot(DRAFT, "k1")
    assert there.shown == "Erstens."
    assert wanted(there, "Als erstes.\r\n") == "Als erstes [@17.2]."
    assert wanted(there, "Erstens.") == there.words
    assert wanted(there, " ") == ""


def test_words_that_are_too_long_are_refused_before_they_are_compared():
    with pytest.raises(Invalid) as refused:
        wanted(spot(DRAFT, "k1"), "x" * 10_001)
    assert list(refused.value.fields) == ["text"]


def test_a_place_that_is_not_there_is_not_found():
    for path in ("k9", "ask-2", "ask-x", "after-k9", "A B", ""):
        with pytest.raises(NotFound):
            spot(DRAFT, path)
    assert (spot(DRAFT, "after-k1").number, spot(DRAFT, "after-").number) == (1, None)
