"""The paragraphs of a Word file with their tracked changes: WordprocessingML, read by its letter.

ECMA-376, part 1: 17.13.5 revisions (w:ins, w:del, w:moveFrom, w:moveTo, and the same within
w:rPr for the mark at the end of a paragraph), 17.13.6 bookmarks, 17.9 lists.
"""

import re
from collections.abc import Iterator
from typing import Any  # lxml elements

from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from advocacy.calls.asking.word_numbering import Numbering, numbering_of
from advocacy.positions.word.lines import Piece, Row
from advocacy.positions.word.sheet import FRAME, TEXT
from advocacy.positions.writing.marked import BlockKind, Run

STOPS = ("x-signed", "x-annex")
"""From here on nothing is text of the position."""
UNKNOWN = "?"
"""Who changed it, where the file does not say."""
_INSERTED = (qn("w:ins"), qn("w:moveTo"))
_DELETED = (qn("w:del"), qn("w:moveFrom"))
_LETTERS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "\u2011"}
_WORDS = (qn("w:t"), qn("w:delText"))
_NUMBER = re.compile(r"\s*\d{1,3}[.)]?\t")
_SOURCES = re.compile(r"[\d,\s\u2013-]*")
_OUTSIDE = (qn("w:tbl"), qn("w:txbxContent"), "{*}Fallback")
_LIST_STYLE = re.compile(r"list ?(bullet|number)(?: ?(\d))?", re.IGNORECASE)
_QUOTED = re.compile(r"quot", re.IGNORECASE)


def rows_of(document: WordDocument) -> list[Row]:
    """From the title to the signatures. Tables and text boxes are not read."""
    body = document.element.body
    reader = _Reader(document, numbering_of(_numbering(document)))
    found: list[Row] = []
    for element in body.iter(qn("w:p"), qn("w:bookmarkStart"), qn("w:bookmarkEnd")):
        if any(True for _ in element.iterancestors(*_OUTSIDE)):
            continue
        if element.tag != qn("w:p"):
            if not any(True for _ in element.iterancestors(qn("w:p"))):
                reader.bookmark(element)
            continue
        names = reader.names_in(element)
        if any(name in STOPS for name in names):
            break
        row = reader.row(element, names)
        # What stands above the title is ours.
        found += [row] if found or row.key == "title" else []
    return found


def names(document: WordDocument) -> list[str]:
    """Of all bookmarks."""
    marks = document.element.body.iter(qn("w:bookmarkStart"))
    return [str(mark.get(qn("w:name")) or "") for mark in marks]


def _numbering(document: WordDocument) -> Any:
    parts = document.part.package.iter_parts()
    found = next((each for each in parts if each.partname.endswith("/numbering.xml")), None)
    return getattr(found, "element", None)


