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
_BLOCK_END = re.compile(
    r"<[bh]r[^>]*>|</(?:p|div|li|tr|h[1-6]|blockquote|d[dt]|figure|figcaption|pre|table|[uo]l"
    r"|caption)>"
)
_CELL_END = re.compile(r"</t[dh]>")
_TAG = re.compile(r"<[^<>]*>")
_OPEN_OR_CLOSE = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_VOID = {"br", "hr", "img", "input", "meta", "link", "wbr", "source", "area", "base", "col"}
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]+);")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def sanitised(html: str, *, base: str) -> str:
    """HTML with only what we allow, links absolute against `base`. Safe to show as it is."""
    html = without_illegal(html)[:HTML_LIMIT]
    if _depth(html) > DEPTH_LIMIT:
        html = escape(_collapsed(_TAG.sub(" ", html)), quote=False)
    return _cleaner(base if is_web_address(base) else "").clean(html).strip()


def plain(html: str) -> str:
    """The text of sanitised HTML: blocks become lines, table cells stay apart."""
    spaced = _CELL_END.sub(" ", _BLOCK_END.sub("\n", html.replace("\n", " ")))
    return _collapsed(unescape(_TAG.sub("", spaced)))


def one_line(text: str) -> str:
    """A title or a name: one line, no markup, at most 1,000 characters."""
    text = without_illegal(text[:20_000])
    if _MARKUP.search(text):
        text = plain(_cleaner("").clean(text))
    return " ".join(text.split())[:1000]


def from_plain(text: str) -> str:
    """HTML for text that is not HTML: escaped, paragraphs kept."""
    blocks = re.split(r"\n\s*\n", without_illegal(text[:HTML_LIMIT]).strip())
    return "".join(f"<p>{escape(block.strip(), quote=False)}</p>" for block in blocks if block)


def web_address(link: str, *, base: str = "") -> str:
    """The link, absolute; empty when it does not lead to the web (javascript:, data:, file: …)."""
    link = without_illegal(link).strip()
    try:
        absolute = urljoin(base, link) if link else ""
    except ValueError:
        return ""
    return absolute.replace(" ", "%20")[:4096] if is_web_address(absolute) else ""


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
    return _ILLEGAL.sub("", text)


def _collapsed(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


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
def _cleaner(base: str) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=_TAGS,
        clean_content_tags=_DROPPED_WHOLE,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        url_relative=("rewrite_with_base", base) if base else "deny",
        link_rel="noopener noreferrer nofollow",
        strip_comments=True,
    )
