"""The package for a body: what was approved comes out as typed, in every file."""

import json
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from advocacy.positions.word.lines import lines_of
from advocacy.positions.word.reading import changes, read
from advocacy.positions.writing.merging import Ask, Draft
from advocacy.submissions.documents import (
    DocumentParagraph,
    Source,
    as_json,
    docx,
    fits,
    pdf,
    plain_text,
)
from tests.advocacy.submissions.letter import AS_TYPED, BARE, PLAIN_WORDS, TEXT


def _read(made: bytes) -> PdfReader:
    return PdfReader(BytesIO(made))


def _words(made: bytes) -> str:
    """Line ends in a PDF are the typesetter's; U+202F is no line end but white space to Python."""
    text = " ".join(page.extract_text() for page in _read(made).pages)
    return " ".join(text.replace("\u202f", "_").split())


def _open(made: bytes) -> WordDocument:
    return Document(BytesIO(made))


def _texts(made: bytes) -> list[str]:
    return [p.text for p in _open(made).paragraphs]


# PDF


def test_the_pdf_shows_the_letter_in_its_order() -> None:
    assert _words(pdf(TEXT)) == (
        "Alpennetz 2026-014 · v3 · 27.11.2026 Za European Commission"
        " Stališče Alpennetz Velike zveri v Alpah"
        " 1 Stroški varovanja morajo biti kriti1, 2. Tudi za pse1."
        " Podpirata 2 občini (AT 1 · SI 1)"
        " 2 Šteje: • ograja3 • pes Odločba velja.4"
        " Zahteve 1 Krijte stroške. 2 Odločite hitro. Podpisali Ana Muster Janez Primer"
        " Priloga Št. Občina Država Izjava Odstavek"
        " 1 [17.1] Musterdorf AT Wir zahlen <alles> & selbst. § 1"
        " 2 [18.1] Občina, ki ni imenovana IT § 1"
        " 3 [19.1] Vzorčna vas (nasprotuje) SI Ograja ni dovolj. § 2"
        " 4 [E3] Odločba https://eur-lex.example/3 § 2"
        " 2026-014 · v3 · 27.11.2026 · stran 1 od 1"
    )


def test_a_number_in_the_text_leads_to_its_row_of_the_annex() -> None:
    links = [
        link.get_object() for page in _read(pdf(TEXT)).pages for link in page.get("/Annots", ())
    ]
    inside = [link for link in links if "/Dest" in link or link.get("/A", {}).get("/S") == "/GoTo"]
    assert len(inside) == 5


def test_a_draft_says_that_it_is_one() -> None:
    note = "Osnutek, različica 3"
    for shown in (
        _words(pdf(replace(TEXT, note=note))),
        "\n".join(_texts(docx(replace(TEXT, note=note)))),
    ):
        assert shown.count(note) == 1


def test_the_pdf_says_what_it_is_and_that_it_is_accessible() -> None:
    made = pdf(TEXT)
    metadata = _read(made).metadata
    assert metadata is not None
    assert (metadata.title, metadata.author) == ("Velike zveri v Alpah", "Alpennetz")
    assert metadata.subject == "2026-014 · v3 · 27.11.2026"
    assert metadata.creation_date == datetime(2026, 11, 27, tzinfo=UTC)
    catalogue = _read(made).root_object
    assert (str(catalogue["/Lang"]), "/StructTreeRoot" in catalogue) == ("sl", True)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made


def test_markup_in_the_pdf_comes_out_as_typed() -> None:
    in_all_places = replace(
        BARE,
        title=AS_TYPED,
        paragraphs=(DocumentParagraph(1, PLAIN_WORDS, "k1", AS_TYPED),),
        asks=((1, PLAIN_WORDS),),
        sources=(Source(1, "@1.1", AS_TYPED, "AT", AS_TYPED, "", "supports", (1,)),),
    )
    shown = _words(pdf(in_all_places)).replace(" ", "")
    typed = [each.replace("\u202f", "_").replace(" ", "") for each in (AS_TYPED, PLAIN_WORDS)]
    # The plain words stand within the others, too.
    assert [shown.count(each) for each in typed] == [4, 6]


