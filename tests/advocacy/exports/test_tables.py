import io
from datetime import UTC, date, datetime

import openpyxl
from hypothesis import given
from hypothesis import strategies as st

from advocacy.exports.tables import DANGEROUS, Sheet, as_csv, as_xlsx, neutral

SHEET = Sheet(
    "members",
    ["Code", "Name", "Since", "Answered", "People"],
    [
        ["SI-07", "Vzorčna vas; „gora“", date(2026, 12, 1), datetime(2026, 12, 1, 18, tzinfo=UTC), 1200],
        ["AT-01", "=1+1", None, None, -3],
    ],
)  # fmt: skip


def test_csv_opens_in_a_spreadsheet_of_every_language():
    content = as_csv(SHEET)
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig") == (
        "Code;Name;Since;Answered;People\r\n"
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
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:E3"
    assert page["C2"].value == datetime(2026, 12, 1)
    assert page["D2"].value == datetime(2026, 12, 1, 18)
    assert page["E2"].value == 1200
    assert (page["B3"].value, page["B3"].data_type) == ("=1+1", "s")


@given(st.text(max_size=50))
def test_any_text_stays_what_it_is_in_a_workbook(text: str):
    clean = "".join(sign for sign in text if sign.isprintable())
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(Sheet("x", ["a"], [[clean]]))))
    assert (book["x"]["A2"].value or "") == clean
