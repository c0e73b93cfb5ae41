"""RSS 0.9 to 2.0, RDF, Atom 0.3 and 1.0, and JSON Feed.

decode and mend       decoding.py: charset, illegal characters, entities, document type
guard                 depth, attributes, namespaces: parsers are quadratic in them
leave out             items that came to the byte as before are recognised by their hash
parse                 well_formed.py, and by_feedparser.py what that does not know
make safe             text.py: one allow-list, links absolute, characters that are legal
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace

from lxml import etree

from feeds.parsing import by_feedparser, json_feed, well_formed
from feeds.parsing.decoding import decoded, mended_xml
from feeds.parsing.elements import Element, local_name
from feeds.parsing.entry import RECEIVED_LIMIT, Document, Parsed
from feeds.parsing.raw_items import items_of, raw_items
from feeds.parsing.text import one_line
from feeds.parsing.wishes import wishes_of

ATTRIBUTE_LIMIT = 200
NAMESPACE_LIMIT = 100
TAG_LIMIT = 50_000
# One poll takes this many items of a document; the next one takes the rest.
ITEM_LIMIT = 5_000

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
_IS_OVERLOADED = etree.XPath(f"boolean(//*[count(@*) > {ATTRIBUTE_LIMIT}])")

_TOO_LONG = "The document holds a tag longer than anything that is meant."
_TOO_MANY_ATTRIBUTES = "The document holds an element with hundreds of attributes."
_TOO_MANY_NAMESPACES = "The document uses more namespaces than anything that is meant."
_BROKEN = "The document is broken XML, and nothing in it can be read."


def parse(document: Document) -> Parsed:
    """The entries of a feed, XML or JSON by content."""
    if not document.body.strip(b"\x00 \t\r\n"):
        return Parsed(problem="The answer was empty.", trouble="empty")
    text = decoded(document.body, document.content_type)
    if text.lstrip()[:1] in ("{", "["):
        return json_feed.parse(text, document)
    if is_page(text):
        return Parsed(problem=_page_sentence(text), trouble="page")
    return _parse_xml(mended_xml(text), document)


def _parse_xml(xml: bytes, document: Document) -> Parsed:
    if _LONG_TAG.search(xml):
        return Parsed(problem=_TOO_LONG)
    root = _well_formed(xml)
    if root is None:
        return _ill_formed(xml, document)
    problem = _not_a_feed(root) or _excess(root)
    return Parsed(problem=problem) if problem else _from_tree(root, xml, document)


def _from_tree(root: Element, xml: bytes, document: Document) -> Parsed:
    items = items_of(root)
    raw = raw_items(xml, items)
    digests = [hashlib.sha256(each).hexdigest() for each in raw]
    known = [digest for digest in digests if digest in document.known]
    fresh = [index for index, digest in enumerate(digests) if digest not in document.known]
    taken = fresh[:ITEM_LIMIT]
    chosen = [
        (items[index], raw[index][:RECEIVED_LIMIT].decode("utf-8", "ignore"), digests[index])
        for index in taken
    ]
    parsed = well_formed.parsed(root, chosen, xml, document)
    if parsed is None:
        for index in sorted({*range(len(items))} - {*taken}):
            _remove(items[index])
        shorter = xml if len(taken) == len(items) else etree.tostring(root, encoding="utf-8")
        parsed = _with_received(by_feedparser.parsed(shorter, document, limit=ITEM_LIMIT), chosen)
    channel = next((each for each in root if local_name(str(each.tag)) == "channel"), root)
    left = len(fresh) - len(taken)
    return replace(parsed, known=tuple(known), left=left, wishes=wishes_of(channel))


def _with_received(parsed: Parsed, items: Sequence[well_formed.Item]) -> Parsed:
    """With each entry's item as it came, when it is sure which one that is."""
    if len(parsed.entries) != len(items):
        return parsed
    entries = (
        replace(entry, received=received, received_hash=digest)
        for entry, (_, received, digest) in zip(parsed.entries, items, strict=True)
    )
    return replace(parsed, entries=tuple(entries))


def _ill_formed(xml: bytes, document: Document) -> Parsed:
    parsed = by_feedparser.parsed(xml, document, limit=ITEM_LIMIT)
    if parsed.entries or parsed.problem:
        return parsed
    return replace(parsed, problem=_BROKEN)


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
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
