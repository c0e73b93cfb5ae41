from dataclasses import replace

import pytest

from advocacy.calls.asking import beside
from advocacy.calls.asking.call_forms import NewQuestion, Words
from advocacy.calls.rules import QuestionKind

QUESTIONS = (NewQuestion(1, QuestionKind.STANCE), NewQuestion(2, QuestionKind.CHOICE, options=2))
LEAD = Words(
    title="Der Wolf auf der Alm",
    why="Sie haben 14 Almen.",
    questions={1: "Ja?", 2: "Was?"},
    options={2: ("Zäune", "Hunde")},
)


def _segments(lead: Words, before: Words | None = None) -> list[beside.Segment]:
    return beside.segments(lead, QUESTIONS, source="de", target="sl", checked_against=before)


def test_every_field_of_the_page_stands_beside_its_original():
    assert [(each.name, each.original) for each in _segments(LEAD)] == [
        ("title", "Der Wolf auf der Alm"),
        ("why", "Sie haben 14 Almen."),
        ("summary", ""),
        ("question-1", "Ja?"),
        ("question-2", "Was?"),
        ("options-2", "Zäune\nHunde"),
    ]


def test_the_original_is_whole_with_its_terms_marked():
    title = _segments(LEAD)[0]
    assert "".join(part for part, _ in title.marked) == LEAD.title
    assert [part for part, term in title.marked if term] == ["Wolf", "Alm"]
    assert beside.agreed(_segments(LEAD)) == {"Wolf": "Volk", "Alm": "Planinska paša"}


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Der Wolf auf der Alm", 0),
        ("Der Bär auf der Alm", 1),
        ("Der Wolf auf der hohen Alm", 1),
        ("Wolf", 4),
    ],
)
def test_a_change_of_the_original_is_shown_and_counted_in_words(title: str, words: int):
    found = _segments(replace(LEAD, title=title), LEAD)
    assert beside.words_changed(found) == words
    shown = found[0].changed
    assert "".join(text for kind, text in shown if kind != "del") == (title if words else "")


def test_without_an_earlier_check_nothing_has_changed():
    assert beside.words_changed(_segments(LEAD)) == 0


def test_a_title_is_long_when_it_makes_a_long_subject():
    assert not beside.is_long("x" * 60)
    assert beside.is_long("x" * 61)
