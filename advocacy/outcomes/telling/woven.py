"""Where somebody's words stand in the text: the sentence that rests on them, and who beside. Pure.

A translation carries no citations. It is read sentence by sentence beside the original; where the
two have not the same number of sentences, the whole paragraph stands for each of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from advocacy.provenance import Paragraphs, Stance, parse, without_citations


class Place(NamedTuple):
    """`paragraph` is its number (§) from 1; `marks` are all citations of the sentence."""

    paragraph: int
    text: str
    language: str
    marks: tuple[str, ...]


class Speaker(NamedTuple):
    """Whose words a citation is, and what they say of the matter; only `named` ones agreed that
    others read their name.
    """

    municipality: int
    name: str
    named: bool
    stance: Stance = Stance.SUPPORTS


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a passage became, and beside whose: `named` agreed to be, `others` are counted.

    `sources`: titles of the projects and entries that the sentence rests on as well.
    """

    paragraph: int
    text: str
    language: str
    named: tuple[str, ...]
    others: int
    sources: tuple[str, ...] = ()


def places(
    paragraphs: Paragraphs, lead: str, translated: Mapping[str, str] | None, language: str
) -> dict[str, list[Place]]:
    """By citation, in the order of the text. `translated`: paragraphs by key in `language`."""
    found: dict[str, list[Place]] = {}
    for number, (key, original) in enumerate(paragraphs, 1):
        other = (translated or {}).get(key)
        said = _sentences(original, other)
        spoken = lead if other is None else language
        for sentence, text in zip(parse(original), said, strict=True):
            place = Place(number, text, spoken, sentence.citations)
            for mark in sentence.citations:
                found.setdefault(mark, []).append(place)
    return found


def _sentences(original: str, translated: str | None) -> Sequence[str]:
    own = [_plain(each.text) for each in parse(original)]
    if translated is None:
        return own
    other = [_plain(each.text) for each in parse(translated)]
    return other if len(other) == len(own) else [_plain(translated)] * len(own)


def _plain(text: str) -> str:
    return " ".join(without_citations(text).split())


def beside(
    place: Place,
    speakers: Mapping[str, Speaker],
    *,
    but: int,
    stance: Stance = Stance.SUPPORTS,
    sources: Mapping[str, str] = MappingProxyType({}),
) -> Sentence:
    """The sentence as municipality number `but` reads it: together with those who say the same,
    never with those whom it contradicts. `sources`: titles by citation.
    """
    among = {
        speakers[mark].municipality: speakers[mark]
        for mark in place.marks
        if mark in speakers
        and speakers[mark].municipality != but
        and speakers[mark].stance is stance
    }
    named = sorted(each.name for each in among.values() if each.named)
    return Sentence(
        place.paragraph, place.text, place.language, tuple(named), len(among) - len(named),
        tuple(sources[mark] for mark in place.marks if mark in sources),
    )  # fmt: skip
