from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.errors import Invalid, NotAllowed
from advocacy.positions import forms, labels, rules
from advocacy.positions.passages.grouping import assembled, grouped, marks_of
from advocacy.positions.passages.quotations import PassageRow
from advocacy.positions.rules import Disposition, PassageStance, PositionState
from advocacy.positions.writing.merging import Ask, Draft, merge
from advocacy.provenance import ChangeKind, HonestyMark, Paragraphs, citations

TEXTS = st.text(alphabet="ab .!?\n0123456789[]@zBČž-", max_size=80)
KEYS = ("a", "b", "c", "d")


@given(TEXTS)
def test_cutting_into_sentences_loses_no_letter(text: str):
    assert "".join(rules.sentences(text)) == text


def test_dates_numbers_and_abbreviations_stay_whole():
    text = "Bis 14. 12. 2026 zahlen wir ca. 1.600 Euro. Npr. 3. julija. Laut Art. 5 gilt das!"
    assert [each.strip() for each in rules.sentences(text)] == [
        "Bis 14. 12. 2026 zahlen wir ca. 1.600 Euro.",
        "Npr. 3. julija.",
        "Laut Art. 5 gilt das!",
    ]


def test_a_piece_is_verbatim_also_with_words_left_out():
    original = "Imamo 14 planin\nnad 1.600 metri. Ograje ne pomagajo."
    assert rules.is_verbatim("Imamo 14 planin nad 1.600 metri.", original)
    assert rules.is_verbatim("Imamo 14 planin […] ne pomagajo.", original)
    assert not rules.is_verbatim("Imamo 15 planin nad 1.600 metri.", original)
    assert not rules.is_verbatim("Ograje […] Imamo 14 planin", original)


def test_characters_are_counted_without_citations():
    paragraphs = [("a", "Eins [@17.2 @own]."), ("b", "[@own]"), ("c", "Zwei.")]
    assert rules.text_length(paragraphs) == len("Eins.\n\nZwei.")


@pytest.mark.parametrize("name", ["", "v", "v0", "v-1", "3", "v3x", "v²", "v1234567", "V3", " v3"])
def test_garbage_is_no_version(name: str):
    assert rules.version_named(name) is None
    assert rules.versions_compared(f"{name}..v2") is None


def test_versions_are_named_as_in_addresses():
    assert rules.version_named("v3") == 3
    assert rules.versions_compared("v2..v3") == (2, 3)
    assert rules.versions_compared("v2...v3") is None


def test_who_may_read():
    readers = {
        (role, state, current): rules.may_read(role, state, is_current=current)
        for role in (None, "municipality", "presidency")
        for state in ("draft", "in_round", "adopted", "submitted")
        for current in (True, False)
    }
    outside = {key for key, may in readers.items() if may and key[0] != "presidency"}
    assert outside == {
        (role, state, True) for role in (None, "municipality") for state in ("adopted", "submitted")
    }
    assert all(may for key, may in readers.items() if key[0] == "presidency")


def test_only_the_secretariat_edits_and_nobody_what_was_handed_in():
    assert rules.may_edit("secretariat", "adopted")
    assert not rules.may_edit("coordinator", "draft")
    assert not rules.may_edit("secretariat", "submitted")
    with pytest.raises(NotAllowed):
        rules.check_edit("submitted")


def test_not_taken_up_needs_a_reason():
    for disposition in (Disposition.NOT_TAKEN_UP, Disposition.PARTLY):
        with pytest.raises(Invalid) as refused:
            rules.check_disposition(disposition, "  ")
        assert list(refused.value.fields) == ["reason"]
    rules.check_disposition(Disposition.NOTED, "")


def test_every_state_has_a_label():
    for states in (PositionState, PassageStance, Disposition, HonestyMark, ChangeKind):
        assert set(states) <= set(labels.LABELS)


# Merging

