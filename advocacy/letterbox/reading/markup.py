"""HTML → text as a mail program would write it: one line a paragraph, quotations behind ">"."""

import re

from lxml import etree, html

from feeds.reading.letters import word_set

LONGEST = 2_000_000  # characters
_SILENT = frozenset({"script", "style", "head", "title", "template", "noscript", "svg", "object"})
_BLOCKS = word_set(
    "address article aside body dd div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 header li main"
    " nav ol pre section table tbody thead tfoot tr ul p blockquote hr"
)
_SPACED = frozenset({"p", "h1", "h2", "h3", "ul", "ol", "blockquote", "table"})
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
RULE = "_" * 32
"""What a horizontal line becomes; Outlook draws one above the mail that is answered."""


def as_text(source: str) -> str:
    """Empty where nothing can be made of it."""
    content = source[:LONGEST].encode("utf-8", "replace")
    if not content.strip():
        return ""
    try:
        root = html.document_fromstring(content, parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return ""
    page = _Page()
    silent = 0
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event in {"comment", "pi"}:
            page.say(element.tail if not silent else "")
            continue
        tag = element.tag if isinstance(element.tag, str) else ""
        hidden = tag in _SILENT or bool(_HIDDEN.search(element.get("style") or ""))
        if event == "start":
            silent += hidden
            if not silent:
                page.begin(tag)
                page.say(element.text)
        else:
            if not silent:
                page.end(tag)
            silent -= hidden
            if not silent:
                page.say(element.tail)
    return page.text()


class _Page:
    """Lines as they grow, each with the depth of quotation that it stands in."""

    def __init__(self) -> None:
        self.lines: list[tuple[int, str]] = []
        self.line = ""
        self.depth = 0

    def say(self, text: str | None) -> None:
        if text:
            self.line += _SPACES.sub(" ", text)

    def begin(self, tag: str) -> None:
        if tag == "br":
            self._close(always=True)
        elif tag in _BLOCKS:
            self._close()
            if tag in _SPACED:
                self._space()
            if tag == "blockquote":
                self.depth += 1
            elif tag == "hr":
                self.lines.append((self.depth, RULE))
            elif tag == "li":
                self.line = "- "
        elif tag in {"td", "th"} and self.line.strip():
            self.line += " "

    def end(self, tag: str) -> None:
        if tag not in _BLOCKS or tag == "hr":
            return
        self._close()
        if tag == "blockquote":
            self.depth -= 1
        if tag in _SPACED:
            self._space()

    def _close(self, *, always: bool = False) -> None:
        said = _SPACES.sub(" ", self.line).strip()
        if said or always:
            self.lines.append((self.depth, said))
        self.line = ""

    def _space(self) -> None:
        if self.lines and self.lines[-1][1]:
            self.lines.append((self.depth, ""))

    def text(self) -> str:
        self._close()
        made = "\n".join(
            f"{'>' * depth} {line}".rstrip() if depth else line for depth, line in self.lines
        )
        return re.sub(r"\n{3,}", "\n\n", made).strip("\n")
