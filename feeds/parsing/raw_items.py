"""The items of a document as the bytes that came, so that known ones can be left out. Pure."""

from lxml import etree

from feeds.parsing.elements import Element, local_name


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
    while at >= 0 and part[at + len(opening) : at + len(opening) + 1] not in b" \t\r\n>":
        at = part.find(opening, at + 1)
    if at < 0 or part.find(opening, at + 1) >= 0:
        return None
    return part[at:]


def _name(element: Element) -> str:
    return local_name(element.tag) if isinstance(element.tag, str) else ""