PARAGRAPHS = st.lists(st.sampled_from(KEYS), unique=True).flatmap(
    lambda keys: st.tuples(*(st.tuples(st.just(key), st.sampled_from("xyz")) for key in keys))
)


def draft(paragraphs: Paragraphs, title: str = "T", asks: Sequence[Ask] = ()) -> Draft:
    return Draft(title, list(paragraphs), list(asks))


@given(PARAGRAPHS, PARAGRAPHS, PARAGRAPHS)
def test_no_word_is_lost_in_a_merge(base: Paragraphs, theirs: Paragraphs, mine: Paragraphs):
    merged = merge(draft(base), draft(theirs), draft(mine))
    was, other, own, got = dict(base), dict(theirs), dict(mine), dict(merged.draft.paragraphs)
    collided = {each.place: each for each in merged.collisions}
    for key in KEYS:
        b, t, m = was.get(key, ""), other.get(key, ""), own.get(key, "")
        if key in collided:
            assert (collided[key].theirs, collided[key].mine) == (t, m)
            assert b != t != m != b
            assert got.get(key, "") == m
        elif m == b:
            assert got.get(key, "") == t
        else:
            assert got.get(key, "") == m
    assert len(got) == len(merged.draft.paragraphs)


@given(PARAGRAPHS, PARAGRAPHS)
def test_who_changed_nothing_gets_the_others_text(base: Paragraphs, theirs: Paragraphs):
    merged = merge(draft(base), draft(theirs), draft(base))
    assert (list(merged.draft.paragraphs), merged.collisions) == (list(theirs), [])


@given(PARAGRAPHS, PARAGRAPHS)
def test_alone_everything_is_as_typed(base: Paragraphs, mine: Paragraphs):
    merged = merge(draft(base), draft(base), draft(mine))
    assert (list(merged.draft.paragraphs), merged.collisions) == (list(mine), [])


def test_two_savers_of_different_paragraphs_both_survive():
    base = draft([("a", "eins"), ("b", "zwei")])
    theirs = draft([("a", "EINS"), ("x", "neu von ihr"), ("b", "zwei")])
    mine = draft([("b", "ZWEI"), ("a", "eins"), ("y", "neu von mir")])
    merged = merge(base, theirs, mine)
    assert merged.collisions == []
    assert merged.draft.paragraphs == [
        ("b", "ZWEI"),
        ("a", "EINS"),
        ("x", "neu von ihr"),
        ("y", "neu von mir"),
    ]


def test_one_paragraph_changed_by_both_collides_and_keeps_both():
    merged = merge(draft([("a", "eins")]), draft([("a", "ihr")]), draft([("a", "mein")]))
    assert merged.collisions == [("a", "eins", "ihr", "mein")]
    assert merged.draft.paragraphs == [("a", "mein")]


def test_taking_out_what_another_changed_collides():
    merged = merge(draft([("a", "eins")]), draft([("a", "ihr")]), draft([]))
    assert merged.collisions == [("a", "eins", "ihr", "")]


def test_titles_collide_too():
    merged = merge(draft([], "A"), draft([], "B"), draft([], "C"))
    assert merged.collisions == [("title", "A", "B", "C")]


def test_asks_keep_their_numbers_and_new_ones_get_the_next():
    base = draft([("a", "eins")], asks=[Ask(1, "a", "Geld"), Ask(2, "", "Frist")])
    theirs = draft([("a", "eins")], asks=[Ask(2, "", "Frist"), Ask(3, "a", "Personal")])
    mine = draft(
        [("a", "eins")], asks=[Ask(1, "a", "Geld"), Ask(2, "", "Drei Jahre"), Ask(0, "a", "Daten")]
    )
    merged = merge(base, theirs, mine)
    assert merged.collisions == []
    assert merged.draft.asks == [
        Ask(2, "", "Drei Jahre"),
        Ask(3, "a", "Personal"),
        Ask(4, "a", "Daten"),
    ]


