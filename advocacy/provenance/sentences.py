"""Citations in the text itself: reading, checking and leaving them out.

Protection costs must be covered in full [@17.2 @23.1].

@17.2  passage 2 of contribution 17      @E345  entry 345
@P12   project 12                        @own   the secretariat's own words
"""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

# A stable key and the text with its citations, in the order of the position. The number of a
# paragraph (its §) is its place in that order, from 1.
Paragraphs = Sequence[tuple[str, str]]

OWN = "@own"
_CITATION = re.compile(r"@(?:[1-9]\d*\.[1-9]\d*|[EP][1-9]\d*|own)", re.ASCII)
_CLOSED = r"\[[ \t]*@[^\[\]\n]*\]"
_MARK = re.compile(rf"{_CLOSED}|\[@\S*")
_TOKEN = re.compile(r"[^\s\[\]]+")
# A mark may stand before or behind the full stop; either way it belongs to the sentence it ends.
_STOP = re.compile(rf"[.!?…]+[)»”’\"']*(?P<marks>(?:\s*{_CLOSED})*)(?P<space>\s+|$)")
_NEW_LINE = re.compile(r"\n\s*(?=(?:[-*•]|\d{1,2}[.)])[ \t])|\n[ \t]*\n\s*")
# "3. Dezember", "27. novembra", "z. B.", "Art. 5": a stop that ends no sentence.
_ABBREVIATED = re.compile(
    r"\b(?:\d{1,2}|[^\W\d_]|abb|abs|al|app|art|bzw|ca|cca|cfr|čl|dott|dr|evtl|fig|ggf|ing|inkl|lit"
    r"|mag|max|min|mio|mr|mme|mrd|nr|npr|odst|pag|prof|sig|st|ste|str|tel|vgl)$",
    re.IGNORECASE,
)
_LONGEST_ABBREVIATION = 4
_REMEMBERED = 256  # paragraphs: a page asks for the citations of each five times over


class Standing(StrEnum):
    ON_INPUT = "on_input"
    OWN = "own"
    UNSUPPORTED = "unsupported"  # nobody has said what it rests on


class Mark(NamedTuple):
    """One citation as typed; `start` and `end` count characters of the paragraph."""

    citation: str
    start: int
    end: int

    @property
    def is_malformed(self) -> bool:
        return _CITATION.fullmatch(self.citation) is None


@dataclass(frozen=True, slots=True)
class Sentence:
    """`text` as typed, with its marks and the space behind it."""

    text: str
    start: int
    marks: tuple[Mark, ...]

    @property
    def citations(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(m.citation for m in self.marks if not m.is_malformed))

    @property
    def standing(self) -> Standing:
        if not self.citations:
            return Standing.UNSUPPORTED
        return Standing.OWN if self.citations == (OWN,) else Standing.ON_INPUT


@lru_cache(maxsize=_REMEMBERED)
def _marks(text: str) -> tuple[Mark, ...]:
    return tuple(_found(text))


def _found(text: str) -> Iterator[Mark]:
    for group in _MARK.finditer(text):
        if group[0].endswith("]"):
            inside = group.start() + 1, group.end() - 1
            for token in _TOKEN.finditer(text, *inside):
                yield Mark(token[0], *token.span())
        else:  # never closed: the bracket is part of what is wrong
            yield Mark(group[0], *group.span())


def _ends_sentence(text: str, stop: re.Match[str]) -> bool:
    following = text[stop.end() : stop.end() + 1]
    if not following or stop["marks"]:
        return True
    if following.islower():
        return False
    return text[stop.start()] != "." or not _ends_abbreviated(text, stop.start())


def _ends_abbreviated(text: str, stop: int) -> bool:
    # Looking at the whole text for each stop would take quadratic time.
    return _ABBREVIATED.search(text, max(0, stop - _LONGEST_ABBREVIATION), stop) is not None


def parse(text: str) -> tuple[Sentence, ...]:
    """The sentences of a paragraph; together they are the text, character by character.

    A number of one or two digits before a stop is read as an ordinal ("3. Dezember"), so such
    a sentence and its neighbour count as one unless a citation stands between them.
    """
    cuts = {m.end() for m in _STOP.finditer(text) if _ends_sentence(text, m)}
    begins = len(text) - len(text.lstrip())
    cuts |= {m.end() for m in _NEW_LINE.finditer(text) if m.start() >= begins}
    marks = _marks(text)
    at = [m.start for m in marks]
    return tuple(
        Sentence(text[a:b], a, marks[bisect_left(at, a) : bisect_left(at, b)])
        for a, b in pairwise(sorted({0, *cuts, len(text)}))
    )


def render(sentences: Iterable[Sentence]) -> str:
    return "".join(s.text for s in sentences)


@lru_cache(maxsize=_REMEMBERED)
def citations(text: str) -> tuple[str, ...]:
    """Every well-formed citation once, in the order of the text."""
    return tuple(dict.fromkeys(m.citation for m in _marks(text) if not m.is_malformed))


def without_citations(text: str) -> str:
    """The text as it goes out. A mark that was never closed stays, so that no word is lost."""
    text = re.sub(rf"\n[ \t]*(?:{_CLOSED}[ \t]*)+(?=\n|$)", "", text)
    text = re.sub(rf"(^|\n)(?:[ \t]*{_CLOSED})+[ \t]*", r"\1", text)
    text = re.sub(rf"(?<=\w)(?:{_CLOSED})+(?=\w)", " ", text)
    # The look behind keeps a long run of spaces from being tried at each of them.
    return re.sub(rf"(?<![^\S\n])[^\S\n]*{_CLOSED}", "", text)


class Wrong(StrEnum):
    UNKNOWN = "unknown"
    WITHDRAWN = "withdrawn"
    MALFORMED = "malformed"


class Problem(NamedTuple):
    """`sentence` counts from 1 within the paragraph with that key."""

    paragraph: str
    sentence: int
    citation: str
    reason: Wrong


def check_citations(
    paragraphs: Paragraphs, known: Collection[str], withdrawn: Collection[str] = ()
) -> list[Problem]:
    """What stands in the way of approval. A sentence without citation is honest, not wrong."""

    def wrong(mark: Mark) -> Wrong | None:
        if mark.is_malformed:
            return Wrong.MALFORMED
        if mark.citation in withdrawn:
            return Wrong.WITHDRAWN
        return None if mark.citation in known or mark.citation == OWN else Wrong.UNKNOWN

    return [
        Problem(key, number, mark.citation, reason)
        for key, text in paragraphs
        if any(map(wrong, _marks(text)))  # few have any, and finding sentences takes time
        for number, sentence in enumerate(parse(text), 1)
        for mark in sentence.marks
        if (reason := wrong(mark))
    ]
