"""Tables for spreadsheets: CSV as Excel opens it, XLSX with real dates. No cell is a formula."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import xlsxwriter

Cell = str | int | float | date | datetime | None
"""A datetime is aware and in the zone in which it is to be read."""

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
WIDEST = 60  # characters of a column
LONGEST_CELL = 32_767  # characters: what Excel takes


@dataclass(frozen=True, slots=True)
class Sheet:
    """`name` becomes the name of the file and of the worksheet."""

    name: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def neutral(text: str) -> str:
    """A spreadsheet would run a text that begins like a formula (CWE-1236)."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def as_csv(sheet: Sheet) -> bytes:
    """UTF-8 with a mark, semicolons, CRLF, ISO dates; the same in all five languages."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow([neutral(heading) for heading in sheet.headings])
    writer.writerows([[_plain(cell) for cell in row] for row in sheet.rows])
    return written.getvalue().encode("utf-8-sig")


def _plain(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.isoformat(timespec="minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    return neutral(cell) if isinstance(cell, str) else cell


def as_xlsx(sheet: Sheet) -> bytes:
    """The header stays in sight, every column can be filtered, dates are dates."""
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(file, options)
    page = book.add_worksheet(sheet.name[:31])
    bold = book.add_format({"bold": True})
    instant = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    page.write_row(0, 0, sheet.headings, bold)
    for number, row in enumerate(sheet.rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, datetime):
                page.write_datetime(number, column, cell.replace(tzinfo=None), instant)
            elif isinstance(cell, date):
                page.write_datetime(number, column, cell, day)
            elif isinstance(cell, str):
                page.write_string(number, column, cell[:LONGEST_CELL])
            elif cell is not None:
                page.write_number(number, column, cell)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(1, len(sheet.rows)), len(sheet.headings) - 1)
    page.autofit(WIDEST * 7)  # pixels
    book.close()
    return file.getvalue()
