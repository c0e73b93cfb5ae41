"""The letter as a Word file, for colleagues and for bodies that ask for one."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt

from advocacy.positions.word.sheet import QUIET, Cited, Head, Note, Sheet, begun, set_language
from advocacy.positions.writing.marked import spans
from advocacy.submissions.documents.text import Source, SubmissionText
from advocacy.typesetting import printable

COLUMNS = (20, 34, 20, 62, 22)  # of the annex: how they share its width
QUOTATION = 3  # the one with the words


def docx(text: SubmissionText) -> bytes:
    """Headings as such, a bookmark `p-<key>` around each paragraph, sources as raised numbers and
    as comments, the annex as a table. It can be changed with track changes and brought back.

    The same text gives the same bytes. Characters that XML cannot hold are left out.
    """
    sheet = begun(_head(text))
    sheet.quiet(text.labels["addressee"], "to")
    sheet.line(text.addressee, "addressee")
    sheet.quiet(text.labels["position"], "position")
    if text.note:
        sheet.quiet(text.note, "note")
    sheet.title()
    sources = {source.mark: source for source in text.sources}
    for each in text.paragraphs:
        blocks = spans(printable(each.text), with_citations=True)
        sheet.numbered(
            each.number,
            each.key or str(each.number),
            blocks,
            lambda marks: _cited(text, marks, sources),
        )
        _add_support(sheet, each.number, each.support_sentence)
    if text.asks:
        sheet.heading(text.labels["asks"], "asks")
        for number, ask in text.asks:
            sheet.numbered(number, f"ask-{number}", spans(printable(ask)))
    if text.signatories:
        sheet.quiet(text.labels["signed"], "signed")
        for place, name in enumerate(text.signatories, 1):
            sheet.line(name, f"name-{place}", "No Spacing")
    if text.sources:
        _add_annex(sheet, text)
    return sheet.packed()


def _head(text: SubmissionText) -> Head:
    return Head(
        network=text.network,
        reference=text.reference,
        page=text.labels["page"],
        title=text.title,
        language=text.language,
        which=f"{text.number}-v{text.version}-{text.language}",
        made=datetime.combine(text.date, time(), tzinfo=UTC),
    )


def _cited(text: SubmissionText, marks: Sequence[str], sources: Mapping[str, Source]) -> Cited:
    found = [sources[mark] for mark in marks if mark in sources]
    notes = [Note(f"{each.number} {_of_country(text, each)}") for each in found]
    return Cited(", ".join(str(each.number) for each in found), notes)


def _of_country(text: SubmissionText, source: Source) -> str:
    named = text.named(source)
    return f"{named}, {source.country}" if source.country else named


def _add_support(sheet: Sheet, number: int, words: str) -> None:
    if not words:
        return
    note = sheet.document.add_paragraph(style="List Paragraph")
    note.paragraph_format.first_line_indent = Cm(0)
    support = note.add_run(printable(words))
    support.font.size, support.font.color.rgb = Pt(9), QUIET
    sheet.bookmark([note], f"x-support-{number}")


def _add_annex(sheet: Sheet, text: SubmissionText) -> None:
    sheet.heading(text.labels["annex"], "annex")
    table = sheet.document.add_table(rows=1, cols=5, style="Table Grid")
    labels = text.labels
    words = (labels["number"], labels["municipality"], labels["country"], labels["quotation"],
             labels["paragraph"])  # fmt: skip
    for cell, label in zip(table.rows[0].cells, words, strict=True):
        cell.paragraphs[0].add_run(printable(label)).bold = True
    # Repeated on every page, and read out as headings.
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for source in text.sources:
        said = _row(text, source)
        # Typed out: `table.add_row().cells` looks through the whole table each time.
        row = table.add_row()._tr
        for place, (cell, word) in enumerate(zip(row.tc_lst, said, strict=True)):
            run = cell.p_lst[0].add_r()
            run.text = printable(word)
            if place == QUOTATION and source.language:
                set_language(run.get_or_add_rPr(), source.language)
    for column, share in zip(table.columns, COLUMNS, strict=True):
        column._gridCol.set(qn("w:w"), str(Length(sheet.width * share // sum(COLUMNS)).twips))


def _row(text: SubmissionText, source: Source) -> tuple[str, ...]:
    return (
        f"{source.number} [{source.mark[1:]}]",
        text.named(source),
        source.country,
        "\n".join(part for part in (source.quotation, source.address) if part),
        ", ".join(f"§ {number}" for number in source.paragraphs),
    )