class _Reader:
    """Remembers which bookmarks are open: one may reach over several paragraphs."""

    def __init__(self, document: WordDocument, numbering: Numbering) -> None:
        self.open: dict[str, str] = {}
        self.numbering = numbering
        self.links = {key: rel.target_ref for key, rel in document.part.rels.items()}
        self.styles = {
            style.get(qn("w:styleId")): _value(style, qn("w:name"))
            for style in document.styles.element.iter(qn("w:style"))
        }

    def bookmark(self, element: Any) -> None:
        number = str(element.get(qn("w:id")))
        if element.tag == qn("w:bookmarkEnd"):
            self.open.pop(number, None)
        else:
            self.open[number] = str(element.get(qn("w:name")) or "")

    def names_in(self, paragraph: Any) -> list[str]:
        """Those open before it, and those that begin in it."""
        names = list(self.open.values())
        for mark in paragraph.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd")):
            if mark.tag == qn("w:bookmarkStart"):
                names.append(str(mark.get(qn("w:name")) or ""))
            self.bookmark(mark)
        return names

    def row(self, paragraph: Any, names: list[str]) -> Row:
        key = next((name[len(TEXT) :] for name in names if name.startswith(TEXT)), "")
        kind, depth = self._kind(paragraph)
        properties = paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}")
        return Row(
            pieces=_without_number([*self._pieces(paragraph)]),
            kind=kind,
            depth=depth,
            key=key,
            is_frame=not key and any(name.startswith(FRAME) for name in names),
            mark_inserted=_author_within(properties, _INSERTED),
            mark_deleted=_author_within(properties, _DELETED),
        )

    def _kind(self, paragraph: Any) -> tuple[BlockKind, int]:
        properties = paragraph.find(qn("w:pPr"))
        if properties is None:
            return BlockKind.PARAGRAPH, 0
        style = self.styles.get(_value(properties, qn("w:pStyle")), "")
        if listed := _LIST_STYLE.fullmatch(style):
            kind = BlockKind.BULLET if listed[1].lower() == "bullet" else BlockKind.NUMBERED
            return kind, int(listed[2] or 1) - 1
        if _QUOTED.search(style):
            return BlockKind.QUOTATION, 0
        return self._kind_by_number(properties.find(qn("w:numPr")))

    def _kind_by_number(self, place: Any) -> tuple[BlockKind, int]:
        if place is None:
            return BlockKind.PARAGRAPH, 0
        deep = _value(place, qn("w:ilvl"))
        depth = int(deep) if deep.isascii() and deep.isdigit() else 0
        level = self.numbering.levels.get(_value(place, qn("w:numId")), {}).get(depth)
        if level is None or level.kind == "none":
            return BlockKind.PARAGRAPH, 0
        return (BlockKind.BULLET if level.kind == "bullet" else BlockKind.NUMBERED), depth

    def _pieces(self, paragraph: Any) -> Iterator[Piece]:
        for run in paragraph.iter(qn("w:r")):
            if next(run.iterancestors(qn("w:p"))) is not paragraph:
                continue
            words = "".join(_letters(run))
            if words and not _is_source_number(run, words):
                yield Piece(
                    Run(words, _is_on(run, "w:b"), _is_on(run, "w:i"), self._href(run)),
                    _author(run, _INSERTED),
                    _author(run, _DELETED),
                )

    def _href(self, run: Any) -> str:
        link = next(run.iterancestors(qn("w:hyperlink")), None)
        return self.links.get(link.get(qn("r:id")), "") if link is not None else ""


def _letters(run: Any) -> Iterator[str]:
    for child in run:
        if child.tag in _WORDS:
            yield child.text or ""
        elif child.tag in _LETTERS:
            yield _LETTERS[child.tag]


def _is_on(run: Any, name: str) -> bool:
    found = run.find(f"{qn('w:rPr')}/{qn(name)}")
    return found is not None and found.get(qn("w:val")) not in {"0", "false", "off"}


def _is_source_number(run: Any, words: str) -> bool:
    raised = run.find(f"{qn('w:rPr')}/{qn('w:vertAlign')}")
    is_raised = raised is not None and raised.get(qn("w:val")) == "superscript"
    return is_raised and _SOURCES.fullmatch(words) is not None


def _author(run: Any, tags: tuple[str, str]) -> str:
    found = next(run.iterancestors(*tags), None)
    return _name(found) if found is not None else ""


def _author_within(properties: Any, tags: tuple[str, str]) -> str:
    if properties is None:
        return ""
    found = next((child for child in properties if child.tag in tags), None)
    return _name(found) if found is not None else ""


def _name(change: Any) -> str:
    return " ".join(str(change.get(qn("w:author")) or "").split()) or UNKNOWN


def _value(element: Any, tag: str) -> str:
    found = element.find(tag)
    return str(found.get(qn("w:val")) or "") if found is not None else ""


def _without_number(pieces: list[Piece]) -> list[Piece]:
    """The number before the tab is ours, or somebody counted on: it is no word of the text."""
    number = _NUMBER.match("".join(piece.run.text for piece in pieces))
    left = number.end() if number else 0
    found = []
    for piece in pieces:
        words = piece.run.text[left:]
        left = max(0, left - len(piece.run.text))
        if words:
            found.append(piece._replace(run=piece.run._replace(text=words.replace("\t", " "))))
    return found
