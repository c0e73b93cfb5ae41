"""Since when we know of a date: an act that leaves it where it was makes no news of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any  # a row of the history

from advocacy.digest import rules
from advocacy.digest.rules import Span
from advocacy.history.tables import Event

OF_WINDOWS = (
    "deadline set",
    "deadline proposed",
    "deadline moved",
    "deadline reopened",
    "deadline withdrawn",
)
OF_MEETINGS = ("meeting added", "meeting changed", "meeting called off", "meeting restored")


@dataclass(frozen=True, slots=True)
class Dated:
    """What became known after a span's beginning: windows and meetings by their number."""

    windows: Mapping[int, datetime]
    meetings: Mapping[int, datetime]

    def of_window(self, number: int, opened: datetime) -> datetime:
        """`opened`: when its dossier was, with it if not by an act of its own."""
        return self.windows.get(number, opened)

    def of_meeting(self, number: int, changed: datetime) -> datetime:
        """`changed`: the row's; it counts for what was shipped, where nobody has acted."""
        return self.meetings.get(number, changed)


async def dated(span: Span) -> Dated:
    """Two queries. Whose digest is the first knows of nothing, and is told all that is near."""
    rows = await (
        Event.select(
            *(Event.id, Event.kind, Event.object, Event.action, Event.at, Event.undoes),
            Event.details,
        )
        .where(
            Event.kind.is_in(["window", "meeting"]),
            Event.at > span.lately.since,
            Event.action.is_in([*OF_WINDOWS, *OF_MEETINGS]) | Event.undoes.is_not_null(),
        )
        .order_by(Event.id)
    )
    undone = await _undone(rows)
    windows: dict[int, datetime] = {}
    meetings: dict[int, datetime] = {}
    for row in rows:
        act = undone.get(row["undoes"], row)
        if row["kind"] == "window":
            if act["action"] in OF_WINDOWS:
                windows[row["object"]] = row["at"]
        elif _moves(act):
            meetings[row["object"]] = row["at"]
        else:
            meetings.setdefault(row["object"], rules.BEGINNING)
    return Dated(windows, meetings)


async def _undone(rows: list[dict[str, Any]]) -> dict[int | None, dict[str, Any]]:
    wanted = [row["undoes"] for row in rows if row["undoes"]]
    if not wanted:
        return {}
    found = await Event.select(Event.id, Event.action, Event.details).where(Event.id.is_in(wanted))
    return {row["id"]: row for row in found}


def _moves(act: Mapping[str, Any]) -> bool:
    """Of a meeting: `days` are its first days before and after."""
    days = json.loads(act["details"] or "{}").get("days", [])
    return act["action"] != "meeting changed" or len(set(days)) != 1
