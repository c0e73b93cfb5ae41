"""Write into the history. Append-only: a trigger of the database refuses the rest."""

import json
from collections.abc import Mapping
from datetime import datetime

from advocacy import database
from advocacy.history.tables import Event
from advocacy.people.tables import Person
from advocacy.provenance import chain

ALPHORN = "Alphorn"
BEGINNING = "0" * 64


async def record(
    action: str,
    *,
    kind: str,
    object: int,  # noqa: A002  the field's word
    by: Person | str | None,
    now: datetime,
    dossier: int | None = None,
    details: Mapping[str, object] | None = None,
    undoes: int | None = None,
) -> int:
    """Call it inside the transaction of the fact, as its last statement but the letters.

    `by` is a person with an account, the name of a municipality, or None for Alphorn itself.
    `details` is what an undo needs to know: values before, ids made. Returns the event's id.
    """
    await database.one_at_a_time("history")
    last = await Event.select(Event.hash).order_by(Event.id, ascending=False).limit(1).first()
    person = by if isinstance(by, Person) else None
    event = Event(
        at=now,
        person=person.id if person else None,
        who=person.name if person else (by or ALPHORN),
        action=action,
        kind=kind,
        object=object,
        dossier=dossier,
        details=json.dumps(details or {}, ensure_ascii=False, sort_keys=True, default=str),
        undoes=undoes,
        previous_hash=last["hash"] if last else BEGINNING,
    )
    event.hash = chain(event.previous_hash, fact_of(event))
    await event.save()
    return event.id


def fact_of(event: Event) -> dict[str, object]:
    """What the hash is taken over: everything but the row's number."""
    return {
        "at": event.at.isoformat(),
        "person": event.person,
        "who": event.who,
        "action": event.action,
        "kind": event.kind,
        "object": event.object,
        "dossier": event.dossier,
        "details": event.details,
        "undoes": event.undoes,
    }
