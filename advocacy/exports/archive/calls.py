"""The calls of the dossier: what was asked in each language, how many answered, who said what."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any  # a row is what its table says

from piccolo.query.functions import Count

from advocacy import texts
from advocacy.calls import queries
from advocacy.calls.labels import CALLS, STANCES
from advocacy.calls.rules import CallState, ContributionState, InvitationState, Stance
from advocacy.calls.tables import Call, CallText, Invitation, QuestionText
from advocacy.exports.archive import answers
from advocacy.exports.archive.matter import Matter, Piece, Section, lines
from advocacy.exports.archive.names import plain
from advocacy.spreadsheets.writing import Cell, Sheet, as_xlsx
from advocacy.texts import gettext


@dataclass(frozen=True, slots=True)
class _Asked:
    """A call with its words, its answers, and by country how many were asked and answered."""

    call: Mapping[str, Any]
    words: list[dict[str, Any]] = field(default_factory=list)
    questions: list[dict[str, Any]] = field(default_factory=list)
    said: list[dict[str, Any]] = field(default_factory=list)
    counts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    @property
    def number(self) -> str:
        return str(self.call["number"])

    def questions_in(self, language: str) -> list[dict[str, Any]]:
        return [each for each in self.questions if each["language"] == language]


async def pieces(matter: Matter) -> AsyncIterator[Piece]:
    """Six queries, however many calls and answers there are."""
    for asked in await _asked(matter.dossier.id):
        for row in asked.words:
            yield _text(asked, row)
        async for piece in _answered(matter, asked):
            yield piece


async def _asked(dossier_id: int) -> list[_Asked]:
    calls = await (
        Call.select(
            *(Call.id, Call.number, Call.state, Call.language, Call.answers_until, Call.zone),
            *(Call.created, Call.leaves),
        )
        .where(Call.window.dossier == dossier_id)
        .order_by(Call.id)
    )
    found = {row["id"]: _Asked(row) for row in calls}
    if not found:
        return []
    of = list(found)
    for row in await CallText.select().where(CallText.call.is_in(of)).order_by(CallText.language):
        found[row["call"]].words.append(row)
    for row in await _questions(of):
        found[row["call"]].questions.append(row)
    for row in await _counts(of):
        country = found[row["call"]].counts[row["country"]]
        country["asked"] += row["number"]
        country["answered"] += row["number"] * (row["state"] == InvitationState.ANSWERED)
    by_number = {asked.number: asked for asked in found.values()}
    for row in await queries.contributions_of(dossier_id):
        by_number[row["call"]].said.append(row)
    return list(found.values())


async def _questions(calls: Sequence[int]) -> list[dict[str, Any]]:
    question: Any = QuestionText.question
    return await (
        QuestionText.select(
            *(QuestionText.language, QuestionText.text, QuestionText.options),
            *(question.number.as_alias("number"), question.unit.as_alias("unit")),
            *(question.call.as_alias("call"), question.kind.as_alias("kind")),
        )
        .where(question.call.is_in(list(calls)))
        .order_by(question.number)
    )


async def _counts(calls: Sequence[int]) -> list[dict[str, Any]]:
    country: Any = Invitation.municipality.country
    return await (
        Invitation.select(
            *(Invitation.call, Invitation.state, country.as_alias("country")),
            Count(alias="number"),
        )
        .where(Invitation.call.is_in(list(calls)))
        .group_by(Invitation.call, Invitation.state, country)
    )


def _text(asked: _Asked, row: Mapping[str, Any]) -> Piece:
    """In its own language, labels too: it can be sent on."""
    with texts.speaking(row["language"]):
        until = texts.moment(asked.call["answers_until"], asked.call["zone"])
        zone = texts.zone_name(asked.call["zone"])
        facts = lines(
            (gettext("Call"), asked.number),
            (gettext("Answers until"), f"{until} ({zone})"),
            (gettext("State"), texts.translate(CALLS[CallState(asked.call["state"])])),
        )
        questions = list(_asking(asked.questions_in(row["language"])))
    parts = [row["title"], facts, row["why"], row["summary"], *questions]
    return Piece(
        Section.CALLS,
        f"{asked.number}/{asked.number} {plain(row['language'])}.txt",
        "\n\n".join(part for part in parts if part).encode() + b"\n",
        row["checked"] or asked.call["leaves"] or asked.call["created"],
        row["title"] or asked.number,
        row["language"],
    )


def _asking(questions: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for each in questions:
        unit = f" ({each['unit']})" if each["unit"] else ""
        options = "".join(f"\n   - {option}" for option in answers.options(each["options"]))
        yield f"{each['number']}. {each['text']}{unit}{options}"


async def _answered(matter: Matter, asked: _Asked) -> AsyncIterator[Piece]:
    """The counts for everybody; the answers for whoever may read them."""
    changed = [row["changed"] for row in asked.said]
    at = max(changed, default=asked.call["leaves"] or asked.call["created"])
    title = f"{asked.number}: {gettext('Answers by country')}"
    folder = asked.number
    content = await asyncio.to_thread(as_xlsx, _counted(asked))
    yield Piece(Section.CALLS, f"{folder}/counts.xlsx", content, at, title)
    mine = [row for row in asked.said if matter.sees_answers_of(row["country"])]
    if not mine:
        return
    questions = asked.questions_in(asked.call["language"])
    content = await asyncio.to_thread(as_xlsx, answers.sheet(mine, questions))
    title = f"{asked.number}: {gettext('Answers')}"
    yield Piece(Section.CALLS, f"{folder}/answers.xlsx", content, at, title)
    for row in mine:
        yield answers.piece(asked.number, row, questions)


def _counted(asked: _Asked) -> Sheet:
    rows: list[list[Cell]] = [
        [texts.country_name(country), counts["asked"], counts["answered"]]
        for country, counts in sorted(asked.counts.items())
    ]
    stances = Counter(
        row["stance"] for row in asked.said if row["state"] == ContributionState.GIVEN
    )
    rows += [
        [texts.translate(STANCES[stance]), None, stances[stance]]
        for stance in Stance
        if stances[stance]
    ]
    named = {
        "what": gettext("Country or stance"),
        "asked": gettext("Asked"),
        "answered": gettext("Answered"),
    }
    return Sheet("counts", named, rows)
