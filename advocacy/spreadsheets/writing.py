"""Tables for spreadsheets: CSV as Excel opens it, XLSX with real dates. No cell is a formula."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import xlsxwriter

Cell = str | int | float | date | datetime | None
"""A datetime is aware and in the zone in which it is to be read."""

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
NOTES = "Read me"
WIDEST = 60  # characters of a column
LONGEST_CELL = 32_767  # characters: what Excel takes


@dataclass(frozen=True, slots=True)
class Sheet:
    """`name` becomes the name of the file and of the worksheet. `columns`: a key that never
    changes, and how the column is called in the reader's language. `about`: sentences for the
    second worksheet of a workbook.
    """

    name: str
    columns: Mapping[str, str]
    rows: Sequence[Sequence[Cell]]
    about: Sequence[str] = ()


def neutral(text: str) -> str:
    """A spreadsheet would run a text that begins like a formula (CWE-1236)."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def meant(text: str) -> str:
    """What `neutral` was given, so that what went out comes back as it was."""
    return text[1:] if text.startswith("'") and text[1:].startswith(DANGEROUS) else text


def as_csv(sheet: Sheet) -> bytes:
    """UTF-8 with a mark, semicolons, CRLF, ISO dates, keys as headings: the same in all five
    languages.
    """
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow(list(sheet.columns))
    writer.writerows([[_plain(cell) for cell in row] for row in sheet.rows])
    return written.getvalue().encode("utf-8-sig")


def as_tsv(sheet: Sheet) -> bytes:
    """For pasting into a spreadsheet: tabs between cells, one line per row."""
    rows: list[Sequence[object]] = [list(sheet.columns.values())]
    rows += [[_plain(cell) for cell in row] for row in sheet.rows]
    return "\n".join("\t".join(map(_in_one_line, row)) for row in rows).encode()


def _in_one_line(cell: object) -> str:
    """Without the spaces before it a text may begin like a formula."""
    return neutral(" ".join(cell.split())) if isinstance(cell, str) else str(cell)


def _plain(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.isoformat(timespec="minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    return neutral(cell) if isinstance(cell, str) else cell


def as_xlsx(sheet: Sheet) -> bytes:
    """Keys in a hidden first row, names below; they stay in sight, every column can be filtered,
    dates are dates.
    """
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(file, options)
    page = book.add_worksheet(sheet.name[:31])
    bold = book.add_format({"bold": True})
    instant = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    page.write_row(0, 0, list(sheet.columns))
    page.write_row(1, 0, list(sheet.columns.values()), bold)
    for number, row in enumerate(sheet.rows, start=2):
        for column, cell in enumerate(row):
            if isinstance(cell, datetime):
                page.write_datetime(number, column, cell.replace(tzinfo=None), instant)
            elif isinstance(cell, date):
                page.write_datetime(number, column, cell, day)
            elif isinstance(cell, str):
                page.write_string(number, column, cell[:LONGEST_CELL])
            elif cell is not None:
                page.write_number(number, column, cell)
    page.freeze_panes(2, 0)
    page.autofilter(1, 0, max(2, len(sheet.rows) + 1), len(sheet.columns) - 1)
    page.autofit(WIDEST * 7)  # pixels
    page.set_row(0, None, None, {"hidden": True})
    if sheet.about:
        notes = book.add_worksheet(NOTES)
        notes.set_column(0, 0, WIDEST * 1.5)
        notes.write_column(0, 0, list(sheet.about))
    book.close()
    return file.getvalue()
