"""What others have changed in a dossier since somebody last looked.

A visit lasts half an hour after the last look: within it a reload or a second tab shows the same
line.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any  # a row is what its table says

from advocacy import database
from advocacy.dossiers.tables import DossierSeen
from advocacy.history.tables import Event

VISIT = timedelta(minutes=30)
SHOWN = 20
SECTIONS = {
    "window": "deadlines",
    "call": "calls",
    "contribution": "calls",
    "position": "position",
    "passage": "position",
    "translation": "position",
    "round": "position",
    "submission": "position",
    "signature": "position",
    "outcome": "position",
    "entry": "documents",
    "document": "documents",
}
"""Where on the page of the dossier an act of that kind is to be seen."""


@dataclass(frozen=True, slots=True)
class Since:
    """`at`: of the visit before this one; None: the person has not read this dossier yet.

    `changes` are the newest of `count`, the last first.
    """

    event: int
    at: datetime | None
    count: int
    changes: tuple[dict[str, Any], ...]


async def look(
    dossier_id: int, person_id: int, *, event: int, now: datetime
) -> tuple[int, datetime] | None:
    """The last event and the time of the visit before this one; None: there was none.

    `event` is the last one on the page; it is kept for the next visit.
    """
    async with database.transaction():
        await database.one_at_a_time(f"seen/{dossier_id}/{person_id}")
        row = await DossierSeen.objects().get(
            (DossierSeen.dossier == dossier_id) & (DossierSeen.person == person_id)
        )
        if row is None:
            await DossierSeen(dossier=dossier_id, person=person_id, event=event, at=now).save()
            return None
        if now - row.at > VISIT:
            row.before_event, row.before_at = row.event, row.at
        row.event, row.at = max(event, row.event), now
        await row.save()
    return (row.before_event, row.before_at) if row.before_at else None


async def changes_since(dossier_id: int, event: int, *, but: int | None = None) -> int:
    """How many acts the history has after that one; without those of the person `but`."""
    return int(await Event.count().where(*_after(dossier_id, event, but)))


def _after(dossier_id: int, event: int, but: int | None) -> list[Any]:
    others = [Event.person.is_null() | (Event.person != but)] if but is not None else []
    return [Event.dossier == dossier_id, Event.id > event, *others]


async def since(dossier_id: int, person_id: int, *, event: int, now: datetime) -> Since:
    """For the page that is being shown: what others did since, and where the line is drawn."""
    before = await look(dossier_id, person_id, event=event, now=now)
    if before is None:
        return Since(0, None, 0, ())
    after = _after(dossier_id, before[0], person_id)
    count = await Event.count().where(*after)
    rows = await (
        Event.select(Event.id, Event.at, Event.who, Event.action, Event.kind)
        .where(*after)
        .order_by(Event.id, ascending=False)
        .limit(SHOWN)
    )
    changes = tuple(row | {"section": SECTIONS.get(row["kind"], "facts")} for row in rows)
    return Since(before[0], before[1], count, changes)


async def unread(person_id: int, dossier_ids: Sequence[int]) -> dict[int, int]:
    """Acts of others since the person last looked, of the dossiers they have read before.

    One query; what has no news, or was never read, is not in the answer.
    """
    if not dossier_ids:
        return {}
    places = ", ".join("{}" for _ in dossier_ids)
    rows = await Event.raw(
        "SELECT event.dossier AS dossier, COUNT(*) AS news FROM event "
        "JOIN dossier_seen AS seen ON seen.dossier = event.dossier AND seen.person = {} "
        f"WHERE event.dossier IN ({places}) AND event.id > seen.event "
        "AND (event.person IS NULL OR event.person <> {}) GROUP BY event.dossier",
        person_id,
        *dossier_ids,
        person_id,
    )
    return {int(row["dossier"]): int(row["news"]) for row in rows}
