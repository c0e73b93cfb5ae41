"""Questions and answers for everybody: a draft with all its languages, and the published ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any  # columns of joined tables

from advocacy.advice.rules import AnswerState
from advocacy.advice.tables import GoodAnswer, GoodAnswerText
from advocacy.calls.tables import Invitation
from advocacy.errors import Message, NotFound
from advocacy.municipalities.rules import LANGUAGES as MEMBERS_SPEAK

PAGE = 20
LARGEST_ID = 2**31 - 1
NOT_THERE = Message("There is no such answer")

_dossier: Any = GoodAnswer.dossier  # Piccolo types the columns of a joined table loosely
_window: Any = Invitation.call.window


@dataclass(frozen=True, slots=True)
class Whole:
    """A question and its answer in every language that there is."""

    stored: GoodAnswer
    texts: Mapping[str, GoodAnswerText]

    @property
    def checked(self) -> set[str]:
        """Languages in which a person has read it."""
        return {language for language, text in self.texts.items() if not text.engine}


async def whole(number: int) -> Whole:
    known = 0 < number <= LARGEST_ID
    stored = await GoodAnswer.objects().where(GoodAnswer.id == number).first() if known else None
    if stored is None:
        raise NotFound(NOT_THERE)
    texts = await GoodAnswerText.objects().where(GoodAnswerText.good_answer == stored.id)
    return Whole(stored, {each.language: each for each in texts})


async def of_enquiry(enquiry: int) -> GoodAnswer | None:
    return await GoodAnswer.objects().where(GoodAnswer.enquiry == enquiry).first()


async def needed(stored: GoodAnswer) -> list[str]:
    """In which languages its readers read: those whom the dossier's calls have asked, and the one
    it was written in.
    """
    spoken = {stored.language}
    if stored.dossier is not None:
        rows = await (
            Invitation.select(Invitation.language)
            .where(_window.dossier == stored.dossier)
            .group_by(Invitation.language)
        )
        spoken |= {row["language"] for row in rows}
    return sorted(spoken, key=[*MEMBERS_SPEAK, "en"].index)


@dataclass(frozen=True, slots=True)
class Shown:
    """As somebody reads it: in their language, else in the one it was written in."""

    id: int
    question: str
    answer: str
    language: str
    published: datetime
    number: str | None
    title: str | None
    title_language: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """`further`: the answer that the next page begins below."""

    rows: list[Shown]
    further: int | None


async def listed(language: str, *, dossier: int | None = None, before: int | None = None) -> Page:
    """What is published, the newest first. Two queries."""
    rows: Any = GoodAnswer.select(
        *(GoodAnswer.id, GoodAnswer.language, GoodAnswer.published),
        _dossier.number.as_alias("number"),
        _dossier.title.as_alias("title"),
        _dossier.language.as_alias("title_language"),
    ).where(GoodAnswer.state == AnswerState.PUBLISHED)
    if dossier is not None:
        rows = rows.where(GoodAnswer.dossier == dossier)
    if before is not None:
        rows = rows.where(GoodAnswer.id < before)
    found = await rows.order_by(GoodAnswer.id, ascending=False).limit(PAGE + 1)
    page = found[:PAGE]
    said = await _said([row["id"] for row in page])
    shown = [_shown(row, said.get(row["id"], {}), language) for row in page]
    return Page(
        [each for each in shown if each], page[-1]["id"] if len(found) > PAGE else None
    )  # fmt: skip


async def _said(numbers: Sequence[int]) -> dict[int, dict[str, dict[str, Any]]]:
    """By answer and language; a machine's draft is not for readers."""
    if not numbers:
        return {}
    rows = await GoodAnswerText.select(
        *(GoodAnswerText.good_answer, GoodAnswerText.language),
        *(GoodAnswerText.question, GoodAnswerText.answer),
    ).where(GoodAnswerText.good_answer.is_in(list(numbers)), GoodAnswerText.engine == "")
    found: dict[int, dict[str, dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["good_answer"], {})[row["language"]] = row
    return found


def _shown(
    row: Mapping[str, Any], texts: Mapping[str, Mapping[str, Any]], language: str
) -> Shown | None:
    text = texts.get(language) or texts.get(row["language"])
    if text is None:
        return None
    return Shown(
        row["id"], text["question"], text["answer"], text["language"], row["published"],
        row["number"], row["title"], row["title_language"],
    )  # fmt: skip


async def count(dossier: int) -> int:
    return int(
        await GoodAnswer.count().where(
            GoodAnswer.dossier == dossier, GoodAnswer.state == AnswerState.PUBLISHED
        )
    )
