"""What a file is decides its content; the name must agree."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from advocacy.documents import forms, rules
from advocacy.documents.contents import Found, found_in
from advocacy.documents.rules import LOOKS, REFUSED, Kind, cleaned_name, sniffed
from advocacy.errors import Invalid
from tests.advocacy.documents import files

SLIDES = files.open_document("presentation")


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("protocol.pdf", files.pdf(), Kind.PDF),
        ("PROTOCOL.PDF", files.pdf(), Kind.PDF),
        ("Entwurf.docx", files.word(), Kind.DOCX),
        ("Tabelle.xlsx", files.excel(), Kind.XLSX),
        ("bozza.odt", files.open_document("text"), Kind.ODT),
        ("tabela.ods", files.open_document("spreadsheet"), Kind.ODS),
        ("avis.rtf", files.rich_text(), Kind.RTF),
        ("notes.txt", "Župan je povedal: ja.\n".encode(), Kind.TEXT),
        ("old.txt", "Bürgermeister".encode("latin-1"), Kind.TEXT),
        ("wide.txt", "Bürgermeister".encode("utf-16"), Kind.TEXT),
        ("members.csv", b"name;country\nMusterdorf;AT\n", Kind.CSV),
        ("map.png", files.png(), Kind.PNG),
        ("photo.jpg", files.jpeg(), Kind.JPEG),
        ("photo.jpeg", files.jpeg(), Kind.JPEG),
        ("letter.eml", files.mail(), Kind.EML),
        ("letter.txt", files.mail(), Kind.TEXT),
        ("dates.txt", files.calendar(), Kind.TEXT),
    ],
)
def test_a_file_that_is_what_it_says_is_kept(name: str, content: bytes, kind: Kind):
    assert sniffed(name, content) is kind


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("protocol.pdf", files.word(), "protocol.pdf is not a PDF: it looks like a Word file."),
        ("plan.docx", files.pdf(), "plan.docx is not a Word file: it looks like a PDF."),
        ("a.docx", files.excel(), "a.docx is not a Word file: it looks like an Excel file."),
        ("a.xlsx", files.open_document("spreadsheet"), "it looks like an OpenDocument table."),
        ("a.odt", SLIDES, "it looks like slides."),
        ("a.pdf", b"Hello", "a.pdf is not a PDF: it looks like plain text."),
        ("a.eml", b"Hello\n\nthere", "a.eml is not a mail: it looks like plain text."),
        ("a.png", files.jpeg(), "a.png is not a PNG picture: it looks like a JPEG picture."),
        ("a.txt", b"<!DOCTYPE html><p>x", "a.txt is not plain text: it looks like a web page."),
        ("a.csv", b" \n<script>alert(1)</script>", "it looks like a web page."),
        ("a.txt", b"<!-- x --><HTML>", "it looks like a web page."),
        ("a.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "it looks like an SVG drawing."),
        ("a.txt", b"<?xml version='1.0'?><svg/>", "it looks like an SVG drawing."),
        ("a.txt", b"<?xml version='1.0'?><rss/>", "it looks like XML."),
        ("a.pdf", b"MZ" + b"\0" * 99, "a.pdf is not a PDF: it looks like a program."),
        ("a.txt", b"#!/bin/sh\nrm", "it looks like a program."),
        ("a.txt", b"\x7fELF" + b"\0" * 99, "it looks like a program."),
        ("a.docx", files.packed(("x.txt", b"x")), "it looks like an archive of files."),
        ("a.pdf", b"7z\xbc\xaf\x27\x1c" + b"\0" * 20, "it looks like an archive of files."),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Office before 2007."),
        ("a.txt", bytes(range(256)), "it looks like something else."),
        ("a.docm", files.word(), "a.docm is of no kind that is kept here."),
        ("noending", files.pdf(), "noending is of no kind that is kept here."),
        ("a.exe", b"MZ" + b"\0" * 99, "a.exe is a program."),
        ("a.html", b"<html></html>", "a.html is a web page, which may carry a program."),
        ("a.svg", b"<svg></svg>", "a.svg is a drawing that may carry a program."),
        ("a.pdf", b"", "a.pdf is empty."),
        ("a.pdf", files.pdf()[:-20], "a.pdf is damaged: it cannot be opened."),
        ("a.docx", files.word()[:-60], "a.docx is damaged: it cannot be opened."),
        ("a.docx", files.with_parts(files.word(), ("word/document.xml", b"<w")), "is damaged"),
        ("a.png", files.png()[:-12], "a.png is damaged"),
        ("a.rtf", rb"{\rtf1 breaks", "a.rtf is damaged"),
        ("a.rtf", rb"{\rtf1{\object{\*\objdata 01}}}", "holds macros or embedded programs."),
        (
            "a.docx",
            files.with_parts(files.word(), ("word/vbaProject.bin", b"x")),
            "a.docx holds macros or embedded programs.",
        ),
        ("a.ods", files.open_document("spreadsheet", ("Basic/x.xml", b"x")), "holds macros"),
        ("a.docx", files.encrypted_office(), "a.docx is protected by a password."),
        (
            "a.odt",
            files.open_document("text", manifest=b"<manifest:encryption-data/>"),
            "a.odt is protected by a password.",
        ),
        ("a.docx", files.bomb(), "a.docx unpacks to far more than a document holds."),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_with_a_sentence(
    name: str, content: bytes, says: str
):
    with pytest.raises(Invalid) as refused:
        sniffed(name, content)
    said = str(refused.value.fields["files"])
    assert says in said
    assert said.startswith(name)
    assert said.endswith("Nothing was kept.")


def test_a_file_of_twenty_megabytes_fits_and_one_byte_more_does_not():
    fits = b"x" * rules.LARGEST
    assert sniffed("a.txt", fits) is Kind.TEXT
    with pytest.raises(Invalid) as refused:
        sniffed("a.txt", fits + b"x")
    assert "a.txt has more than 20 MB." in str(refused.value)


def test_all_files_with_a_problem_are_named_at_once():
    with pytest.raises(Invalid) as refused:
        forms.papers([("a.pdf", b"x"), ("b.txt", b"fine"), ("c.exe", b"MZ")])
    said = {name: str(text) for name, text in refused.value.fields.items()}
    assert list(said) == ["files", "files-2"]
    assert said["files"].startswith("a.pdf")
    assert said["files-2"].startswith("c.exe")


def test_the_same_content_twice_in_one_upload_is_said():
    with pytest.raises(Invalid) as refused:
        forms.papers([("a.txt", b"one"), ("b.txt", b"one")])
    assert str(refused.value) == "b.txt holds the same as a.txt. Nothing was kept."


def test_no_file_and_eleven_files_are_refused():
    for chosen in ([], [(f"{n}.txt", bytes([65 + n])) for n in range(11)]):
        with pytest.raises(Invalid):
            forms.papers(chosen)


@given(some.binary(max_size=400))
def test_whatever_the_bytes_there_is_an_answer_with_its_words(content: bytes):
    found = found_in(content)
    assert isinstance(found, Kind) or found in {**LOOKS, **REFUSED}


@given(some.sampled_from([files.word(), files.excel(), files.pdf(), files.png()]), some.data())
def test_a_file_with_a_piece_cut_out_is_judged_and_never_raises(
    content: bytes, data: some.DataObject
):
    start = data.draw(some.integers(0, len(content)))
    end = data.draw(some.integers(start, len(content)))
    assert isinstance(found_in(content[:start] + content[end:]), Kind | Found)


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("C:\\Users\\ana\\Entwurf 1.pdf", "Entwurf 1.pdf"),
        ("../../etc/passwd", "passwd"),
        ('a"b<c>.pdf', "a-b-c-.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("a\r\nb.pdf", "ab.pdf"),
        ("...", "document"),
        (".pdf", "pdf"),
        ("", "document"),
        ("z\u030cupan.odt", "župan.odt".replace("ž", "ž")),
    ],
)
def test_names_are_cleaned(name: str, cleaned: str):
    assert cleaned_name(name) == cleaned


@given(some.text(max_size=300))
def test_a_cleaned_name_is_short_of_one_part_and_stays_clean(name: str):
    cleaned = cleaned_name(name)
    assert 0 < len(cleaned) <= rules.LONGEST_NAME
    assert not set(cleaned) & set('/\\"<>:|?*%;\r\n\0')
    assert cleaned.isprintable()
    assert cleaned_name(cleaned) == cleaned
