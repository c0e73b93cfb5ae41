"""Take back one act of the history, once."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

from advocacy import database
from advocacy.dossiers import actions as dossiers
from advocacy.errors import Message, NotAllowed, NotFound, Outdated
from advocacy.history import queries
from advocacy.history.actions import record
from advocacy.history.tables import Event
from advocacy.outcomes import actions as outcomes
from advocacy.people.tables import Person
from advocacy.positions import actions as positions
from advocacy.triage import actions as triage

Inverse = Callable[[Event, Person, datetime], Awaitable[str]]
POSSIBLE_FOR = timedelta(days=30)

INVERSES: Mapping[str, Inverse] = {
    **triage.UNDO,
    **dossiers.UNDO,
    **positions.UNDO,
    **outcomes.UNDO,
}
"""By what the event says was done; each returns the page to go to, without its language."""


async def undo(event_id: int, *, by: Person, now: datetime) -> str:
    event = await queries.event(event_id)
    if event is None:
        raise NotFound("There is nothing to undo")
    inverse = INVERSES.get(event.action)
    if inverse is None:
        raise NotAllowed("This cannot be undone: it has left the house")
    if now - event.at > POSSIBLE_FOR:
        raise NotAllowed("Undo is possible for 30 days")
    try:
        async with database.transaction():
            path = await inverse(event, by, now)
            await record(
                "undone",
                kind=event.kind,
                object=event.object,
                by=by,
                now=now,
                dossier=event.dossier,
                details={"action": event.action},
                undoes=event.id,
            )
    except database.DUPLICATE:
        raise Outdated(Message("This has been undone already")) from None
    return path
