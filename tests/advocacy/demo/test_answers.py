import re

import pytest

from advocacy.demo.answers import (
    CARNIVORE_ANSWERS,
    CARNIVORE_CALL,
    CARNIVORE_DRAFT,
    TRANSIT_ANSWERS,
    TRANSIT_CALL,
    TRANSIT_POSITION,
    Answer,
    CallText,
    Passage,
    Position,
)
from advocacy.demo.answers.shapes import paragraphs_of
from advocacy.demo.network import MUNICIPALITIES

LANGUAGES = {each.code: each.language for each in MUNICIPALITIES}
BOTH = (CARNIVORE_ANSWERS, TRANSIT_ANSWERS)


def test_a_third_of_sixty_have_answered_on_herd_protection():
    assert len(CARNIVORE_ANSWERS) == 20
    assert len(MUNICIPALITIES) == 60


def test_every_country_is_heard_on_herd_protection():
    countries = {answer.municipality[:2] for answer in CARNIVORE_ANSWERS}
    assert countries == {"AT", "CH", "DE", "FR", "IT", "LI", "SI"}


def test_the_call_on_transit_has_twelve_answers():
    assert len(TRANSIT_ANSWERS) == 12


@pytest.mark.parametrize("answers", BOTH)
def test_each_answer_is_of_one_member(answers: tuple[Answer, ...]):
    codes = [answer.municipality for answer in answers]
    assert len(codes) == len(set(codes))
    assert set(codes) <= set(LANGUAGES)


@pytest.mark.parametrize("answers", BOTH)
def test_answers_come_in_all_four_languages(answers: tuple[Answer, ...]):
    spoken = {LANGUAGES[answer.municipality] for answer in answers}
    assert spoken == {"de", "fr", "it", "sl"}


@pytest.mark.parametrize("answers", BOTH)
def test_only_a_council_has_a_day_of_decision_and_it_comes_before_the_answer(
    answers: tuple[Answer, ...],
):
    for answer in answers:
        assert (answer.decided is not None) == (answer.basis == "council")
        assert answer.decided is None or answer.decided >= answer.answered


@pytest.mark.parametrize("answers", BOTH)
def test_a_passage_stands_in_the_text_word_for_word(answers: tuple[Answer, ...]):
    for answer in answers:
        assert all(passage.text in answer.text for passage in answer.passages)


def test_a_text_is_its_sentences_in_their_order():
    passage = Passage("Teilfinanzierung genügt.", "costs", "contradicts")
    answer = Answer("AT-01", "partly", "mayor", ("Wir haben elf Almen.", passage), answered=2)
    assert answer.text == "Wir haben elf Almen. Teilfinanzierung genügt."
    assert answer.passages == (passage,)


def test_somebody_contradicts():
    stances = {passage.stance for answer in CARNIVORE_ANSWERS for passage in answer.passages}
    assert stances == {"supports", "contradicts", "mentions"}


@pytest.mark.parametrize(
    ("position", "answers"),
    [(CARNIVORE_DRAFT, CARNIVORE_ANSWERS), (TRANSIT_POSITION, TRANSIT_ANSWERS)],
)
def test_every_citation_leads_to_a_passage(position: Position, answers: tuple[Answer, ...]):
    assert _cited(position, "de") <= _numbered(answers)


def test_the_position_on_transit_disposes_of_all_but_two_passages():
    assert _numbered(TRANSIT_ANSWERS) - _cited(TRANSIT_POSITION, "de") == {
        "CH-06.2",
        "SI-08.1",
    }


def test_the_draft_has_a_sentence_that_rests_on_nobody():
    last = CARNIVORE_DRAFT.paragraphs["de"][-1]
    assert last.endswith("nach drei Jahren zu überprüfen.")


def test_a_translation_cites_the_same_passages_paragraph_by_paragraph():
    german, french = (TRANSIT_POSITION.paragraphs[language] for language in ("de", "fr"))
    assert len(german) == len(french) == 5
    assert [_marks(text) for text in german] == [_marks(text) for text in french]


def test_three_asks_in_every_language_of_a_position():
    for position in (CARNIVORE_DRAFT, TRANSIT_POSITION):
        assert set(position.asks) == set(position.title) == set(position.paragraphs)
        assert {len(asks) for asks in position.asks.values()} == {3}


@pytest.mark.parametrize("call", [CARNIVORE_CALL, TRANSIT_CALL])
def test_a_call_is_complete_in_five_languages(call: dict[str, CallText]):
    assert set(call) == {"de", "fr", "it", "sl", "en"}
    for text in call.values():
        assert text.stance_question.endswith("?")
        assert text.text_question.endswith("?")
        assert len(re.findall(r"\.(?: |$)", text.summary)) == 2


def test_paragraphs_stand_apart_by_an_empty_line():
    assert paragraphs_of("\nEins\nund eins.\n\nZwei.\n") == ("Eins und eins.", "Zwei.")


def _numbered(answers: tuple[Answer, ...]) -> set[str]:
    return {
        f"{answer.municipality}.{number}"
        for answer in answers
        for number, _ in enumerate(answer.passages, 1)
    }


def _marks(text: str) -> list[str]:
    return re.findall(r"@([A-Z]{2}-\d{2}\.\d+)", text)


def _cited(position: Position, language: str) -> set[str]:
    return {mark for text in position.paragraphs[language] for mark in _marks(text)}
