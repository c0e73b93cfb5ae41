"""What LibreOffice wrote is read as what people did."""

import zipfile
from datetime import UTC, datetime
from io import BytesIO

import pytest
from docx import Document

from advocacy.errors import Invalid
from advocacy.positions.word.reading import Which, changes, read
from advocacy.positions.word.working_copy import working_copy
from advocacy.positions.writing.merging import Draft
from tests.advocacy.positions.word.handed import DRAFT, LINES, changed, content, said

K2 = "Was zählt:\n\n- Zäune{} *vor* dem Sommer\n- [Hirten](https://hirten.example/)\n\n{}Ende."


def _copy(draft: Draft = DRAFT, version: int = 3) -> bytes:
    return working_copy(
        draft, [], number="2026-014", version=version, language="de", network="Alpennetz",
        made=datetime(2026, 11, 20, 8, tzinfo=UTC),
    )  # fmt: skip


def test_a_copy_that_nobody_touched_says_nothing():
    file = read("copy.docx", _copy())
    assert file.which == Which("2026-014", 3, "de")
    assert changes(file, LINES) == []


def test_two_people_who_tracked_their_changes_are_kept_apart():
    assert said("two_authors") == [
        ("Luca Beispiel", "changed", "k1",
         "Die Gemeinden leben mit **Großraubtieren**. Die Kosten sind immer voll zu tragen.", ""),
        ("Luca Beispiel", "changed", "k2", K2.format("", "Ganz am "), ""),
        ("Giulia Esempio", "changed", "k2", K2.format(" und Hunde", ""), ""),
        ("Giulia Esempio", "changed", "k3", "Eine Bewertung wird verlangt.", ""),
        ("Giulia Esempio", "taken_out", "k4", "", ""),
    ]  # fmt: skip
    assert {each.tracked for each in changed("two_authors")} == {True}


def test_the_last_tracked_change_dates_the_file():
    file = read("two_authors.docx", content("two_authors"))
    assert file.at == datetime(2026, 11, 22, 16, 5, tzinfo=UTC)


def test_without_track_changes_the_texts_are_compared():
    assert [(kind, key, text) for _, kind, key, text, _ in said("untracked")] == [
        ("changed", "k1",
         "Die Gemeinden leben mit **Großraubtieren**. Die Kosten sind voll und ganz zu tragen."),
        ("changed", "k3", "Eine Prüfung nach drei Jahren wird verlangt."),
        ("changed", "ask-2", "Überprüfung nach zwei Jahren"),
    ]  # fmt: skip
    assert [each.tracked for each in changed("untracked")] == [False]


def test_a_new_paragraph_says_which_one_it_follows():
    assert said("new_paragraph") == [
        ("Luca Beispiel", "new", "", "Die Herden brauchen Schutz.", "k3")
    ]


def test_a_tracked_move_is_a_move():
    assert said("moved") == [("Luca Beispiel", "moved", "k4", "Zuletzt steht dies.", "k2")]


def test_a_paragraph_that_lost_its_bookmark_is_known_by_its_words():
    document = Document(BytesIO(_copy()))
    paragraph = next(p for p in document.paragraphs if "Überprüfung wird" in p.text)
    text = "3.\tEine gründliche Überprüfung wird verlangt."
    for child in list(paragraph._p)[1:]:
        paragraph._p.remove(child)
    paragraph.add_run(text)
    found = changes(read("a.docx", _saved(document)), LINES)
    assert [(d.kind.value, d.key, d.text) for each in found for d in each.differences] == [
        ("changed", "k3", "Eine gründliche Überprüfung wird verlangt.")
    ]


def test_a_paragraph_pasted_elsewhere_without_tracking_has_moved():
    document = Document(BytesIO(_copy()))
    last = next(p for p in document.paragraphs if "Zuletzt" in p.text)
    first = next(p for p in document.paragraphs if "Die Gemeinden" in p.text)
    first._p.addprevious(last._p)
    found = changes(read("a.docx", _saved(document)), LINES)
    assert [(d.kind.value, d.key, d.after) for each in found for d in each.differences] == [
        ("moved", "k4", "")
    ]


def test_words_that_one_took_out_of_the_others_stand_in_one_proposal():
    document = Document(BytesIO(_copy()))
    whole = document.element.body.xpath(".//w:t[text()='Zuletzt steht dies.']")[0].getparent()
    inserted = (
        '<w:ins xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" w:id="90" '
        'w:author="Luca Beispiel"><w:r><w:t xml:space="preserve"> Und mehr</w:t></w:r><w:del '
        'w:id="91" w:author="Giulia Esempio"><w:r><w:delText> als genug</w:delText></w:r></w:del>'
        "<w:r><w:t>.</w:t></w:r></w:ins>"
    )
    from docx.oxml import parse_xml

    whole.addnext(parse_xml(inserted))
    found = changes(read("a.docx", _saved(document)), LINES)
    assert [(each.author, [d.text for d in each.differences]) for each in found] == [
        ("Luca Beispiel, Giulia Esempio", ["Zuletzt steht dies. Und mehr."])
    ]


def _saved(document: object) -> bytes:
    file = BytesIO()
    document.save(file)  # type: ignore[attr-defined]
    return file.getvalue()


def _refusal(name: str, content: bytes) -> str:
    with pytest.raises(Invalid) as refused:
        read(name, content)
    message = refused.value.fields["file"]
    assert not isinstance(message, str)
    return message.text % message.values


def test_a_file_that_is_no_word_file_is_named_as_what_it_is():
    assert "a.docx is not a Word file: it looks like a PDF" in _refusal(
        "a.docx", b"%PDF-1.7\n1 0 obj\nstartxref\n0\n%%EOF"
    )
    assert "a.txt is not a Word file (DOCX)" in _refusal("a.txt", b"Zuletzt steht dies.")
    assert "is empty" in _refusal("a.docx", b"")


def test_a_bomb_is_not_unpacked():
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"wordprocessingml.document.main+xml")
        archive.writestr("word/document.xml", b" " * (200 * 1024 * 1024))
    assert "far more than a document holds" in _refusal("a.docx", packed.getvalue())


def test_a_word_file_of_somebody_else_is_not_ours():
    document = Document()
    document.add_paragraph("Großraubtiere")
    assert "was not made from a text of this house" in _refusal("a.docx", _saved(document))


def test_without_bookmarks_the_reference_still_says_which_text_it_was():
    document = Document()
    document.core_properties.subject = "2026-014 · v3 · 20.11.2026"
    document.add_paragraph("Nur Text")
    assert "its title is gone" in _refusal("a.docx", _saved(document))
