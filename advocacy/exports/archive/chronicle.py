"""History, dates and facts, for programs and for people with a spreadsheet."""

import json
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any  # a row is what its table says

from advocacy import texts
from advocacy.dossiers.joining.merged import read_together
from advocacy.exports.archive import facts
from advocacy.exports.archive.matter import Matter, Piece, Section
from advocacy.exports.calendars import calendar_of_dossier
from advocacy.exports.sheets.matters import OFFICE, local
from advocacy.history.labels import ACTS
from advocacy.history.tables import Event
from advocacy.spreadsheets.writing import Cell, Sheet, as_csv
from advocacy.texts import gettext

AT_ONCE = 1000
ANSWERING = frozenset({"contribution", "invitation"})


async def pieces(matter: Matter) -> AsyncIterator[Piece]:
    dossier = matter.dossier
    events = await _events(await read_together(dossier.id))
    last = max((event["at"] for event in events), default=dossier.changed)
    history = as_csv(_sheet(matter, events))
    yield Piece(Section.HISTORY, "history.csv", history, last, gettext("History"))
    calendar = await calendar_of_dossier(dossier, now=matter.now)
    changed = max((window.changed for window in matter.windows), default=dossier.changed)
    yield Piece(Section.HISTORY, "deadlines.ics", calendar, changed, gettext("Calendar"))
    found = await facts.of(matter)
    written = json.dumps(found, ensure_ascii=False, indent=1, default=_written)
    yield Piece(Section.HISTORY, "dossier.json", written.encode(), last, gettext("Facts"))


def _written(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value)


async def _events(dossiers: list[int]) -> list[dict[str, Any]]:
    """The oldest first; of all dossiers that have gone into this one. One query a thousand."""
    found: list[dict[str, Any]] = []
    while (
        rows := await Event.select()
        .where(Event.dossier.is_in(dossiers), Event.id > (found[-1]["id"] if found else 0))
        .order_by(Event.id)
        .limit(AT_ONCE)
    ):
        found += rows
        if len(rows) < AT_ONCE:
            break
    return found


def _sheet(matter: Matter, events: list[dict[str, Any]]) -> Sheet:
    rows: list[list[Cell]] = [
        [
            *(event["id"], local(event["at"], OFFICE), _who(matter, event)),
            texts.translate(ACTS.get(event["action"], event["action"])),
            *(event["kind"], event["hash"]),
        ]
        for event in events
    ]
    named = {key: key for key in ("event", "at", "who", "action", "kind", "hash")}
    return Sheet("history", named, rows)


def _who(matter: Matter, event: dict[str, Any]) -> str:
    """Which municipality answered is nothing for whoever has the counts only."""
    if event["kind"] in ANSWERING and not matter.sees_who_answered:
        return ""
    return str(event["who"])
