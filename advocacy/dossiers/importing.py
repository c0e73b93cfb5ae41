"""A list of dossiers and deadlines as a file: bytes → what it would do, or what to mend in it.

A row without a number opens a dossier; a row with the number of one sets a further deadline there,
unless it has that one. All or nothing: one problem and no row is written.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from advocacy import database
from advocacy.bodies.tables import Body, Procedure
from advocacy.dossiers import forms, queries
from advocacy.dossiers.actions import open_dossier
from advocacy.dossiers.deadlines import windows
from advocacy.dossiers.forms import NewDossier, NewWindow
from advocacy.dossiers.tables import Dossier, Window
from advocacy.errors import Invalid, Message
from advocacy.people.tables import Person
from advocacy.spreadsheets.reading import (
    MOST_PROBLEMS,
    BadTable,
    Layout,
    RowProblem,
    folded,
    read_rows,
)

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "number": ("number", "nummer", "numero", "numéro", "številka"),
    "title": ("title", "titel", "titre", "titolo", "naslov"),
    "language": ("language", "sprache", "langue", "lingua", "jezik"),
    "deadline": ("deadline", "frist", "échéance", "scadenza", "rok"),
    "zone": (
        "zone", "time of the body", "zeitzone der stelle", "fuseau horaire de l’instance",
        "ora dell'organo", "čas organa",
    ),
    "kind": (
        "kind", "what the body asks for", "was die stelle verlangt", "ce que l’instance demande",
        "che cosa chiede l'organo", "kaj sprašuje organ", "art", "genre", "tipo", "vrsta",
    ),
    "evidence": ("evidence", "beleg", "justificatif", "preuve", "prova", "dokaz"),
    "body": ("body", "who decides", "wer entscheidet", "qui décide", "chi decide", "kdo odloča"),
    "procedure": ("procedure", "verfahren", "procédure", "procedura", "postopek"),
    "procedure_number": (
        "procedure_number", "procedure number", "verfahrensnummer", "numéro de procédure",
        "numero di procedura", "številka postopka",
    ),
    "countries": ("countries", "länder", "pays", "paesi", "države"),
    "topics": ("topics", "themen", "thèmes", "temi", "teme"),
    "lead": ("lead", "federführung", "responsable", "responsabile", "vodi", "vodenje", "e-mail"),
    "sponsor": (
        "sponsor", "sponsoring delegation", "einbringende delegation",
        "délégation qui porte le dossier", "delegazione proponente", "delegacija predlagateljica",
    ),
    "priority": ("priority", "priorität", "priorité", "priorità", "prednost"),
    "summary": ("summary", "zusammenfassung", "résumé", "sintesi", "riassunto", "povzetek"),
    "station": ("station", "étape", "fase", "tappa", "faza", "postaja"),
    "opened": (
        "opened", "opened on", "eröffnet am", "ouvert le", "data di apertura", "aperto il",
        "odprto dne", "odprto",
    ),
}  # fmt: skip
LAYOUT = Layout(
    {folded(alias): key for key, aliases in HEADINGS.items() for alias in aliases},
    required=("title",),
    ignored=("station", "opened"),
)


_OFFSET = re.compile(r"(?<=:\d\d)[+-]\d\d:\d\d$")
"""Our own CSV says it behind the hour; the zone has a column."""


@dataclass(frozen=True, slots=True)
class Row:
    """`number`: the dossier that gets a further deadline; "" for a new one."""

    place: int
    number: str
    new: NewDossier


@dataclass(frozen=True, slots=True)
class Plan:
    """What the file would do: titles of new dossiers, numbers that get a deadline, numbers that
    stay as they are.
    """

    opened: tuple[str, ...]
    extended: tuple[str, ...]
    same: tuple[str, ...]
    rows: tuple[Row, ...]


async def plan(content: bytes, name: str, *, by: Person, now: datetime) -> Plan:
    """BadTable names rows and columns. Nothing is written."""
    typed = list(read_rows(content, name, LAYOUT))
    known = await _known(typed)
    rows, problems = list[Row](), list[RowProblem]()
    for place, cells in typed:
        try:
            rows.append(_row(place, cells, known, language=by.language, now=now))
        except Invalid as error:
            problems += [RowProblem(place, column, text) for column, text in error.fields.items()]
        if len(problems) >= MOST_PROBLEMS:
            break
    problems += _twice(rows)
    if problems:
        raise BadTable(problems[:MOST_PROBLEMS])
    same = [row for row in rows if row.number and known.has(row)]
    to_do = tuple(row for row in rows if row not in same)
    return Plan(
        tuple(row.new.title for row in to_do if not row.number),
        tuple(row.number for row in to_do if row.number),
        tuple(row.number for row in same),
        to_do,
    )


async def import_file(content: bytes, name: str, *, by: Person, now: datetime) -> Plan:
    """All rows in one transaction."""
    found = await plan(content, name, by=by, now=now)
    async with database.transaction():
        for row in found.rows:
            await _write(row, by=by, now=now)
    return found


async def _write(row: Row, *, by: Person, now: datetime) -> None:
    if not row.number:
        await open_dossier(row.new, by=by, now=now)
    elif row.new.window is not None:
        dossier = await queries.by_number(row.number)
        await windows.add_window(dossier.id, row.new.window, by=by, now=now)


@dataclass(frozen=True, slots=True)
class _Known:
    deadlines: Mapping[str, Sequence[tuple[datetime, str]]]  # number of a dossier → end, kind
    procedures: Mapping[str, str]  # procedure number → number of the dossier
    people: Mapping[str, int]  # address → person
    bodies: frozenset[str]
    ways: frozenset[str]

    def has(self, row: Row) -> bool:
        """The deadline of the row, or none, stands in its dossier already."""
        window = row.new.window
        return window is None or any(
            kind == window.kind and window.closes is not None and _are_one(closes, window.closes)
            for closes, kind in self.deadlines[row.number]
        )


def _are_one(one: datetime, other: datetime) -> bool:
    """A spreadsheet keeps no seconds, and 23:59:59 is its 23:59."""
    return abs(one - other) < timedelta(minutes=1)


async def _known(typed: Sequence[tuple[int, Mapping[str, str]]]) -> _Known:
    """Six queries, however many rows."""
    numbers = sorted({cells["number"].strip() for _, cells in typed if cells.get("number")})
    procedures = [cells["procedure_number"].strip() for _, cells in typed
                  if cells.get("procedure_number", "").strip()]  # fmt: skip
    dossiers = await Dossier.select(Dossier.number).where(Dossier.number.is_in(numbers or [""]))
    ends: dict[str, list[tuple[datetime, str]]] = {row["number"]: [] for row in dossiers}
    for row in await Window.select(
        Window.closes, Window.kind, Window.dossier.number.as_alias("number")
    ).where(Window.dossier.number.is_in(numbers or [""])):
        ends[row["number"]].append((row["closes"], row["kind"]))
    return _Known(
        ends,
        await queries.with_numbers(procedures),
        {person.email.lower(): person.id for person in await queries.leads()},
        frozenset(row["key"] for row in await Body.select(Body.key)),
        frozenset(row["key"] for row in await Procedure.select(Procedure.key)),
    )


def _row(
    place: int, cells: Mapping[str, str], known: _Known, *, language: str, now: datetime
) -> Row:
    wrong: dict[str, Message] = {}
    number = cells.get("number", "").strip()
    if number and number not in known.deadlines:
        wrong["number"] = Message("There is no dossier %(number)s", {"number": number})
    said = cells.get("procedure_number", "").strip()
    if not number and said in known.procedures:
        wrong["procedure_number"] = Message(
            "%(number)s has the same procedure number.", {"number": known.procedures[said]}
        )
    for column, keys in (("body", known.bodies), ("procedure", known.ways)):
        if (key := cells.get(column, "").strip()) and key not in keys:
            wrong[column] = Message("“%(word)s” is not known", {"word": key[:40]})
    lead = cells.get("lead", "").strip().lower()
    if lead and lead not in known.people:
        wrong["lead"] = Message("Nobody has this e-mail address")
    typed = {
        **cells,
        "zone": cells.get("zone", "").strip() or "Europe/Brussels",
        "kind": cells.get("kind", "").strip() or "consultation",
        "priority": cells.get("priority", "").strip() or "2",
        "lead": str(known.people.get(lead, "")),
        "deadline": _OFFSET.sub("", cells.get("deadline", "")),
    }
    try:
        # What a list of ours says of a dossier may be over by now.
        told = forms.new_dossier(typed | {"past": "yes"}, language=language, now=now)
        row = Row(place, number, told)
        if number not in known.deadlines or not known.has(row):
            row = Row(place, number, forms.new_dossier(typed, language=language, now=now))
    except Invalid as error:
        raise Invalid({**wrong, **error.fields}) from None
    if wrong:
        raise Invalid(wrong)
    return row


def _twice(rows: Sequence[Row]) -> list[RowProblem]:
    """The same procedure number, or the same deadline of one dossier, in two rows."""
    seen: dict[object, int] = {}
    problems = []
    for row in rows:
        window: NewWindow | None = row.new.window
        key: object = row.new.procedure_number if not row.number else None
        if row.number and window is not None:
            key = (row.number, window.closes, window.kind)
        if not key:
            continue
        if key in seen:
            column = "deadline" if row.number else "procedure_number"
            said = Message("The same stands in row %(row)s", {"row": seen[key]})
            problems.append(RowProblem(row.place, column, said))
        seen.setdefault(key, row.place)
    return problems
