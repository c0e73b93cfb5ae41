"""A member list as a file: bytes → rows, or which row and column cannot be meant.

All or nothing: one problem and no row is given.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import asdict

from advocacy.errors import Invalid, Message
from advocacy.municipalities.forms import Member, NewContact, member
from advocacy.municipalities.headings import COLUMNS, HEADINGS, REQUIRED
from advocacy.spreadsheets.reading import (
    MOST_PROBLEMS,
    BadTable,
    Layout,
    RowProblem,
    read_rows,
)

LAYOUT = Layout(COLUMNS, REQUIRED, ignored=("coordinator",))


def read_members(content: bytes, name: str) -> list[Member]:
    """Every row of the file as a member. BadTable names rows and columns."""
    return members_of(read_rows(content, name, LAYOUT))


def members_of(
    rows: Iterable[tuple[int, Mapping[str, str]]], headings: Mapping[str, str] | None = None
) -> list[Member]:
    """`rows`: number as people count, cells by our columns. `headings`: how the file itself calls
    a column, for the problems.
    """
    members, problems, lines = list[Member](), list[RowProblem](), dict[str, int]()
    called = headings or {}
    for row, typed in rows:
        try:
            made = member(typed, row=row)
        except Invalid as error:
            problems += [
                RowProblem(row, called.get(column, column), text)
                for column, text in error.fields.items()
            ]
        else:
            if made.code in lines:
                said = Message("This code stands in row %(row)s too", {"row": lines[made.code]})
                problems.append(RowProblem(row, called.get("code", "code"), said))
            lines.setdefault(made.code, row)
            members.append(made)
        if len(problems) >= MOST_PROBLEMS:
            break
    if problems:
        raise BadTable(problems[:MOST_PROBLEMS])
    return members


def as_csv(members: Iterable[Member]) -> str:
    """The list in the form that read_members takes back."""
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(HEADINGS), delimiter=";")
    writer.writeheader()
    for each in members:
        row = asdict(each) | {"topics": ",".join(each.topics)}
        person = each.contact or NewContact(name="", email="")
        row |= {"contact": person.name, "role": person.role}
        row |= {"email": person.email, "phone": person.phone}
        row |= {"best_time": person.best_time, "origin": person.origin}
        writer.writerow({name: "" if row[name] is None else row[name] for name in HEADINGS})
    return out.getvalue()
