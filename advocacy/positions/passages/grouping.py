"""Passages that say nearly the same, and a first draft made of them. Pure."""

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from advocacy.provenance import without_citations
from feeds.reading.letters import folded, words_of

ALIKE = 0.6  # share of the words of two passages that both have


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


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Share of all words of two texts that both have, from 0 to 1."""
    return len(one & other) / len(one | other) if one or other else 1.0


def grouped(passages: Iterable[Q]) -> list[list[Q]]:
    """Near-identical ones together, every one of them kept; largest groups first.

    Alike are passages of one language, tag and stance whose folded words overlap by 60 % with
    the first of their group.
    """
    groups: list[list[Q]] = []
    heads: dict[tuple[str, str, str], list[tuple[frozenset[str], list[Q]]]] = {}
    for each in passages:
        words = frozenset(words_of(folded(each.text)))
        known = heads.setdefault((each.language, each.tag, each.stance), [])
        group = next((group for head, group in known if overlap(head, words) >= ALIKE), None)
        if group is None:
            group = []
            groups.append(group)
            known.append((words, group))
        group.append(each)
    return sorted(groups, key=len, reverse=True)


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
    anew, whose citations stay.
    """
    return [
        (f"p{number}", "\n".join(f"- {_sentence(group)}" for group in _sorted(groups, language)))
        for number, (_, groups) in enumerate(by_tag(passages), 1)
    ]


def _sorted(groups: list[list[Q]], language: str) -> list[list[Q]]:
    return sorted(groups, key=lambda group: (-len(group), group[0].language != language))


def _sentence(group: Sequence[Quotation]) -> str:
    text = " ".join(without_citations(group[0].text).split())
    stop = text[-1] if text[-1:] in ".!?…" else "."
    return f"{text.rstrip('.!?… ')} {marks_of(group)}{stop}"
