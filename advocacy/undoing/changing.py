"""Decide otherwise what somebody has decided: their act is taken back for these entries."""

import json
from collections.abc import Sequence
from datetime import datetime

from advocacy.errors import NotAllowed, NotFound, Outdated
from advocacy.history import queries
from advocacy.history.actions import record
from advocacy.people.tables import Person
from advocacy.triage import actions as triage
from advocacy.undoing.actions import undo

PIECEMEAL = frozenset({*triage.ACTION.values(), "rule decided"})
"""Acts on many entries that one of them can leave: nothing but its decision was written."""

WHOLE = frozenset({"dossier opened", "entry attached"})


async def release(entry_ids: Sequence[int], event_id: int, *, by: Person, now: datetime) -> None:
    """These entries are as they were before that event, in the caller's transaction, which then
    decides them. Outdated: it has been taken back, or decided anew. An act that decided others
    with them stays as it is for those, and can no longer be taken back as one.
    """
    event = await queries.event(event_id)
    if event is None or event.action not in PIECEMEAL | WHOLE:
        raise NotFound("There is no such decision")
    details = json.loads(event.details)
    decided = set(details["entries"])
    if not decided.issuperset(entry_ids):
        raise Outdated("Somebody has just decided this entry")
    if decided == set(entry_ids):
        await undo(event_id, by=by, now=now)
        return
    if event.action in WHOLE:
        raise NotAllowed("It was attached together with others. Take the whole act back instead.")
    before = {
        entry: row
        for entry, row in details.get("before", {}).items()
        if int(entry) in set(entry_ids)
    }
    await triage.take_back(entry_ids, event_id, before)
    await record(
        "decision released", kind="entry", object=entry_ids[0], by=by, now=now,
        details={"entries": list(entry_ids), "of": event_id},
    )  # fmt: skip
