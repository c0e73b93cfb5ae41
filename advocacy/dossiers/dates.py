"""The dates of a dossier as events of a calendar."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any  # the details of an event of the history
from zoneinfo import ZoneInfo

from advocacy import texts
from advocacy.deadlines import Milestone as Kind
from advocacy.dossiers import labels, queries
from advocacy.dossiers.calendar import CalendarEvent
from advocacy.dossiers.rules import Station
from advocacy.dossiers.tables import Dossier, Milestone, Window
from advocacy.history.tables import Event
from advocacy.settings import settings


async def events_of(dossier: Dossier) -> list[CalendarEvent]:
    """Deadlines and internal dates; those of a closed dossier are cancelled."""
    windows = await queries.windows_of(dossier.id)
    milestones = await queries.milestones_of([window.id for window in windows])
    before = await _dates_before(dossier.id, windows)
    return [_deadline(each, dossier, before.get(each.id)) for each in windows] + [
        _internal(each, dossier, windows) for each in milestones
    ]


async def _dates_before(dossier_id: int, windows: Sequence[Window]) -> dict[int, Any]:
    """Where each moved deadline was before it moved last."""
    if not any(window.sequence for window in windows):
        return {}
    moves = await (
        Event.select(Event.object, Event.details)
        .where(Event.dossier == dossier_id, Event.action == "deadline moved")
        .order_by(Event.id)
    )
    return {row["object"]: json.loads(row["details"])["before"] for row in moves}


def _deadline(window: Window, dossier: Dossier, before: Any) -> CalendarEvent:
    moved = ""
    if window.sequence and before:
        was = datetime.fromisoformat(before["closes"]).astimezone(ZoneInfo(before["zone"]))
        moved = " " + texts.gettext("(moved from %(day)s)") % {"day": f"{was.day}.{was.month}."}
    when = f"{texts.moment(window.closes, window.zone)} ({texts.zone_name(window.zone)})"
    return CalendarEvent(
        uid=_uid("window", window.id),
        at=window.closes,
        title=f"{texts.gettext('Deadline')}: {dossier.number} {dossier.title}{moved}",
        description=f"{when}\n{window.evidence}".strip(),
        address=_address(dossier),
        sequence=window.sequence,
        changed=window.changed,
        cancelled=dossier.station == Station.CLOSED,
    )


def _internal(milestone: Milestone, dossier: Dossier, windows: Sequence[Window]) -> CalendarEvent:
    window = next(each for each in windows if each.id == milestone.window)
    name = texts.translate(labels.MILESTONES[Kind(milestone.kind)])
    return CalendarEvent(
        uid=_uid(f"milestone-{milestone.kind}", window.id),
        at=milestone.due,
        title=f"{name}: {dossier.number} {dossier.title}",
        description=texts.moment(milestone.due, window.zone),
        address=_address(dossier),
        sequence=milestone.sequence,
        changed=window.changed,
        cancelled=dossier.station == Station.CLOSED,
    )


def _uid(kind: str, number: int) -> str:
    """The same for ever, whatever moves."""
    host = settings().sender.rpartition("@")[2]
    return f"{kind}-{number}@{host}"


def _address(dossier: Dossier) -> str:
    return f"{settings().base_url}/{texts.language()}/d/{dossier.number}"
