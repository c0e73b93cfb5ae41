"""Incomings of a document meet rows that are free: who is whom, strongest reason first. Pure."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from feeds.identity.addresses import canonical, place
from feeds.identity.comparing import Stored
from feeds.identity.kinship import has_moved, is_akin, is_renamed, is_republished, is_translated
from feeds.parsing.entry import ParsedEntry

BEGINNING = 40  # characters of a text
# A headline may be shared by thousands: comparing all with all would be quadratic.
_TRIED = 20

Holds = Callable[[Stored, ParsedEntry], bool]


@dataclass(frozen=True, slots=True)
class Incoming:
    """An entry of a document, and the key under which it is looked for.

    Of a stranger, `others` are its keys under the other policies, `translated` those that it would
    have in another language, where the whole document has turned to one.
    """

    entry: ParsedEntry
    hash: str
    key: str
    others: Sequence[str] = ()
    translated: Sequence[str] = ()


@dataclass(slots=True)
class Meeting:
    """Rows that nobody else in the document has, and under which keys each was published.

    `pairs`, once it is held: key of the stranger → row. A row meets one stranger at most.
    """

    rows: Sequence[Stored]
    by_key: Mapping[str, Stored]
    home: frozenset[str]
    pairs: dict[str, Stored] = field(default_factory=dict)
    free: set[int] = field(default_factory=set)

    def hold(self, strangers: Sequence[Incoming]) -> dict[str, Stored]:
        # The newest first, whatever order the store gives them in.
        self.rows = sorted(self.rows, key=lambda row: row.id)
        self.free = {row.id for row in self.rows}
        same, renamed, akin = _always, self._is_renamed, self._is_akin
        self._meet(strangers, self._by(lambda row: row.hash, lambda each: each.hash), same)
        self._meet(strangers, self._by(_headed, lambda each: _headed(each.entry)), renamed)
        self._meet(strangers, self._by(_placed, lambda each: _placed(each.entry)), has_moved)
        by_place = self._by(lambda row: place(row.address), lambda each: place(each.entry.address))
        self._meet(strangers, by_place, has_moved)
        self._meet(strangers, self._under(lambda each: each.others), akin)
        self._meet(strangers, self._under(lambda each: each.translated), is_translated)
        by_text = self._by(_beginning, lambda each: _beginning(each.entry))
        self._meet(strangers, by_text, is_republished)
        return self.pairs

    def _meet(
        self,
        strangers: Sequence[Incoming],
        candidates: Callable[[Incoming], Iterator[Stored]],
        holds: Holds,
    ) -> None:
        for each in strangers:
            if not self.free:
                return
            if each.key in self.pairs:
                continue
            tried = islice(candidates(each), _TRIED)
            row = next((row for row in tried if holds(row, each.entry)), None)
            if row is not None:
                self.pairs[each.key] = row
                self.free.discard(row.id)

    def _by(
        self, of_row: Callable[[Stored], Hashable], of_stranger: Callable[[Incoming], Hashable]
    ) -> Callable[[Incoming], Iterator[Stored]]:
        boxes: dict[Hashable, list[Stored]] = {}
        for row in self.rows:
            if row.id in self.free:
                boxes.setdefault(of_row(row), []).append(row)

        def candidates(stranger: Incoming) -> Iterator[Stored]:
            box = boxes.get(of_stranger(stranger), [])
            while box and box[-1].id not in self.free:
                box.pop()
            return (row for row in reversed(box) if row.id in self.free)

        return candidates

    def _under(
        self, keys: Callable[[Incoming], Sequence[str]]
    ) -> Callable[[Incoming], Iterator[Stored]]:
        def candidates(stranger: Incoming) -> Iterator[Stored]:
            found = (self.by_key.get(key) for key in keys(stranger))
            return (row for row in found if row is not None and row.id in self.free)

        return candidates

    def _is_renamed(self, row: Stored, entry: ParsedEntry) -> bool:
        return is_renamed(row, entry, home=self.home)

    def _is_akin(self, row: Stored, entry: ParsedEntry) -> bool:
        return is_akin(row, entry, home=self.home)


def _always(*_: object) -> bool:
    return True


def _headed(item: Stored | ParsedEntry) -> tuple[str, str]:
    return item.title, canonical(item.address)


def _placed(item: Stored | ParsedEntry) -> tuple[str, str]:
    return item.title, place(item.address)


def _beginning(item: Stored | ParsedEntry) -> str:
    return item.text[:BEGINNING]
