"""How often a date has been touched, read from the history, which only grows.

What calendars call SEQUENCE may never fall, whatever is moved, taken back, planned anew or
merged; the rows of a plan come and go, the acts upon it stay.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any  # a row is what its table says

from advocacy.history.tables import Event

STILL = (
    "deadline set",
    "deadline proposed",
    "deadline claimed",
    "deadline met",
    "deadline missed",
)
"""Acts upon a window that leave every date where it is."""
MOVED = "deadline moved"
FAST_LANE = "fast lane taken"
OF_DOSSIERS = ("dossier closed", "dossier reopened", "dossier changed", "dossiers merged", "undone")
"""Acts upon a dossier that its dates show: their title, or that they are cancelled."""


@dataclass(frozen=True, slots=True)
class Touched:
    """What was done to one window. `fast_lane`: once taken, even if it was left again."""

    times: int = 0
    last: datetime | None = None
    fast_lane: bool = False
    before: tuple[datetime, str] | None = None  # the date and its zone before it moved last


@dataclass(frozen=True, slots=True)
class Moves:
    windows: Mapping[int, Touched]
    dossiers: Mapping[int, datetime]  # when the last act was

    def of(self, window: int) -> Touched:
        return self.windows.get(window, Touched())

    def changed(self, window: int, dossier: int, made: datetime) -> datetime:
        """When what a calendar shows of a window changed last; `made` at the earliest."""
        known = (made, self.of(window).last, self.dossiers.get(dossier))
        return max(each for each in known if each is not None)


async def moves_of(windows: Collection[int], dossiers: Collection[int]) -> Moves:
    """Three queries at most, however many windows."""
    acts = await _acts("window", windows)
    moved = [act["id"] for act in acts if act["action"] == MOVED]
    undone = {act["undoes"] for act in acts}
    before = await _before([each for each in moved if each not in undone])
    by_window: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for act in acts:
        by_window[act["object"]].append(act)
    return Moves(
        {number: _touched(done, before.get(number)) for number, done in by_window.items()},
        {act["object"]: act["at"] for act in await _acts("dossier", dossiers)},
    )


def _touched(done: Iterable[dict[str, Any]], before: tuple[datetime, str] | None) -> Touched:
    acts = [act for act in done if act["action"] not in STILL]
    return Touched(
        len(acts),
        max((act["at"] for act in acts), default=None),
        any(act["action"] == FAST_LANE for act in acts),
        before,
    )


async def _acts(kind: str, objects: Collection[int]) -> list[dict[str, Any]]:
    """The earliest first."""
    if not objects:
        return []
    query = Event.select(Event.id, Event.object, Event.action, Event.at, Event.undoes).where(
        Event.kind == kind, Event.object.is_in(sorted(objects))
    )
    if kind == "dossier":
        query = query.where(Event.action.is_in(list(OF_DOSSIERS)))
    return await query.order_by(Event.id)


async def _before(events: Collection[int]) -> dict[int, tuple[datetime, str]]:
    """By window, where its date was; of several moves the last counts."""
    if not events:
        return {}
    rows = await (
        Event.select(Event.object, Event.details)
        .where(Event.id.is_in(list(events)))
        .order_by(Event.id)
    )
    before = {row["object"]: json.loads(row["details"])["before"] for row in rows}
    return {
        number: (datetime.fromisoformat(each["closes"]), each["zone"])
        for number, each in before.items()
    }
