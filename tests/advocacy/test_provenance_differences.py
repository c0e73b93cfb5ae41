"""What changed between two texts and two versions of a position."""

import time

from hypothesis import given
from hypothesis import strategies as st

from advocacy.provenance import Change, ChangeKind, paragraph_diff, word_diff

COSTS = "Protection costs must be covered in full [@17.2 @23.1]."
PROSE = st.lists(st.sampled_from(["costs", "cover", "č", " ", "  ", "\n", ".", "[@1.1]", "š"])).map(
    "".join
)
VERSIONS = st.dictionaries(st.sampled_from("abcdef"), PROSE).map(lambda d: list(d.items()))


def test_a_difference_is_shown_word_by_word() -> None:
    assert word_diff(COSTS, "Protection costs should be covered in full [@17.2].") == [
        ("same", "Protection costs "),
        ("del", "must"),
        ("ins", "should"),
        ("same", " be covered in full "),
        ("del", "[@17.2 @23.1]"),
        ("ins", "[@17.2]"),
        ("same", "."),
    ]


def test_a_space_between_two_changed_words_belongs_to_the_change() -> None:
    assert word_diff("krave in ovce", "koze ter svinje") == [
        ("del", "krave in ovce"),
        ("ins", "koze ter svinje"),
    ]


@given(PROSE, PROSE)
def test_a_difference_gives_back_both_sides(old: str, new: str) -> None:
    pieces = word_diff(old, new)
    assert "".join(text for kind, text in pieces if kind != "ins") == old
    assert "".join(text for kind, text in pieces if kind != "del") == new
    assert all(text for _, text in pieces)


def test_equal_texts_are_one_piece() -> None:
    assert (word_diff("", ""), word_diff("a b.", "a b.")) == ([], [("same", "a b.")])


def test_two_versions_show_what_became_of_each_paragraph() -> None:
    old = [("a", "One."), ("b", "Two."), ("c", "Three."), ("d", "Four."), ("e", "Five.")]
    new = [("e", "Five!"), ("a", "One."), ("c", "Drei."), ("f", "New."), ("d", "Four.")]
    assert paragraph_diff(old, new) == [
        Change("e", ChangeKind.MOVED, [("same", "Five"), ("del", "."), ("ins", "!")]),
        Change("a", ChangeKind.SAME, [("same", "One.")]),
        Change("b", ChangeKind.REMOVED, [("del", "Two.")]),
        Change("c", ChangeKind.CHANGED, [("del", "Three"), ("ins", "Drei"), ("same", ".")]),
        Change("f", ChangeKind.ADDED, [("ins", "New.")]),
        Change("d", ChangeKind.SAME, [("same", "Four.")]),
    ]


@given(VERSIONS, VERSIONS)
def test_two_versions_can_be_read_back_from_their_differences(
    old: list[tuple[str, str]], new: list[tuple[str, str]]
) -> None:
    changes = paragraph_diff(old, new)
    before = {
        c.key: "".join(t for kind, t in c.pieces if kind != "ins")
        for c in changes
        if c.kind != "added"
    }
    after = [
        (c.key, "".join(t for kind, t in c.pieces if kind != "del"))
        for c in changes
        if c.kind != "removed"
    ]
    assert before == dict(old)
    assert after == new


def test_ten_thousand_letters_of_somebody_keep_nobody_waiting() -> None:
    paragraph = "Die Gemeinden tragen die Kosten und die Folgen. " * 20
    begun = time.process_time()
    for typed in ("a " * 5_000, "a" * 10_000, "die " * 2_500):
        pieces = word_diff(paragraph, typed)
        assert "".join(text for kind, text in pieces if kind != "ins") == paragraph
        assert "".join(text for kind, text in pieces if kind != "del") == typed
    assert time.process_time() - begun < 2  # seconds; it were more than ten


def test_one_word_of_a_long_paragraph_is_one_change() -> None:
    words = [f"Wort{number % 300}" for number in range(1_200)]
    old, new = " ".join(words), " ".join([*words[:600], "nicht", *words[600:]])
    changed = [(kind, text.strip()) for kind, text in word_diff(old, new) if kind != "same"]
    assert changed == [("ins", "nicht")]
