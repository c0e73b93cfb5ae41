"""Answers of municipalities: as one table, and each as a text."""

import json
from collections.abc import Mapping, Sequence
from typing import Any  # a row is what its table says

from advocacy import texts
from advocacy.calls.labels import BASES, CHANNELS, CONTRIBUTIONS, STANCES
from advocacy.calls.rules import Basis, ContributionState, QuestionKind, Stance
from advocacy.exports.archive.matter import Piece, Section, lines
from advocacy.exports.archive.names import file_name, plain
from advocacy.exports.sheets.answers import stands
from advocacy.exports.sheets.matters import OFFICE, local
from advocacy.spreadsheets.writing import Cell, Sheet
from advocacy.texts import gettext

Row = Mapping[str, Any]


def options(written: str) -> list[str]:
    return [str(each) for each in json.loads(written or "[]")]


def sheet(rows: Sequence[Row], questions: Sequence[Row]) -> Sheet:
    """One row for each answer in the version that holds, one column for each question."""
    named = {
        "code": gettext("Code"),
        "name": gettext("Name"),
        "country": gettext("Country"),
        "stance": gettext("Stance"),
        "text": gettext("Answer"),
        **{f"question_{each['number']}": each["text"] for each in questions},
        "language": gettext("Language"),
        "basis": gettext("Rests on"),
        "decided": gettext("Decided on"),
        "answered_by": gettext("Answered by"),
        "channel": gettext("Channel"),
        "received": gettext("Received"),
        "late": gettext("Late"),
        "state": gettext("State"),
    }
    return Sheet("answers", named, [_cells(row, questions) for row in rows])


def _cells(row: Row, questions: Sequence[Row]) -> list[Cell]:
    typed = _typed(row, questions)
    return [
        *(row["code"], row["name"], row["country"], _stance(row), _words(row)),
        *(typed.get(each["number"], "") for each in questions),
        *(row["language"], texts.translate(BASES[Basis(row["basis"])]), row["decided"]),
        *(row["answered_by"], texts.translate(CHANNELS[row["channel"]])),
        *(local(row["at"], OFFICE), gettext("Yes") if row["late"] else ""),
        texts.translate(CONTRIBUTIONS[ContributionState(row["state"])]),
    ]


def _stance(row: Row) -> str:
    known = stands(row) and row["stance"]
    return texts.translate(STANCES[Stance(row["stance"])]) if known else ""


def _words(row: Row) -> str:
    return str(row["text"]) if stands(row) else ""


def _typed(row: Row, questions: Sequence[Row]) -> dict[int, str]:
    """By question; of a choice what was chosen, not its place."""
    typed = {str(number): str(said) for number, said in row["answers"].items() if said}
    return {
        each["number"]: _chosen(each, typed[str(each["number"])])
        for each in questions
        if stands(row) and str(each["number"]) in typed
    }


def _chosen(question: Row, typed: str) -> str:
    offered = options(question["options"])
    if question["kind"] == QuestionKind.CHOICE and typed.isascii() and typed.isdigit():
        return next(iter(offered[int(typed) - 1 : int(typed)]), typed)
    return typed


def piece(call: str, row: Row, questions: Sequence[Row]) -> Piece:
    name = f"{row['code']} {row['name']}"
    folder = f"{call}/{plain(gettext('Answers'))}"
    return Piece(
        Section.CALLS,
        f"{folder}/{file_name(plain(row['code']), row['name'] + '.txt', 'x')}",
        _written(call, row, questions).encode() + b"\n",
        row["at"],
        f"{call}: {name}",
        row["language"],
    )


def _written(call: str, row: Row, questions: Sequence[Row]) -> str:
    facts = lines(
        (gettext("Call"), call),
        (gettext("Municipality"), f"{row['name']} ({row['code']})"),
        (gettext("State"), texts.translate(CONTRIBUTIONS[ContributionState(row["state"])])),
        (gettext("Stance"), _stance(row)),
        (gettext("Answered by"), row["answered_by"]),
        (gettext("Rests on"), texts.translate(BASES[Basis(row["basis"])])),
        (gettext("Received"), texts.moment(row["at"], OFFICE)),
        (gettext("Version"), row["version"]),
    )
    typed = _typed(row, questions)
    said = [
        f"{each['number']}. {each['text']}\n{typed[each['number']]}"
        for each in questions
        if each["number"] in typed
    ]
    return "\n\n".join(part for part in (facts, _words(row), *said) if part)
