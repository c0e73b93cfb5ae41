"""Take back one act of the history, once."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

from advocacy import database
from advocacy.advice import actions as advice
from advocacy.approvals import actions as approvals
from advocacy.bodies import actions as bodies
from advocacy.calls import actions as calls
from advocacy.documents import actions as documents
from advocacy.dossiers import actions as dossiers
from advocacy.errors import Message, NotAllowed, NotFound, Outdated
from advocacy.events import actions as events
from advocacy.history import queries
from advocacy.history.actions import record
from advocacy.history.tables import Event
from advocacy.learned import actions as learned
from advocacy.letterbox import actions as letterbox
from advocacy.municipalities import actions as municipalities
from advocacy.news import actions as news
from advocacy.outcomes import actions as outcomes
from advocacy.overview import actions as overview
from advocacy.people.rules import Role
from advocacy.people.tables import Person
from advocacy.positions import actions as positions
from advocacy.positions.proposing import actions as proposing
from advocacy.projects import actions as projects
from advocacy.projects import importing
from advocacy.translations import actions as translations
from advocacy.triage import actions as triage

Inverse = Callable[[Event, Person, datetime], Awaitable[str]]
POSSIBLE_FOR = timedelta(days=30)

INVERSES: Mapping[str, Inverse] = {
    **triage.UNDO,
    **bodies.UNDO,
    **learned.UNDO,
    **dossiers.UNDO,
    **documents.UNDO,
    **municipalities.UNDO,
    **projects.UNDO,
    **importing.UNDO,
    **calls.UNDO,
    **advice.UNDO,
    **letterbox.UNDO,
    **positions.UNDO,
    **proposing.UNDO,
    **translations.UNDO,
    **approvals.UNDO,
    **outcomes.UNDO,
    **events.UNDO,
    **news.UNDO,
    **overview.UNDO,
}
"""By what the event says was done; each returns the page to go to, without its language."""


async def undo(event_id: int, *, by: Person, now: datetime) -> str:
    """The secretariat takes back anybody's act, a coordinator the own ones."""
    event = await queries.event(event_id)
    own = by.role == Role.SECRETARIAT or (event is not None and event.person == by.id)
    if event is None or not own:
        raise NotFound("There is nothing to undo")
    inverse = INVERSES.get(event.action)
    if inverse is None:
        raise NotAllowed("This cannot be undone: it has left the house")
    if now - event.at > POSSIBLE_FOR:
        raise NotAllowed("Undo is possible for 30 days")
    try:
        async with database.transaction():
            path = await inverse(event, by, now)
            if not await queries.is_undone(event.id):
                await _record(event, by=by, now=now)
    except database.DUPLICATE:
        raise Outdated(Message("This has been undone already")) from None
    return path


async def _record(event: Event, *, by: Person, now: datetime) -> None:
    """For an inverse that has nothing more to say about itself."""
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
