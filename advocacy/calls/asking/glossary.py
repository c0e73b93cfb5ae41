"""The agreed words of the network: one term in each language, found in a text in any form.

`glossary.csv` holds per term and language the agreed word and, after ";", others that mean it
("herdenschutz*": whatever begins so). The topics of feeds.reading add their names. Words are
compared folded and by their dictionary form, as the reader of topics does. Pure.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from feeds.reading.folding import LONGEST_TEXT
from feeds.reading.lemmas import LANGUAGES, forms
from feeds.reading.letters import folded, word_set
from feeds.reading.topics import TOPICS, topic_label

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_LINKING = word_set(
    "of the and to a d de la le les du des et l di del della dei delle dell e il lo gli i der die"
    " das dem den und zur zum v z za o na in k"
)
"""Words that hold a term together and may be others in the text."""
_BETWEEN = 2  # such words at most between two words of a term


@dataclass(frozen=True, slots=True)
class Term:
    """A term at its place in a text, and what it is called in the other language."""

    start: int
    end: int
    word: str
    agreed: str


@dataclass(frozen=True, slots=True)
class _Written:
    """One way to write a term: its words, each by the forms that it is known by."""

    key: str
    words: tuple[frozenset[str], ...]
    begins: str = ""  # one word, of which this is the beginning


@cache
def _rows() -> tuple[dict[str, str], ...]:
    text = files("advocacy.calls.asking").joinpath("glossary.csv").read_text(encoding="utf-8")
    own = tuple(csv.DictReader(text.splitlines()))
    topics = (
        {"key": f"topic {key}"} | {language: topic_label(key, language) for language in LANGUAGES}
        for key in TOPICS
    )
    return (*own, *topics)


@cache
def _agreed(language: str) -> dict[str, str]:
    return {row["key"]: row[language].split(";")[0].strip() for row in _rows()}


@cache
def _known(language: str) -> tuple[_Written, ...]:
    return tuple(
        _written(row["key"], way.strip(), language)
        for row in _rows()
        for way in row[language].split(";")
        if way.strip()
    )


def _written(key: str, way: str, language: str) -> _Written:
    if way.endswith("*"):
        return _Written(key, (), folded(way.removesuffix("*")))
    words = [each for each in _WORD.findall(way) if folded(each) not in _LINKING]
    return _Written(key, tuple(frozenset(forms(each, language)) for each in words))


@cache
def _by_first(language: str) -> dict[str, list[_Written]]:
    found: dict[str, list[_Written]] = {}
    for each in _known(language):
        for form in each.words[0] if each.words else ():
            found.setdefault(form, []).append(each)
    return found


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    forms: frozenset[str]

    @property
    def links(self) -> bool:
        return not self.forms.isdisjoint(_LINKING)


def terms(text: str, source: str, target: str) -> list[Term]:
    """The terms in the first 20,000 characters of a text, in order; of those that overlap the
    longest. Nothing where either is none of our languages, or both are the same.
    """
    if source == target or not {source, target} <= set(LANGUAGES):
        return []
    words = [
        _Word(each.start(), each.end(), frozenset(forms(each[0], source)))
        for each in _WORD.finditer(text[:LONGEST_TEXT])
    ]
    found: list[Term] = []
    at = 0
    while at < len(words):
        key, after = _longest(words, at, source)
        if key:
            start, end = words[at].start, words[after - 1].end
            found.append(Term(start, end, text[start:end], _agreed(target)[key]))
        at = after
    return found


def marked(text: str, source: str, target: str) -> Iterator[tuple[str, Term | None]]:
    """The text in stretches, each with the term that it is."""
    found = terms(text, source, target)
    ends = [0, *(each.end for each in found)]
    for end, term in zip(ends, found, strict=False):
        if end < term.start:
            yield text[end : term.start], None
        yield term.word, term
    if ends[-1] < len(text):
        yield text[ends[-1] :], None


def agreed(text: str, source: str, target: str) -> dict[str, str]:
    """Each term once, as it first stands in the text, with the agreed word."""
    listed: dict[str, str] = {}
    for term in terms(text, source, target):
        if term.agreed not in listed.values():
            listed[term.word] = term.agreed
    return listed


def _longest(words: Sequence[_Word], at: int, language: str) -> tuple[str, int]:
    """The key of the longest term that begins there (empty: none), and where to go on."""
    best, after = "", at + 1
    for form in words[at].forms:
        for each in _by_first(language).get(form, ()):
            end = _ends(words, at, each)
            if end > after or (end == after and not best):
                best, after = each.key, end
    if not best:
        best = next(
            (
                each.key
                for each in _known(language)
                if each.begins and any(form.startswith(each.begins) for form in words[at].forms)
            ),
            "",
        )
    return best, after


def _ends(words: Sequence[_Word], at: int, term: _Written) -> int:
    """The place after its last word; 0: it does not stand there."""
    place = at + 1
    for wanted in term.words[1:]:
        skipped = 0
        while place < len(words) and words[place].forms.isdisjoint(wanted):
            if not words[place].links or skipped == _BETWEEN:
                return 0
            place, skipped = place + 1, skipped + 1
        if place == len(words):
            return 0
        place += 1
    return place
