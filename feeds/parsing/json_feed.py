"""JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1)."""

from collections.abc import Iterator
from typing import Any

from feeds.parsing.dates import instant
from feeds.parsing.entry import Document, Enclosure, Parsed, ParsedEntry
from feeds.parsing.json_document import Item, items_at, loaded, number_at, received, text_at
from feeds.parsing.text import (
    from_plain,
    language_code,
    one_line,
    plain,
    sanitised,
    web_address,
)


def parse(text: str, document: Document) -> Parsed:
    feed: Any = loaded(text)
    if feed is None:
        return Parsed(problem="The answer looks like JSON and cannot be read.")
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        return Parsed(problem="The answer is JSON, but no JSON Feed: it has no list of items.")
    items = items_at(feed, "items")
    base = web_address(text_at(feed, "home_page_url"), base=document.address) or document.address
    language = language_code(text_at(feed, "language"))
    hashes = [received(item)[1] for item in items]
    fresh = [
        item for item, digest in zip(items, hashes, strict=True) if digest not in document.known
    ]
    return Parsed(
        entries=tuple(_entry(item, base, language, document.zone) for item in fresh),
        known=tuple(digest for digest in hashes if digest in document.known),
        title=one_line(text_at(feed, "title")),
        language=language,
        skipped=len(feed["items"]) - len(items),
    )


def _entry(item: Item, base: str, language: str | None, zone: str) -> ParsedEntry:
    html = sanitised(text_at(item, "content_html"), base=base)
    html = html or from_plain(text_at(item, "content_text") or text_at(item, "summary"))
    raw, digest = received(item)
    return ParsedEntry(
        id=text_at(item, "id")[:8192],
        title=one_line(text_at(item, "title")),
        address=web_address(text_at(item, "url") or text_at(item, "external_url"), base=base),
        author=one_line(", ".join(_authors(item))),
        published=instant(text_at(item, "date_published"), zone=zone),
        updated=instant(text_at(item, "date_modified"), zone=zone),
        language=language_code(text_at(item, "language")) or language,
        html=html,
        text=plain(html),
        enclosures=tuple(_enclosures(item, base)),
        received=raw,
        received_hash=digest,
    )


def _authors(item: Item) -> list[str]:
    # 1.0 has one `author`, 1.1 a list of `authors`.
    several = [text_at(author, "name") for author in items_at(item, "authors")]
    return several or [text_at(item, "author", "name")]


def _enclosures(item: Item, base: str) -> Iterator[Enclosure]:
    for each in items_at(item, "attachments")[:50]:
        address = web_address(text_at(each, "url"), base=base)
        if address:
            kind = one_line(text_at(each, "mime_type"))
            yield Enclosure(address, kind, number_at(each, "size_in_bytes"))
