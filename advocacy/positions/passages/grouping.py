"""Passages that say nearly the same, and a first draft made of them. Pure."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Protocol, TypeVar

from advocacy.positions import rules
from advocacy.positions.passages.alike import heads
from advocacy.provenance import without_citations
from feeds.reading.letters import folded, words_of


class Quotation(Protocol):
    """What grouping needs to know of a passage. `mark` is its citation: @17.2"""

    @property
    def mark(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def tag(self) -> str: ...
    @property
    def stance(self) -> str: ...


Q = TypeVar("Q", bound=Quotation)


def grouped(passages: Iterable[Q]) -> list[list[Q]]:
    """Near-identical ones together, every one of them kept; largest groups first.

    Alike are passages of one language, tag and stance whose folded words overlap by 60 % with
    the first of their group.
    """
    kinds: dict[tuple[str, str, str], list[Q]] = {}
    for each in passages:
        kinds.setdefault((each.language, each.tag, each.stance), []).append(each)
    groups = [group for kind in kinds.values() for group in _alike(kind)]
    return sorted(groups, key=len, reverse=True)


def _alike(passages: Sequence[Q]) -> list[list[Q]]:
    groups: dict[int, list[Q]] = {}
    first = heads([_words(each.text) for each in passages])
    for head, each in zip(first, passages, strict=True):
        groups.setdefault(head, []).append(each)
    return list(groups.values())


@lru_cache(maxsize=8_192)
def _words(text: str) -> frozenset[str]:
    """A page of passages is looked at many times, and their words stay the same."""
    return frozenset(words_of(folded(text)))


def by_tag(passages: Iterable[Q]) -> list[tuple[str, list[list[Q]]]]:
    """Tags with their groups: the tag that most passages have first, the untagged last."""
    tags: dict[str, list[Q]] = {}
    for each in passages:
        tags.setdefault(each.tag, []).append(each)
    order = sorted(tags, key=lambda tag: (tag == "", -len(tags[tag]), tag))
    return [(tag, grouped(tags[tag])) for tag in order]


def marks_of(group: Sequence[Quotation]) -> str:
    """[@17.2 @23.1], ready to stand in a sentence."""
    return f"[{' '.join(each.mark for each in group)}]"


def assembled(passages: Iterable[Quotation], *, language: str) -> list[tuple[str, str]]:
    """A first draft: a paragraph per tag, an item per group with all its senders cited.

    The words are the municipalities' own, those in `language` first: raw material, to be written
    anew, whose citations stay. What is too long for one paragraph goes on in the next.
    """
    texts = [
        text
        for _, groups in by_tag(passages)
        for text in _paragraphs([f"- {_sentence(group)}" for group in _sorted(groups, language)])
    ]
    return [(f"p{number}", text) for number, text in enumerate(texts, 1)]


def _paragraphs(items: Iterable[str]) -> list[str]:
    texts: list[str] = []
    for item in items:
        if texts and len(texts[-1]) + len(item) < rules.LONGEST_PARAGRAPH:
            texts[-1] += f"\n{item}"
        else:
            texts.append(item)
    return texts


def _sorted(groups: list[list[Q]], language: str) -> list[list[Q]]:
    return sorted(groups, key=lambda group: (-len(group), group[0].language != language))


def _sentence(group: Sequence[Quotation]) -> str:
    text = " ".join(without_citations(group[0].text).split())
    stop = text[-1] if text[-1:] in ".!?…" else "."
    return f"{text.rstrip('.!?… ')} {marks_of(group)}{stop}"
