"""RSS 0.9 to 2.0, RDF and Atom. The only importer of feedparser.

    decode and mend       decoding.py: charset, illegal characters, entities, document type
    guard                 depth, attributes, namespaces: feedparser is quadratic in them
    leave out             items that came to the byte as before are recognised by their hash
    parse                 feedparser, its sanitising and link resolving off
    make safe             text.py: one allow-list, links absolute, characters that are legal

feedparser's sanitiser lets active content through and is not used as a wall.
"""

import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from time import struct_time
from typing import Any

import feedparser
from lxml import etree

from feeds.parsing import json_feed
from feeds.parsing.dates import SENSIBLE_YEARS, instant
from feeds.parsing.decoding import decoded, mended_xml
from feeds.parsing.entry import RECEIVED_LIMIT, Document, Enclosure, Parsed, ParsedEntry
from feeds.parsing.text import from_plain, language_code, one_line, plain, sanitised, web_address

ATTRIBUTE_LIMIT = 200
NAMESPACE_LIMIT = 100
TAG_LIMIT = 50_000
# One poll takes this many items of a document; the next one takes the rest.
ITEM_LIMIT = 5_000

_ROOTS = {"rss", "rdf", "feed", "channel"}
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_TITLE = re.compile(r"<title[^>]*>(.{0,200}?)</title", re.IGNORECASE | re.DOTALL)
_LONG_TAG = re.compile(rf"<[a-zA-Z][^<>]{{{TAG_LIMIT}}}")


class IllFormedError(Exception):
    """The document is no well-formed XML: it may take long, and is for a process of its own."""


def parse(document: Document, *, patient: bool = True) -> Parsed:
    """The entries of a feed, XML or JSON by content.

    Not `patient`: raises IllFormedError instead of reading what is not well-formed.
    """
    if not document.body.strip(b"\x00 \t\r\n"):
        return Parsed(problem="The answer was empty.")
    text = decoded(document.body, document.content_type)
    if text.lstrip()[:1] in ("{", "["):
        return json_feed.parse(text, document)
    if is_page(text):
        return Parsed(problem=_page_sentence(text))
    xml = mended_xml(text)
    root = _well_formed(xml)
    if root is None:
        if not patient:
            raise IllFormedError
        return _ill_formed(xml, document)
    problem = _not_a_feed(root) or _excess(root)
    if problem:
        return Parsed(problem=problem)
    return _from_tree(root, document)


def _from_tree(root: etree._Element, document: Document) -> Parsed:
    received: list[tuple[str, str]] = []
    known: list[str] = []
    left = 0
    for item in _items(root):
        raw = etree.tostring(item, encoding="utf-8", with_tail=False)
        digest = hashlib.sha256(raw).hexdigest()
        if digest in document.known:
            known.append(digest)
            _remove(item)
        elif len(received) >= ITEM_LIMIT:
            left += 1
            _remove(item)
        else:
            received.append((raw[:RECEIVED_LIMIT].decode("utf-8", "ignore"), digest))
    parsed = _by_feedparser(etree.tostring(root, encoding="utf-8"), document)
    entries = parsed.entries
    if len(entries) == len(received):
        entries = tuple(
            replace(entry, received=raw, received_hash=digest)
            for entry, (raw, digest) in zip(entries, received, strict=True)
        )
    return replace(parsed, entries=entries, known=tuple(known), left=left)


def _ill_formed(xml: bytes, document: Document) -> Parsed:
    if _LONG_TAG.search(xml.decode("utf-8")):
        return Parsed(problem="The document holds a tag longer than anything that is meant.")
    parsed = _by_feedparser(xml, document)
    if parsed.entries:
        return parsed
    return replace(parsed, problem="The document is broken XML, and nothing in it can be read.")


