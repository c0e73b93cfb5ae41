"""A call with everything that belongs to it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any  # a row is what its table says

from advocacy import database
from advocacy.calls import rules
from advocacy.calls.asking import audience
from advocacy.calls.asking.call_forms import NewCall, NewQuestion, Words
from advocacy.calls.asking.official import Official, official_of
from advocacy.calls.rules import QuestionKind
from advocacy.calls.tables import Call, CallText, Question, QuestionText
from advocacy.dossiers.tables import Dossier, Window
from advocacy.errors import NotFound


@dataclass(frozen=True, slots=True)
class WholeCall:
    """A call with its window and dossier, its questions, and its words by language."""

    call: Call
    window: Window
    dossier: Dossier
    questions: tuple[NewQuestion, ...]
    words: Mapping[str, Words]
    texts: Mapping[str, CallText]
    official: Official | None = None

    @property
    def lead(self) -> Words:
        return self.words.get(self.call.language, Words())

    @property
    def lead_hash(self) -> str:
        return rules.words_hash(self.lead.as_facts())

    @property
    def complete(self) -> list[str]:
        return [key for key, said in self.words.items() if said.is_complete(self.questions)]

    @property
    def checked(self) -> list[str]:
        return [key for key, text in self.texts.items() if text.checked is not None]

    @property
    def stale(self) -> list[str]:
        """Checked against a lead text that has changed since."""
        lead = self.lead_hash
        return [key for key in self.checked if self.texts[key].source_hash != lead]

    def as_new(self) -> NewCall:
        call = self.call
        return NewCall(
            call.language,
            call.answers_until,
            call.zone,
            audience.from_json(call.audience),
            self.questions,
            self.words,
        )

    def words_in(self, language: str) -> tuple[str, Words]:
        """What there is in this language, else in the lead language; with its language."""
        if language in self.complete:
            return language, self.words[language]
        return self.call.language, self.lead


async def whole(number: str) -> WholeCall:
    found = None
    if rules.is_call_number(number):
        found = await database.with_referred(
            Call.objects().where(Call.number == number).first(), Call.window
        )
    if found is None:
        raise NotFound("There is no such call")
    return await _whole(found)


async def whole_by_id(call_id: int) -> WholeCall:
    found = await database.with_referred(
        Call.objects().where(Call.id == call_id).first(), Call.window
    )
    if found is None:
        raise NotFound("There is no such call")
    return await _whole(found)


async def _whole(call: Call) -> WholeCall:
    dossier = await Dossier.objects().where(Dossier.id == call.window.dossier).first()
    texts = await database.with_referred(
        CallText.objects().where(CallText.call == call.id), CallText.checked_by
    )
    rows = await Question.objects().where(Question.call == call.id).order_by(Question.number)
    said = await QuestionText.select(
        QuestionText.question.number.as_alias("number"),
        QuestionText.language,
        QuestionText.text,
        QuestionText.options,
    ).where(QuestionText.question.call == call.id)
    questions = tuple(_question(each, said, call.language) for each in rows)
    words = {each.language: _words(each, said) for each in texts}
    assert dossier is not None  # noqa: S101  a foreign key that is never null
    return WholeCall(
        call,
        call.window,
        dossier,
        questions,
        words,
        {each.language: each for each in texts},
        await official_of(call.id),
    )


def _question(row: Question, said: Sequence[Mapping[str, Any]], lead: str) -> NewQuestion:
    texts = {(each["number"], each["language"]): each["options"] for each in said}
    options = texts.get((row.number, lead), "[]")
    return NewQuestion(
        row.number, QuestionKind(row.kind), row.unit, row.required, len(json.loads(options))
    )


def _words(text: CallText, said: Sequence[Mapping[str, Any]]) -> Words:
    own = [each for each in said if each["language"] == text.language]
    return Words(
        text.title,
        text.why,
        text.summary,
        {each["number"]: each["text"] for each in own if each["text"]},
        {each["number"]: tuple(o) for each in own if (o := json.loads(each["options"]))},
    )


async def of_dossier(dossier: int) -> list[dict[str, Any]]:
    """The calls of a dossier, the newest first."""
    return await (
        Call.select(Call.id, Call.number, Call.state, Call.answers_until, Call.zone, Call.language)
        .where(Call.window.dossier == dossier)
        .order_by(Call.id, ascending=False)
    )
