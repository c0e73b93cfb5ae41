from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.calls.answering import forms
from advocacy.calls.answering.forms import Answer, NewQuestion
from advocacy.calls.asking import call_forms
from advocacy.calls.rules import QuestionKind, Stance
from advocacy.errors import Invalid
from tests.advocacy.calls.story import CLOSES, new_call

NOW = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)
QUESTIONS = (
    NewQuestion(1, QuestionKind.STANCE, required=True),
    NewQuestion(2, QuestionKind.NUMBER, unit="ha", required=True),
    NewQuestion(3, QuestionKind.CHOICE, options=3),
)
GOOD = {"stance": "partly", "answered_by": "Janez Primer", "answer-2": "14", "name_public": "1"}


def read(**changed: str) -> Answer:
    return forms.answer(
        GOOD | changed, QUESTIONS, language="sl", zone="Europe/Ljubljana", now=NOW
    )  # fmt: skip


def wrong(**changed: str) -> dict[str, str]:
    with pytest.raises(Invalid) as error:
        read(**changed)
    return {name: str(text) for name, text in error.value.fields.items()}


def test_a_whole_answer():
    assert read(text=" Da. \r\nKer… ", **{"answer-3": "2"}) == Answer(
        stance=Stance.PARTLY,
        language="sl",
        answered_by="Janez Primer",
        text="Da. \nKer…",
        answers={"2": "14", "3": "2"},
    )


def test_without_a_stance_there_is_no_answer():
    assert wrong(stance="") == {"stance": "Choose whether your municipality agrees"}
    assert list(wrong(stance="maybe")) == ["stance"]


def test_too_long_says_by_how_much():
    assert wrong(text="x" * 5_312) == {
        "text": "Your answer is 5312 characters; please shorten it by 312"
    }
    assert len(read(text="x" * 5_000).text) == 5_000


def test_numbers_and_choices_are_checked():
    assert list(wrong(**{"answer-2": "viele"})) == ["answer-2"]
    assert list(wrong(**{"answer-2": ""})) == ["answer-2"]
    assert list(wrong(**{"answer-3": "4"})) == ["answer-3"]
    assert list(wrong(**{"answer-3": "²"})) == ["answer-3"]


def test_who_is_not_concerned_need_not_count():
    assert read(stance="not_concerned", **{"answer-2": ""}).answers == {}


def test_a_council_has_decided_on_a_day():
    council = {"basis": "council"}
    assert read(**council, decided="2026-11-14").decided == date(2026, 11, 14)
    assert read(**council, decided="14. 11. 2026").decided == date(2026, 11, 14)
    assert list(wrong(**council, decided="")) == ["decided"]
    assert list(wrong(**council, decided="31.2.2026")) == ["decided"]
    assert list(wrong(**council, decided="2026-11-24")) == ["decided"]
    assert read(basis="mayor", decided="2026-11-14").decided is None


def test_no_consent_is_no_consent():
    assert read().name_public
    assert not read(name_public="").name_public


def test_comments_are_numbered_and_each_has_its_own_limit():
    typed = {"comment-3": " Prestrogo.\r\n", "comment-7": " ", "comment-x": "?", "comment-0": "?"}
    assert read(**typed).comments == {3: "Prestrogo."}
    assert wrong(**{"comment-12": "x" * 5_001}) == {
        "comment-12": "Your answer is 5001 characters; please shorten it by 1"
    }


def test_no_objection_is_a_whole_answer():
    assert read(stance="no_objection", **{"answer-2": ""}).stance == Stance.NO_OBJECTION
    assert list(wrong(stance="not_stated")) == ["stance"]


def test_nobody_answers_without_a_name():
    assert list(wrong(answered_by="  ")) == ["answered_by"]
    assert list(wrong(answered_by="x" * 121)) == ["answered_by"]


@given(st.dictionaries(st.text(max_size=10), st.text(max_size=30), max_size=8))
def test_whatever_is_typed_gives_an_answer_or_says_what_to_do(typed: dict[str, str]):
    fields = ["stance", "text", "basis", "decided", "answered_by", "role", "answer-2", "answer-3"]
    form = GOOD | dict(zip(fields, typed.values(), strict=False))
    try:
        made = forms.answer(form, QUESTIONS, language="sl", zone="Europe/Vienna", now=NOW)
    except Invalid as error:
        said = list(error.fields)
    else:
        said = [made.stance, made.basis]
    assert said


def test_a_draft_keeps_what_was_typed_and_not_the_keys_of_the_form():
    typed = {"stance": "yes", "text": "…", "_csrf_token": "x", "_once": "y", "save": "1"}
    assert forms.kept_draft(typed) == {"stance": "yes", "text": "…"}


def test_a_call_comes_back_from_its_form_as_it_was():
    call = new_call()
    typed = call_forms.as_typed(call)
    assert call_forms.new_call(typed, zone=call.zone, now=NOW, closes=CLOSES) == call


def call_problems(**changed: str) -> list[str]:
    typed = call_forms.as_typed(new_call()) | changed
    with pytest.raises(Invalid) as error:
        call_forms.new_call(typed, zone="Europe/Brussels", now=NOW, closes=CLOSES)
    return list(error.value.fields)


def test_a_call_says_what_is_wrong_with_it():
    assert call_problems(**{"title-de": ""}) == ["title-de"]
    assert call_problems(**{"question-2-de": ""}) == ["question-2-de"]
    assert call_problems(language="xx")[0] == "language"
    assert call_problems(until_day="2026-11-22") == ["until_day"]
    assert call_problems(until_day="2026-12-24") == ["until_day"]
    assert call_problems(until_day="bald") == ["until_day"]
    assert call_problems(**{"kind-3": "choice", "options-3-de": "nur eine"}) == ["options-3-de"]
    assert call_problems(**{"summary-sl": "x" * 4_001}) == ["summary-sl"]


@given(st.dictionaries(st.text(max_size=12), st.text(max_size=20), max_size=10))
def test_an_audience_never_fails(typed: dict[str, str]):
    names = ("countries", "topics", "population_from", "population_to", "codes")
    call_forms.audience(typed | dict(zip(names, typed.values(), strict=False)))
