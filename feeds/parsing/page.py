"""A watched web page: the links in its marked part are the entries. Also finds the feeds behind it.

The part is named by the source's setting `selector` (CSS). Each address in it is one entry with the
text around its link; a part without links is one entry, so that a change in it is seen.
"""

from collections.abc import Iterator
from hashlib import sha256

from cssselect import SelectorError
from lxml import etree, html

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
    "text/calendar",
}
_AROUND = {"li", "tr", "article", "dd", "p", "div", "section", "td", "h2", "h3", "h4"}
LINK_LIMIT = 2000
UNSEEN = ("script", "style", "noscript", "template", etree.Comment)


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
    base = _base(root, document.address)
    language = language_code(root.get("lang") or "")
    marked = parts if document.settings.get("selector") else parts[:1]
    entries = _linked(marked, base, language) or _whole(marked, document, language)
    return Parsed(entries=tuple(entries), title=_title(root), language=language, complete=True)


def feed_addresses(document: Document) -> list[tuple[str, str]]:
    """(address, title) of the feeds that a page names with <link rel=alternate>."""
    root = _tree(document)
    if root is None:
        return []
    base = _base(root, document.address)
    found = []
    for link in root.iter("link"):
        kind = (link.get("type") or "").split(";")[0].strip().lower()
        if "alternate" in (link.get("rel") or "").lower().split() and kind in FEED_TYPES:
            address = web_address(link.get("href") or "", base=base)
            if address:
                found.append((address, one_line(link.get("title") or "")))
    return found


def _tree(document: Document) -> html.HtmlElement | None:
    text = without_illegal(decoded(document.body, document.content_type))
    try:
        root = html.fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError):
        return None
    etree.strip_elements(root, *UNSEEN, with_tail=False)
    return root


def _base(root: html.HtmlElement, address: str) -> str:
    stated = next((each.get("href") for each in root.iter("base")), None)
    return web_address(stated or "", base=address) or address


def _title(root: html.HtmlElement) -> str:
    return one_line(root.findtext(".//title") or "")


def _linked(parts: list[html.HtmlElement], base: str, language: str | None) -> list[ParsedEntry]:
    entries: dict[str, ParsedEntry] = {}
    for part in parts:
        for link in part.iter("a"):
            address = web_address((link.get("href") or "").strip(), base=base)
            # Two links to one address are one entry: the picture and the headline of a teaser.
            if address and (address not in entries or not entries[address].title):
                entries[address] = _entry(link, part, address, base, language)
            if len(entries) >= LINK_LIMIT:
                break
    return [entry for entry in entries.values() if entry.title]


def _entry(
    link: html.HtmlElement, part: html.HtmlElement, address: str, base: str, language: str | None
) -> ParsedEntry:
    around = _around(link, part)
    raw = etree.tostring(around, encoding="unicode", with_tail=False)
    shown = sanitised(raw, base=base)
    return ParsedEntry(
        id=address,
        title=one_line(" ".join(link.itertext())) or one_line(link.get("title") or ""),
        address=address,
        language=language_code(link.get("hreflang") or "") or language,
        html=shown,
        text=plain(shown),
        received=raw[:RECEIVED_LIMIT],
        received_hash=sha256(raw.encode("utf-8", "replace")).hexdigest(),
    )


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
