"""Which entry is this, and did it really change? Pure.

An entry is known by its id, as far as the source's ids are worth something: when they name two
items, the source's policy is turned to the next, and stays there. What changes without meaning
(dates, tracking, counters, white space, order) makes no new version.

Ids are compared byte for byte, but one that is an address as addresses are. One whose letters
change their case between two polls is found by address and title, like any id that changes.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from html import unescape

from feeds.identity.addresses import canonical, place
from feeds.identity.settled import settled
from feeds.parsing.entry import ParsedEntry

POLICIES = ("id", "id-link", "link", "link-date", "title-date", "content")
POLICIES_BY_ID = POLICIES[:2]
POLICIES_BY_LINK = POLICIES[2:4]
# Fewer lying ids than this in a document cost the source nothing; their items are told apart.
TOLERATED = 0.05

Fields = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Stored:
    """What we keep of an entry, as far as it is compared. `deadlines`, `enclosures`: JSON lists."""

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
    published: datetime | None = None
    deadlines: str = "[]"
    enclosures: str = "[]"


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


def key_of(entry: ParsedEntry, policy: str, content: str = "") -> str:
    """The key of an entry within its source: SHA-256, so that any id fits into an index.

    `content` is the entry's hash, where the caller has it already.
    """
    return _digest(*_identity(entry, policy, content))


def policy_for(
    keys: Callable[[str], Sequence[str]], hashes: Sequence[str], policy: str, *, beside: int = 0
) -> str:
    """The first policy, from the source's own on, whose keys hardly ever name two different items.

    `keys` gives those of the entries under a policy, `hashes` are what they hold; `beside` counts
    the items of the document that are not among them.
    """
    allowed = TOLERATED * (len(hashes) + beside)
    for candidate in POLICIES[POLICIES.index(policy) : -1]:
        twins = two_named(keys(candidate), hashes)
        if not twins or sum(key in twins for key in keys(candidate)) <= allowed:
            return candidate
    return POLICIES[-1]


def two_named(keys: Iterable[str], hashes: Iterable[str]) -> frozenset[str]:
    """The keys that name two different contents."""
    named: dict[str, str] = {}
    pairs = zip(keys, hashes, strict=True)
    return frozenset(key for key, each in pairs if named.setdefault(key, each) != each)


def compare(stored: Stored | None, entry: ParsedEntry, content: str = "") -> New | Changed | Same:
    """`content` is the entry's hash, where the caller has it already."""
    if stored is None:
        return New()
    if stored.hash == (content or hash_of(entry)):
        return Same()
    fields = _differences(stored, entry)
    # A hash that was made by older rules than ours is no change.
    return Changed(fields) if fields else Same()


def hash_of(entry: ParsedEntry) -> str:
    """SHA-256 of what a reader would call the content. Dates of publication do not count."""
    return _digest(
        settled(entry.title),
        canonical(entry.address),
        settled(entry.author),
        settled(entry.text),
        *_links(entry.html),
        *(_documents(_addresses(entry)) if entry.enclosures else ()),
        *(_ends(_stated(entry)) if entry.deadlines else ()),
    )


def _differences(stored: Stored, entry: ParsedEntry) -> Fields:
    pairs = {
        "title": (stored.title, entry.title, settled),
        "address": (stored.address, entry.address, canonical),
        "author": (stored.author, entry.author, settled),
        "text": (stored.text, entry.text, settled),
    }
    fields = {
        name: [before, after]
        for name, (before, after, form) in pairs.items()
        if form(before) != form(after)
    }
    fields |= _data_differences(stored, entry)
    if not fields and _links(stored.html) != _links(entry.html):
        fields["html"] = [stored.html, entry.html]
    return fields


def _data_differences(stored: Stored, entry: ParsedEntry) -> Fields:
    """Enclosures and stated deadlines, one a line."""
    documents = [each["address"] for each in json.loads(stored.enclosures)]
    ends = [(each["at"], each["kind"]) for each in json.loads(stored.deadlines) if each["stated"]]
    pairs = {
        "enclosures": (_documents(documents), _documents(_addresses(entry))),
        "deadlines": (_ends(ends), _ends(_stated(entry))),
    }
    return {
        name: ["\n".join(before), "\n".join(after)]
        for name, (before, after) in pairs.items()
        if before != after
    }


def _addresses(entry: ParsedEntry) -> list[str]:
    return [each.address for each in entry.enclosures]


def _documents(addresses: Iterable[str]) -> list[str]:
    return sorted({canonical(address) for address in addresses})


def _stated(entry: ParsedEntry) -> list[tuple[str, str]]:
    return [(each.at.astimezone(UTC).isoformat(), each.kind) for each in entry.deadlines]


def _ends(stated: Iterable[tuple[str, str]]) -> list[str]:
    return sorted({f"{at} {kind}" for at, kind in stated})


def _links(html: str) -> list[str]:
    # What nh3 leaves is written in one way only; a pattern would take ten times as long.
    found = {piece.partition('"')[0] for piece in html.split(' href="')[1:]}
    return sorted({canonical(unescape(link)) for link in found}) if found else []


def _identity(entry: ParsedEntry, policy: str, content: str) -> Sequence[str]:
    link = canonical(entry.address)
    by_id, by_link = policy.startswith("id"), policy.startswith("link")
    if (by_id and not entry.id) or (by_link and not place(entry.address)) or policy == "link":
        # What the policy goes by is missing here: the next best.
        return ("link", link) if place(entry.address) else ("title", entry.title or entry.text)
    if by_id:
        named = canonical(entry.id) if entry.id.startswith(("http://", "https://")) else entry.id
        return ("id", named) if policy == "id" else ("id-link", named, link)
    if policy == "content":
        return ("content", entry.id, content or hash_of(entry))
    title = () if by_link else (settled(entry.title),)
    return (policy, link, *title, _day(entry.published))


def _day(at: datetime | None) -> str:
    return at.date().isoformat() if at else ""


def _digest(*parts: str) -> str:
    # Half of a pair of surrogates may stand in an id; no two of them may become one.
    return sha256("\x00".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
