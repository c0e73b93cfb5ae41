"""Files that are made to be too much."""

import io
import re
import zipfile

import openpyxl
import pytest

from advocacy import texts
from advocacy.spreadsheets import reading
from advocacy.spreadsheets.reading import BadTable, Layout, read_rows

LAYOUT = Layout({"title": "title"}, ("title",))


def workbook(row: int) -> bytes:
    """Title and one value, in a row with that number."""
    book, plain, made = openpyxl.Workbook(), io.BytesIO(), io.BytesIO()
    book.active.append(["title"])
    book.active.append(["Hirten"])
    book.save(plain)
    with zipfile.ZipFile(plain) as given, zipfile.ZipFile(made, "w") as changed:
        for name in given.namelist():
            part = re.sub(rb"<dimension[^>]*/>", b"", given.read(name))
            part = part.replace(b'<row r="2"', b'<row r="%d"' % row).replace(b' r="A2"', b"")
            changed.writestr(name, part)
    return made.getvalue()


def test_a_row_far_below_is_read():
    assert list(read_rows(workbook(400), "x.xlsx", LAYOUT)) == [(400, {"title": "Hirten"})]


def test_a_row_behind_the_last_that_there_can_be_ends_the_reading(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reading, "LAST_ROW", 1_000)
    with pytest.raises(BadTable):
        list(read_rows(workbook(3_000_000), "x.xlsx", LAYOUT))


def test_what_is_wrong_in_a_row_is_said_in_one_language():
    with pytest.raises(BadTable) as caught:
        list(read_rows(b"language;title\nde;x\n", "x.csv", LAYOUT))
    [wrong] = caught.value.fields.values()
    with texts.speaking("de"):
        assert texts.translate(wrong) == "Zeile 1, language: Diese Überschrift ist nicht bekannt"
        with pytest.raises(BadTable) as nothing:
            list(read_rows(b"", "x.csv", LAYOUT))
        assert texts.translate(nothing.value.fields["file"]) == "Wählen Sie eine Datei"
