"""A watched web page: the links in its marked part are the entries. Also finds the feeds behind it.

The part is named by the source's setting `selector` (CSS). Each address in it is one entry with the
text around its link; a row of a table with columns beside the link is one entry, whatever else it
links to; a part without links is one entry, so that a change in it is seen. A date that the element
around a link marks as one, with <time datetime> or a class such as `date` or `datum`, is taken for
the date of publication.

Only the page at the address is watched. Lists that go on (Plone's `b_start`, `?page=2`) show what
is new on the first page; what is older was there before, or belongs to a source of its own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from cssselect import SelectorError
from lxml import etree, html

from feeds.parsing.dates import instant
from feeds.parsing.decoding import decoded
from feeds.parsing.entry import RECEIVED_LIMIT, Document, Parsed, ParsedEntry
from feeds.parsing.text import (
    language_code,
    one_line,
    plain,
    sanitised,
    web_address,
    without_illegal,
)

FEED_TYPES = {
    "application/rss+xml",
    "application/atom+xml",
    "application/feed+json",
    "application/rdf+xml",
    "application/xml",
    "text/xml",
    "text/calendar",
}
# Addresses in links that nothing but a feed or a calendar has.
_FEED_LINK = re.compile(
    r"(?:[/.](?:rss|atom|rdf|feed)(?:\.xml|\.json|/)?|\.(?:rss|atom|rdf|ics)|[?&](?:feed|format|"
    r"type|page)=(?:rss2?|atom|backend|100|9818))(?:[?#&].*)?$",
    re.IGNORECASE,
)
_DATE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:date|datum\w*)(?:$|[\s_-])|[a-z](?:Date|Datum)(?![a-z])", re.ASCII
)
_AROUND = {"li", "tr", "article", "dd", "p", "div", "section", "td", "h2", "h3", "h4"}
LINK_LIMIT = 2000
# More than that is no row of a list but a page laid out with a table.
ROW_TEXT = 2000
ROW_LINKS = 6
UNSEEN = ("script", "style", "noscript", "template", etree.Comment)


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed that a page names; `language` as the page says, else None."""

    address: str
    title: str = ""
    language: str | None = None


def parse(document: Document) -> Parsed:
    root = _tree(document)
    if root is None:
        return Parsed(problem="The page is empty or cannot be read.")
    selector = document.settings.get("selector", "") or "main, article, body"
    try:
        parts = root.cssselect(selector)
    except SelectorError:
        return Parsed(problem=f"«{selector[:80]}» does not name a part of a page.")
    if not parts:
        return Parsed(problem=f"The marked part «{selector[:80]}» is no longer on the page.")
    around = _Around(_base(root, document.address), _language_of(root), document.zone)
    marked = parts if document.settings.get("selector") else parts[:1]
    entries = _linked(marked, around) or _whole(marked, document, around.language)
    known = tuple(each.received_hash for each in entries if each.received_hash in document.known)
    return Parsed(
        entries=tuple(each for each in entries if each.received_hash not in document.known),
        known=known,
        title=_title(root),
        language=around.language,
        complete=True,
    )


def feed_links(document: Document) -> list[FeedLink]:
    """The feeds that a page names: with <link rel=alternate>, then those it has links to."""
    root = _tree(document)
    if root is None:
        return []
    base = _base(root, document.address)
    named = [each for each in root.iter("link") if _is_alternate(each)]
    linked = [each for each in root.iter("a") if _leads_to_a_feed(each)]
    found: dict[str, FeedLink] = {}
    for link in named + linked:
        address = _feed_address(link.get("href") or "", base)
        if address:
            title = one_line(link.get("title") or " ".join(link.itertext()))
            language = language_code(link.get("hreflang") or "")
            found.setdefault(address, FeedLink(address, title, language))
    return list(found.values())


@dataclass(frozen=True, slots=True)
class PageAbout:
    """What a page says of itself: its language, the software that made it."""

    language: str | None = None
    generator: str = ""


def page_about(document: Document) -> PageAbout:
    root = _tree(document)
    if root is None:
        return PageAbout()
    made_by = (each for each in root.iter("meta") if (each.get("name") or "") == "generator")
    generator = next((each.get("content") or "" for each in made_by), "")
    return PageAbout(_language_of(root), one_line(generator))


def _language_of(root: html.HtmlElement) -> str | None:
    return language_code(root.get("lang") or "")


def _is_alternate(link: html.HtmlElement) -> bool:
    kind = (link.get("type") or "").split(";")[0].strip().lower()
    return "alternate" in (link.get("rel") or "").lower().split() and kind in FEED_TYPES


def _leads_to_a_feed(link: html.HtmlElement) -> bool:
    kind = (link.get("type") or "").split(";")[0].strip().lower()
    href = (link.get("href") or "").strip()
    is_calendar = href.lower().startswith(("webcal:", "feed:"))
    return kind in FEED_TYPES or is_calendar or _FEED_LINK.search(href) is not None


