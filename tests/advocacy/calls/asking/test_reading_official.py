from pathlib import Path

import pytest

from advocacy.calls.asking import paragraphs
from advocacy.calls.asking.reading_official import media_type, read, too_much
from advocacy.calls.asking.word_numbering import counted
from advocacy.documents.rules import MEDIA_TYPES, Kind
from advocacy.errors import Invalid
from tests.advocacy.calls.asking.handed import (
    TEXT,
    bomb,
    counted_word,
    lettered_word,
    pdf,
    stuffed_word,
    word,
)

PDF, DOCX = MEDIA_TYPES[Kind.PDF], MEDIA_TYPES[Kind.DOCX]
LONG = (
    "= Verordnung\n\n"
    "Art. 1 Die Mitgliedstaaten schützen die Herden auf den Almen der Alpenregion und fördern "
    "den Herdenschutz sowie die Land- und Forstwirtschaft in allen Gemeinden, die davon "
    "betroffen sind.\n\n"
) + "".join(
    f"Art. {number} Die Kosten der Maßnahme werden von den Ländern getragen, soweit sie nicht von "
    "anderer Seite ersetzt werden; die Gemeinden sind vorher zu hören.\n\n"
    for number in range(2, 12)
)


def said(found: tuple[paragraphs.Paragraph, ...]) -> list[tuple[str, str]]:
    return [(each.label, each.text) for each in found]


def test_a_word_file_gives_its_paragraphs_with_their_labels():
    assert media_type("Verordnung.docx", word()) == DOCX
    assert said(read("Verordnung.docx", DOCX, word())) == [
        ("", TEXT[0]),
        ("Art. 1", "Die Mitgliedstaaten schützen die Herden auf den Almen der Alpenregion."),
        ("(2)", "Die Kosten tragen die Länder."),
    ]


def test_what_word_counts_by_itself_is_read_and_tracked_changes_count_as_made():
    assert said(read("Ziele.docx", DOCX, counted_word())) == [
        ("", "Ziele"),
        ("1.", "Almen erhalten"),
        ("2.", "Herden schützen"),
        ("", "ein Punkt"),
        ("", "Schluss. Eingefügt."),
        ("", "Land | Fläche"),
    ]


def test_the_kinds_of_counting_that_word_knows():
    kinds = {"decimal": "4", "lowerLetter": "d", "upperLetter": "D", "lowerRoman": "iv",
             "upperRoman": "IV", "decimalZero": "04", "odd": "4"}  # fmt: skip
    assert {kind: counted(4, kind) for kind in kinds} == kinds
    assert (counted(27, "lowerLetter"), counted(99, "lowerRoman")) == ("aa", "xcix")


def test_a_pdf_of_several_pages_gives_whole_sentences(tmp_path: Path):
    found = read("Verordnung.pdf", PDF, pdf(tmp_path, LONG))
    assert [each.label for each in found] == ["", *(f"Art. {number}" for number in range(1, 12))]
    assert found[1].text.startswith("Die Mitgliedstaaten schützen die Herden auf den Almen der")
    assert "Land- und Forstwirtschaft" in found[1].text
    assert {each.text for each in found[2:]} == {
        "Die Kosten der Maßnahme werden von den Ländern getragen, soweit sie nicht von anderer "
        "Seite ersetzt werden; die Gemeinden sind vorher zu hören."
    }


def why(name: str, content: bytes) -> str:
    with pytest.raises(Invalid) as error:
        read(name, media_type(name, content), content)
    message = error.value.fields["files"]
    return message.text % message.values


def test_what_cannot_be_read_says_why(tmp_path: Path):
    assert "holds no text: it may have been scanned" in why("scan.pdf", pdf(tmp_path, "#rect()"))
    locked = pdf(tmp_path, LONG, password="Alm")
    assert "protected by a password" in why("zu.pdf", locked)
    assert "choose a Word file (DOCX) or a PDF" in why("liste.csv", b"a;b\n1;2\n")
    assert "is not a Word file" in why("falsch.docx", pdf(tmp_path, LONG))
    assert "damaged" in why("halb.pdf", b"%PDF-1.7\nnichts\nstartxref\n0\n%%EOF\n")
    assert "is empty" in why("leer.pdf", b"")
    assert "unpacks to far more than a document holds" in why("klein.pdf", bomb())


def test_more_than_people_look_through_is_refused_with_figures():
    many = paragraphs.from_text("\n\n".join(["Ein Satz."] * 401))
    message = too_much(many)
    assert message is not None
    assert message.values["paragraphs"] == 401
    assert too_much(many[:400]) is None
    assert too_much(paragraphs.from_text("a" * 200_001)) is not None


def test_a_list_that_begins_at_a_thousand_million_fills_no_memory():
    begins = f'<w:start w:val="1{"0" * 12}"/><w:numFmt w:val="upperLetter"/>'
    [*_, last] = read("Ziele.docx", DOCX, lettered_word(begins))
    assert last.text == "A. Almen erhalten"


def test_a_word_file_whose_list_lacks_its_level_is_said_to_be_damaged():
    with pytest.raises(Invalid) as error:
        read("Ziele.docx", DOCX, lettered_word("", level=""))
    assert "is damaged" in str(error.value)


def test_a_word_file_that_says_far_too_much_is_not_opened():
    with pytest.raises(Invalid) as error:
        read("Ziele.docx", DOCX, stuffed_word())
    assert "unpacks to far more" in str(error.value)
