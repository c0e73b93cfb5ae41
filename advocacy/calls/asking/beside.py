"""A call's text piece by piece, the original beside what is typed. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from advocacy.calls.asking.call_forms import NewQuestion, Words
from advocacy.calls.asking.glossary import Term, marked
from advocacy.calls.rules import QuestionKind
from advocacy.errors import Message
from advocacy.provenance import Piece, word_diff

SUBJECT = 60
"""Characters of a title that programs for mail show as a subject."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Segment:
    """One field: its `name` without the language, what stands in the original.

    `marked` is the original in stretches, each with the term that it is; `changed` what was
    changed in the original since the translation was checked.
    """

    name: str
    label: Message
    original: str
    rows: int
    marked: tuple[tuple[str, Term | None], ...]
    changed: Sequence[Piece] = ()


def segments(
    lead: Words,
    questions: Sequence[NewQuestion],
    *,
    source: str,
    target: str,
    checked_against: Words | None = None,
) -> list[Segment]:
    """In the order of the page. `checked_against`: the original as it was at the last check."""
    before = dict(_fields(checked_against, questions)) if checked_against else {}
    found = []
    for name, original in _fields(lead, questions):
        old = before.get(name, original)
        found.append(
            Segment(
                name=name,
                label=_label(name),
                original=original,
                rows=_rows(name),
                marked=tuple(marked(original, source, target)),
                changed=word_diff(old, original) if checked_against and old != original else (),
            )
        )
    return found


def _fields(words: Words, questions: Sequence[NewQuestion]) -> Iterator[tuple[str, str]]:
    yield from (("title", words.title), ("why", words.why), ("summary", words.summary))
    for each in questions:
        yield f"question-{each.number}", words.questions.get(each.number, "")
        if each.kind == QuestionKind.CHOICE:
            yield f"options-{each.number}", "\n".join(words.options.get(each.number, ()))


def _label(name: str) -> Message:
    what, _, number = name.partition("-")
    labels = {
        "title": Message("Title"),
        "why": Message("Why is this municipality asked? One sentence"),
        "summary": Message("Summary, three lines"),
        "question": Message("Question %(number)s", {"number": number}),
        "options": Message("Answers to choose from, one a line, in the same order"),
    }
    return labels[what]


def _rows(name: str) -> int:
    return 4 if name == "summary" or name.startswith("options") else 0


def agreed(found: Sequence[Segment]) -> dict[str, str]:
    """All terms that are marked, as they stand in the text first, with the agreed word."""
    listed: dict[str, str] = {}
    for each in found:
        for _, term in each.marked:
            if term and term.agreed not in listed.values():
                listed[term.word] = term.agreed
    return listed


def words_changed(found: Sequence[Segment]) -> int:
    """How many words of the original are others: a word for a word counts once."""
    return sum(_changed(each.changed) for each in found)


def _changed(pieces: Sequence[Piece]) -> int:
    """A stretch that replaces another counts as many words as the longer of the two."""
    counts = [(kind, len(_WORD.findall(text)) or 1) for kind, text in pieces]
    total = sum(number for kind, number in counts if kind != "same")
    replaced = sum(
        min(gone, come)
        for (before, gone), (after, come) in pairwise(counts)
        if (before, after) == ("del", "ins")
    )
    return total - replaced


def is_long(title: str) -> bool:
    """A subject that mail programs cut."""
    return len(title) > SUBJECT
