"""A member list whose columns are called as its office calls them: which column is which?

bytes → table → columns with a proposal → what a person says they are → rows
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from advocacy.errors import Invalid, Message
from advocacy.municipalities import rules
from advocacy.municipalities.forms import Member
from advocacy.municipalities.headings import COLUMNS, HEADINGS, REQUIRED
from advocacy.municipalities.labels import COLUMNS as LABELS
from advocacy.municipalities.reading_tables import members_of
from advocacy.people.rules import COUNTRIES
from advocacy.spreadsheets.reading import (
    MOST_ROWS,
    TITLE_ROWS,
    folded,
    read_cells,
    unreadable,
)

EXAMPLES = 3
LONGEST_EXAMPLE = 60  # characters
IGNORED = "coordinator"
"""A column that may stand there and is not read."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that are not empty, each with its number as people count."""

    rows: tuple[tuple[int, tuple[str, ...]], ...]

    def place_of(self, number: int) -> int:
        """Where the row with this number stands; the first when there is none."""
        places = (place for place, (row, _) in enumerate(self.rows) if row == number)
        return next(places, 0)


@dataclass(frozen=True, slots=True)
class Column:
    """`key`: which of our columns we take it for; empty: we do not know. `known`: its heading
    says so, not only its values.
    """

    place: int
    heading: str
    examples: tuple[str, ...]
    key: str
    known: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """`header`: place of the row with the headings among the rows of the table."""

    header: int
    row: int
    columns: tuple[Column, ...]

    @property
    def is_certain(self) -> bool:
        """Nobody needs to be asked."""
        keys = [each.key for each in self.columns]
        named = all(each.known for each in self.columns)
        return named and len(set(keys)) == len(keys) and set(REQUIRED) <= set(keys)

    @property
    def keys(self) -> dict[int, str]:
        return {each.place: each.key for each in self.columns if each.key}


def read_table(content: bytes, name: str) -> Table:
    """BadTable: the file as a whole cannot be meant."""
    rows = list[tuple[int, tuple[str, ...]]]()
    for row, cells in read_cells(content, name, titled=True):
        if any(cell.strip() for cell in cells):
            rows.append((row, tuple(cells)))
        if len(rows) > MOST_ROWS + TITLE_ROWS:
            raise unreadable("The file has more than 5,000 rows")
    if len(rows) < 2:  # noqa: PLR2004  headings and a row
        raise unreadable("There is no row below the headings")
    return Table(tuple(rows))


def as_text(table: Table) -> str:
    """To travel in a form: each row begins with its number."""
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([row, *cells] for row, cells in table.rows)
    return out.getvalue()


def from_text(text: str) -> Table:
    """What `as_text` wrote; BadTable when somebody has changed it so that it is none."""
    rows = list[tuple[int, tuple[str, ...]]]()
    try:
        for number, *cells in csv.reader(io.StringIO(text, newline=""), delimiter=";"):
            rows.append((int(number[:9]), tuple(cells)))
    except (ValueError, csv.Error):
        raise unreadable("Choose a file") from None
    if len(rows) < 2:  # noqa: PLR2004
        raise unreadable("Choose a file")
    return Table(tuple(rows))


def propose(table: Table, header: int | None = None) -> Proposal:
    """`header`: the place of the headings, where a person has said it."""
    place = _header_of(table) if header is None else header
    row, headings = table.rows[place]
    below = [cells for _, cells in table.rows[place + 1 :]]
    width = max(len(headings), *(len(cells) for cells in below[:EXAMPLES]), 0)
    columns, taken = list[Column](), {COLUMNS.get(folded(each), "") for each in headings}
    for number in range(width):
        heading = " ".join(headings[number].split()) if number < len(headings) else ""
        examples = _examples(below, number)
        if not heading and not examples:
            continue
        key = COLUMNS.get(folded(heading), "")
        known = bool(key)
        if not key and (guessed := _guess(examples)) not in taken:
            key = guessed
            taken.add(guessed)
        columns.append(Column(number, heading[:80], examples, key, known))
    return Proposal(place, row, tuple(columns))


def _header_of(table: Table) -> int:
    """The row among the first that names the most of our columns; when none does, the first that
    is as full as any: above a table stand titles.
    """
    known = [
        len({COLUMNS[text] for cell in cells if (text := folded(cell)) in COLUMNS})
        for _, cells in table.rows[:TITLE_ROWS]
    ]
    most = max(known)
    if most > 1:
        return known.index(most)
    full = [sum(bool(cell.strip()) for cell in cells) for _, cells in table.rows[:TITLE_ROWS]]
    return min(full.index(max(full)), len(table.rows) - 2)


def _examples(below: Sequence[Sequence[str]], number: int) -> tuple[str, ...]:
    found = list[str]()
    for cells in below:
        if number < len(cells) and (text := " ".join(cells[number].split())):
            found.append(text[:LONGEST_EXAMPLE])
        if len(found) == EXAMPLES:
            break
    return tuple(found)


def _guess(examples: Sequence[str]) -> str:
    """What values alone can say."""
    if not examples:
        return ""
    if all("@" in each for each in examples):
        return "email"
    if all(rules.is_code(each.upper()) for each in examples):
        return "code"
    if all(each in COUNTRIES for each in examples):
        return "country"
    return "language" if all(each in rules.LANGUAGES for each in examples) else ""


def keys_of(typed: Mapping[str, str], proposal: Proposal) -> dict[int, str]:
    """What a person has said each column is. Invalid: twice the same, or one is missing."""
    keys, wrong = dict[int, str](), dict[str, Message]()
    for column in proposal.columns:
        key = typed.get(f"column-{column.place}", "")
        if key not in HEADINGS:
            continue
        if key in keys.values():
            wrong[f"column-{column.place}"] = Message("Another column is chosen for this already")
        keys[column.place] = key
    missing = [key for key in REQUIRED if key not in keys.values()]
    if missing and proposal.columns:
        first = f"column-{proposal.columns[0].place}"
        said = Message("Choose the column for: %(column)s", {"column": LABELS[missing[0]]})
        wrong.setdefault(first, said)
    if wrong:
        raise Invalid(wrong)
    return keys


def members(table: Table, proposal: Proposal, keys: Mapping[int, str]) -> list[Member]:
    """Every row below the headings. BadTable names row and column as the file calls it."""
    headings = {
        keys[each.place]: each.heading or keys[each.place]
        for each in proposal.columns
        if each.place in keys
    }
    found = members_of(_rows(table, proposal, keys), headings)
    if not found:
        raise unreadable("There is no row below the headings")
    return found


def _rows(
    table: Table, proposal: Proposal, keys: Mapping[int, str]
) -> Iterator[tuple[int, dict[str, str]]]:
    read = {place: key for place, key in keys.items() if key != IGNORED}
    count = 0
    for row, cells in table.rows[proposal.header + 1 :]:
        typed = {key: cells[place] for place, key in read.items() if place < len(cells)}
        if not any(text.strip() for text in typed.values()):
            continue
        if not count and _names_columns(typed):
            continue
        count += 1
        if count > MOST_ROWS:
            raise unreadable("The file has more than 5,000 rows")
        yield row, typed


def _names_columns(typed: Mapping[str, str]) -> bool:
    """A workbook of ours has the names of its columns below their keys."""
    named = [COLUMNS.get(folded(text)) == key for key, text in typed.items() if text]
    return 2 * sum(named) > len(named)
