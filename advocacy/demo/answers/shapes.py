"""What the demo's texts consist of."""

from dataclasses import dataclass
from typing import Literal

Stance = Literal["yes", "partly", "no", "not_concerned"]
Basis = Literal["council", "mayor", "office"]
PassageStance = Literal["supports", "contradicts", "mentions"]


@dataclass(frozen=True)
class Passage:
    """A sentence that makes a point. ``stance`` is for or against what the network asks."""

    text: str
    tag: str
    stance: PassageStance


@dataclass(frozen=True)
class Answer:
    """What one municipality answered, in its language. ``answered`` and ``decided`` (by the
    council) are days before today; ``parts`` are the sentences in their order, passages marked.
    """

    municipality: str
    stance: Stance
    basis: Basis
    parts: tuple[str | Passage, ...]
    answered: int
    decided: int | None = None

    @property
    def text(self) -> str:
        return " ".join(part.text if isinstance(part, Passage) else part for part in self.parts)

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Numbered from 1 in citations: ``SI-07.2`` is the second."""
        return tuple(part for part in self.parts if isinstance(part, Passage))


@dataclass(frozen=True)
class CallText:
    """A call in one language: a question of stance, one of free text, a two-sentence summary."""

    title: str
    why: str
    stance_question: str
    text_question: str
    summary: str


@dataclass(frozen=True)
class Position:
    """Paragraphs by language, citations as ``[@AT-01.1 @SI-07.2]``: code and passage."""

    title: dict[str, str]
    paragraphs: dict[str, tuple[str, ...]]
    asks: dict[str, tuple[str, ...]]


def paragraphs_of(text: str) -> tuple[str, ...]:
    """Paragraphs stand apart by an empty line; line breaks inside them mean nothing."""
    return tuple(" ".join(paragraph.split()) for paragraph in text.strip().split("\n\n"))
