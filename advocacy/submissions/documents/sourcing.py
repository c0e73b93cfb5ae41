"""Which sources stand behind a text, numbered as the text cites them. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from advocacy.positions.passages.quotations import PassageRow
from advocacy.positions.writing.linking import cited
from advocacy.provenance import OWN, Paragraphs, Sentence, citations, parse
from advocacy.submissions.documents.text import Source


class OfficialText(NamedTuple):
    """An entry that a sentence cites."""

    title: str
    address: str
    language: str = ""


def sources(
    paragraphs: Paragraphs,
    rows: Iterable[PassageRow],
    official: Mapping[str, OfficialText],
) -> tuple[Source, ...]:
    """In the order in which the text first cites them. What does not stand any more is none.

    Who did not agree to be named is counted and not named, nor are its words shown.
    """
    standing = {row.mark: row for row in rows if row.stands}
    places: dict[str, list[int]] = {}
    for number, (_, text) in enumerate(paragraphs, 1):
        for mark in citations(text):
            if mark in standing or mark in official:
                places.setdefault(mark, []).append(number)
    return tuple(
        _source(number, mark, tuple(found), standing.get(mark), official.get(mark))
        for number, (mark, found) in enumerate(places.items(), 1)
    )


def _source(
    number: int,
    mark: str,
    places: tuple[int, ...],
    row: PassageRow | None,
    text: OfficialText | None,
) -> Source:
    if row is None:
        title, address, language = text or OfficialText("", "")
        return Source(number, mark, title, "", "", language, "", places, address)
    who, said, language = row.municipality, row.text, row.language
    if not row.name_public:
        who, said, language = "", "", ""
    return Source(number, mark, who, row.country, said, language, row.stance, places)


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
