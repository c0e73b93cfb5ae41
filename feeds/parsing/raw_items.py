"""The items of a document as the bytes that came, so that known ones can be left out. Pure."""

import hashlib
import re
from dataclasses import dataclass, replace

from lxml import etree

from feeds.parsing.elements import Element, local_name

_OPENING = re.compile(rb"<(item|entry)[ \t\r\n/>]")
_AFTER_NAME = b" \t\r\n>"
# What text before the first item may have begun and must have ended there.
_BRACKETS = ((b"<!--", b"-->"), (b"<![CDATA[", b"]]>"), (b"<?", b"?>"))


@dataclass(frozen=True, slots=True)
class Split:
    """A document as text: what stands before its items, these with their hashes, what follows."""

    head: bytes
    items: tuple[bytes, ...]
    digests: tuple[str, ...]
    tail: bytes

    def is_of(self, items: list[Element]) -> bool:
        """Whether these elements of the tree of the document are its items."""
        return (
            len(items) == len(self.items) and len({(item.prefix, item.tag) for item in items}) == 1
        )

    @property
    def xml(self) -> bytes:
        return b"".join((self.head, *self.items, self.tail))

    def without(self, known: frozenset[str], *, witness: bool) -> "Split":
        """Only with items that are not known, and the first of those that are as a `witness`."""
        first = next((each for each in self.digests if each in known), None) if witness else None
        kept = [
            index
            for index, digest in enumerate(self.digests)
            if digest not in known or digest == first
        ]
        items = tuple(self.items[index] for index in kept)
        return replace(self, items=items, digests=tuple(self.digests[index] for index in kept))


def split(xml: bytes) -> Split | None:
    """Cut at the beginnings and ends of the items, without a parser.

    None unless all items stand side by side, with nothing but space between, and one in none.
    That they are items, and not in a comment or in CDATA, shows when one of them is parsed.
    """
    first = _OPENING.search(xml)
    if first is None:
        return None
    opening, closing = first[0][:-1], b"</" + first[1] + b">"
    head, *parts = xml[: first.start()], *xml[first.start() :].split(closing)
    tail = parts.pop()
    items = [part.lstrip() + closing for part in parts]
    # So many in all and one at the beginning of each: there is no other.
    if xml.count(opening, first.start()) != len(items) or not all(map(_OPENING.match, items)):
        return None
    if _OPENING.search(tail) or any(head.rfind(a) > head.rfind(b) for a, b in _BRACKETS):
        return None
    digests = [hashlib.sha256(item).hexdigest() for item in items]
    return Split(head, tuple(items), tuple(digests), tail)


def items_of(root: Element) -> list[Element]:
    """The items of a feed, those in its channel after those beside it."""
    return [
        child
        for parent in (root, *(each for each in root if _name(each) == "channel"))
        for child in parent
        if _name(child) in {"item", "entry"}
    ]


def raw_items(xml: bytes, items: list[Element]) -> list[bytes]:
    """The bytes of each of the items of the tree that was made from `xml`.

    Cut out where that is certain, which is much cheaper, otherwise written out again.
    """
    return _cut_out(xml, items) or [
        etree.tostring(item, encoding="utf-8", with_tail=False) for item in items
    ]


def _cut_out(xml: bytes, items: list[Element]) -> list[bytes] | None:
    """None when the ends and beginnings that stand in the text are not just those of the items."""
    names = {(item.prefix, item.tag) for item in items}
    if len(names) != 1:
        return None
    name = str(items[0].tag).rpartition("}")[2]
    qualified = (f"{items[0].prefix}:{name}" if items[0].prefix else name).encode()
    opening, closing = b"<" + qualified, b"</" + qualified + b">"
    parts = xml.split(closing)
    if len(parts) != len(items) + 1:
        return None
    cut = [_from_opening(part, opening) for part in parts[:-1]]
    if _from_opening(parts[-1], opening) is not None:
        return None
    whole = [piece + closing for piece in cut if piece is not None]
    return whole if len(whole) == len(items) else None


def _from_opening(part: bytes, opening: bytes) -> bytes | None:
    """What starts with the only opening tag in it; None when there is none, or several."""
    at = part.find(opening)
    while at >= 0 and part[at + len(opening) : at + len(opening) + 1] not in _AFTER_NAME:
        at = part.find(opening, at + 1)
    if at < 0 or part.find(opening, at + 1) >= 0:
        return None
    return part[at:]


def _name(element: Element) -> str:
    return local_name(element.tag) if isinstance(element.tag, str) else ""
