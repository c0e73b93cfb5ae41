"""RSS 0.9 to 2.0, RDF, Atom 0.3 and 1.0, and JSON Feed.

decode and mend       decoding.py: charset, illegal characters, entities, document type
guard                 depth, attributes, namespaces: parsers are quadratic in them
leave out             items that came to the byte as before are recognised by their hash: cut out of
                      the text where that is sure, so that only the others are parsed
parse                 well_formed.py, and by_feedparser.py what that does not know
make safe             text.py: one allow-list, links absolute, characters that are legal
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace

from lxml import etree

from feeds.parsing import by_feedparser, json_feed, well_formed
from feeds.parsing.decoding import in_utf8, mended_xml
from feeds.parsing.elements import Element, local_name
from feeds.parsing.entry import RECEIVED_LIMIT, Document, Parsed, Wishes
from feeds.parsing.raw_items import Split, items_of, raw_items, split
from feeds.parsing.text import one_line
from feeds.parsing.wishes import wishes_of

ATTRIBUTE_LIMIT = 200
NAMESPACE_LIMIT = 100
TAG_LIMIT = 50_000
# One poll takes this many items of a document; the next one takes the rest.
ITEM_LIMIT = 5_000
# Bytes of broken XML in which it is looked for when to come again.
WISHES_WITHIN = 64 * 1024

_ROOTS = {"rss", "rdf", "feed", "channel"}
# Possessive: a hundred comments could be divided among the repetitions in as many ways.
_COMMENTS = r"(?:<!--(?:(?!-->).)*+-->\s*+)*+"
_HTML = re.compile(
    rf"\s*+(?:<\?xml[^>]*+>\s*+)?{_COMMENTS}<(?:(!doctype\s+html)|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_FEED_WITHIN = re.compile(rf"[^<]*+{_COMMENTS}<(?:rss|rdf:rdf|feed)\b", re.IGNORECASE | re.DOTALL)
_HTML_TITLE = re.compile(r"<title[^>]*>(.{0,200}?)</title", re.IGNORECASE | re.DOTALL)
_LONG_TAG = re.compile(rb"<[a-zA-Z][^<>]{%d}" % TAG_LIMIT)
# A tag that is longer than two of them fills one.
_STRETCH = TAG_LIMIT // 2
_IS_OVERLOADED = etree.XPath(f"boolean(//*[count(@*) > {ATTRIBUTE_LIMIT}])")

_TOO_LONG = "The document holds a tag longer than anything that is meant."
_TOO_MANY_ATTRIBUTES = "The document holds an element with hundreds of attributes."
_TOO_MANY_NAMESPACES = "The document uses more namespaces than anything that is meant."
_BROKEN = "The document is broken XML, and nothing in it can be read."


def parse(document: Document) -> Parsed:
    """The entries of a feed, XML or JSON by content."""
    if not document.body.strip(b"\x00 \t\r\n"):
        return Parsed(problem="The answer was empty.", trouble="empty")
    utf8 = in_utf8(document.body, document.content_type)
    beginning = utf8[:20_000].decode("utf-8", "ignore")
    if utf8.lstrip()[:1] in (b"{", b"["):
        return json_feed.parse(utf8.decode(), document)
    if is_page(beginning):
        return Parsed(problem=_page_sentence(beginning), trouble="page")
    return _parse_xml(mended_xml(utf8), document)


def _parse_xml(xml: bytes, document: Document) -> Parsed:
    if _has_long_tag(xml):
        return Parsed(problem=_TOO_LONG)
    parts = split(xml)
    if parts is not None and not document.known.isdisjoint(parts.digests):
        parsed = _without_known(parts, document)
        if parsed is not None:
            return parsed
    root = _well_formed(xml)
    if root is None:
        return _ill_formed(xml, parts, document)
    problem = _not_a_feed(root) or _excess(root)
    return Parsed(problem=problem) if problem else _from_tree(root, xml, parts, document)


def _without_known(parts: Split, document: Document) -> Parsed | None:
    """The document read without the items that are known, but for one of them.

    That one shows that they still are items. None when it does not.
    """
    shorter = parts.without(document.known, witness=True)
    xml = shorter.xml
    root = _well_formed(xml)
    if root is None or _not_a_feed(root) or _excess(root) or not shorter.is_of(items_of(root)):
        return None
    parsed = _from_tree(root, xml, shorter, document)
    return replace(parsed, known=_known(parts.digests, document))


def _from_tree(root: Element, xml: bytes, parts: Split | None, document: Document) -> Parsed:
    items = items_of(root)
    if parts is not None and parts.is_of(items):
        raw, digests = parts.items, parts.digests
    else:
        raw = tuple(raw_items(xml, items))
        digests = tuple(hashlib.sha256(each).hexdigest() for each in raw)
    fresh = [index for index, digest in enumerate(digests) if digest not in document.known]
    taken = fresh[:ITEM_LIMIT]
    chosen = [
        (items[index], raw[index][:RECEIVED_LIMIT].decode("utf-8", "ignore"), digests[index])
        for index in taken
    ]
    parsed = well_formed.parsed(root, chosen, xml, document)
    if parsed is None:
        received = [(beginning, digest) for _, beginning, digest in chosen]
        for index in sorted({*range(len(items))} - {*taken}):
            _remove(items[index])
        shorter = xml if len(taken) == len(items) else etree.tostring(root, encoding="utf-8")
        parsed = _with_received(by_feedparser.parsed(shorter, document, limit=ITEM_LIMIT), received)
    left = len(fresh) - len(taken)
    known = _known(digests, document)
    return replace(parsed, known=known, left=left, wishes=wishes_of(_channel(root)))


def _known(digests: Sequence[str], document: Document) -> tuple[str, ...]:
    return tuple(digest for digest in digests if digest in document.known)


def _with_received(parsed: Parsed, received: Sequence[tuple[str, str]]) -> Parsed:
    """With each entry's item as it came and its hash, when it is sure which one that is."""
    if len(parsed.entries) != len(received):
        return parsed
    entries = (
        replace(entry, received=beginning, received_hash=digest)
        for entry, (beginning, digest) in zip(parsed.entries, received, strict=True)
    )
    return replace(parsed, entries=tuple(entries))


