"""The values of elements in a tree, mended as feedparser mends them. Pure.

What these functions do not know for sure raises StrangeError: the document is for feedparser then.
"""

import re
from contextlib import suppress
from dataclasses import dataclass
from html import escape
from html.entities import entitydefs
from urllib.parse import urljoin, urlsplit

from lxml import etree

from feeds.parsing.elements import Element, local_name
from feeds.parsing.fields import Text

XHTML = "application/xhtml+xml"

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_KINDS = {
    "text": "text/plain",
    "plain": "text/plain",
    "text/plain": "text/plain",
    "html": "text/html",
    "text/html": "text/html",
    "xhtml": XHTML,
    XHTML: XHTML,
}
_HTML_KINDS = {"text/html", XHTML}
_MODES = {"", "escaped", "xml"}
_TAG = re.compile(r"</?[a-zA-Z][^>]*>")
_REFERENCE = re.compile(r"&#?\w+;")
_NAMED = re.compile(r"&(\w+);")
# What windows-1252 has where Unicode has control characters; 81, 8D, 8F, 90 and 9D stay.
_CONTROLS = re.compile(b"\xc2[\x80-\x9f]")
_WINDOWS = {
    code: bytes([code]).decode("windows-1252")
    for code in range(0x80, 0xA0)
    if code not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}
}
_SLASHES = re.compile(r"^([A-Za-z][A-Za-z0-9+-.]*://)/+")
_NO_LINK = re.compile(r"&([A-Za-z0-9_]+);")
_FOREIGN = {"svg", "math"}


class StrangeError(Exception):
    """The document holds something that only feedparser knows how to read."""


def mended(text: str) -> str:
    """Stripped; UTF-8 that was encoded twice and windows-1252 in control characters are undone."""
    text = text.strip()
    # U+0080 to U+00BF, which both need, are C2 and one more byte in UTF-8; that is found at once.
    if text.isascii() or b"\xc2" not in (raw := text.encode("utf-8", "replace")):
        return text
    with suppress(UnicodeError):
        text = text.encode("iso-8859-1").decode("utf-8")
        raw = text.encode("utf-8", "replace")
    return text.translate(_WINDOWS) if _CONTROLS.search(raw) else text


def simple(element: Element) -> str:
    """The text of an element that may not hold others."""
    if len(element):
        raise StrangeError
    return mended(element.text or "")


def attributes(element: Element) -> dict[str, str]:
    """Those of an element, with their names in lower case."""
    return {str(name).lower(): str(value) for name, value in element.items()}


def titled(element: Element, *, is_atom: bool, unwrapped: bool) -> str:
    """The value of a title, with what markup it has."""
    if not element.attrib:
        return simple(element)
    return text_of(element, "text/plain", is_atom=is_atom, unwrapped=unwrapped).value


def text_of(element: Element, default: str, *, is_atom: bool, unwrapped: bool) -> Text:
    """A text with markup, and whether it is plain; `unwrapped` from the single <div> of Atom 1.0.

    `base` and `language` are left empty.
    """
    kind = default
    if element.attrib:
        named = attributes(element)
        kind = _KINDS.get(named.get("type", default).lower(), "")
        if not kind or named.get("mode", "") not in _MODES:
            raise StrangeError
    if kind == XHTML:
        return Text(mended(_inner(element, unwrapped=unwrapped)))
    value = simple(element)
    return Text(value, kind == "text/plain" and (is_atom or not _seems_html(value)))


def _seems_html(value: str) -> bool:
    """Whether a text that an RSS calls plain is HTML for the references in it."""
    if "&" not in value or _TAG.search(value) or not _REFERENCE.search(value):
        return False
    if "<" in value:
        raise StrangeError
    return all(name in entitydefs for name in _NAMED.findall(value))


def joined(base: str, link: str) -> str:
    """As feedparser joins them; without a base the link stays as it is."""
    if ":///" in link:
        link = _SLASHES.sub(r"\1", link)
    try:
        return urljoin(base, link) if base else link
    except ValueError:
        return ""


@dataclass(frozen=True, slots=True)
class Link:
    """A <link>. The address is what an attribute says (`is_text` False) or what stands in it."""

    address: str
    is_text: bool
    rel: str = "alternate"
    kind: str = "text/html"
    length: str = ""

    @property
    def leads_to_page(self) -> bool:
        kind = self.kind
        return self.is_text or (self.rel == "alternate" and _KINDS.get(kind, kind) in _HTML_KINDS)


def link_of(element: Element, base: str) -> Link:
    if not element.attrib:
        return Link(_link_text(element, base), is_text=True)
    named = attributes(element)
    href = named.get("url", named.get("uri", named.get("href")))
    if len(element) or href == "" or (href is None and "rel" in named):
        raise StrangeError
    if href is None:
        return Link(_link_text(element, base), is_text=True)
    rel = named.get("rel", "alternate").lower()
    kind = named.get("type", "application/atom+xml" if rel == "self" else "text/html").lower()
    return Link(joined(base, href), False, rel, kind, named.get("length", ""))


def _link_text(element: Element, base: str) -> str:
    """The address that stands between <link> and </link>, with repaired query separators."""
    address = simple(element)
    address = joined(base, address) if address else ""
    if "&" in address:
        address = _NO_LINK.sub(r"&\1", address.replace("&amp;", "&"))
    return address


def language_in_force(element: Element) -> str:
    """The nearest xml:lang or lang, from the element up; empty where none is stated."""
    for each in (element, *element.iterancestors()):
        stated = each.get(_LANG, each.get("lang"))
        if stated is not None:
            return stated.replace("_", "-")
    return ""


def base_in_force(element: Element, origin: str) -> str:
    """The xml:base of an element, against those of its ancestors and the document's `origin`."""
    base = origin
    for each in reversed((element, *element.iterancestors())):
        stated = each.get(_BASE, "")
        if stated:
            base = joined(base, stated)
            if urlsplit(base).scheme not in {"", "http", "https"}:
                raise StrangeError
    return base


def _inner(element: Element, *, unwrapped: bool) -> str:
    """The inside of an element as HTML: names without prefix, every element with its end."""
    if unwrapped and len(element) == 1 and local_name(str(element[0].tag)) == "div":
        [child] = element
        if not (element.text or "").strip() and not (child.tail or "").strip():
            element = child
    pieces: list[str] = []
    for event, each in etree.iterwalk(element, events=("start", "end")):
        name = local_name(str(each.tag))
        if each is element:
            pieces.append(escape(each.text or "", quote=False) if event == "start" else "")
        elif event == "start":
            pieces += (f"<{name}{_written(each)}>", escape(each.text or "", quote=False))
        else:
            pieces += ("" if name == "br" else f"</{name}>", escape(each.tail or "", quote=False))
        if name in _FOREIGN:
            raise StrangeError
    return "".join(pieces)


def _written(element: Element) -> str:
    return "".join(
        f' {name.lower()}="{escape(value, quote=False).replace(chr(34), "&quot;")}"'
        for name, value in ((str(name), str(value)) for name, value in element.items())
        if not name.startswith("{")
    )