def _feed_address(href: str, base: str) -> str:
    href = re.sub(r"^\s*(?:webcal|feed)://", "https://", href, flags=re.IGNORECASE)
    return web_address(href, base=base)


def _tree(document: Document) -> html.HtmlElement | None:
    text = without_illegal(decoded(document.body, document.content_type))
    try:
        root = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError):
        return None
    etree.strip_elements(root, *UNSEEN, with_tail=False)
    return root


def _base(root: html.HtmlElement, address: str) -> str:
    stated = next((each.get("href") for each in root.iter("base")), None)
    return web_address(stated or "", base=address) or address


def _title(root: html.HtmlElement) -> str:
    return one_line(root.findtext(".//title") or "")


@dataclass(frozen=True, slots=True)
class _Around:
    """What the page says for all of its links."""

    base: str
    language: str | None
    zone: str


def _linked(parts: list[html.HtmlElement], page: _Around) -> list[ParsedEntry]:
    entries: dict[str, ParsedEntry] = {}
    rows: set[html.HtmlElement] = set()
    for part in parts:
        for link in part.iter("a"):
            address = web_address((link.get("href") or "").strip(), base=page.base)
            row = _row(link, part)
            # Two links to one address are one entry: the picture and the headline of a teaser.
            if not address or row in rows or (address in entries and entries[address].title):
                continue
            around = _around(link, part) if row is None else row
            entries[address] = _entry(link, around, address, page)
            if row is not None and entries[address].title:
                rows.add(row)
            if len(entries) >= LINK_LIMIT:
                break
    return [entry for entry in entries.values() if entry.title]


def _entry(
    link: html.HtmlElement, around: html.HtmlElement, address: str, page: _Around
) -> ParsedEntry:
    raw = etree.tostring(around, encoding="unicode", with_tail=False)
    # A row outside of a table loses its cells, and their texts would run into each other.
    shown = sanitised(f"<table>{raw}</table>" if around.tag == "tr" else raw, base=page.base)
    return ParsedEntry(
        id=address,
        title=one_line(" ".join(link.itertext())) or one_line(link.get("title") or ""),
        address=address,
        published=_published(around, page.zone),
        language=language_code(link.get("hreflang") or "") or page.language,
        html=shown,
        text=plain(shown),
        received=raw[:RECEIVED_LIMIT],
        received_hash=sha256(raw.encode("utf-8", "replace")).hexdigest(),
    )


def _published(around: html.HtmlElement, zone: str) -> datetime | None:
    for element in around.iter("time"):
        stated = instant(element.get("datetime") or "", zone=zone)
        if stated is not None:
            return stated
    for element in around.iter(etree.Element):
        if _DATE_CLASS.search(element.get("class") or ""):
            stated = instant(" ".join(element.itertext()), zone=zone)
            if stated is not None:
                return stated
    return None


def _row(link: html.HtmlElement, part: html.HtmlElement) -> html.HtmlElement | None:
    """The row of a list that the link stands in, when it says something in other columns."""
    row = next((each for each in (*_ancestors(link, part), part) if each.tag == "tr"), None)
    if row is None or len(row.text_content()) > ROW_TEXT:
        return None
    beside = (cell for cell in row if cell.tag in ("td", "th") and cell.find(".//a") is None)
    says_more = any(cell.text_content().strip() for cell in beside)
    return row if says_more and sum(1 for _ in row.iter("a")) <= ROW_LINKS else None


def _around(link: html.HtmlElement, part: html.HtmlElement) -> html.HtmlElement:
    """The largest element around the link, within the part, that holds no other address."""
    around = link
    for parent in _ancestors(link, part):
        if len({each.get("href") for each in parent.iter("a") if each.get("href")}) > 1:
            break
        if parent.tag in _AROUND:
            around = parent
    return around


def _ancestors(link: html.HtmlElement, part: html.HtmlElement) -> Iterator[html.HtmlElement]:
    for parent in link.iterancestors():
        if parent is part:
            return
        yield parent


def _whole(
    parts: list[html.HtmlElement], document: Document, language: str | None
) -> list[ParsedEntry]:
    raw = "".join(etree.tostring(part, encoding="unicode", with_tail=False) for part in parts)
    shown = sanitised(raw, base=document.address)
    text = plain(shown)
    if not text:
        return []
    return [
        ParsedEntry(
            id=document.address,
            title=one_line(text.split("\n")[0])[:200],
            address=document.address,
            language=language,
            html=shown,
            text=text,
            received=raw[:RECEIVED_LIMIT],
            received_hash=sha256(raw.encode("utf-8", "replace")).hexdigest(),
        )
    ]
