"""Which entries of a document do we have? The decision, without a database: it asks and is told.

    policy      the first whose keys name one item each, but for a few
    by key      rows under the entries' own keys
    by look     for those that have none: their other keys, the same title, the same beginning
    lies?       a key that was given to another item turns the source to the next policy: again
    kin         strangers meet rows that nobody else in the document has
    changing?   ids that most entries have exchanged are no ids: the source goes by links: again

What is left is new. A row is given to one entry at most, and never one that came as before.
"""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from feeds.identity.addresses import canonical, place
from feeds.identity.comparing import (
    POLICIES,
    POLICIES_BY_ID,
    POLICIES_BY_LINK,
    TOLERATED,
    Changed,
    New,
    Same,
    Stored,
    compare,
    hash_of,
    key_of,
    policy_for,
    two_named,
)
from feeds.identity.kinship import in_other_languages, is_reused, is_specific, tongue_of
from feeds.identity.likeness import LONG
from feeds.identity.meeting import BEGINNING, Incoming, Meeting
from feeds.parsing.entry import ParsedEntry

_AT_ONCE = 500
# So many of the entries, and more than half of them, have exchanged their ids at once.
_EXCHANGED = 3


@dataclass(frozen=True, slots=True)
class Match:
    """A parsed entry and what we know of it. `alias`: it came under a key that is new to us.

    `hash` is what `hash_of(entry)` gives.
    """

    entry: ParsedEntry
    key: str
    stored: Stored | None
    standing: New | Changed | Same
    alias: bool = False
    hash: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """Rows of the source under any of these keys; when `look`, also rows that had one of them
    once, that have one of these titles, or whose text begins so.
    """

    keys: Sequence[str]
    look: bool = False
    titles: Sequence[str] = ()
    beginnings: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows, and which of them had other keys: key → id of the row. `barren`: there is no row."""

    rows: Sequence[Stored] = ()
    aliases: Mapping[str, int] = field(default_factory=dict)
    barren: bool = False


@dataclass(slots=True)
class _Found:
    """What is known of the strangers and the others: key → row, and rows by all their keys."""

    own: dict[str, Stored]
    incoming: Sequence[Incoming] = ()
    strangers: list[Incoming] = field(default_factory=list)
    rows: dict[int, Stored] = field(default_factory=dict)
    by_key: dict[str, Stored] = field(default_factory=dict)
    # Entries beside which an item with the same key came as before.
    twins: int = 0


def recognise(
    entries: Sequence[ParsedEntry],
    policy: str,
    *,
    address: str,
    unread: frozenset[str] = frozenset(),
) -> Generator[Question, Answer, tuple[str, list[Match]]]:
    """The policy that the keys follow, and each different entry once, in the document's order.

    `address` is the source's; `unread` are the hashes of the items that came as before.
    """
    document = _Document(entries, address, unread)
    policy = document.policy(policy)
    while True:
        incoming = document.incoming(policy)
        found = yield from document.look_up(incoming, policy)
        if policy != POLICIES[-1] and document.lies(found, policy):
            policy = document.policy(POLICIES[POLICIES.index(policy) + 1])
            continue
        taken = {row.id for row in found.own.values()}
        free = [row for row in found.rows.values() if row.id not in taken]
        pairs = Meeting(free, found.by_key, document.home).hold(found.strangers)
        if policy.startswith("id") and document.ids_change(found, pairs):
            policy = document.policy("link")
            continue
        return policy, _matches(found, pairs)


class _Document:
    """The entries of a document that have to be recognised, and what it says beside them."""

    def __init__(
        self, entries: Sequence[ParsedEntry], address: str, unread: frozenset[str]
    ) -> None:
        self.entries, self.unread = entries, unread
        self.hashes = [hash_of(entry) for entry in entries]
        self.links = [canonical(entry.address) for entry in entries]
        self.home = two_named(self.links, self.hashes) | {canonical(address)}
        self.size = len(entries) + len(unread)
        self._keyed: dict[str, list[str]] = {}

    def policy(self, policy: str) -> str:
        return policy_for(self._keys, self.hashes, policy, beside=len(self.unread))

    def _keys(self, policy: str) -> list[str]:
        if policy not in self._keyed:
            pairs = zip(self.entries, self.hashes, strict=True)
            self._keyed[policy] = [key_of(entry, policy, content) for entry, content in pairs]
        return self._keyed[policy]

    def incoming(self, policy: str) -> list[Incoming]:
        """Each different entry once. The few whose keys name two get the next that does not."""
        pairs = list(zip(self.entries, self.hashes, strict=True))
        keys = self._keys(policy)
        finer = iter(POLICIES[POLICIES.index(policy) + 1 :])
        while twins := two_named(keys, self.hashes):
            under = next(finer)
            keys = [
                key_of(entry, under, content) if key in twins else key
                for key, (entry, content) in zip(keys, pairs, strict=True)
            ]
        named = {key: Incoming(*pair, key) for key, pair in zip(keys, pairs, strict=True)}
        return list(named.values())

    def look_up(
        self, incoming: Sequence[Incoming], policy: str
    ) -> Generator[Question, Answer, _Found]:
        answer = yield Question([each.key for each in incoming])
        found = _Found({row.key: row for row in answer.rows})
        if answer.barren:
            found.incoming = incoming
            return found
        found.incoming = [self._apart(each, policy, found) for each in incoming]
        strangers = [
            self._stranger(each, policy) for each in found.incoming if each.key not in found.own
        ]
        for start in range(0, len(strangers), _AT_ONCE):
            some = strangers[start : start + _AT_ONCE]
            self._learn(some, (yield _question(some)), found)
        found.strangers = [each for each in strangers if each.key not in found.own]
        return found

    def lies(self, found: _Found, policy: str) -> bool:
        """Whether a key was given to another item, or more than a few stand beside a twin."""
        if 2 * found.twins > TOLERATED * self.size:
            return True
        by_id = policy in POLICIES_BY_ID
        return any(
            row.hash != each.hash
            and is_reused(row, each.entry, by_id=by_id and bool(each.entry.id), home=self.home)
            for each in found.incoming
            if (row := found.own.get(each.key))
        )

    def ids_change(self, found: _Found, pairs: Mapping[str, Stored]) -> bool:
        exchanged = sum(
            bool(each.entry.id)
            and (row := pairs.get(each.key)) is not None
            and canonical(row.address) == canonical(each.entry.address)
            and all(found.by_key.get(key) is not row for key in each.others)
            for each in found.strangers
        )
        return (
            exchanged >= _EXCHANGED
            and 2 * exchanged > self.size
            and all(is_specific(entry.address, self.home) for entry in self.entries)
        )

    def _apart(self, each: Incoming, policy: str, found: _Found) -> Incoming:
        """The entry; under the next key, when an item that came as before has the same."""
        row = found.own.get(each.key)
        if row is None or self._is_free(row) or row.hash == each.hash:
            return each
        found.twins += 1
        del found.own[each.key]
        under = POLICIES[min(POLICIES.index(policy) + 1, len(POLICIES) - 1)]
        return replace(each, key=key_of(each.entry, under, each.hash))

    def _stranger(self, each: Incoming, policy: str) -> Incoming:
        """With the keys that its id and its address would give it. A title proves too little."""
        entry = each.entry
        policies = POLICIES_BY_ID * bool(entry.id) + POLICIES_BY_LINK * bool(place(entry.address))
        others = {key_of(entry, other, each.hash) for other in policies} - {each.key}
        return replace(each, others=tuple(others), translated=self._translated(entry, policy))

    def _translated(self, entry: ParsedEntry, policy: str) -> tuple[str, ...]:
        if self._tongue is None:
            return ()
        return tuple(key_of(each, policy) for each in in_other_languages(entry))

    @cached_property
    def _tongue(self) -> str | None:
        """The language that a whole document names.

        Two languages of one story in one list are two entries; one is the other only when the
        source has turned from one to the other, and then no item of it came as before.
        """
        named = {tongue for entry in self.entries if (tongue := tongue_of(entry))}
        return named.pop() if len(named) == 1 and not self.unread else None

    def _learn(self, some: Sequence[Incoming], answer: Answer, found: _Found) -> None:
        rows = {row.id: row for row in answer.rows}
        by_key = {row.key: row for row in answer.rows}
        for key, entry_id in answer.aliases.items():
            if entry_id in rows:
                by_key.setdefault(key, rows[entry_id])
        taken = {row.id for row in found.own.values()}
        known = [(each, row) for each in some if (row := by_key.get(each.key))]
        # Several keys of one row may be in the document: it goes where it is told unchanged.
        for each, row in sorted(known, key=lambda pair: pair[0].hash != pair[1].hash):
            may = self._is_free(row) or row.hash == each.hash
            if may and row.id not in taken:
                taken.add(row.id)
                found.own[each.key] = row
        found.rows |= {number: row for number, row in rows.items() if self._is_free(row)}
        found.by_key |= {key: row for key, row in by_key.items() if self._is_free(row)}

    def _is_free(self, row: Stored) -> bool:
        return row.received_hash not in self.unread


def _question(some: Sequence[Incoming]) -> Question:
    return Question(
        keys=[key for each in some for key in (each.key, *each.others, *each.translated)],
        look=True,
        titles=list({each.entry.title for each in some}),
        beginnings=list(
            {each.entry.text[:BEGINNING] for each in some if len(each.entry.text) > LONG}
        ),
    )


def _matches(found: _Found, pairs: Mapping[str, Stored]) -> list[Match]:
    matches = []
    for each in found.incoming:
        stored = found.own.get(each.key) or pairs.get(each.key)
        standing = compare(stored, each.entry, each.hash)
        matches.append(Match(each.entry, each.key, stored, standing, each.key in pairs, each.hash))
    return matches
