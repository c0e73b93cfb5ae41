"""A table that somebody fills in: bytes → rows by column, or which row and column cannot be meant.

    bytes → cells (CSV or XLSX) → columns by their headings → rows | problems

All or nothing: one problem and no row is given.
"""

import csv
import io
import unicodedata
import zipfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any  # a cell of a workbook is a string, a number, a date or None

import openpyxl

from advocacy.errors import Invalid, Message
from advocacy.spreadsheets.writing import meant

LARGEST = 5 * 1024 * 1024  # bytes of a file
LARGEST_UNPACKED = 60 * 1024 * 1024  # bytes of what a workbook unpacks to
MOST_ROWS = 5_000
MOST_PROBLEMS = 50
MOST_COLUMNS = 60
LAST_ROW = 1_048_576
"""A sheet has no further row; a file may number one so that the rows before it never end."""
SEPARATORS = (";", ",", "\t")
TITLE_ROWS = 20  # among which a table begins
FEW = 3  # separators of a row that names its columns

Cells = Iterator[tuple[int, Sequence[str]]]
"""Number of the row as people count, and its cells."""


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Row 0: the file as a whole."""

    row: int
    column: str
    message: Message


class BadTable(Invalid):
    """The file cannot be taken; `problems` says where."""

    def __init__(self, problems: Sequence[RowProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__({_place(each): _sentence(each) for each in problems})


def _place(problem: RowProblem) -> str:
    return f"row-{problem.row}-{problem.column}" if problem.row else "file"


def _sentence(problem: RowProblem) -> Message:
    if not problem.row:
        return problem.message
    values = {"row": problem.row, "column": problem.column, "message": problem.message}
    return Message("Row %(row)s, %(column)s: %(message)s", values)


@dataclass(frozen=True, slots=True)
class Layout:
    """`columns`: what a column may be called, folded, and its key. `ignored`: keys that may stand
    there and are not read.
    """

    columns: Mapping[str, str]
    required: Sequence[str]
    ignored: Collection[str] = ()


def read_rows(content: bytes, name: str, layout: Layout) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row that is not empty: its number as people count, and its cells by column.

    BadTable: the file as a whole, or its headings, cannot be meant. A workbook of ours has the
    keys of its columns in a hidden first row and their names below: both are headings.
    """
    cells = read_cells(content, name)
    columns = _columns(cells, layout)
    found = 0
    for row, values in cells:
        typed = {key: values[place] for place, key in columns.items() if place < len(values)}
        if not any(text.strip() for text in typed.values()):
            continue
        if not found and _are_headings(typed, layout):
            continue
        found += 1
        if found > MOST_ROWS:
            raise unreadable("The file has more than 5,000 rows")
        yield row, {key: text for key, text in typed.items() if key not in layout.ignored}
    if not found:
        raise unreadable("There is no row below the headings")


def read_cells(content: bytes, name: str, *, titled: bool = False) -> Cells:
    """Every row of the file with its number. `titled`: words may stand above the table."""
    if not content:
        raise unreadable("Choose a file")
    if len(content) > LARGEST:
        raise unreadable("The file is larger than 5 MB")
    return _workbook(content) if _is_workbook(content, name) else _csv(content, titled=titled)


def unreadable(message: str) -> BadTable:
    return BadTable([RowProblem(0, "", Message(message))])


def folded(heading: str) -> str:
    """Lower case, without accents, dots and spaces at the ends."""
    plain = unicodedata.normalize("NFKD", heading).encode("ascii", "ignore").decode()
    return " ".join(plain.lower().replace(".", " ").split())


def _are_headings(typed: Mapping[str, str], layout: Layout) -> bool:
    """Most of the cells name their own column."""
    named = [layout.columns.get(folded(text)) == key for key, text in typed.items() if text]
    return 2 * sum(named) > len(named)


def _columns(cells: Cells, layout: Layout) -> Mapping[int, str]:
    """Which column is which. A heading that nobody knows is refused: it may be a misspelt one."""
    row, headings = next(cells, (1, ()))
    found: dict[int, str] = {}
    problems: list[RowProblem] = []
    for place, heading in enumerate(headings[:MOST_COLUMNS]):
        if not heading.strip():
            continue
        column = layout.columns.get(folded(heading))
        if column is None:
            problems.append(RowProblem(row, heading[:40], Message("This heading is not known")))
        elif column in found.values():
            problems.append(RowProblem(row, heading, Message("This column stands there twice")))
        else:
            found[place] = column
    problems += [
        RowProblem(row, column, Message("This column is missing"))
        for column in layout.required
        if column not in found.values()
    ]
    if problems:
        raise BadTable(problems)
    return found


def _csv(content: bytes, *, titled: bool) -> Cells:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        said = Message("This is not UTF-8: save the file as “CSV UTF-8”")
        raise BadTable([RowProblem(row, "–", said)]) from None
    if "\x00" in text:
        raise unreadable("This is neither a CSV nor an XLSX file")
    separator = _separator(text.split("\n", TITLE_ROWS)[: TITLE_ROWS if titled else 1])
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for values in reader:
            yield reader.line_num, [meant(value) for value in values]
    except csv.Error:
        said = Message("This row cannot be read")
        raise BadTable([RowProblem(reader.line_num, "–", said)]) from None


def _separator(lines: Sequence[str]) -> str:
    """As the first line uses it that looks like a row of a table, else as the first one does."""
    row = next((line for line in lines if max(map(line.count, SEPARATORS)) >= FEW), lines[0])
    return max(SEPARATORS, key=row.count)


def _is_workbook(content: bytes, name: str) -> bool:
    return content.startswith(b"PK") or name.lower().endswith((".xlsx", ".xlsm"))


def _workbook(content: bytes) -> Cells:
    """The first sheet, row by row; formulas as written, so that they can be refused."""
    try:
        _check_unpacked(content)
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False)
        sheet = book.worksheets[0]
        for number, values in enumerate(
            sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS, max_row=LAST_ROW), start=1
        ):
            yield number, [_cell(value) for value in values]
    except BadTable:
        raise
    except Exception:  # noqa: BLE001  openpyxl lets whatever broke inside a workbook through
        raise unreadable("This is no XLSX file, or a damaged one") from None


def _check_unpacked(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        if sum(part.file_size for part in parts.infolist()) > LARGEST_UNPACKED:
            raise unreadable("The file is larger than 5 MB")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and not (value.hour or value.minute or value.second):
        return value.date().isoformat()
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
