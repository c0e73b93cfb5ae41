"""Whether two entries may be about the same matter, and what says so."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from feeds.reading.addresses import canonical_address, same_page
from feeds.reading.lemmas import forms
from feeds.reading.letters import words_of
from feeds.reading.procedures import cites_law

__all__ = ["Matter", "Reason", "Sameness", "canonical_address", "same_matter"]

Reason = Literal["number", "title", "address", "figures"]

ALIKE = 0.6  # share of the words of two titles that both have
# When each has words of its own, they may be what it is about: the draft on hunting, on cable cars.
ALIKE_BUT = 0.8
_WORDS_TO_TELL = 3
# One entry is compared with hundreds, and the next one with nearly the same: each is read once.
_REMEMBERED = 4096
_LONG_ENOUGH = 3  # letters: shorter words are articles and prepositions
_DAYS_APART = 7  # versions in other languages follow within days
_AT_ONCE = 2  # days: then one name is enough, else two
_NUMBER = re.compile(r"\d+")
_A_YEAR = re.compile(r"(?:19|20)\d\d")
_SHORTEST_NAME = 4
_SAME_BEGINNING = 5  # letters that a name keeps in other languages: Salzburg, Salzburgo
_NAMED = re.compile(r"(?<![.!?:] )(?<!^)\b[A-ZÄÖÜÀ-ÞČŠŽ][\w'’-]{3,}")


@dataclass(frozen=True, slots=True)
class Matter:
    """What two entries are compared by. Procedure numbers as `procedures` normalises them."""

    title: str
    language: str | None
    procedure_numbers: tuple[str, ...]
    address: str
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Sameness:
    """Why two entries may be the same matter, and the thing that both have."""

    reason: Reason
    shared: str


@lru_cache(maxsize=_REMEMBERED)
def _title_words(title: str, language: str | None) -> frozenset[str]:
    words = [forms(word, language)[-1] for word in words_of(title)]
    return frozenset(word for word in words if len(word) > _LONG_ENOUGH or word.isdigit())


def _shared_title(a: Matter, b: Matter) -> str | None:
    ours, theirs = _title_words(a.title, a.language), _title_words(b.title, b.language)
    shared = ours & theirs
    needed = ALIKE_BUT if ours - theirs and theirs - ours else ALIKE
    if len(shared) < _WORDS_TO_TELL or len(shared) / len(ours | theirs) < needed:
        return None
    # Numbers tell the third call from the fourth, the report of 2025 from that of 2026.
    if any(word.isdigit() for word in ours ^ theirs):
        return None
    return " ".join(forms(w, a.language)[-1] for w in words_of(a.title) if _in(w, a, shared))


def _in(word: str, matter: Matter, shared: frozenset[str]) -> bool:
    return forms(word, matter.language)[-1] in shared


@lru_cache(maxsize=_REMEMBERED)
def _figures(title: str) -> frozenset[str]:
    """The numbers of a title ("81st", "l'81a"), without leading noughts."""
    return frozenset(number.lstrip("0") or "0" for number in _NUMBER.findall(title))


@lru_cache(maxsize=_REMEMBERED)
def _names(title: str) -> frozenset[str]:
    """The words with a capital that begin no sentence, folded: places, people, programmes."""
    found = (forms(word, None)[0] for word in _NAMED.findall(title))
    return frozenset(name for name in found if len(name) >= _SHORTEST_NAME)


def _shared_names(a: Matter, b: Matter) -> Iterator[str]:
    theirs = {name[:_SAME_BEGINNING] for name in _names(b.title)}
    return (name for name in sorted(_names(a.title)) if name[:_SAME_BEGINNING] in theirs)


def _shared_figures(a: Matter, b: Matter) -> str | None:
    """Titles of two languages, of about one day, that have all numbers and some names in common.

    Numbers must agree to the last one: the 81st meeting is not the 82nd. A year alone says
    nothing, nor does the day: one ministry publishes several drafts on it.
    """
    if a.language == b.language or a.published is None or b.published is None:
        return None
    ours, theirs = _figures(a.title), _figures(b.title)
    apart = abs((a.published - b.published).days)
    telling = [number for number in ours if not _A_YEAR.fullmatch(number)]
    if apart > _DAYS_APART or ours != theirs or not telling:
        return None
    names = list(_shared_names(a, b))
    enough = len(names) >= (1 if apart <= _AT_ONCE else 2)
    return " ".join([*sorted(ours), *names]) if enough else None


def same_matter(a: Matter, b: Matter) -> Sameness | None:
    """Why `a` and `b` may be the same matter; None when nothing says so.

    A shared procedure number is the strongest sign, then the same page in another language or
    with another tail, then titles of nearly the same words, then the same numbers and names in
    titles of two languages. Laws that both cite say nothing. A proposal for a person, no decision.
    """
    ours = (n for n in a.procedure_numbers if not cites_law(n))
    number = next((n for n in ours if n in b.procedure_numbers), None)
    if number:
        return Sameness("number", number)
    page = same_page(a.address, b.address)
    if page:
        return Sameness("address", page)
    title = _shared_title(a, b)
    if title:
        return Sameness("title", title)
    figures = _shared_figures(a, b)
    return Sameness("figures", figures) if figures else None
