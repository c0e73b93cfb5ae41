"""A text sentence by sentence: who stands behind each, and who brought it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from advocacy.positions.writing.blame import Brought
from advocacy.provenance import (
    CitedPassage,
    HonestyMark,
    Paragraphs,
    Standing,
    support,
    without_citations,
)


@dataclass(frozen=True, slots=True)
class ShownSentence:
    """`text` as it goes out. `version` and `person` are empty for who may not know them."""

    number: int
    text: str
    standing: Standing
    citations: Sequence[str]
    supporters: Mapping[str, int]
    contradictors: Mapping[str, int]
    marks: Sequence[HonestyMark]
    version: int
    person: str

    @property
    def supporting(self) -> int:
        return sum(self.supporters.values())

    @property
    def contradicting(self) -> int:
        return sum(self.contradictors.values())

    @property
    def quoted(self) -> bool:
        """Some municipality said something of it, also when it is counted on no side."""
        return (
            self.standing is Standing.ON_INPUT and HonestyMark.NO_MUNICIPAL_INPUT not in self.marks
        )


def sentences(
    paragraphs: Paragraphs,
    passages: Mapping[str, CitedPassage],
    brought: Mapping[str, Sequence[Brought]],
) -> dict[str, list[ShownSentence]]:
    """By key of the paragraph; what holds nothing but marks or space is no sentence to show."""
    found: dict[str, list[ShownSentence]] = {}
    for each in support(paragraphs, passages):
        origins = brought.get(each.key, ())
        shown = found.setdefault(each.key, [])
        for place, (sentence, behind) in enumerate(each.sentences):
            words = without_citations(sentence.text).strip()
            if not words:
                continue
            origin = origins[place] if origins else None
            shown.append(
                ShownSentence(
                    number=len(shown) + 1,
                    text=words,
                    standing=sentence.standing,
                    citations=sentence.citations,
                    supporters=behind.supporters,
                    contradictors=behind.contradictors,
                    marks=[mark for mark in HonestyMark if mark in behind.marks],
                    version=origin.version if origin else 0,
                    person=origin.person if origin else "",
                )
            )
    return found