def _by_feedparser(xml: bytes, document: Document) -> Parsed:
    headers = {"content-type": "application/xml; charset=utf-8"}
    if document.address.isascii():
        headers["content-location"] = document.address
    if xml.count(b"xmlns") > TAG_LIMIT // 10:
        return Parsed(problem="The document uses more namespaces than anything that is meant.")
    try:
        found = feedparser.parse(
            io.BytesIO(xml),
            response_headers=headers,
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as error:  # noqa: BLE001 - it raises whatever its many rules happen upon
        return Parsed(problem=f"The document cannot be read ({type(error).__name__}).")
    language = language_code(found.feed.get("language") or "")
    base = web_address(found.feed.get("link", ""), base=document.address) or document.address
    entries, skipped = [], 0
    for item in found.entries[:ITEM_LIMIT]:
        try:
            entries.append(_entry(item, base, language, document))
        except (ValueError, TypeError, OverflowError, AttributeError, KeyError):
            skipped += 1
    return Parsed(
        entries=tuple(entries),
        title=one_line(found.feed.get("title", "")),
        language=language,
        skipped=skipped,
    )


# feedparser's dictionaries hold whatever a document happens to say.
def _entry(item: Any, base: str, feed_language: str | None, document: Document) -> ParsedEntry:
    zone = document.zone
    html, language = _body(item, base, document.address)
    text = plain(html)
    title = one_line(item.get("title", "")) or one_line(text[:120])
    link = web_address(item.get("link", ""), base=base)
    updated = _when(item, "updated", zone)
    return ParsedEntry(
        id=" ".join(item.get("id", "").split())[:8192],
        title=title,
        address=link,
        author=one_line(item.get("author", "")),
        published=_when(item, "published", zone) or _when(item, "created", zone) or updated,
        updated=updated,
        language=language or feed_language,
        html=html,
        text=text,
        enclosures=tuple(_enclosures(item, base)),
    )


def _body(item: Any, base: str, address: str) -> tuple[str, str | None]:
    """The longest of the texts that an item brings, sanitised, and the language it states."""
    details = [*item.get("content", ()), item.get("summary_detail") or {}]
    best = max(details, key=lambda detail: len(detail.get("value") or ""))
    value = best.get("value") or ""
    is_text = best.get("type") == "text/plain" and not re.search(r"</?[a-zA-Z][^>]*>", value)
    # feedparser calls the document's own address the base of what states none.
    stated = best.get("base") or ""
    resolved = web_address(stated, base=base) if stated not in ("", address) else base
    html = from_plain(value) if is_text else sanitised(value, base=resolved or base)
    return html, language_code(best.get("language") or "")


def _enclosures(item: Any, base: str) -> Iterator[Enclosure]:
    for enclosure in item.get("enclosures", ())[:50]:
        address = web_address(enclosure.get("href", ""), base=base)
        length = str(enclosure.get("length", ""))
        if address:
            size = int(length) if re.fullmatch(r"[0-9]{1,12}", length) else None
            yield Enclosure(address, one_line(enclosure.get("type", "")), size)


def _when(item: Any, name: str, zone: str) -> datetime | None:
    if name not in item:
        return None
    read = instant(item.get(name) or "", zone=zone)
    parsed = item.get(f"{name}_parsed")
    if read is not None or not isinstance(parsed, struct_time):
        return read
    try:
        at = datetime(*parsed[:6], tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
    return at if at.year in SENSIBLE_YEARS else None


def _well_formed(xml: bytes) -> etree._Element | None:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _excess(root: etree._Element) -> str | None:
    for element in root.iter():
        if len(element.attrib) > ATTRIBUTE_LIMIT:
            return "The document holds an element with hundreds of attributes."
    if len(root.nsmap) > NAMESPACE_LIMIT:
        return "The document uses more namespaces than anything that is meant."
    return None


def _not_a_feed(root: etree._Element) -> str | None:
    name = _name(root)
    if name in _ROOTS:
        return None
    if name == "html":
        return "The answer is a web page, not a feed."
    return f"The answer is XML, but no feed: its outermost element is <{name[:40]}>."


def _items(root: etree._Element) -> list[etree._Element]:
    return [
        child
        for parent in (root, *(each for each in root if _name(each) == "channel"))
        for child in parent
        if _name(child) in ("item", "entry")
    ]


def _name(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _remove(item: etree._Element) -> None:
    parent = item.getparent()
    if parent is not None:
        parent.remove(item)


def _page_sentence(text: str) -> str:
    found = _HTML_TITLE.search(text[:20_000])
    title = one_line(found[1]) if found else ""
    return f"The answer is a web page{f' («{title}»)' if title else ''}, not a feed."


def is_page(text: str) -> bool:
    """Whether a document is HTML, and not a feed."""
    return _HTML.match(text[:4000]) is not None
