"""Word files and PDFs as bodies lay them out, made for the tests."""

from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pypdf
import typst
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from pypdf.generic import NameObject, StreamObject

TEXT = (
    "Verordnung über den Herdenschutz",
    "Art. 1 Die Mitgliedstaaten schützen die Herden auf den Almen der Alpenregion.",
    "(2) Die Kosten tragen die Länder.",
)


def word(*paragraphs: str) -> bytes:
    made = docx.Document()
    for each in paragraphs or TEXT:
        made.add_paragraph(each)
    return _bytes(made)


def counted_word() -> bytes:
    """Word counts its list by itself; one sentence is a tracked insertion, one a deletion."""
    made = docx.Document()
    made.add_paragraph("Ziele")
    for each in ("Almen erhalten", "Herden schützen"):
        made.add_paragraph(each, style="List Number")
    made.add_paragraph("ein Punkt", style="List Bullet")
    changed = made.add_paragraph("Schluss. ")
    for tag, inner, text in (("w:ins", "w:t", "Eingefügt."), ("w:del", "w:delText", "Gestrichen.")):
        run, said, change = OxmlElement("w:r"), OxmlElement(inner), OxmlElement(tag)
        said.text = text
        run.append(said)
        change.set(qn("w:id"), "1")
        change.append(run)
        changed._p.append(change)
    table = made.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Land", "Fläche"
    return _bytes(made)


def lettered_word(begins: str, *, level: str = 'w:ilvl="0"') -> bytes:
    """One item of a list whose first level is told of with `begins`."""
    made = docx.Document()
    said = (
        f"<w:numbering {nsdecls('w')}><w:abstractNum w:abstractNumId='1'><w:lvl {level}>{begins}"
        "<w:lvlText w:val='%1.'/></w:lvl></w:abstractNum>"
        "<w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num></w:numbering>"
    )
    made.part.numbering_part._element = parse_xml(said)
    paragraph = made.add_paragraph("Almen erhalten")
    place = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    place.get_or_add_ilvl().val, place.get_or_add_numId().val = 0, 1
    return _bytes(made)


def stuffed_word(megabytes: int = 51) -> bytes:
    kept = BytesIO(word())
    with ZipFile(kept, "a", ZIP_DEFLATED) as parts:
        parts.writestr("word/notes.xml", b" " * megabytes * 1024 * 1024)
    return kept.getvalue()


def _bytes(document: docx.document.Document) -> bytes:
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def pdf(folder: Path, text: str, *, password: str = "") -> bytes:
    source = folder / "text.typ"
    source.write_text(
        '#set page(width: 120mm, height: 80mm, header: [Amt der Musterregierung], numbering: "1")\n'
        f'#set par(justify: true)\n#set text(lang: "de", hyphenate: true)\n{text}'
    )
    content = typst.compile(source)
    if not password:
        return content
    writer = pypdf.PdfWriter(BytesIO(content))
    writer.encrypt(password, algorithm="RC4-128")
    kept = BytesIO()
    writer.write(kept)
    return kept.getvalue()


def bomb(megabytes: int = 80) -> bytes:
    """A page of a hundred kilobytes that unpacks to so many megabytes."""
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(100, 100)
    content = StreamObject()
    content.set_data(b" " * megabytes * 1024 * 1024)
    page[NameObject("/Contents")] = writer._add_object(content.flate_encode())
    kept = BytesIO()
    writer.write(kept)
    return kept.getvalue()
