"""Feeds by feedparser, the parser of record. The only importer of feedparser.

Its sanitising and its resolving of links in texts are off: its sanitiser lets active content
through, and both are done once, by text.py. It is told where a document is from only where an
xml:base needs it, so that the ids that stand in it stay as they are when the document moves.
"""

import io
import re
from datetime import UTC, datetime
from itertools import islice
from time import struct_time
from typing import Any

from feeds.parsing.dates import SENSIBLE_YEARS, instant, names_no_date
from feeds.parsing.entry import Document, Parsed
from feeds.parsing.fields import Fields, Text, entry_of, place_of
from feeds.parsing.text import one_line

NAMESPACE_LIMIT = 5_000
# Outside of CDATA. It needs a second for a hundred thousand that are not closed.
TAG_LIMIT = 200_000
# It compares each category with all others; we have no use for them.
CATEGORY_LIMIT = 500
# Bytes. It looks for an address in the name of an author, in quadratic time.
AUTHOR_LIMIT = 2_000

_HEADERS = {"content-type": "application/xml; charset=utf-8"}
# XHTML comes back from it with every element closed; to a browser this one is a second line break.
_ISO = re.compile(r"\s*\d{4}-")
_CLOSED_BREAK = re.compile(r"</br\s*>", re.IGNORECASE)
_CDATA = re.compile(rb"<!\[CDATA\[(?:(?!\]\]>).)*+\]\]>", re.DOTALL)
_CATEGORY = re.compile(
    rb"</?(?:[\w.-]{1,40}:)?(?:category|subject)(?![\w.:-])[^<>]*>", re.IGNORECASE
)
_LONG_AUTHOR = re.compile(
    rb"(<(?:[\w.-]{1,40}:)?(?:author|creator|managingeditor|webmaster|publisher|owner)\b[^<>]*>"
    rb"\s*(?:<!\[CDATA\[)?[^<\]]{%d})[^<\]]+" % AUTHOR_LIMIT,
    re.IGNORECASE,
)


def parsed(xml: bytes, document: Document, *, limit: int) -> Parsed:
    """The first `limit` entries of a document in UTF-8, well-formed or not. Never raises."""
    if xml.count(b"xmlns") > NAMESPACE_LIMIT:
        return Parsed(problem="The document uses more namespaces than anything that is meant.")
    if xml.count(b"<") > TAG_LIMIT and _CDATA.sub(b"", xml).count(b"<") > TAG_LIMIT:
        return Parsed(problem="The document is broken, and too long to be mended.")
    xml = _without_traps(xml)
    headers = _HEADERS
    if b"base=" in xml and document.address.isascii():
        headers = _HEADERS | {"content-location": document.address}
    import feedparser  # loads much, for the one feed in fifty that needs it

    try:
        found = feedparser.parse(
            io.BytesIO(xml),
            response_headers=headers,
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as error:  # noqa: BLE001 - it raises whatever its many rules happen upon
        return Parsed(problem=f"The document cannot be read ({type(error).__name__}).")
    feed = found.feed
    place = place_of(
        feed.get("link") or "",
        feed.get("language") or "",
        address=document.address,
        zone=document.zone,
    )
    entries, skipped = [], 0
    for item in found.entries[:limit]:
        try:
            entries.append(entry_of(_fields(item, document), place))
        except (ValueError, TypeError, OverflowError, AttributeError, KeyError):
            skipped += 1
    return Parsed(
        entries=tuple(entries),
        title=one_line(feed.get("title") or ""),
        language=place.language,
        skipped=skipped,
        left=max(0, len(found.entries) - limit),
    )


def _without_traps(xml: bytes) -> bytes:
    """Without that in which it would need quadratic time and which nothing is meant by."""
    if sum(1 for _ in islice(_CATEGORY.finditer(xml), CATEGORY_LIMIT + 1)) > CATEGORY_LIMIT:
        xml = _CATEGORY.sub(b"", xml)
    return _LONG_AUTHOR.sub(rb"\1", xml)


# feedparser's dictionaries hold whatever a document happens to say.
def _fields(item: Any, document: Document) -> Fields:
    summary, address, zone = item.get("summary_detail"), document.address, document.zone
    return Fields(
        id=item.get("id", ""),
        title=item.get("title", ""),
        link=item.get("link"),
        original_link=_string(item.get("feedburner_origlink")),
        author=item.get("author", ""),
        published=_when(item, "published", zone),
        updated=_when(item, "updated", zone),
        created=_when(item, "created", zone),
        contents=[_text(detail, address) for detail in item.get("content", ())],
        summary=_text(summary, address) if summary else None,
        enclosures=[
            (each.get("href", ""), each.get("type", ""), str(each.get("length", "")))
            for each in item.get("enclosures", ())
        ],
    )


def _string(value: Any) -> str:
    """What an element with attributes and an unknown name becomes is a dictionary."""
    return value if isinstance(value, str) else ""


def _text(detail: Any, address: str) -> Text:
    kind, value = detail.get("type"), detail.get("value") or ""
    if kind == "application/xhtml+xml":
        value = _CLOSED_BREAK.sub("", value)
    base, language = detail.get("base") or "", detail.get("language") or ""
    return Text(value, kind == "text/plain", "" if base == address else base, language)


def _when(item: Any, name: str, zone: str) -> datetime | None:
    if name not in item:
        return None
    text, stated = item.get(name) or "", item.get(f"{name}_parsed")
    read = instant(text, zone=zone)
    # It makes an instant of whatever begins as ISO 8601 does.
    if read is not None or not isinstance(stated, struct_time):
        return read
    if _ISO.match(text) or names_no_date(text):
        return read
    try:
        at = datetime(*stated[:6], tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
    return at if at.year in SENSIBLE_YEARS else None
