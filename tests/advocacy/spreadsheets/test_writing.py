import io
from dataclasses import replace
from datetime import UTC, date, datetime

import openpyxl
from hypothesis import given
from hypothesis import strategies as st

from advocacy.spreadsheets.writing import DANGEROUS, Sheet, as_csv, as_tsv, as_xlsx, neutral

SHEET = Sheet(
    "members",
    {"code": "Kennung", "name": "Name", "since": "Seit", "at": "Geantwortet", "people": "Leute"},
    [
        ["SI-07", "Vzorčna vas; „gora“", date(2026, 12, 1), datetime(2026, 12, 1, 18, tzinfo=UTC), 1200],
        ["AT-01", "=1+1", None, None, -3],
    ],
)  # fmt: skip


def test_csv_opens_in_a_spreadsheet_of_every_language():
    content = as_csv(SHEET)
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig") == (
        "code;name;since;at;people\r\n"
        'SI-07;"Vzorčna vas; „gora“";2026-12-01;2026-12-01T18:00+00:00;1200\r\n'
        "AT-01;'=1+1;;;-3\r\n"
    )


@given(st.text(max_size=20))
def test_no_text_is_a_formula(text: str):
    assert not neutral(text).startswith(DANGEROUS)
    assert neutral(text).endswith(text)


def test_xlsx_has_real_dates_a_frozen_header_and_filters():
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(SHEET)))
    page = book["members"]
    assert [cell.value for cell in page[1]] == ["code", "name", "since", "at", "people"]
    assert page.row_dimensions[1].hidden is True
    assert [cell.value for cell in page[2]] == ["Kennung", "Name", "Seit", "Geantwortet", "Leute"]
    assert page.freeze_panes == "A3"
    assert page.auto_filter.ref == "A2:E4"
    assert page["C3"].value == datetime(2026, 12, 1)
    assert page["D3"].value == datetime(2026, 12, 1, 18)
    assert page["E3"].value == 1200
    assert (page["B4"].value, page["B4"].data_type) == ("=1+1", "s")


def test_a_second_worksheet_says_what_it_is():
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(replace(SHEET, about=["Members", "Today"]))))
    assert book.sheetnames == ["members", "Read me"]
    assert [row[0].value for row in book["Read me"]] == ["Members", "Today"]


def test_for_pasting_each_row_is_one_line_with_tabs():
    sheet = Sheet(
        "x", {"a": "Text", "b": "Zahl"}, [["zwei\nZeilen\tund mehr", -3], [" =1+1", None]]
    )
    assert as_tsv(sheet).decode() == "Text\tZahl\nzwei Zeilen und mehr\t-3\n'=1+1\t"


@given(st.text(max_size=50))
def test_any_text_stays_what_it_is_in_a_workbook(text: str):
    clean = "".join(sign for sign in text if sign.isprintable())
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(Sheet("x", {"a": "A"}, [[clean]]))))
    assert (book["x"]["A3"].value or "") == clean