def test_every_page_carries_its_number() -> None:
    long = replace(
        TEXT, paragraphs=tuple(DocumentParagraph(n, "beseda " * 300) for n in range(1, 6))
    )
    feet = [page.extract_text().splitlines()[-1] for page in _read(pdf(long)).pages]
    assert len(feet) > 2
    assert feet == [
        f"2026-014 · v3 · 27.11.2026 · stran {n} od {len(feet)}" for n in range(1, len(feet) + 1)
    ]


def test_an_empty_annex_has_no_heading() -> None:
    assert _words(pdf(BARE)) == (
        "Alpennetz 2026-014 · v3 · 27.11.2026 Za European Commission Stališče Alpennetz"
        " Velike zveri v Alpah 2026-014 · v3 · 27.11.2026 · stran 1 od 1"
    )


def test_a_character_that_no_font_has_does_not_stop_the_letter() -> None:
    made = pdf(replace(TEXT, title="Velike zveri 🐺"))
    metadata = _read(made).metadata
    assert metadata is not None
    assert metadata.title == "Velike zveri 🐺"
    assert b"pdfuaid" not in made


# Word


def test_the_word_file_shows_the_letter_with_real_headings() -> None:
    paragraphs = [(p.style.name if p.style else "", p.text) for p in _open(docx(TEXT)).paragraphs]
    assert paragraphs == [
        ("No Spacing", "Za"),
        ("Normal", "European Commission"),
        ("No Spacing", "Stališče Alpennetz"),
        ("Title", "Velike zveri v Alpah"),
        ("List Paragraph", "1.\tStroški varovanja morajo biti kriti1, 2. Tudi za pse1."),
        ("List Paragraph", "Podpirata 2 občini (AT 1 · SI 1)"),
        ("List Paragraph", "2.\tŠteje:"),
        ("List Bullet", "ograja3"),
        ("List Bullet", "pes"),
        ("List Paragraph", "Odločba velja.4"),
        ("Heading 1", "Zahteve"),
        ("List Paragraph", "1.\tKrijte stroške."),
        ("List Paragraph", "2.\tOdločite hitro."),
        ("No Spacing", "Podpisali"),
        ("No Spacing", "Ana Muster"),
        ("No Spacing", "Janez Primer"),
        ("Heading 1", "Priloga"),
    ]


def test_sources_stand_as_comments_on_the_words_that_rest_on_them() -> None:
    document = _open(docx(TEXT))
    made = datetime(2026, 11, 27, tzinfo=UTC)
    assert [(c.author, c.text, c.timestamp) for c in document.comments] == [
        ("Alpennetz", "1 Musterdorf, AT\n2 Občina, ki ni imenovana, IT", made),
        ("Alpennetz", "1 Musterdorf, AT", made),
        ("Alpennetz", "3 Vzorčna vas (nasprotuje), SI", made),
        ("Alpennetz", "4 Odločba", made),
    ]


def test_a_bookmark_says_which_paragraph_it_was() -> None:
    body = _open(docx(TEXT)).element.body
    names = [b.get(qn("w:name")) for b in body.iter(qn("w:bookmarkStart"))]
    assert [name for name in names if name.startswith("p-")] == [
        "p-title", "p-k1", "p-k2", "p-ask-1", "p-ask-2",
    ]  # fmt: skip
    assert "t-2026-014-v3-sl" in names


def test_a_letter_that_went_out_can_come_back_with_changes() -> None:
    draft = Draft(
        TEXT.title,
        [(each.key, each.text) for each in TEXT.paragraphs],
        [Ask(number, "k1", ask) for number, ask in TEXT.asks],
    )
    assert changes(read("letter.docx", docx(TEXT)), lines_of(draft)) == []


def test_the_annex_is_a_table_with_the_language_of_each_quotation() -> None:
    (table,) = _open(docx(TEXT)).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Št.", "Občina", "Država", "Izjava", "Odstavek"],
        ["1 [17.1]", "Musterdorf", "AT", "Wir zahlen <alles> & selbst.", "§ 1"],
        ["2 [18.1]", "Občina, ki ni imenovana", "IT", "", "§ 1"],
        ["3 [19.1]", "Vzorčna vas (nasprotuje)", "SI", "Ograja ni dovolj.", "§ 2"],
        ["4 [E3]", "Odločba", "", "https://eur-lex.example/3", "§ 2"],
    ]
    languages = [lang.get(qn("w:val")) for lang in table._tbl.iter(qn("w:lang"))]
    assert languages == ["de-AT", "sl-SI"]
    assert len(list(table._tbl.iter(qn("w:tblHeader")))) == 1
    width = sum(int(each.get(qn("w:w"))) for each in table._tbl.iter(qn("w:gridCol")))
    assert round(width / 1440 * 2.54, 1) == 15.8  # cm between the margins


