"""Read the history."""

from collections.abc import Sequence
from typing import Any  # a row is what its table says

from advocacy.history.actions import BEGINNING, fact_of
from advocacy.history.tables import Event
from advocacy.provenance import chain

PAGE = 50


async def event(event_id: int) -> Event | None:
    return await Event.objects().where(Event.id == event_id).first()


async def is_undone(event_id: int) -> bool:
    return await Event.exists().where(Event.undoes == event_id)


async def of_dossier(
    *dossiers: int, before: int | None = None, kinds: Sequence[str] = ()
) -> list[dict[str, Any]]:
    """Of one dossier, or of several read together: the newest first. `before` is the id that the
    page before ended with; `kinds` of objects: all of them when there are none.
    """
    rows = Event.select().where(Event.dossier.is_in(list(dossiers)))
    if kinds:
        rows = rows.where(Event.kind.is_in(list(kinds)))
    if before:
        rows = rows.where(Event.id < before)
    return await rows.order_by(Event.id, ascending=False).limit(PAGE)


async def of_object(kind: str, number: int) -> list[dict[str, Any]]:
    return await (
        Event.select()
        .where(Event.kind == kind, Event.object == number)
        .order_by(Event.id, ascending=False)
        .limit(PAGE)
    )


async def first_broken() -> int | None:
    """The id of the first event that does not follow from the one before, read page by page."""
    previous, last_id = BEGINNING, 0
    while True:
        events = await Event.objects().where(Event.id > last_id).order_by(Event.id).limit(1000)
        if not events:
            return None
        for each in events:
            if each.previous_hash != previous or each.hash != chain(previous, fact_of(each)):
                return each.id
            previous, last_id = each.hash, each.id
