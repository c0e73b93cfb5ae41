"""Which sources stand behind a text, numbered as the text cites them. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from textwrap import shorten

from advocacy.positions.passages.quotations import PassageRow
from advocacy.positions.writing.evidence import Evidence
from advocacy.positions.writing.linking import cited
from advocacy.provenance import OWN, Paragraphs, Sentence, citations, parse
from advocacy.submissions.documents.text import Source

MOST_WORDS = 600  # characters of a project's summary, or of what was said at a gathering


def sources(
    paragraphs: Paragraphs,
    rows: Iterable[PassageRow],
    evidence: Mapping[str, Evidence],
) -> tuple[Source, ...]:
    """In the order in which the text first cites them. What does not stand any more is none.

    Who did not agree to be named is counted and not named, nor are its words shown.
    """
    standing = {row.mark: row for row in rows if row.stands}
    places: dict[str, list[int]] = {}
    for number, (_, text) in enumerate(paragraphs, 1):
        for mark in citations(text):
            if mark in standing or mark in evidence:
                places.setdefault(mark, []).append(number)
    return tuple(
        _of_passage(number, standing[mark], tuple(found))
        if mark in standing
        else _of_evidence(number, evidence[mark], tuple(found))
        for number, (mark, found) in enumerate(places.items(), 1)
    )


def _of_passage(number: int, row: PassageRow, places: tuple[int, ...]) -> Source:
    who, said, language = row.municipality, row.text, row.language
    if not row.name_public:
        who, said, language = "", "", ""
    return Source(number, row.mark, who, row.country, said, language, row.stance, places)


def _of_evidence(number: int, other: Evidence, places: tuple[int, ...]) -> Source:
    who = f"{other.title} ({other.who})" if other.who else other.title
    said, language, where = _begin(other.words), other.language, other.address
    return Source(number, other.mark, who, other.country, said, language, "", places, where)


def _begin(words: str) -> str:
    """The whole of it stands at its address."""
    return shorten(words, MOST_WORDS, placeholder=" …") if len(words) > MOST_WORDS else words


def cited_like(translated: str, original: str) -> str:
    """A translation that has no citations gets those of the original.

    Sentence by sentence where both have as many; else all stand behind the last one, so that none
    is claimed for a sentence that it may not stand for.
    """
    if citations(translated) or not citations(original):
        return translated
    here, there = parse(translated), parse(original)
    if len(here) != len(there):
        return cited(translated, _without_own(citations(original)))
    return "".join(_cited(ours, theirs) for ours, theirs in zip(here, there, strict=True))


def _cited(ours: Sentence, theirs: Sentence) -> str:
    words = ours.text.rstrip()
    return cited(words, theirs.citations) + ours.text[len(words) :]


def _without_own(marks: Sequence[str]) -> list[str]:
    others = [mark for mark in marks if mark != OWN]
    return others or list(marks)
