"""What stands in one item, before it is read: the same for every way of parsing it. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from feeds.parsing.advertising import without_advertising
from feeds.parsing.entry import Enclosure, ParsedEntry
from feeds.parsing.text import from_plain, language_code, one_line, plain, sanitised, web_address

ENCLOSURE_LIMIT = 50
ID_LIMIT = 8192

_TAG = re.compile(r"</?[a-zA-Z][^>]*>")
_ADDRESS = re.compile(r"https?://|/", re.IGNORECASE)
_LENGTH = re.compile(r"[0-9]{1,12}")


@dataclass(slots=True)
class Text:
    """A text of an item. `base` is the xml:base in force and empty when none is stated."""

    value: str
    is_plain: bool = False
    base: str = ""
    language: str = ""


@dataclass(slots=True)
class Fields:
    """The fields of an item as they stand in it. `link` is absent when nothing names one."""

    id: str = ""
    title: str = ""
    link: str | None = None
    original_link: str = ""
    author: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    created: datetime | None = None
    contents: list[Text] = field(default_factory=list)
    summary: Text | None = None
    # Address, media type and length.
    enclosures: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item stands: links of the feed start at `address`, those in its texts at `page`."""

    address: str
    page: str
    zone: str
    language: str | None = None


def place_of(link: str, language: str, *, address: str, zone: str) -> Place:
    page = web_address(link, base=address) or address
    return Place(address, page, zone, language_code(language))


def entry_of(fields: Fields, place: Place, received: str = "", digest: str = "") -> ParsedEntry:
    """The item, safe and absolute. Without a title it is called by how its text begins."""
    html, language = _body(fields, place)
    text = plain(html)
    link = fields.original_link or fields.link or ""
    if link == fields.id and not _ADDRESS.match(link):
        # An id that is no address leads nowhere, whatever isPermaLink says by default.
        link = ""
    return ParsedEntry(
        id=" ".join(fields.id.split())[:ID_LIMIT],
        title=one_line(fields.title) or one_line(text[:120]),
        address=web_address(link, base=place.address),
        author=one_line(fields.author),
        published=fields.published or fields.created or fields.updated,
        updated=fields.updated,
        language=language or place.language,
        html=html,
        text=text,
        enclosures=tuple(_enclosures(fields.enclosures, place.page)) if fields.enclosures else (),
        received=received,
        received_hash=digest,
    )


def _body(fields: Fields, place: Place) -> tuple[str, str | None]:
    """The longest of the texts that an item brings, sanitised, and the language it states."""
    texts = [*fields.contents, fields.summary] if fields.summary else fields.contents
    if not texts:
        return "", None
    best = texts[0] if len(texts) == 1 else max(texts, key=lambda text: len(text.value))
    language = language_code(best.language) if best.language else None
    if best.is_plain and not _TAG.search(best.value):
        return from_plain(best.value), language
    base = web_address(best.base, base=place.page) if best.base else place.page
    return sanitised(without_advertising(best.value), base=base or place.page), language


def _enclosures(stated: Sequence[tuple[str, str, str]], base: str) -> Iterator[Enclosure]:
    for link, kind, length in stated[:ENCLOSURE_LIMIT]:
        address = web_address(link, base=base)
        if address:
            size = int(length) if _LENGTH.fullmatch(length) else None
            yield Enclosure(address, one_line(kind), size)