def test_an_ask_of_a_paragraph_that_is_gone_belongs_to_the_whole_text():
    base = draft([("a", "eins")], asks=[Ask(1, "a", "Geld")])
    merged = merge(base, base, draft([], asks=[Ask(1, "a", "Geld")]))
    assert merged.draft.asks == [Ask(1, "", "Geld")]


# Grouping


def passage(
    number: int, text: str, *, language: str = "de", tag: str = "", stance: str = "supports"
):
    return PassageRow(
        *(number, 17, number, 1, text, language, tag, stance, "", "open", ""),
        *(True, False, number, "Musterdorf", "AT-01", "AT", False, False, f"@17.{number}"),
    )


def test_near_identical_passages_stand_together_with_every_sender():
    one = passage(1, "Die Kosten müssen vollständig ersetzt werden.")
    two = passage(2, "Die KOSTEN müssen vollstandig ersetzt werden!")
    against = passage(3, "Die Kosten müssen vollständig ersetzt werden.", stance="contradicts")
    other = passage(4, "Zäune helfen auf steilen Almen nicht.")
    assert grouped([other, one, against, two]) == [[one, two], [other], [against]]
    assert marks_of([one, two]) == "[@17.1 @17.2]"


@given(st.lists(st.text(alphabet="ab cd", max_size=12), max_size=12))
def test_grouping_keeps_every_passage_once(texts: list[str]):
    rows = [passage(number, text) for number, text in enumerate(texts, 1)]
    assert sorted(row.id for group in grouped(rows) for row in group) == [row.id for row in rows]


def test_a_first_draft_cites_from_the_first_line():
    rows = [
        passage(1, "Die Kosten sind zu ersetzen.", tag="costs"),
        passage(2, "Die Kosten sind zu ersetzen!", tag="costs"),
        passage(3, "Böse [@99.9] Zäune", tag="fences"),
    ]
    draft = assembled(rows, language="de")
    assert draft == [
        ("p1", "- Die Kosten sind zu ersetzen [@17.1 @17.2]."),
        ("p2", "- Böse Zäune [@17.3]."),
    ]
    assert {each for _, text in draft for each in citations(text)} == {row.mark for row in rows}


# Forms


def test_paragraphs_move_by_their_place_and_vanish_when_empty():
    typed = {
        "title": " Titel\n", "base": "3",
        "key-1": "a", "text-1": "eins\r\nzwei", "place-1": "2",
        "key-2": "b", "text-2": "drei", "place-2": "1",
        "key-3": "c", "text-3": "  ", "place-3": "3",
        "ask-1": "1", "wanted-1": "Geld", "of-1": "a",
        "ask-2": "2", "wanted-2": "", "of-2": "",
    }  # fmt: skip
    sheet = forms.sheet(typed)
    assert (sheet.base_version, len(sheet.rows)) == (3, 3)
    assert forms.draft_of(sheet) == Draft(
        "Titel", [("b", "drei"), ("a", "eins\nzwei")], [Ask(1, "a", "Geld")]
    )


@pytest.mark.parametrize("base", ["", "x", "-1", "²", "9" * 30])
def test_a_garbled_base_version_is_version_none(base: str):
    assert forms.sheet({"base": base}).base_version == 0


def test_a_key_that_nobody_gave_is_replaced():
    sheet = forms.sheet({"key-1": "title", "text-1": "x", "key-2": "<b>", "text-2": "y"})
    assert all(rules.is_key(row.key) for row in sheet.rows)


def test_too_long_a_paragraph_says_by_how_much():
    with pytest.raises(Invalid) as refused:
        forms.check_draft(Draft("T", [("a", "x" * 10_007)]))
    assert dict(refused.value.fields["text-a"].values) == {"length": 10_007, "over": 7}


def test_a_title_is_needed():
    with pytest.raises(Invalid) as refused:
        forms.check_draft(Draft("", []))
    assert list(refused.value.fields) == ["title"]
