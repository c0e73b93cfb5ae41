"""A position as the lines of a Word file: what is typed, by whom it was changed. Pure."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from advocacy.positions.writing.marked import Block, BlockKind, Run, spans
from advocacy.positions.writing.merging import Draft
from advocacy.typesetting import printable

LISTED = frozenset({BlockKind.BULLET, BlockKind.NUMBERED})
TITLE = "title"


class Line(NamedTuple):
    """A part of the text. `key`: a paragraph's, "title", "ask-1"; "" for what has none."""

    key: str
    text: str


class Piece(NamedTuple):
    """Letters that look alike and have the same history; "" for an author: nobody did it."""

    run: Run
    inserted: str = ""
    deleted: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph of the file. The mark at its end may be inserted or deleted like a letter."""

    pieces: Sequence[Piece]
    kind: BlockKind = BlockKind.PARAGRAPH
    depth: int = 0
    key: str = ""
    is_frame: bool = False
    mark_inserted: str = ""
    mark_deleted: str = ""


def stands(inserted: str, deleted: str, accepted: Collection[str]) -> bool:
    """Whether it is there when only the changes of `accepted` people are."""
    return (not inserted or inserted in accepted) and (not deleted or deleted not in accepted)


def lines_with(rows: Sequence[Row], accepted: Collection[str]) -> list[Line]:
    """The text with the changes of these people; of nobody: as it was before them."""
    blocks: list[tuple[str, bool, Block]] = []
    held: list[tuple[Row, list[Run]]] = []  # rows that run into one another
    for row in rows:
        runs = [p.run for p in row.pieces if stands(p.inserted, p.deleted, accepted)]
        held.append((row, runs))
        if stands(row.mark_inserted, row.mark_deleted, accepted):
            first = next((each for each, said in held if _words(said)), row)
            whole = tuple(run for _, said in held for run in said)
            blocks.append((first.key, first.is_frame, Block(first.kind, whole, first.depth)))
            held = []
    return _joined(blocks)


def _words(runs: Iterable[Run]) -> str:
    return "".join(run.text for run in runs).strip()


def _joined(blocks: Iterable[tuple[str, bool, Block]]) -> list[Line]:
    """Neighbours with one key are one part; what is empty is none."""
    parts: list[tuple[str, list[Block]]] = []
    for key, is_frame, block in blocks:
        if is_frame or not _words(block.runs):
            continue
        if (parts and key and parts[-1][0] == key) or (
            parts and not key and block.kind in LISTED and _goes_on(parts[-1][1])
        ):
            parts[-1][1].append(block)
        else:
            parts.append((key, [block]))
    return [Line(key, typed(found)) for key, found in parts]


def _goes_on(blocks: Sequence[Block]) -> bool:
    """An item put in behind the last of a list belongs to it."""
    return blocks[-1].kind in LISTED


def shown(text: str) -> str:
    """A kept text as a Word file shows it, typed."""
    return typed(spans(printable(text)))


def lines_of(draft: Draft) -> list[Line]:
    asks = [Line(f"ask-{ask.number}", shown(ask.text)) for ask in draft.asks]
    paragraphs = [Line(key, shown(text)) for key, text in draft.paragraphs]
    whole = [Line(TITLE, " ".join(draft.title.split())), *paragraphs, *asks]
    return [line for line in whole if line.text]


def typed(blocks: Iterable[Block]) -> str:
    """Blocks as somebody would type them: the same for the kept text and for the file."""
    said: list[str] = []
    before: Block | None = None
    number = 0
    for each in blocks:
        block = replace(each, kind=BlockKind.PARAGRAPH) if each.goes_on else each
        words = "".join(_typed(run) for run in _alike(block.runs)).strip()
        number = number + 1 if before and before.kind is block.kind else 1
        if before:
            is_list = block.kind in LISTED and before.kind is block.kind
            said.append("\n" if is_list else "\n\n")
        said.append(_sign(block, number) + words)
        before = block
    return "".join(said)


def _sign(block: Block, number: int) -> str:
    match block.kind:
        case BlockKind.BULLET:
            return "  " * block.depth + "- "
        case BlockKind.NUMBERED:
            return "   " * block.depth + f"{number}. "
        case BlockKind.QUOTATION:
            return "> "
    return ""


def _alike(runs: Iterable[Run]) -> list[Run]:
    """Word cuts runs wherever it likes."""
    found: list[Run] = []
    for run in runs:
        if found and found[-1][1:] == run[1:]:
            found[-1] = found[-1]._replace(text=found[-1].text + run.text)
        elif run.text:
            found.append(run)
    return found


def _typed(run: Run) -> str:
    words = run.text.strip()
    if not words:
        return run.text
    lead = run.text[: len(run.text) - len(run.text.lstrip())]
    trail = run.text[len(run.text.rstrip()) :]
    signs = ("**" if run.bold else "") + ("*" if run.italic else "")
    words = f"{signs}{words}{signs[::-1]}"
    return f"{lead}[{words}]({run.href}){trail}" if run.href else f"{lead}{words}{trail}"
