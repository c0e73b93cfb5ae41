"""Blocks of a text that are not of it: advertisements and buttons for sharing. Pure.

They change from one visit to the next and would make a new version of a text that says the same.
A block is an element whose class or id begins with one of a few words; it goes only when it is
small, is closed, and most of the text stays. Pictures that count readers need no rule: the
sanitiser lets no picture through.
"""

import re
from collections.abc import Iterator

BLOCK_LIMIT = 600
# Characters of markup in which the end of a block is looked for, and how many blocks are.
REACH = 20_000
BLOCKS = 20

_NAMES = (
    *("feedflare", "sharedaddy", "addtoany", "addthis", "a2a", "ssba", "jp-relatedposts"),
    *("ad", "ads", "advert", "adverts", "advertisement", "adsbygoogle", "advertising"),
    *("anzeige", "werbung", "publicite", "pubblicita", "oglas"),
)
_NAME = rf"(?:{'|'.join(_NAMES)})(?![^\W_])"
_NAMED = re.compile(
    r"<(?P<tag>[a-z][a-z0-9]*)\s(?:[^<>]*?\s)?(?:class|id)\s*=\s*"
    rf"(?:\"(?:[^\"<>]*\s)?{_NAME}|'(?:[^'<>]*\s)?{_NAME}|{_NAME})[^<>]*>",
    re.IGNORECASE,
)
_UNSEEN = re.compile(
    r"<(script|style|iframe|noscript)\b.*?</\1\s*>|<[^<>]*>", re.IGNORECASE | re.DOTALL
)
_VOID = {"img", "br", "hr", "input", "embed", "source", "wbr"}


def without_advertising(html: str) -> str:
    """The HTML without such blocks; the same string when it has none."""
    if ("class=" not in html and " id=" not in html) or not _NAMED.search(html):
        return html
    spans = list(_blocks(html))
    kept = "".join(
        html[start:end]
        for start, end in zip(
            (0, *(end for _, end in spans)), (*(start for start, _ in spans), None), strict=True
        )
    )
    return kept if 2 * _text_length(kept) > _text_length(html) else html


def _blocks(html: str) -> Iterator[tuple[int, int]]:
    at = 0
    for _ in range(BLOCKS):
        found = _NAMED.search(html, at)
        if found is None:
            return
        end = None if _in_comment(html, found.start()) else _end(html, found)
        at = end or found.end()
        if end and _text_length(html[found.start() : end]) < BLOCK_LIMIT:
            yield found.start(), end


def _end(html: str, start: re.Match[str]) -> int | None:
    tag = start["tag"]
    if tag.lower() in _VOID or start[0].endswith("/>"):
        return start.end()
    depth = 1
    for found in re.finditer(rf"<(/?){tag}\b[^<>]*>", html[: start.end() + REACH], re.IGNORECASE):
        if found.start() < start.end():
            continue
        depth += -1 if found[1] else 1
        if depth == 0:
            return found.end()
    return None


def _in_comment(html: str, at: int) -> bool:
    return html.rfind("<!--", 0, at) > html.rfind("-->", 0, at)


def _text_length(html: str) -> int:
    return len("".join(_UNSEEN.sub("", html).split()))
