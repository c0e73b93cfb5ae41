"""When two addresses lead to the same page, perhaps in two languages."""

import re
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from feeds.reading.lemmas import LANGUAGES
from feeds.reading.letters import folded

_REMEMBERED = 4096
_TRACKING = re.compile(
    r"(?:utm_.*|at_.*|fbclid|gclid|dclid|msclkid|mc_[ce]id|wt\..*|pk_.*|mtm_.*|ref|source|xtor"
    r"|cmp|igshid"
    r"|_ga|yclid|lang|language|locale|l|hl|set_language)\Z",
    re.IGNORECASE,
)
_CODES = "|".join(LANGUAGES)
_LANGUAGE_SEGMENT = re.compile(rf"(?:{_CODES})(?:[-_][a-z]{{2}})?\Z", re.IGNORECASE)
# "14794_it", "plan-de.pdf", "plan.en.html"; a hyphen only before the ending of a file, since
# "centre-de" and "vpliv-it" are words.
_LANGUAGE_ENDING = re.compile(
    rf"(?:_(?:{_CODES})(?=\.\w{{2,5}}\Z|\Z)|[.-](?:{_CODES})(?=\.\w{{2,5}}\Z))", re.IGNORECASE
)
_INDEX = re.compile(r"(?:index|default)\.(?:html?|php|aspx?)\Z", re.IGNORECASE)
_LANGUAGE_HOST = re.compile(rf"(?:www\.)?(?:(?:{_CODES})\.(?=[^.]+\.[^.]+))?", re.IGNORECASE)

_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[a-z]{4,}")
_SAME_BEGINNING = 3  # letters that a word keeps in another language: com-mittee, com-itato
_WORDS_ALIKE = 2


@lru_cache(maxsize=_REMEMBERED)
def _parts(address: str) -> tuple[str, tuple[str, ...], str, str | None] | None:
    """Host, segments, query and the language that the address names, or None."""
    try:
        parts = urlsplit(address.strip())
        name, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    host = _LANGUAGE_HOST.sub("", name, count=1)
    all_segments = [s for s in parts.path.split("/") if s]
    named = next((s[:2].lower() for s in all_segments if _LANGUAGE_SEGMENT.match(s)), None)
    segments = [s for s in all_segments if not _LANGUAGE_SEGMENT.match(s)]
    segments = [_LANGUAGE_ENDING.sub("", s) for s in segments if not _INDEX.match(s)]
    kept = [(k, v) for k, v in parse_qsl(parts.query) if not _TRACKING.match(k)]
    if not host or not (segments or kept):
        return None
    place = host if port in (None, 80, 443) else f"{host}:{port}"
    return place, tuple(segments), "?" + urlencode(sorted(kept)) if kept else "", named


@lru_cache(maxsize=_REMEMBERED)
def canonical_address(address: str) -> str:
    """The address without what does not change the page: language, www, tracking, fragment.

    Empty when it is no address of a page, or that of a whole site, which proves nothing.
    """
    parts = _parts(address)
    return "" if parts is None else f"{parts[0]}/{'/'.join(parts[1])}{parts[2]}"


@lru_cache(maxsize=_REMEMBERED)
def _slug(segment: str) -> tuple[frozenset[str], frozenset[str]]:
    """The numbers in the last part of an address, and how its longer words begin."""
    plain = folded(unquote(segment))
    numbers = frozenset(n.lstrip("0") or "0" for n in _NUMBER.findall(plain))
    return numbers, frozenset(word[:_SAME_BEGINNING] for word in _WORD.findall(plain))


def _translated(one: str, other: str) -> str | None:
    """The host and the numbers, when one address may be the other's in another language.

    Two language segments on one host, the same number of parts, a last part with the same numbers
    and words that begin alike: "81st-permanent-committee", "81a-seduta-del-comitato-permanente".
    """
    a, b = _parts(one), _parts(other)
    if a is None or b is None or not a[3] or not b[3] or a[3] == b[3]:
        return None
    if a[0] != b[0] or a[2] != b[2] or len(a[1]) != len(b[1]) or not a[1]:
        return None
    (numbers, words), (their_numbers, their_words) = _slug(a[1][-1]), _slug(b[1][-1])
    alike = len(words & their_words)
    if not numbers or numbers != their_numbers or alike < _WORDS_ALIKE:
        return None
    return " ".join([a[0], *sorted(numbers)])


def same_page(one: str, other: str) -> str | None:
    """What two addresses share that makes them one page, perhaps in two languages, or None."""
    address = canonical_address(one)
    if address and address == canonical_address(other):
        return address
    return _translated(one, other)
