"""The rows of a form in which the stages of a procedure are typed.

A row is edited in the language of the page; what a stage is called in the others stays.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any  # a row of a form: what its fields hold

from advocacy.bodies import rules
from advocacy.bodies.forms import MOST_DAYS, MOST_SIGNS, NAME, ProcedureForm, Reader
from advocacy.bodies.labels import STAGE_KINDS
from advocacy.bodies.rules import Stage
from advocacy.errors import Message
from advocacy.triage.forms import one_line

MOST = 20
BLANK = 2
"""So many empty rows stand at the end."""
NOTE = 400


def rows_of(stages: Sequence[Stage], language: str) -> list[dict[str, Any]]:
    """Each stage as its row shows it."""
    return [
        {
            "key": each.key,
            "place": str(place),
            "name": rules.name_in(each.names, language),
            "kind": each.key if each.key in STAGE_KINDS else "",
            "days": str(each.days or ""),
            "input": each.takes_input,
            "ends": each.ends,
            "note": rules.name_in(each.notes, language),
        }
        for place, each in enumerate(stages, 1)
    ]


def typed_rows(typed: Mapping[str, str]) -> list[dict[str, Any]]:
    """As they stand in the form, the empty ones too."""
    count = typed.get("rows", "")
    known = min(int(count), MOST) if count.isascii() and count.isdecimal() and len(count) < 4 else 0  # noqa: PLR2004
    return [
        {name: typed.get(f"stage_{row}_{name}", "") for name in ("key", "place", "kind", "days")}
        | {name: one_line(typed.get(f"stage_{row}_{name}", "")) for name in ("name", "note")}
        | {name: f"stage_{row}_{name}" in typed for name in ("input", "ends")}
        for row in range(known)
    ]


def with_blanks(rows: Sequence[dict[str, Any]], *, more: bool = False) -> list[dict[str, Any]]:
    """Rows that are empty at the end: two, or, asked for one more, one more than there are."""
    blank = {
        "key": "", "place": "", "name": "", "kind": "", "days": "", "input": True, "ends": False,
        "note": "",
    }  # fmt: skip
    empty = sum(1 for row in rows if not row["name"])
    return [*rows, *[blank] * max(BLANK - empty, int(more))][:MOST]


def procedure(typed: Mapping[str, str], *, known: Sequence[Stage], language: str) -> ProcedureForm:
    """`known`: the stages as they were. A row without a name goes."""
    read = Reader(typed)
    names = read.names()
    read.period("valid_from", "valid_to")
    stages = _stages(read, {each.key: each for each in known}, language)
    if not stages:
        read.wrong.setdefault("stage_0_name", Message("Enter at least one stage"))
    made = ProcedureForm(
        names=json.dumps(names, ensure_ascii=False),
        stages=rules.stages_as_text(stages),
        text_limit=read.whole("text_limit", MOST_SIGNS),
        law=read.text("law"),
        valid_from=read.day("valid_from"),
        valid_to=read.day("valid_to"),
    )
    read.check()
    return made


def _stages(read: Reader, known: Mapping[str, Stage], language: str) -> list[Stage]:
    """In the order of their places; those without one last, as they stand."""
    found: list[tuple[int, Stage]] = []
    for number, row in enumerate(typed_rows(read.typed)):
        if not row["name"]:
            continue
        before = known.get(row["key"])
        place = read.whole(f"stage_{number}_place", MOST) or MOST + 1
        stage = Stage(
            key=_key(row, {each.key for _, each in found}),
            names=_said(before.names if before else {}, _name(read, number), language),
            days=read.whole(f"stage_{number}_days", MOST_DAYS) or 0,
            takes_input=row["input"],
            ends=row["ends"],
            notes=_notes(read, number, before, language),
        )
        found.append((place, stage))
    return [stage for _, stage in sorted(found, key=lambda each: each[0])]


def _name(read: Reader, number: int) -> str:
    return read.text(f"stage_{number}_name", NAME)


def _notes(read: Reader, number: int, before: Stage | None, language: str) -> dict[str, str]:
    """Taking it away in one language takes it away in all: it was meant as one."""
    note = read.text(f"stage_{number}_note", NOTE)
    return _said(before.notes if before else {}, note, language) if note else {}


def _said(before: Mapping[str, str], text: str, language: str) -> dict[str, str]:
    """English that stood in for the language, and was not changed, does not become its text."""
    same = rules.name_in(before, language) == text
    return dict(before) if same else {**before, language: text}


def _key(row: Mapping[str, Any], taken: set[str]) -> str:
    """Its kind, else what it was called before, else a number of its own."""
    kept = row["key"] if row["key"] not in STAGE_KINDS else ""
    wanted = row["kind"] if row["kind"] in STAGE_KINDS else kept[:40]
    if wanted and wanted not in taken:
        return str(wanted)
    return next(name for name in (f"stage-{n}" for n in range(1, 99)) if name not in taken)
