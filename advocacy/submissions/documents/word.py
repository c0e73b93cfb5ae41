"""The letter as a Word file, for colleagues and for bodies that ask for one."""

import re
import zipfile
from datetime import UTC, datetime, time
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from advocacy.submissions.documents.text import (
    AnnexRow,
    DocumentParagraph,
    Labels,
    SubmissionText,
)
from advocacy.typesetting import printable

SPRUCE = RGBColor(0x14, 0x59, 0x4A)
QUIET = RGBColor(0x4A, 0x5A, 0x52)
# Word checks spelling for a language in a country.
PROOFING = {"de": "de-AT", "en": "en-GB", "fr": "fr-FR", "it": "it-IT", "sl": "sl-SI"}
_FIELDS = {"{page}": "PAGE", "{pages}": "NUMPAGES"}


def docx(text: SubmissionText) -> bytes:
    """Headings as such, a bookmark `p-1` around § 1, sources as comments, the annex as a table.

    The same text gives the same bytes. Characters that XML cannot hold are left out.
    """
    made = datetime.combine(text.date, time(), tzinfo=UTC)
    document = Document()
    _set_styles(document, text.language)
    _set_properties(document, text, made)
    _add_letterhead_and_foot(document, text)
    for paragraph in text.paragraphs:
        _add_numbered_paragraph(document, paragraph, text, made)
    if text.asks:
        document.add_heading(printable(text.labels["asks"]), level=1)
        for number, ask in text.asks:
            _add_numbered(document, number, ask)
    if text.signatories:
        _add_quiet(document, text.labels["signed"])
        for name in text.signatories:
            document.add_paragraph(printable(name), style="No Spacing")
    if text.annex:
        _add_annex(document, text.annex, text.labels)
    return _packed(document, made)


def _set_styles(document: WordDocument, language: str) -> None:
    defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    _set_language(defaults, language)
    for name in ("Title", "Heading 1"):
        document.styles[name].font.color.rgb = SPRUCE
    document.styles["Normal"].font.size = Pt(11)
    numbered = document.styles["List Paragraph"].paragraph_format
    numbered.left_indent, numbered.first_line_indent = Cm(1), Cm(-1)
    numbered.space_after = Pt(8)
    numbered.tab_stops.add_tab_stop(Cm(1))
    # Otherwise Word closes up neighbours of one style.
    for contextual in document.styles["List Paragraph"].element.iter(qn("w:contextualSpacing")):
        contextual.set(qn("w:val"), "0")


def _set_language(properties: BaseOxmlElement, language: str) -> None:
    element = properties.find(qn("w:lang"))
    if element is None:
        element = OxmlElement("w:lang")
        properties.append(element)
    element.set(qn("w:val"), PROOFING.get(language, language))


def _set_properties(document: WordDocument, text: SubmissionText, made: datetime) -> None:
    core = document.core_properties
    # The file format allows 255 characters and python-docx refuses more.
    core.title = printable(text.title)[:255]
    core.author = core.last_modified_by = printable(text.network)[:255]
    core.subject = text.reference
    core.language = text.language
    core.comments = ""
    core.created = core.modified = made.replace(tzinfo=None)


def _add_letterhead_and_foot(document: WordDocument, text: SubmissionText) -> None:
    section = document.sections[0]
    letterhead = section.header.paragraphs[0].add_run(printable(text.network))
    letterhead.bold, letterhead.font.color.rgb = True, SPRUCE
    foot = section.footer.paragraphs[0]
    foot.add_run(f"{text.reference} · ")
    for piece in re.split(r"(\{pages?\})", text.labels["page"]):
        if piece in _FIELDS:
            _add_field(foot, _FIELDS[piece])
        elif piece:
            foot.add_run(printable(piece))
    _add_quiet(document, text.labels["addressee"])
    document.add_paragraph(printable(text.addressee))
    _add_quiet(document, text.labels["position"])
    document.add_paragraph(printable(text.title), style="Title")


def _add_field(paragraph: Paragraph, instruction: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    # Empty until the program that opens the file has counted.
    field.append(OxmlElement("w:r"))
    paragraph._p.append(field)


def _add_quiet(document: WordDocument, words: str) -> None:
    run = document.add_paragraph(style="No Spacing").add_run(printable(words))
    run.font.color.rgb = QUIET


def _add_numbered(document: WordDocument, number: int, words: str) -> tuple[Paragraph, Run]:
    # A typed number stays what it was when colleagues insert a paragraph; Word's would count on.
    paragraph = document.add_paragraph(f"{number}.\t", style="List Paragraph")
    return paragraph, paragraph.add_run(printable(words))


def _add_numbered_paragraph(
    document: WordDocument, content: DocumentParagraph, text: SubmissionText, made: datetime
) -> None:
    paragraph, run = _add_numbered(document, content.number, content.text)
    _bookmark(paragraph, content.number)
    if content.sources:
        named = f"{text.labels['sources']}: {'; '.join(content.sources)}"
        comment = document.add_comment(
            run, printable(named), author=printable(text.network), initials=""
        )
        comment._comment_elm.date = made
    if content.support_sentence:
        note = document.add_paragraph(style="List Paragraph")
        note.paragraph_format.first_line_indent = Cm(0)
        support = note.add_run(printable(content.support_sentence))
        support.font.size, support.font.color.rgb = Pt(9), QUIET


def _bookmark(paragraph: Paragraph, number: int) -> None:
    """Colleagues may move, split and renumber: the bookmark says which paragraph it was."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(number))
    start.set(qn("w:name"), f"p-{number}")
    paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, start)
    paragraph._p.append(end)


def _add_annex(document: WordDocument, rows: tuple[AnnexRow, ...], labels: Labels) -> None:
    document.add_heading(printable(labels["annex"]), level=1)
    table = document.add_table(rows=1, cols=4, style="Table Grid")
    heads = (labels["municipality"], labels["country"], labels["quotation"], labels["paragraph"])
    for cell, label in zip(table.rows[0].cells, heads, strict=True):
        cell.paragraphs[0].add_run(printable(label)).bold = True
    # Repeated on every page, and read out as headings.
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in rows:
        words = (row.municipality, row.country, row.quotation, f"§ {row.paragraph}")
        cells = table.add_row().cells
        runs = [
            cell.paragraphs[0].add_run(printable(word))
            for cell, word in zip(cells, words, strict=True)
        ]
        _set_language(runs[2]._r.get_or_add_rPr(), row.language)


def _packed(document: WordDocument, made: datetime) -> bytes:
    """The file with every part dated `made`, instead of the moment of writing."""
    written, packed = BytesIO(), BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as parts, zipfile.ZipFile(packed, "w") as archive:
        for part in parts.infolist():
            dated = zipfile.ZipInfo(part.filename, made.timetuple()[:6])
            archive.writestr(dated, parts.read(part), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
