"""The sheet that every Word file of a position is written on: letterhead, numbers, bookmarks.

A bookmark says what a place in the file is, whatever colleagues do around it:

    p-<key>   a paragraph of the position; p-title, p-ask-1 …
    x-…       ours, and no part of the text: headings, signatures, notes
    t-…       which text it is: t-2026-014-v3-de
"""

import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run as WordRun

from advocacy.positions.word import letterhead
from advocacy.positions.writing.marked import Block, BlockKind, Run
from advocacy.settings import settings
from advocacy.typesetting import printable

SPRUCE = RGBColor(0x14, 0x59, 0x4A)
QUIET = RGBColor(0x4A, 0x5A, 0x52)
# Word checks spelling for a language in a country.
PROOFING = {"de": "de-AT", "en": "en-GB", "fr": "fr-FR", "it": "it-IT", "sl": "sl-SI"}
TEXT, FRAME, WHICH = "p-", "x-", "t-"
LIST_STYLES = {BlockKind.BULLET: "List Bullet", BlockKind.NUMBERED: "List Number"}
DEEPEST = 3  # lists within lists that Word has a style for
_FIELDS = {"{page}": "PAGE", "{pages}": "NUMPAGES"}


@dataclass(frozen=True, slots=True)
class Note:
    """One line of a comment; `language` of its words, "" for that of the file."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Cited:
    """What stands for a citation: a number beside the words, a comment on them, both or neither."""

    number: str = ""
    notes: Sequence[Note] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """`which`: "2026-014-v3-de". `page` has both places: "page {page} of {pages}"."""

    network: str
    reference: str
    page: str
    title: str
    language: str
    which: str
    made: datetime


@dataclass
class Sheet:
    """Written from top to bottom."""

    document: WordDocument
    head: Head
    bookmarks: int = 0

    @property
    def width(self) -> int:
        """Between the margins, in EMU; a letterhead need not name its page."""
        section = self.document.sections[0]
        beside = (section.left_margin or Cm(2.5)) + (section.right_margin or Cm(2.5))
        return (section.page_width or Cm(21)) - beside

    def quiet(self, words: str, name: str) -> None:
        """A small line that is no part of the text."""
        paragraph = self.document.add_paragraph(style="No Spacing")
        paragraph.add_run(printable(words)).font.color.rgb = QUIET
        self.bookmark([paragraph], FRAME + name)

    def line(self, words: str, name: str, style: str = "Normal") -> Paragraph:
        paragraph = self.document.add_paragraph(printable(words), style=style)
        self.bookmark([paragraph], FRAME + name)
        return paragraph

    def heading(self, words: str, name: str) -> None:
        heading = self.document.add_heading(printable(words), level=1)
        self.bookmark([heading], FRAME + name)

    def title(self) -> None:
        paragraph = self.document.add_paragraph(printable(self.head.title), style="Title")
        self.bookmark([paragraph], WHICH + self.head.which)
        self.bookmark([paragraph], TEXT + "title")

    def numbered(
        self,
        number: int,
        key: str,
        blocks: Sequence[Block],
        cited: Callable[[tuple[str, ...]], Cited] = lambda _: Cited(),
    ) -> None:
        """A part of the text; of several blocks only the first carries the number."""
        # A typed number stays what it was when colleagues insert a paragraph; Word's would count.
        first = self.document.add_paragraph(f"{number}.\t", style="List Paragraph")
        made = [first]
        for place, block in enumerate(blocks):
            goes_in_front = place == 0 and block.kind is BlockKind.PARAGRAPH
            paragraph = first if goes_in_front else self._block(block)
            made += [] if goes_in_front else [paragraph]
            self._runs(paragraph, block.runs, cited)
        self.bookmark(made, TEXT + key, behind_number=True)

    def _block(self, block: Block) -> Paragraph:
        deep = min(block.depth + 1, DEEPEST)
        if block.kind in LIST_STYLES:
            style = LIST_STYLES[block.kind] + (f" {deep}" if deep > 1 else "")
        else:
            style = "Quote" if block.kind is BlockKind.QUOTATION else "List Paragraph"
        paragraph = self.document.add_paragraph(style=style)
        paragraph.paragraph_format.left_indent = Cm(1 + 0.7 * (block.kind in LIST_STYLES) * deep)
        if block.kind is not BlockKind.BULLET:
            paragraph.paragraph_format.first_line_indent = Cm(0)
        return paragraph

    def _runs(
        self,
        paragraph: Paragraph,
        runs: Sequence[Run],
        cited: Callable[[tuple[str, ...]], Cited],
    ) -> None:
        since: list[WordRun] = []  # the words since the last citation
        for run in runs:
            if not run.cited:
                since.append(_written(paragraph, run))
                continue
            shown = cited(run.cited)
            if shown.notes and (since or paragraph.runs):
                self._comment(since or paragraph.runs[-1:], shown.notes)
                since = []
            if shown.number:
                paragraph.add_run(shown.number).font.superscript = True

    def _comment(self, runs: Sequence[WordRun], notes: Sequence[Note]) -> None:
        network = printable(self.head.network)
        comment = self.document.add_comment(runs, "", author=network, initials="")
        comment._comment_elm.date = self.head.made
        paragraph = comment.paragraphs[0]
        for place, note in enumerate(notes):
            paragraph = comment.add_paragraph() if place else paragraph
            run = paragraph.add_run(printable(note.text))
            if note.language:
                set_language(run._r.get_or_add_rPr(), note.language)

    def bookmark(
        self, paragraphs: Sequence[Paragraph], name: str, *, behind_number: bool = False
    ) -> None:
        """Colleagues may move, split and renumber: it says which part this was."""
        self.bookmarks += 1
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for mark in (start, end):
            mark.set(qn("w:id"), str(self.bookmarks))
        start.set(qn("w:name"), name)
        first = paragraphs[0]._p
        has_properties = first.pPr is not None
        first.insert(int(has_properties) + int(behind_number), start)
        paragraphs[-1]._p.append(end)

    def packed(self) -> bytes:
        """The file with every part dated `made`, instead of the moment of writing."""
        written, packed = BytesIO(), BytesIO()
        self.document.save(written)
        with zipfile.ZipFile(written) as parts, zipfile.ZipFile(packed, "w") as archive:
            for part in parts.infolist():
                dated = zipfile.ZipInfo(part.filename, self.head.made.timetuple()[:6])
                archive.writestr(dated, parts.read(part), zipfile.ZIP_DEFLATED)
        return packed.getvalue()


def begun(head: Head) -> Sheet:
    """An empty sheet with its letterhead and foot."""
    sheet = Sheet(Document(), head)
    _set_properties(sheet.document, head)
    chosen = settings().letterhead
    if chosen is None:
        section = sheet.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin, section.right_margin = Cm(2.8), Cm(2.4)
        name = section.header.paragraphs[0].add_run(printable(head.network))
        name.bold, name.font.color.rgb = True, SPRUCE
        feet = [section.footer.paragraphs[0]]
    else:
        feet = letterhead.put_on(sheet.document, letterhead.opened(chosen))
        sheet.document.styles["Title"].paragraph_format.space_before = Pt(18)
    _set_styles(sheet.document, head.language)
    for foot in feet:
        _add_foot(foot, head)
    return sheet


def _written(paragraph: Paragraph, run: Run) -> WordRun:
    written = paragraph.add_run(printable(run.text))
    written.bold, written.italic = run.bold or None, run.italic or None
    if run.href:
        link = OxmlElement("w:hyperlink")
        target = paragraph.part.relate_to(run.href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link.set(qn("r:id"), target)
        paragraph._p.append(link)
        link.append(written._r)
        written.font.underline, written.font.color.rgb = True, SPRUCE
    return written


def _set_styles(document: WordDocument, language: str) -> None:
    defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    set_language(defaults, language)
    for name in ("Title", "Heading 1"):
        document.styles[name].font.color.rgb = SPRUCE
    document.styles["Normal"].font.size = Pt(11)
    document.styles["No Spacing"].base_style = document.styles["Normal"]
    numbered = document.styles["List Paragraph"].paragraph_format
    numbered.left_indent, numbered.first_line_indent = Cm(1), Cm(-1)
    numbered.space_after = Pt(8)
    numbered.tab_stops.add_tab_stop(Cm(1))
    # Otherwise Word closes up neighbours of one style.
    for contextual in document.styles["List Paragraph"].element.iter(qn("w:contextualSpacing")):
        contextual.set(qn("w:val"), "0")


def set_language(properties: BaseOxmlElement, language: str) -> None:
    """Of a run or of a style's runs."""
    element = properties.find(qn("w:lang"))
    if element is None:
        element = OxmlElement("w:lang")
        properties.append(element)
    element.set(qn("w:val"), PROOFING.get(language, language))


def _set_properties(document: WordDocument, head: Head) -> None:
    core = document.core_properties
    # The file format allows 255 characters and python-docx refuses more.
    core.title = printable(head.title)[:255]
    core.author = core.last_modified_by = printable(head.network)[:255]
    core.subject = head.reference
    core.language = head.language
    core.comments = ""
    core.created = core.modified = head.made.replace(tzinfo=None)


def _add_foot(foot: Paragraph, head: Head) -> None:
    foot.add_run(f"{head.reference} · ")
    for piece in re.split(r"(\{pages?\})", head.page):
        if piece in _FIELDS:
            _add_field(foot, _FIELDS[piece])
        elif piece:
            foot.add_run(printable(piece))


def _add_field(paragraph: Paragraph, instruction: str) -> None:
    field_ = OxmlElement("w:fldSimple")
    field_.set(qn("w:instr"), instruction)
    # Empty until the program that opens the file has counted.
    field_.append(OxmlElement("w:r"))
    paragraph._p.append(field_)
