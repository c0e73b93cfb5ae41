"""Which entry is this, and did it really change? Pure.

An entry is known by its id, as far as the source's ids are worth something: when one of them names
two items, the source's policy is turned to the next, and stays there. What changes without meaning
(dates, tracking, counters, white space, order) makes no new version.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from urllib.parse import parse_qsl, urlencode, urlsplit

from feeds.parsing.entry import ParsedEntry

POLICIES = ("id", "id-link", "link", "link-date", "title-date", "content")
SIMILAR = 0.3

_TRACKING = re.compile(
    r"utm_\w+|mtm_\w+|pk_\w+|piwik_\w+|at_\w+|wt\.?_?mc\w*|xtor|fbclid|gclid|msclkid|mc_[ce]id"
    r"|(?:php|j|asp)?sess(?:ion)?_?id|sid|ref_?src|_ga|cmpid|ns_\w+",
    re.IGNORECASE,
)
_SESSION_IN_PATH = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
_WORDS_OF_COUNTERS = (
    r"comments?|commentaires?|kommentare?|commenti|commento|komentarj\w*|views?|vues?|aufrufe?"
    r"|visualizzazioni|ogledov|shares?|likes?"
)
# Looked for first: the pattern is slow, and hardly a text holds a counter.
_STEMS_OF_COUNTERS = (
    *("comment", "komment", "komentar", "view", "vue", "aufruf", "visualizz", "ogled"),
    *("share", "like"),
)
_COUNTER = re.compile(
    rf"\(?\b\d[\d.,' ]*\s*(?:{_WORDS_OF_COUNTERS})\b\)?"
    rf"|\b(?:{_WORDS_OF_COUNTERS})\s*[:(]\s*\d[\d.,']*\)?",
    re.IGNORECASE,
)
_HREF = re.compile(r'\shref="([^"]*)"')

Fields = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Stored:
    """What we keep of an entry, as far as it is compared."""

    id: int
    key: str
    hash: str
    title: str
    address: str
    author: str
    html: str
    text: str
    versions: int
    received_hash: str = ""


@dataclass(frozen=True, slots=True)
class New:
    pass


@dataclass(frozen=True, slots=True)
class Changed:
    """field → [before, after]"""

    fields: Fields


@dataclass(frozen=True, slots=True)
class Same:
    pass


def key_of(entry: ParsedEntry, policy: str) -> str:
    """The key of an entry within its source: SHA-256, so that any id fits into an index."""
    return _digest(*_identity(entry, policy))


def policy_for(entries: Sequence[ParsedEntry], policy: str) -> str:
    """The first policy, from the source's own on, under which no key names two different items."""
    for candidate in POLICIES[POLICIES.index(policy) :]:
        named: dict[str, str] = {}
        if all(_only(named, key_of(entry, candidate), hash_of(entry)) for entry in entries):
            return candidate
    return POLICIES[-1]


def is_reused(stored: Stored, entry: ParsedEntry) -> bool:
    """Whether one id was given to another item: another address, title and text than before.

    A headline that is edited together with the address made from it keeps its text.
    """
    return (
        canonical(stored.address) != canonical(entry.address)
        and stored.title != entry.title
        and likeness(f"{stored.title} {stored.text}", f"{entry.title} {entry.text}") < SIMILAR
    )


def is_renamed(stored: Stored, entry: ParsedEntry, *, home: frozenset[str]) -> bool:
    """Whether an entry with an unknown id is one that we know: the same address and title.

    `home` are canonical addresses that many items share (the feed itself): there, on a front page
    and without an address, the content must be the same as well.
    """
    link = canonical(entry.address)
    if stored.title != entry.title or canonical(stored.address) != link:
        return False
    return ("/" in link and link not in home) or stored.hash == hash_of(entry)


def compare(stored: Stored | None, entry: ParsedEntry) -> New | Changed | Same:
    if stored is None:
        return New()
    if stored.hash == hash_of(entry):
        return Same()
    pairs = {
        "title": (stored.title, entry.title),
        "address": (stored.address, entry.address),
        "author": (stored.author, entry.author),
        "text": (stored.text, entry.text),
    }
    fields = {name: list(pair) for name, pair in pairs.items() if pair[0] != pair[1]}
    # A new target of a link or a new enclosure is no difference of any of these.
    return Changed(fields or {"html": [stored.html, entry.html]})


def hash_of(entry: ParsedEntry) -> str:
    """SHA-256 of what a reader would call the content. Dates of publication do not count."""
    return _digest(
        _settled(entry.title),
        canonical(entry.address),
        _settled(entry.author),
        _settled(entry.text),
        *(canonical(link) for link in _HREF.findall(entry.html)),
        *sorted(canonical(enclosure.address) for enclosure in entry.enclosures),
        *sorted(f"{each.at.isoformat()} {each.kind}" for each in entry.deadlines),
    )


def canonical(address: str) -> str:
    """The address without scheme, tracking, session, default port and a closing slash.

    A fragment stays, because some lists differ in nothing else, unless it is a tracking parameter.
    """
    try:
        parts = urlsplit(address)
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:
        return address
    query = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _TRACKING.fullmatch(name)
    ]
    path = _SESSION_IN_PATH.sub("", parts.path).rstrip("/")
    fragment = f"#{parts.fragment}" if parts.fragment and "=" not in parts.fragment else ""
    asked = f"?{urlencode(sorted(query))}" if query else ""
    return f"{(parts.hostname or '').lower()}{port}{path}{asked}{fragment}"


def likeness(one: str, other: str) -> float:
    """How many of the words of two texts they share, from 0 to 1."""
    first, second = set(one.lower().split()), set(other.lower().split())
    return len(first & second) / len(first | second) if first or second else 1.0


def _identity(entry: ParsedEntry, policy: str) -> Sequence[str]:
    link = canonical(entry.address)
    wanted = {
        "id": ("id", entry.id),
        "id-link": ("id-link", entry.id, link),
        "link-date": ("link-date", link, _day(entry.published)),
        "title-date": ("title-date", entry.title, _day(entry.published)),
        "content": ("content", entry.id, link, entry.title, entry.text),
    }
    by_id, by_link = policy.startswith("id"), policy.startswith("link")
    if (by_id and not entry.id) or (by_link and not link) or policy == "link":
        # What the policy goes by is missing here: the next best.
        return ("link", link) if link else ("title", entry.title or entry.text)
    return wanted[policy]


def _only(named: dict[str, str], key: str, content: str) -> bool:
    return named.setdefault(key, content) == content


def _day(at: datetime | None) -> str:
    return at.isoformat() if at else ""


def _settled(text: str) -> str:
    lowered = text.lower()
    if not any(stem in lowered for stem in _STEMS_OF_COUNTERS):
        return " ".join(text.split())
    return " ".join(_COUNTER.sub(" ", text).split())


def _digest(*parts: str) -> str:
    return sha256("\x00".join(parts).encode("utf-8", "replace")).hexdigest()