def _ill_formed(xml: bytes, parts: Split | None, document: Document) -> Parsed:
    head = parts.head if parts else xml
    parsed = (parts and _ill_formed_parts(parts, document)) or by_feedparser.parsed(
        xml, document, limit=ITEM_LIMIT
    )
    if not (parsed.entries or parsed.known or parsed.problem):
        return replace(parsed, problem=_BROKEN)
    return replace(parsed, wishes=_wishes_within(head[:WISHES_WITHIN]))


def _ill_formed_parts(parts: Split, document: Document) -> Parsed | None:
    """What is not known, each entry with its item; None when its items are not what we cut."""
    fresh = parts.without(document.known, witness=False)
    parsed = by_feedparser.parsed(fresh.xml, document, limit=ITEM_LIMIT)
    if len(parsed.entries) + parsed.left != len(fresh.items) or parsed.skipped:
        return None
    received = [
        (item[:RECEIVED_LIMIT].decode("utf-8", "ignore"), digest)
        for item, digest in zip(fresh.items, fresh.digests, strict=True)
    ][:ITEM_LIMIT]
    return replace(_with_received(parsed, received), known=_known(parts.digests, document))


def _wishes_within(head: bytes) -> Wishes:
    try:
        root = etree.fromstring(head, _parser(recover=True))
    except (etree.XMLSyntaxError, ValueError):
        return Wishes()
    return Wishes() if root is None else wishes_of(_channel(root))


def _channel(root: Element) -> Element:
    return next((each for each in root if local_name(str(each.tag)) == "channel"), root)


def _parser(*, recover: bool = False) -> etree.XMLParser:
    return etree.XMLParser(
        recover=recover,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
    )


def _well_formed(xml: bytes) -> Element | None:
    try:
        return etree.fromstring(xml, _parser())
    except (etree.XMLSyntaxError, ValueError):
        return None


def _excess(root: Element) -> str | None:
    if _IS_OVERLOADED(root):
        return _TOO_MANY_ATTRIBUTES
    return _TOO_MANY_NAMESPACES if len(root.nsmap) > NAMESPACE_LIMIT else None


def _has_long_tag(xml: bytes) -> bool:
    stretches = range(0, len(xml) - _STRETCH, _STRETCH)
    if all(xml.find(b">", at, at + _STRETCH) >= 0 for at in stretches):
        return False
    return _LONG_TAG.search(xml) is not None


def _not_a_feed(root: Element) -> str | None:
    name = local_name(str(root.tag))
    if name in _ROOTS:
        return None
    if name == "html":
        return "The answer is a web page, not a feed."
    return f"The answer is XML, but no feed: its outermost element is <{name[:40]}>."


def _remove(item: Element) -> None:
    parent = item.getparent()
    if parent is not None:
        parent.remove(item)


def _page_sentence(text: str) -> str:
    found = _HTML_TITLE.search(text[:20_000])
    title = one_line(found[1]) if found else ""
    return f"The answer is a web page{f' («{title}»)' if title else ''}, not a feed."


def is_page(text: str) -> bool:
    """Whether a document is HTML, and not a feed that only calls itself so."""
    beginning = text[:4000]
    found = _HTML.match(beginning)
    return found is not None and not (found[1] and _FEED_WITHIN.match(beginning, found.end()))
