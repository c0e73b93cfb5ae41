"""Markdown-light: bold, italic, list, link, quotation; safe, and the same in every document.

    text with [@17.2] → html(): for pages, letters and feeds
                      → spans(): blocks of runs, for Word and PDF

Both read with one parser, so that a paper shows what the page showed. A line of its own is a line
of its own: people who write in a field press Enter and mean it.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from markdown_it.token import Token
from markupsafe import Markup

from advocacy.provenance import citations
from advocacy.templating import LIGHT, cleaned, markdown

# Stand for a mark while the text is parsed; nobody's keyboard has them. They are punctuation, as a
# bracket is: "**Fett.** [@17.2]" would not be bold with letters behind its stars.
_OPEN, _CLOSE = "\u2e28", "\u2e29"
# The look behind keeps a long run of spaces from being tried at each of them.
_MARK = re.compile(r"(?<!\s)(?P<space>\s*)(?P<mark>\[[ \t]*@[^\[\]\n]*\])")
_ALONE = re.compile(r"(?:[ \t]*\[[ \t]*@[^\[\]\n]*\])*[ \t]*(?:\n|$)")
_SIGN = re.compile(r"[ \t]*(?:[-*+>]|\d{1,9}[.)])?[ \t]*")
_PLACE = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_LISTS = {"bullet_list_open": "bullet", "ordered_list_open": "numbered"}


class BlockKind(StrEnum):
    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    NUMBERED = "numbered"
    QUOTATION = "quotation"


class Run(NamedTuple):
    """Letters that look alike; a line feed in `text` is a line break.

    A run with `cited` has no text: these citations stand here ("@17.2", "@own").
    """

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""
    cited: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """`depth` counts lists within lists from 0; `number` is that of a numbered item.

    A second paragraph within one item is a block with `goes_on`: it has no sign of its own.
    """

    kind: BlockKind
    runs: Sequence[Run]
    depth: int = 0
    number: int = 0
    goes_on: bool = False


def html(text: str, cite: Callable[[tuple[str, ...]], Markup] | None = None) -> Markup:
    """What `text` looks like. Citations are left out, or shown as `cite` has them."""
    if cite is None:
        return markdown(text)
    held, marks = _held(text)
    shown = [str(cite(each)) for each in marks]
    rendered = cleaned(LIGHT.render(held))
    return Markup(_PLACE.sub(lambda place: shown[int(place[1])], rendered))  # noqa: S704  cleaned


def spans(text: str, *, with_citations: bool = False) -> list[Block]:
    """The blocks of `text` in their order; without citations unless they are asked for."""
    held, marks = _held(text)
    blocks = [block for block in _blocks(LIGHT.parse(held)) if block.runs]
    if with_citations:
        return [replace(each, runs=_with_marks(each.runs, marks)) for each in blocks]
    plain = [replace(each, runs=_without_marks(each.runs)) for each in blocks]
    return [block for block in plain if block.runs]


def _held(text: str) -> tuple[str, list[tuple[str, ...]]]:
    """The text with a sign for each mark, which no parser takes for a link."""
    marks: list[tuple[str, ...]] = []

    def hold(mark: re.Match[str]) -> str:
        marks.append(citations(mark["mark"]))
        return f"{_space_before(mark)}{_OPEN}{len(marks) - 1}{_CLOSE}"

    return _MARK.sub(hold, text.replace(_OPEN, "").replace(_CLOSE, "")), marks


def _space_before(mark: re.Match[str]) -> str:
    """A mark clings to the word before it, unless it begins a line or an item of a list."""
    text, space = mark.string, mark["space"]
    line = text[text.rfind("\n", 0, mark.start()) + 1 : mark.start()]
    if _SIGN.fullmatch(line):
        return space
    begins_line = "\n" in space and _ALONE.match(text, mark.end()) is None
    return space if begins_line else ""


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    lists: list[tuple[BlockKind, int]] = []  # kind and number of the item we are in
    quoted, begun = 0, True
    for token in tokens:
        if token.type in _LISTS:
            first = int(token.attrGet("start") or 1)
            lists.append((BlockKind(_LISTS[token.type]), first - 1))
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            lists[-1] = (lists[-1][0], lists[-1][1] + 1)
            begun = False
        elif token.type in ("blockquote_open", "blockquote_close"):
            quoted += token.nesting
        elif token.type == "inline":
            yield _block(token, lists, quoted=quoted > 0, goes_on=begun)
            begun = True


def _block(
    token: Token, lists: Sequence[tuple[BlockKind, int]], *, quoted: bool, goes_on: bool
) -> Block:
    runs = tuple(_joined(_runs(token.children or ())))
    if not lists:
        return Block(BlockKind.QUOTATION if quoted else BlockKind.PARAGRAPH, runs)
    kind, number = lists[-1]
    number = number if kind is BlockKind.NUMBERED else 0
    return Block(kind, runs, len(lists) - 1, number, goes_on)


def _runs(tokens: Sequence[Token]) -> Iterator[Run]:
    bold = italic = 0
    href = ""
    for token in tokens:
        match token.type:
            case "strong_open" | "strong_close":
                bold += token.nesting
            case "em_open" | "em_close":
                italic += token.nesting
            case "link_open":
                href = str(token.attrGet("href") or "")
            case "link_close":
                href = ""
            case "softbreak" | "hardbreak":
                yield Run("\n", bold > 0, italic > 0, href)
            case _ if token.content:
                yield Run(token.content, bold > 0, italic > 0, href)


def _joined(runs: Iterator[Run]) -> Iterator[Run]:
    """What looks alike and stands side by side is one run."""
    last: Run | None = None
    for run in runs:
        if last and last[1:] == run[1:]:
            last = last._replace(text=last.text + run.text)
            continue
        if last:
            yield last
        last = run
    if last:
        yield last


def _with_marks(runs: Sequence[Run], marks: Sequence[tuple[str, ...]]) -> tuple[Run, ...]:
    return tuple(piece for run in runs for piece in _cut(run, marks))


def _cut(run: Run, marks: Sequence[tuple[str, ...]]) -> Iterator[Run]:
    for place, part in enumerate(_PLACE.split(run.text)):
        if place % 2:
            yield Run("", cited=marks[int(part)])
        elif part:
            yield run._replace(text=part)


def _without_marks(runs: Sequence[Run]) -> tuple[Run, ...]:
    bare = (run._replace(text=_PLACE.sub("", run.text)) for run in runs)
    return tuple(_joined(run for run in bare if run.text))
