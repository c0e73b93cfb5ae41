"""Text from outside, made safe and readable. One allow-list for everything that is shown."""

import re
from collections.abc import Iterator
from functools import lru_cache
from html import escape, unescape
from urllib.parse import urljoin, urlsplit

import nh3

HTML_LIMIT = 512 * 1024
# nh3 needs quadratic time for nested elements: 50,000 of them four seconds.
DEPTH_LIMIT = 300
ADDRESS_LIMIT = 4096

_TAGS = set(
    "a abbr b blockquote br caption cite code dd del dfn div dl dt em figcaption figure h1 h2 h3"  # noqa: SIM905 - read as one
    " h4 h5 h6 hr i ins kbd li mark ol p pre q s small span strong sub sup table tbody td tfoot"
    " th thead time tr u ul var".split()
)
# No images: they report to their server who reads what, and when.
_ATTRIBUTES = {
    "a": {"href", "hreflang", "title"},
    "abbr": {"title"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
    "*": {"lang"},
}
_DROPPED_WHOLE = {"script", "style", "template", "iframe", "object", "embed", "noscript", "title"}
_DROPPED_WHOLE |= {"textarea", "select", "svg", "math"}
# In a line these are only tags: their text is part of a title.
_KEPT_IN_LINES = {"object", "embed", "select", "svg", "math"}
# The ends of elements that are the end of a line in a text, or a space; others are nothing.
_SEPARATING = re.compile(
    r"</(?:p|div|li|tr|t[dh]|h[1-6]|blockquote|d[dt]|fig(?:ure|caption)|pre|table|[uo]l|caption)>"
    r"|<[bh]r(?: [^>]*)?>"
)
_WITHIN_LINE = {"</td>", "</th>"}
_TAG = re.compile(r"<[^<>]*>")
_RELATIVE = re.compile(r"(?:href|HREF|Href)\s*+=\s*+[\"']?+(?!https?://|mailto:)")
_WHOLE_ADDRESS = re.compile(r"https?://[a-z0-9][a-z0-9.-]*(?::[0-9]{1,5})?(?:/[!-~]*)?")
_CONTROLS = bytes({*range(0x20)} - set(b"\t\n\r")) + b"\x7f"
_OPEN_OR_CLOSE = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_VOID = {"br", "hr", "img", "input", "meta", "link", "wbr", "source", "area", "base", "col"}
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]+);")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def sanitised(html: str, *, base: str) -> str:
    """HTML with only what we allow, links absolute against `base`. Safe to show as it is."""
    html = without_illegal(html)[:HTML_LIMIT]
    if _depth(html) > DEPTH_LIMIT:
        html = escape(_collapsed(_TAG.sub(" ", html)), quote=False)
    # A cleaner per base costs as much as half a text: only where there is something to resolve.
    return _cleaner(base if _RELATIVE.search(html) else "").clean(html).strip()


def plain(html: str) -> str:
    """The text of sanitised HTML: blocks become lines, table cells stay apart."""
    html = html.replace("\n", " ")
    for tag in {*_SEPARATING.findall(html)}:
        html = html.replace(tag, tag + (" " if tag in _WITHIN_LINE else "\n"))
    # In sanitised HTML < and > stand around tags and nowhere else: every second piece is one.
    text = "".join(html.replace(">", "<").split("<")[::2])
    return _collapsed(unescape(text) if "&" in text else text)


def one_line(text: str) -> str:
    """A title or a name: one line, no markup, at most 1,000 characters."""
    text = text[:20_000]
    if not text.isprintable():  # which nothing is that holds something illegal
        text = without_illegal(text)
    if ("<" in text or "&" in text) and _MARKUP.search(text):
        text = plain(_cleaner("", is_line=True).clean(text))
    return " ".join(text.split())[:1000]


def from_plain(text: str) -> str:
    """HTML for text that is not HTML: escaped, paragraphs kept."""
    blocks = re.split(r"\n\s*\n", without_illegal(text[:HTML_LIMIT]).strip())
    return "".join(f"<p>{escape(block.strip(), quote=False)}</p>" for block in blocks if block)


def web_address(link: str, *, base: str = "") -> str:
    """The link, absolute; empty when it does not lead to the web (javascript:, data:, file: …)."""
    if _WHOLE_ADDRESS.fullmatch(link):
        return link[:ADDRESS_LIMIT]
    link = without_illegal(link).strip()
    try:
        absolute = urljoin(base, link) if link else ""
    except ValueError:
        return ""
    return absolute.replace(" ", "%20")[:ADDRESS_LIMIT] if is_web_address(absolute) else ""


def language_code(stated: str) -> str | None:
    """`de` for `de-AT`, `it` for `IT-it`; None for what is no language."""
    code = re.split(r"[-_]", stated.strip().lower())[0]
    return code if re.fullmatch(r"[a-z]{2,3}", code) and code != "und" else None


def is_web_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False


def without_illegal(text: str) -> str:
    """Without characters that XML, PostgreSQL or a terminal refuse."""
    try:
        raw = text.encode()
    except UnicodeEncodeError:
        return _ILLEGAL.sub("", text)
    # Looking at bytes takes a quarter of the time, and hardly any text has one.
    if len(raw.translate(None, _CONTROLS)) == len(raw) and b"\xef\xbf" not in raw:
        return text
    return _ILLEGAL.sub("", text)


def _collapsed(text: str) -> str:
    """Lines that are not empty, each with single spaces between its words."""
    lines = text.split("\n")
    # Whatever split() takes for space is not printable, but for the usual one.
    if "  " in text or not text.replace("\n", " ").isprintable():
        lines = [" ".join(line.split()) for line in lines]
    return "\n".join(filter(None, map(str.strip, lines)))


def _depth(html: str) -> int:
    if html.count("<") <= DEPTH_LIMIT:
        return 0
    return max(_depths(html), default=0)


def _depths(html: str) -> Iterator[int]:
    depth = 0
    for closing, name in _OPEN_OR_CLOSE.findall(html):
        if name.lower() not in _VOID:
            depth = max(0, depth - 1) if closing else depth + 1
            yield depth


@lru_cache(maxsize=256)
def _cleaner(base: str, *, is_line: bool = False) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=_TAGS,
        clean_content_tags=_DROPPED_WHOLE - _KEPT_IN_LINES if is_line else _DROPPED_WHOLE,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        url_relative=("rewrite_with_base", base) if is_web_address(base) else "deny",
        link_rel="noopener noreferrer nofollow",
        strip_comments=True,
    )
