"""A list of projects as a file: bytes → rows, or which row and column cannot be meant.

One row is one project, known again by its number here (P12) or by its code.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from advocacy import texts
from advocacy.errors import Invalid, Message
from advocacy.people.rules import LANGUAGES
from advocacy.projects import forms, labels
from advocacy.projects.rules import ProjectState
from advocacy.spreadsheets.reading import (
    MOST_PROBLEMS,
    BadTable,
    Layout,
    RowProblem,
    folded,
    read_rows,
)
from advocacy.spreadsheets.writing import Sheet, as_csv
from advocacy.triage.forms import identity

NAMES: Mapping[str, tuple[str, ...]] = {
    "number": ("number", "nummer", "numéro", "numero", "številka"),
    "code": ("code", "kennung", "kürzel", "sigle", "codice", "koda", "oznaka"),
    "language": ("language", "sprache", "langue", "lingua", "jezik"),
    "title": ("title", "titel", "titre", "titolo", "naslov", "name", "projekt", "projet"),
    "summary": ("summary", "zusammenfassung", "résumé", "sintesi", "povzetek"),
    "results": ("results", "ergebnisse", "résultats", "risultati", "rezultati"),
    "state": ("state", "status", "stand", "zustand", "état", "stato", "stanje"),
    "state_name": ("state_name",),
    "topics": ("topics", "themen", "thèmes", "temi", "teme"),
    "begins": ("begins", "start", "beginn", "von", "début", "inizio", "začetek"),
    "ends": ("ends", "end", "ende", "bis", "fin", "fine", "konec"),
    "programme": ("programme", "program", "programm", "förderprogramm", "programma"),
    "partners": ("partners", "partner", "partenaires", "partnerji"),
    "address": ("address", "web", "link", "adresse", "indirizzo", "spletna stran"),
    "led_by": ("led_by", "lead", "leitung", "chef de file", "capofila", "vodilni"),
    "members": ("members", "municipalities", "gemeinden", "communes", "comuni", "občine"),
    "contact_name": ("contact_name", "contact", "kontakt", "contatto", "person", "personne"),
    "contact_email": ("contact_email", "email", "e-mail", "mail"),
    "contact_phone": ("contact_phone", "phone", "telefon", "téléphone", "telefono"),
    "contact_languages": ("contact_languages", "spoken"),
    "contact_public": ("contact_public",),
    **{
        f"{of}-{each}": (f"{of}-{each}", f"{of}_{each}", f"{of} {each}")
        for of in labels.TOLD
        for each in LANGUAGES
    },
}
"""What a column may be called, beside how our own table calls it; topics and states by their keys,
municipalities by their codes.
"""
IGNORED = ("state_name",)
YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class Row:
    """`given`: the columns in which the row says something; `project`: its number here, or 0."""

    number: int
    new: forms.NewProject
    project: int = 0
    given: frozenset[str] = field(default_factory=frozenset)


@cache
def _layout() -> Layout:
    ours = dict[str, str]()
    for language in LANGUAGES:
        with texts.speaking(language):
            ours |= {folded(labels.column(key)): key for key in NAMES if key not in IGNORED}
    named = {folded(name): key for key, names in NAMES.items() for name in names}
    return Layout(ours | named, ("language",), IGNORED)


def read(content: bytes, name: str) -> list[Row]:
    """BadTable names every row and column that cannot be meant; all or nothing."""
    rows, problems = list[Row](), list[RowProblem]()
    for number, cells in read_rows(content, name, _layout()):
        typed = _typed(cells)
        try:
            project = _project(cells)
            rows.append(Row(number, forms.project(typed), project, _given(cells, typed)))
        except Invalid as error:
            problems += [
                RowProblem(number, _column(name, cells), said)
                for name, said in error.fields.items()
            ]
    problems += _twice(rows)
    if problems:
        raise BadTable(problems[:MOST_PROBLEMS])
    return rows


def _project(cells: Mapping[str, str]) -> int:
    typed = cells.get("number", "").strip()
    number = identity(typed.upper().removeprefix("P")) if typed else 0
    if number is None:
        raise Invalid({"number": Message("Write the number like P12, or leave it empty")})
    return number


def _typed(cells: Mapping[str, str]) -> dict[str, str]:
    """As the form sends it: title, summary and results are those of the row's language."""
    language = cells.get("language", "").strip().lower()
    typed = dict(cells) | {"language": language}
    for of in labels.TOLD:
        if text := typed.pop(of, "").strip():
            typed[f"{of}-{language}"] = text
    typed["state"] = typed.get("state", "").strip().lower() or ProjectState.RUNNING.value
    typed["contact_public"] = typed.get("contact_public", "").strip().lower()
    for listed in ("topics", "contact_languages"):
        typed[listed] = ",".join(typed.get(listed, "").replace(";", ",").lower().split())
        typed[listed] = ",".join(part for part in typed[listed].split(",") if part)
    if typed["contact_public"] not in ("", YES, NO):
        typed["contact_public"] = NO
    return typed


def _given(cells: Mapping[str, str], typed: Mapping[str, str]) -> frozenset[str]:
    said = {name for name, text in typed.items() if text.strip()}
    return frozenset(said if cells.get("state", "").strip() else said - {"state"})


def _column(name: str, cells: Mapping[str, str]) -> str:
    """As the file has it: the row's own language may stand in a column without its name."""
    of = name.partition("-")[0]
    return of if of in cells and name not in cells else name


def _twice(rows: list[Row]) -> Iterator[RowProblem]:
    lines = dict[tuple[str, object], int]()
    for row in rows:
        for name, value in (("code", row.new.code), ("number", row.project)):
            if value and lines.setdefault((name, value), row.number) != row.number:
                where = {"row": lines[name, value]}
                said = {
                    "code": Message("This code stands in row %(row)s too", where),
                    "number": Message("This number stands in row %(row)s too", where),
                }
                yield RowProblem(row.number, name, said[name])


def as_list(content: bytes, name: str) -> str:
    """The rows as the form of the next step carries them: CSV with the keys as headings."""
    rows = [cells for _, cells in read_rows(content, name, _layout())]
    used = [key for key in NAMES if any(cells.get(key) for cells in rows)]
    written = [[cells.get(key, "") for key in used] for cells in rows]
    return as_csv(Sheet("projects", {key: key for key in used}, written)).decode("utf-8-sig")
