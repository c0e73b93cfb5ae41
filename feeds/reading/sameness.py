"""Whether two entries may be about the same matter, and what says so."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from urllib.parse import parse_qsl, urlencode, urlsplit

from feeds.reading.lemmas import LANGUAGES, forms
from feeds.reading.letters import words_of

Reason = Literal["number", "title", "address"]

ALIKE = 0.6  # share of the words of two titles that both have
_WORDS_TO_TELL = 3
# One entry is compared with hundreds, and the next one with nearly the same: each is read once.
_REMEMBERED = 4096
_LONG_ENOUGH = 3  # letters: shorter words are articles and prepositions
_TRACKING = re.compile(
    r"(?:utm_.*|at_.*|fbclid|gclid|dclid|msclkid|mc_[ce]id|wt\..*|pk_.*|mtm_.*|ref|source|xtor"
    r"|cmp|igshid"
    r"|_ga|yclid|lang|language|locale|l|hl|set_language)\Z",
    re.IGNORECASE,
)
_LANGUAGE_SEGMENT = re.compile(rf"(?:{'|'.join(LANGUAGES)})(?:[-_][a-z]{{2}})?\Z", re.IGNORECASE)
_LANGUAGE_ENDING = re.compile(rf"_(?:{'|'.join(LANGUAGES)})(?=\.\w{{2,5}}\Z|\Z)", re.IGNORECASE)
_INDEX = re.compile(r"(?:index|default)\.(?:html?|php|aspx?)\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Matter:
    """What two entries are compared by. Procedure numbers as `procedures` normalises them."""

    title: str
    language: str | None
    procedure_numbers: tuple[str, ...]
    address: str


@dataclass(frozen=True, slots=True)
class Sameness:
    """Why two entries may be the same matter, and the thing that both have."""

    reason: Reason
    shared: str


@lru_cache(maxsize=_REMEMBERED)
def canonical_address(address: str) -> str:
    """The address without what does not change the page: language, www, tracking, fragment.

    Empty when it is no address of a page, or that of a whole site, which proves nothing.
    """
    try:
        parts = urlsplit(address.strip())
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:
        return ""
    segments = [s for s in parts.path.split("/") if s and not _LANGUAGE_SEGMENT.match(s)]
    segments = [_LANGUAGE_ENDING.sub("", s) for s in segments if not _INDEX.match(s)]
    kept = [(k, v) for k, v in parse_qsl(parts.query) if not _TRACKING.match(k)]
    if not host or not (segments or kept):
        return ""
    place = host if port in (None, 80, 443) else f"{host}:{port}"
    query = "?" + urlencode(sorted(kept)) if kept else ""
    return place + "/" + "/".join(segments) + query


@lru_cache(maxsize=_REMEMBERED)
def _title_words(title: str, language: str | None) -> frozenset[str]:
    words = [forms(word, language)[-1] for word in words_of(title)]
    return frozenset(word for word in words if len(word) > _LONG_ENOUGH or word.isdigit())


def _shared_title(a: Matter, b: Matter) -> str | None:
    ours, theirs = _title_words(a.title, a.language), _title_words(b.title, b.language)
    shared = ours & theirs
    if len(shared) < _WORDS_TO_TELL or len(shared) / len(ours | theirs) < ALIKE:
        return None
    # Numbers tell the third call from the fourth, the report of 2025 from that of 2026.
    if any(word.isdigit() for word in ours ^ theirs):
        return None
    return " ".join(forms(w, a.language)[-1] for w in words_of(a.title) if _in(w, a, shared))


def _in(word: str, matter: Matter, shared: frozenset[str]) -> bool:
    return forms(word, matter.language)[-1] in shared


def same_matter(a: Matter, b: Matter) -> Sameness | None:
    """Why `a` and `b` may be the same matter; None when nothing says so.

    A shared procedure number is the strongest sign, then the same page in another language or
    with another tail, then titles of nearly the same words. A proposal for a person, no decision.
    """
    number = next((n for n in a.procedure_numbers if n in b.procedure_numbers), None)
    if number:
        return Sameness("number", number)
    address = canonical_address(a.address)
    if address and address == canonical_address(b.address):
        return Sameness("address", address)
    title = _shared_title(a, b)
    return Sameness("title", title) if title else None
