"""Who stands behind each sentence, and what became of each passage."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from advocacy.provenance.sentences import Paragraphs, Sentence, citations, parse


class Stance(StrEnum):
    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    MENTIONS = "mentions"


class CitedPassage(NamedTuple):
    """A tuple: six thousand of them are made for one page."""

    municipality_id: int
    municipality: str
    country: str
    stance: Stance


class HonestyMark(StrEnum):
    NO_MUNICIPAL_INPUT = "no_municipal_input"
    ONLY_ONE_COUNTRY = "only_one_country"
    CONTRADICTED_OVER_QUARTER = "contradicted_over_quarter"


@dataclass(frozen=True, slots=True)
class Support:
    """Municipalities by country, most first. Each counts once; who both supports and contradicts
    counts as contradicting, so that no support is claimed that was not given.
    """

    supporters: Mapping[str, int]
    contradictors: Mapping[str, int]
    marks: frozenset[HonestyMark]


@dataclass(frozen=True, slots=True)
class ParagraphSupport:
    key: str
    whole: Support
    sentences: tuple[tuple[Sentence, Support], ...]


def whole_support(cited: Iterable[str], passages: Mapping[str, CitedPassage]) -> Support:
    """Who stands behind one text with these citations. Those not in `passages` count nothing."""
    found = [passages[c] for c in cited if c in passages]
    against = {p.municipality_id: p.country for p in found if p.stance is Stance.CONTRADICTS}
    behind = {p.municipality_id: p.country for p in found if p.stance is Stance.SUPPORTS}
    behind = {m: country for m, country in behind.items() if m not in against}
    is_marked = {
        HonestyMark.NO_MUNICIPAL_INPUT: not found,
        HonestyMark.ONLY_ONE_COUNTRY: len(set(behind.values())) == 1,
        HonestyMark.CONTRADICTED_OVER_QUARTER: 4 * len(against) > len(behind) + len(against),
    }
    marks = frozenset(mark for mark, holds in is_marked.items() if holds)
    return Support(_by_country(behind), _by_country(against), marks)


def _by_country(municipalities: Mapping[int, str]) -> dict[str, int]:
    counts = Counter(municipalities.values())
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def support(
    paragraphs: Paragraphs, passages: Mapping[str, CitedPassage]
) -> tuple[ParagraphSupport, ...]:
    """Who stands behind each paragraph and sentence. Citations not in `passages` count nothing."""
    return tuple(
        ParagraphSupport(
            key,
            whole_support(citations(text), passages),
            tuple((s, whole_support(s.citations, passages)) for s in parse(text)),
        )
        for key, text in paragraphs
    )


def unused(passages: Iterable[str], paragraphs: Paragraphs) -> tuple[str, ...]:
    """Passages cited nowhere, in their order; each needs a disposition before approval."""
    used = {c for _, text in paragraphs for c in citations(text)}
    return tuple(p for p in passages if p not in used)


class FateKind(StrEnum):
    TAKEN_UP = "taken_up"
    PARTLY = "partly"
    NOT_TAKEN_UP = "not_taken_up"
    NOTED = "noted"
    OPEN = "open"


class Fate(NamedTuple):
    """As a disposition: what somebody decided, with the reason. As an answer: `paragraphs` are
    the numbers (§) that cite the passage.
    """

    kind: FateKind
    paragraphs: tuple[int, ...] = ()
    reason: str = ""


def fate_of(
    passage: str,
    paragraphs: Paragraphs,
    dispositions: Mapping[str, Fate],
    *,
    stance: Stance = Stance.SUPPORTS,
) -> Fate:
    """What became of a passage. A person's disposition goes before what the citations say, but
    nothing is called taken up that no paragraph cites, nor a citation that contradicts; one that
    only mentions is noted, not another view.
    """
    numbers = tuple(n for n, (_, text) in enumerate(paragraphs, 1) if passage in citations(text))
    default = Fate(FateKind.TAKEN_UP if stance is Stance.SUPPORTS else FateKind.OPEN)
    kind, _, reason = dispositions.get(passage, default)
    if kind is FateKind.TAKEN_UP and not numbers:
        kind = FateKind.OPEN
    if kind is FateKind.OPEN and numbers and stance is Stance.MENTIONS:
        kind = FateKind.NOTED
    return Fate(kind, numbers, reason)
