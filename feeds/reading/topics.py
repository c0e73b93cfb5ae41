"""The topics that a text touches: the Alpine Convention's themes and EUSALP's action groups.

`vocabulary.csv` holds per topic and language a label and then terms, separated by ";". The words
of a term are compared, folded, with each word of the text and with its dictionary form; up to two
short words may stand between them ("Qualität der Luft"). `*` stands for the rest of a word:
"*seilbahn*" finds German compounds, "velik* zver*" Slovene cases.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from feeds.reading.lemmas import LANGUAGES, forms
from feeds.reading.letters import composed, folded

LONGEST_TEXT = 20_000
_BETWEEN = 2  # words of at most _SHORT letters that may stand inside a term
_SHORT = 5
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic and the words that say so, as they stand in the text."""

    key: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Term:
    key: str
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
    found = []
    for row in _rows():
        for written in row[language].split(";")[1:]:
            words = re.findall(r"[^\W_*]*\*?[^\s']*", folded(written.strip()).replace("'", " "))
            found.append(_Term(row["key"], tuple(_part(w) for w in words if w)))
    return tuple(found)


@lru_cache(maxsize=65_536)
def _begun_by(word: str, language: str, vocabulary: str) -> tuple[_Term, ...]:
    """The terms whose first word this word is."""
    known = forms(word, language)
    return tuple(t for t in _terms(vocabulary) if any(t.parts[0].match(form) for form in known))


def _matches(term: _Term, words: list[re.Match[str]], at: int, language: str) -> int | None:
    """Index of the last word of the term that begins at word `at`."""
    last = at
    for part in term.parts[1:]:
        for reach in range(_BETWEEN + 1):
            i = last + 1 + reach
            if i >= len(words):
                return None
            if any(part.match(form) for form in forms(words[i][0], language)):
                break
            if len(words[i][0]) > _SHORT:
                return None
        else:
            return None
        last = i
    return last


def topics(text: str, *, language: str | None) -> list[Topic]:
    """The topics in the first 20,000 characters of a text, most words first.

    With `language` None or foreign, the terms of all five languages are looked for.
    """
    text = composed(text)[:LONGEST_TEXT]
    words = list(_WORD.finditer(text))
    vocabularies = (language,) if language in LANGUAGES else LANGUAGES
    found: dict[str, dict[str, None]] = {}
    for vocabulary in vocabularies:
        spoken = vocabulary
        for at, word in enumerate(words):
            for term in _begun_by(word[0], spoken, vocabulary):
                last = _matches(term, words, at, spoken)
                if last is not None:
                    said = " ".join(text[word.start() : words[last].end()].split())
                    found.setdefault(term.key, {})[said] = None
    ordered = sorted(found, key=lambda key: (-len(found[key]), TOPICS.index(key)))
    return [Topic(key, tuple(found[key])) for key in ordered]
