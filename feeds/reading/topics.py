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


@dataclass(frozen=True, slots=True)
class _Index:
    """Places of terms by one of their words: as a whole, a beginning, an end, a part, a pattern."""

    whole: dict[str, list[int]]
    starts: dict[str, list[int]]
    ends: dict[str, list[int]]
    parts: dict[str, list[int]]
    patterns: list[tuple[re.Pattern[str], int]]

    def of(self, form: str) -> Iterator[int]:
        """The places of the terms that have this form of a word."""
        yield from self.whole.get(form, ())
        size = len(form)
        for n in range(1, size + 1):
            yield from self.starts.get(form[:n], ())
            yield from self.ends.get(form[-n:], ())
        for low in range(size if self.parts else 0):
            for high in range(low + _SHORTEST_PART, size + 1):
                yield from self.parts.get(form[low:high], ())
        yield from (place for pattern, place in self.patterns if pattern.match(form))


@cache
def _index(language: str, position: int) -> _Index:
    """The terms of a language by their first (0) or second (1) word."""
    index = _Index({}, {}, {}, {}, [])
    for term in _terms(language):
        if position >= len(term.words):
            continue
        word = term.words[position]
        stem, before, after = word.strip("*"), word[0] == "*", word[-1] == "*"
        if "*" in stem or (before and after and len(stem) < _SHORTEST_PART):
            index.patterns.append((term.parts[position], term.place))
            continue
        whole_or_start = index.starts if after else index.whole
        end_or_part = index.parts if after else index.ends
        (end_or_part if before else whole_or_start).setdefault(stem, []).append(term.place)
    return index


@lru_cache(maxsize=4096)
def _having(word: str, language: str, position: int) -> tuple[int, ...]:
    """The places of the terms whose first (0) or second (1) word this word is."""
    index = _index(language, position)
    known = (form[:_LONGEST_WORD] for form in forms(word, language))
    return tuple(sorted({place for form in known for place in index.of(form)}))


class _Terms(NamedTuple):
    """The places of the terms whose first, and whose second word stands in a piece of a text."""

    begun: tuple[int, ...]
    continued: tuple[int, ...]


_NO_TERMS = _Terms((), ())


@cache
def _known(language: str) -> Remembered[_Terms]:
    """Per token what it may have to do with the vocabulary."""

    def told(token: str) -> _Terms:
        words = _WORD.findall(token)
        begun, continued = ([p for w in words for p in _having(w, language, i)] for i in (0, 1))
        return _Terms(tuple(begun), tuple(continued)) if begun or continued else _NO_TERMS

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
    terms, known = _terms(language), _known(language)
    telling = [(token, each) for token in tokens if (each := known[token]) is not _NO_TERMS]
    continued = {place for _, each in telling for place in each.continued}
    places: list[tuple[int, int]] = []
    for token, each in telling:
        open_to = [p for p in each.begun if len(terms[p].parts) == 1 or p in continued]
        if open_to:
            # a term of one word says the same every time
            short = all(len(terms[place].parts) == 1 for place in open_to)
            found = occurrences(text, token)
            places += [(at, len(token)) for at in (islice(found, 1) if short else found)]
    for at, size in sorted(places):
        for word in _WORD.finditer(text, at, at + size):
            begun = [
                terms[place]
                for place in _having(word[0], language, 0)
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
