"""The topics that a text touches: the Alpine Convention's themes and EUSALP's action groups.

`vocabulary.csv` holds per topic and language a label and then terms, separated by ";". The words
of a term are compared, folded, with each word of the text and with its dictionary form; up to two
short words may stand between them ("Qualität der Luft"). `*` stands for the rest of a word:
"*seilbahn*" finds German compounds, "velik* zver*" Slovene cases.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import islice
from typing import NamedTuple

from feeds.reading.lemmas import LANGUAGES, forms
from feeds.reading.letters import composed, folded
from feeds.reading.tokens import Remembered, occurrences, tokens_of

LONGEST_TEXT = 20_000
_BETWEEN = 2  # words of at most _SHORT letters that may stand inside a term
_SHORT = 5
_SHORTEST_PART = 3  # letters of a term's middle that are looked for anywhere in a word
_LONGEST_WORD = 80  # letters: what is longer is no word
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic and the words that say so, as they stand in the text."""

    key: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Term:
    """A term of the vocabulary of one language, at its place there."""

    place: int
    key: str
    words: tuple[str, ...]
    parts: tuple[re.Pattern[str], ...]


@cache
def _rows() -> tuple[dict[str, str], ...]:
    text = files("feeds.reading").joinpath("vocabulary.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


TOPICS: tuple[str, ...] = tuple(row["key"] for row in _rows())


def topic_label(key: str, language: str) -> str:
    """The topic's name in a language (English when it is none of ours). KeyError: no such topic."""
    labels = {row["key"]: row for row in _rows()}
    return labels[key][language if language in LANGUAGES else "en"].split(";")[0].strip()


def _part(word: str) -> re.Pattern[str]:
    return re.compile(re.escape(word).replace(r"\*", ".*") + r"\Z")


@cache
def _terms(language: str) -> tuple[_Term, ...]:
    found: list[_Term] = []
    for row in _rows():
        for written in row[language].split(";")[1:]:
            plain = folded(written.strip()).replace("'", " ")
            words = tuple(w for w in re.findall(r"[^\W_*]*\*?[^\s']*", plain) if w)
            found.append(_Term(len(found), row["key"], words, tuple(map(_part, words))))
    return tuple(found)


class _Terms(NamedTuple):
    """The places of the terms whose first, and whose second word a word, or a piece, has."""

    begun: tuple[int, ...]
    continued: tuple[int, ...]


_NO_TERMS = _Terms((), ())
_Place = tuple[int, int]  # the position of a word in its term (0 or 1), the place of the term


@dataclass(frozen=True, slots=True)
class _Index:
    """Terms by one of their words: as a whole, a beginning, an end, a part, a pattern.

    Beginnings, ends and parts stand under their first or last three letters, or fewer: one look
    per place in a word, not one per piece of it.
    """

    whole: dict[str, list[_Place]]
    starts: dict[str, list[tuple[str, _Place]]]
    ends: dict[str, list[tuple[str, _Place]]]
    parts: dict[str, list[tuple[str, _Place]]]
    patterns: list[tuple[re.Pattern[str], _Place]]

    def of(self, form: str) -> Iterator[_Place]:
        """The terms that have this form of a word."""
        yield from self.whole.get(form, ())
        for n in range(1, _SHORTEST_PART + 1):
            for stem, place in self.starts.get(form[:n], ()):
                if form.startswith(stem):
                    yield place
            for stem, place in self.ends.get(form[-n:], ()):
                if form.endswith(stem):
                    yield place
        for at in range(len(form) - _SHORTEST_PART + 1 if self.parts else 0):
            for stem, place in self.parts.get(form[at : at + _SHORTEST_PART], ()):
                if form.startswith(stem, at):
                    yield place
        yield from (place for pattern, place in self.patterns if pattern.match(form))

    def add(self, word: str, pattern: re.Pattern[str], place: _Place) -> None:
        stem, before, after = word.strip("*"), word[0] == "*", word[-1] == "*"
        first = stem[:_SHORTEST_PART]
        if "*" in stem or (before and after and len(stem) < _SHORTEST_PART):
            self.patterns.append((pattern, place))
        elif before and after:
            self.parts.setdefault(first, []).append((stem, place))
        elif before:
            self.ends.setdefault(stem[-_SHORTEST_PART:], []).append((stem, place))
        elif after:
            self.starts.setdefault(first, []).append((stem, place))
        else:
            self.whole.setdefault(stem, []).append(place)


@cache
def _index(language: str) -> _Index:
    """The terms of a language by their first and by their second word."""
    index = _Index({}, {}, {}, {}, [])
    for term in _terms(language):
        for position, word in enumerate(term.words[:2]):
            index.add(word, term.parts[position], (position, term.place))
    return index


@lru_cache(maxsize=4096)
def _having(word: str, language: str) -> _Terms:
    """The terms whose first or second word this word is."""
    index = _index(language)
    places = {each for form in forms(word, language) for each in index.of(form[:_LONGEST_WORD])}
    if not places:
        return _NO_TERMS
    begun, continued = (tuple(sorted(p for at, p in places if at == i)) for i in (0, 1))
    return _Terms(begun, continued)


class _Telling(NamedTuple):
    """What a piece of a text says of topics.

    `said`: keys and words of the terms of one word, which say the same every time; `begun` and
    `continued`: the terms of several words whose first, and whose second word is in it.
    """

    said: tuple[tuple[str, str], ...]
    begun: frozenset[int]
    continued: frozenset[int]


_NOTHING = _Telling((), frozenset(), frozenset())


@cache
def _known(language: str) -> Remembered[_Telling]:
    """Per token what it may have to do with the vocabulary."""
    terms = _terms(language)

    def told(token: str) -> _Telling:
        words = ((word, _having(word, language)) for word in _WORD.findall(token))
        having = [(word, having) for word, having in words if having is not _NO_TERMS]
        if not having:
            return _NOTHING
        begun = [(word, place) for word, having in having for place in having.begun]
        return _Telling(
            tuple((terms[p].key, word) for word, p in begun if len(terms[p].parts) == 1),
            frozenset(p for _, p in begun if len(terms[p].parts) > 1),
            frozenset(p for _, having in having for p in having.continued),
        )

    return Remembered(told)


def _ends(term: _Term, following: list[re.Match[str]], language: str) -> int | None:
    """Where in the text the term ends, of whose first word these follow; None: it does not."""
    at, end = 0, -1
    for part in term.parts[1:]:
        for word in following[at : at + _BETWEEN + 1]:
            at += 1
            if any(map(part.match, forms(word[0], language))):
                end = word.end()
                break
            if len(word[0]) > _SHORT:
                return None
        else:
            return None
    return end


def _said_by(text: str, word: re.Match[str], terms: list[_Term], language: str) -> Iterator[str]:
    """How the terms that begin with a word stand in the text, and their keys, by turns."""
    reach = (_BETWEEN + 1) * (max(len(term.parts) for term in terms) - 1)
    following = list(islice(_WORD.finditer(text, word.end()), reach)) if reach else []
    for term in terms:
        end = word.end() if len(term.parts) == 1 else _ends(term, following, language)
        if end is not None:
            yield term.key
            yield " ".join(text[word.start() : end].split())


def _in_language(text: str, tokens: Iterable[str], language: str) -> Iterator[tuple[str, str]]:
    """The keys of the topics in the text, and the words that say so, in order."""
    known = _known(language)
    telling = [(token, each) for token in tokens if (each := known[token]) is not _NOTHING]
    continued = {place for _, each in telling for place in each.continued}
    if any(not each.begun.isdisjoint(continued) for _, each in telling):
        yield from _where_they_stand(text, telling, continued, language)
    else:
        # tokens come in the order of their first occurrence
        for _, each in telling:
            yield from each.said


def _where_they_stand(
    text: str, telling: list[tuple[str, _Telling]], continued: set[int], language: str
) -> Iterator[tuple[str, str]]:
    """The same with terms of several words, which are read at every place of their first."""
    terms = _terms(language)
    places: list[tuple[int, int]] = []
    for token, each in telling:
        opens = not each.begun.isdisjoint(continued)
        if each.said or opens:
            found = occurrences(text, token)
            places += [(at, len(token)) for at in (found if opens else islice(found, 1))]
    for at, size in sorted(places):
        for word in _WORD.finditer(text, at, at + size):
            begun = [
                terms[place]
                for place in _having(word[0], language).begun
                if len(terms[place].parts) == 1 or place in continued
            ]
            if begun:
                said = _said_by(text, word, begun, language)
                yield from zip(said, said, strict=True)


def topics(text: str, *, language: str | None) -> list[Topic]:
    """The topics in the first 20,000 characters of a text, most words first.

    With `language` None or foreign, the terms of all five languages are looked for.
    """
    text = composed(text)[:LONGEST_TEXT]
    return topics_of(text, tokens_of(text), language)


def topics_of(text: str, tokens: Iterable[str], language: str | None) -> list[Topic]:
    """`topics` of a composed text that is cut into tokens already."""
    found: dict[str, dict[str, None]] = {}
    for spoken in (language,) if language in LANGUAGES else LANGUAGES:
        for key, said in _in_language(text, tokens, spoken):
            found.setdefault(key, {})[said] = None
    ordered = sorted(found, key=lambda key: (-len(found[key]), TOPICS.index(key)))
    return [Topic(key, tuple(found[key])) for key in ordered]
