"""Which of the parsed entries do we have? One select by key, and one by title for the unknown."""

from collections.abc import Sequence
from dataclasses import dataclass

from feeds.identity import (
    POLICIES,
    Changed,
    New,
    Same,
    Stored,
    canonical,
    compare,
    hash_of,
    is_renamed,
    is_reused,
    key_of,
    policy_for,
)
from feeds.parsing.entry import ParsedEntry
from feeds.tables import Entry, EntryAlias

_AT_ONCE = 5_000
_COLUMNS = (
    *(Entry.id, Entry.key, Entry.hash, Entry.title, Entry.address, Entry.author, Entry.html),
    *(Entry.text, Entry.versions, Entry.received_hash),
)


@dataclass(frozen=True, slots=True)
class Match:
    """A parsed entry and what we know of it. `alias`: it came under a key that is new to us."""

    entry: ParsedEntry
    key: str
    stored: Stored | None
    standing: New | Changed | Same
    alias: bool = False


async def match(
    source_id: int,
    address: str,
    entries: Sequence[ParsedEntry],
    policy: str,
    *,
    unread: frozenset[str] = frozenset(),
) -> tuple[str, list[Match]]:
    """Each different entry once, in the document's order, and the policy that their keys follow.

    `unread` are the hashes of the items beside them that came as before. A key that now names
    another item, or one of those as well, turns the source to the next policy.
    """
    candidate = policy_for(entries, policy)
    while True:
        keyed = {key_of(entry, candidate): entry for entry in reversed(entries)}
        known = await _by_key(source_id, list(keyed), unread)
        if candidate == POLICIES[-1] or not _names_two(keyed, known, unread):
            break
        candidate = policy_for(entries, POLICIES[POLICIES.index(candidate) + 1])
    renamed = await _by_title(source_id, address, keyed, known, unread)
    return candidate, [_matched(key, keyed[key], known, renamed) for key in reversed(keyed)]


def _names_two(
    keyed: dict[str, ParsedEntry], known: dict[str, Stored], unread: frozenset[str]
) -> bool:
    return any(
        is_reused(stored, keyed[key])
        or (stored.received_hash in unread and stored.hash != hash_of(keyed[key]))
        for key, stored in known.items()
    )


def _matched(
    key: str, entry: ParsedEntry, known: dict[str, Stored], renamed: dict[str, Stored]
) -> Match:
    stored = known.get(key) or renamed.get(key)
    return Match(entry, key, stored, compare(stored, entry), alias=key in renamed)


async def _by_key(source_id: int, keys: list[str], unread: frozenset[str]) -> dict[str, Stored]:
    found: dict[str, Stored] = {}
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        rows = await Entry.select(*_COLUMNS).where(Entry.source == source_id, Entry.key.is_in(some))
        found |= {row["key"]: Stored(**row) for row in rows}
    rest = [key for key in keys if key not in found]
    if not rest:
        return found
    aliases = await EntryAlias.select(EntryAlias.key, EntryAlias.entry).where(
        EntryAlias.source == source_id, EntryAlias.key.is_in(rest[:_AT_ONCE])
    )
    if not aliases:
        return found
    rows = await Entry.select(*_COLUMNS).where(
        Entry.id.is_in(list({alias["entry"] for alias in aliases}))
    )
    by_id = {row["id"]: Stored(**row) for row in rows if row["received_hash"] not in unread}
    # An entry that is in the document under its own key, or as before, is not this one as well.
    for stored in found.values():
        by_id.pop(stored.id, None)
    for alias in aliases:
        stored_as = by_id.pop(alias["entry"], None)
        if stored_as is not None:
            found[alias["key"]] = stored_as
    return found


async def _by_title(
    source_id: int,
    address: str,
    keyed: dict[str, ParsedEntry],
    known: dict[str, Stored],
    unread: frozenset[str],
) -> dict[str, Stored]:
    """Entries whose id is new although address and title are not.

    One that is in the document under its own key is another item with the same title.
    """
    titles = list({entry.title for key, entry in keyed.items() if key not in known})[:_AT_ONCE]
    if not titles:
        return {}
    rows = await Entry.select(*_COLUMNS).where(Entry.source == source_id, Entry.title.is_in(titles))
    taken = {stored.id for stored in known.values()}
    by_title: dict[str, list[Stored]] = {}
    for row in rows:
        if row["id"] not in taken and row["received_hash"] not in unread:
            by_title.setdefault(row["title"], []).append(Stored(**row))
    home = frozenset({canonical(address)})
    found: dict[str, Stored] = {}
    for key, entry in keyed.items():
        candidates = by_title.get(entry.title, []) if key not in known else []
        same = next((each for each in candidates if is_renamed(each, entry, home=home)), None)
        if same is not None and same.id not in taken:
            taken.add(same.id)
            found[key] = same
    return found
