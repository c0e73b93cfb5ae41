"""The head and foot of the network's own Word file on every page that leaves."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE

from advocacy.positions.word import letterhead
from advocacy.positions.word.rows import names
from advocacy.positions.word.sheet import Head, begun
from advocacy.settings import read, settings
from app import create_app
from tests.advocacy.positions.word.handed import FILES

OURS = FILES / "letterhead.docx"
HEAD = Head(
    network="Alpennetz",
    reference="2026-014",
    page="Seite {page} von {pages}",
    title="Großraubtiere",
    language="de",
    which="2026-014-v3-de",
    made=datetime(2026, 11, 23, tzinfo=UTC),
)


@pytest.fixture
def named(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("ALPHORN_LETTERHEAD", str(OURS))
    settings.cache_clear()
    yield
    monkeypatch.undo()
    settings.cache_clear()


def written() -> WordDocument:
    sheet = begun(HEAD)
    sheet.title()
    return Document(BytesIO(sheet.packed()))


def lines(piece: object) -> list[str]:
    return [paragraph.text for paragraph in piece.paragraphs]


def themes(document: WordDocument) -> list[bytes]:
    links = document.part.rels.values()
    return [each.target_part.blob for each in links if each.reltype == RELATIONSHIP_TYPE.THEME]


def test_without_a_letterhead_the_network_is_named():
    section = written().sections[0]
    assert lines(section.header) == ["Alpennetz"]
    assert lines(section.footer) == ["2026-014 · Seite  von "]
    assert round(section.left_margin.cm, 1) == 2.8


@pytest.mark.usefixtures("named")
def test_head_and_foot_of_the_letterhead_stand_on_the_first_page_and_on_the_others():
    section = written().sections[0]
    assert lines(section.first_page_header) == ["", "Alpennetz · Geschäftsstelle"]
    assert lines(section.header) == ["Alpennetz"]
    ours = "2026-014 · Seite  von "
    assert lines(section.first_page_footer) == ["Musterstraße 1, 6900 Bregenz", ours]
    assert lines(section.footer) == ["alpennetz.example", ours]


@pytest.mark.usefixtures("named")
def test_its_picture_page_fonts_and_styles_come_along():
    document, given = written(), Document(OURS)
    section = document.sections[0]
    [picture] = section.first_page_header.part.related_parts.values()
    [theirs] = given.sections[0].first_page_header.part.related_parts.values()
    assert picture.blob == theirs.blob
    [shown] = section.first_page_header._element.xpath(".//a:blip/@r:embed")
    assert section.first_page_header.part.related_parts[shown] is picture
    assert section.left_margin == given.sections[0].left_margin
    assert round(section.left_margin.cm, 1) == 4.0
    assert document.styles["Normal"].font.name == "DejaVu Sans"
    assert document.styles["No Spacing"].base_style.name == "Normal"
    assert document.styles["Header"].font.size.pt == 16
    assert themes(document) == themes(given) != themes(Document())


@pytest.mark.usefixtures("named")
def test_the_text_keeps_its_marks_and_nothing_of_the_letterheads_body_comes_along():
    document = written()
    assert lines(document) == ["Großraubtiere"]
    assert names(document) == ["p-title", "t-2026-014-v3-de"]


def test_a_head_of_a_program_in_another_language_keeps_its_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    theirs = Document()
    style = theirs.styles["Header"]
    style.element.styleId = "Kopfzeile"
    style.font.italic = True
    house = theirs.styles.add_style("Briefkopf", 1)
    house.base_style, house.font.bold = style, True
    theirs.sections[0].header.paragraphs[0].text = "Alpennetz"
    theirs.sections[0].header.paragraphs[0].style = house
    theirs.save(tmp_path / "kopf.docx")
    document = Document()
    letterhead.put_on(document, letterhead.opened(tmp_path / "kopf.docx"))
    [paragraph] = document.sections[0].header.paragraphs
    assert (paragraph.style.name, paragraph.style.font.bold) == ("Briefkopf", True)
    assert (paragraph.style.base_style.name, paragraph.style.base_style.font.italic) == (
        "Header",
        True,
    )


def test_what_is_no_letterhead_is_told_at_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    nowhere, text, empty = tmp_path / "a.docx", tmp_path / "b.docx", tmp_path / "c.docx"
    with pytest.raises(ValueError, match=f"ALPHORN_LETTERHEAD names no file: {nowhere}"):
        read({"ALPHORN_LETTERHEAD": str(nowhere)})
    text.write_text("Alpennetz")
    Document().save(empty)
    for path, said in (
        (text, f"ALPHORN_LETTERHEAD is no Word file (.docx): {text}"),
        (empty, f"ALPHORN_LETTERHEAD has neither head nor foot: {empty}"),
    ):
        monkeypatch.setenv("ALPHORN_LETTERHEAD", str(path))
        settings.cache_clear()
        with pytest.raises(ValueError, match=re.escape(said)):
            create_app()
    monkeypatch.undo()
    settings.cache_clear()