def test_the_word_file_says_what_it_is_and_in_which_language() -> None:
    document = _open(docx(TEXT))
    core = document.core_properties
    assert (core.title, core.author, core.language) == ("Velike zveri v Alpah", "Alpennetz", "sl")
    assert core.subject == "2026-014 · v3 · 27.11.2026"
    defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert defaults.get(qn("w:val")) == "sl-SI"


def test_the_foot_of_the_word_file_counts_its_pages() -> None:
    foot = _open(docx(TEXT)).sections[0].footer.paragraphs[0]
    fields = [f.get(qn("w:instr")) for f in foot._p.iter(qn("w:fldSimple"))]
    assert (foot.text, fields) == ("2026-014 · v3 · 27.11.2026 · stran  od ", ["PAGE", "NUMPAGES"])


def test_a_word_file_without_annex_and_asks_is_whole() -> None:
    document = _open(docx(BARE))
    assert (document.tables, document.paragraphs[-1].text) == ([], "Velike zveri v Alpah")


@settings(max_examples=25, deadline=None)
@given(
    st.text(st.characters(blacklist_categories=["Cc", "Cs"], blacklist_characters="\ufffe\uffff"))
)
def test_any_title_comes_out_of_the_word_file_as_typed(typed: str) -> None:
    assert _texts(docx(replace(BARE, title=typed[:255])))[-1] == typed[:255]


# All files


def test_control_characters_that_no_file_can_hold_are_left_out() -> None:
    text = replace(BARE, paragraphs=(DocumentParagraph(1, "ena\x00\x0b\ud800 dva\r\ntri"),))
    assert _texts(docx(text))[-1] == "1.\tena dva\ntri"
    assert plain_text(text).split("\n\n")[1] == "1. ena dva\ntri"
    assert _words(pdf(text)).count("1 ena dva tri") == 1


def test_the_same_text_gives_the_same_files() -> None:
    assert pdf(TEXT) == pdf(TEXT)
    assert docx(TEXT) == docx(TEXT)
    with zipfile.ZipFile(BytesIO(docx(TEXT))) as archive:
        assert {part.date_time for part in archive.infolist()} == {(2026, 11, 27, 0, 0, 0)}


# Plain text

PLAIN = """Velike zveri v Alpah

1. Stroški varovanja morajo biti kriti. Tudi za pse.

2. Šteje:

- ograja
- pes

Odločba velja.

Zahteve
1. Krijte stroške.
2. Odločite hitro.

Alpennetz
Ana Muster
Janez Primer"""


def test_the_plain_text_holds_the_whole_position_without_sources() -> None:
    assert plain_text(TEXT) == PLAIN
    assert plain_text(BARE) == "Velike zveri v Alpah\n\nAlpennetz"


def test_the_plain_text_is_never_cut_to_fit() -> None:
    length = len(PLAIN)
    assert fits(TEXT, length) == (True, length)
    assert fits(TEXT, None) == (True, length)
    assert fits(TEXT, length - 1) == (False, length)
    assert plain_text(TEXT, length) == PLAIN
    with pytest.raises(ValueError, match=f"{length} characters do not fit into {length - 1}"):
        plain_text(TEXT, length - 1)


# Data


def test_the_data_say_for_each_sentence_what_it_rests_on() -> None:
    said = json.loads(as_json(replace(TEXT, text_hash="abc")))
    assert (said["number"], said["text_hash"], said["date"]) == ("2026-014", "abc", "2026-11-27")
    assert [
        (each["text"], each["sources"]) for p in said["paragraphs"] for each in p["sentences"]
    ] == [
        ("Stroški varovanja morajo biti kriti.", [1, 2]),
        ("Tudi za pse.", [1]),
        ("Šteje:", []),
        ("- ograja", [3]),
        ("- pes", []),
        ("Odločba velja.", [4]),
    ]
    assert [(each["reference"], each["name"], each["words"]) for each in said["sources"][:2]] == [
        ("17.1", "Musterdorf", "Wir zahlen <alles> & selbst."),
        ("18.1", None, None),
    ]
