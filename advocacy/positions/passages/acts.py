"""What every act on passages does: chooses them, finds their dossier, keeps it in the history."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any  # what an event keeps is JSON; a joined column is not typed

from advocacy import database
from advocacy.calls.tables import Contribution
from advocacy.dossiers.tables import Dossier
from advocacy.errors import Invalid, Message, NotFound, Outdated
from advocacy.history.actions import record
from advocacy.history.queries import is_undone
from advocacy.history.tables import Event
from advocacy.people.tables import Person
from advocacy.positions import rules
from advocacy.positions.tables import Passage


async def chosen(passage_ids: Sequence[int]) -> list[Passage]:
    """All of them, locked against others' changes until the transaction ends."""
    ids = sorted(set(passage_ids))
    if not ids:
        raise Invalid({"passages": Message("Choose at least one passage")})
    await database.one_at_a_time("passages")
    found = await Passage.objects().where(Passage.id.is_in(ids)).order_by(Passage.id)
    if len(found) != len(ids):
        raise NotFound("There is no such passage")
    return found


async def dossier_of(contribution_id: int) -> int | None:
    here: Any = Contribution.invitation
    row = await (
        Contribution.select(here.call.window.dossier.as_alias("dossier"))
        .where(Contribution.id == contribution_id)
        .first()
    )
    return row["dossier"] if row else None


async def record_act(
    action: str,
    passages: Sequence[Passage],
    details: Mapping[str, object],
    *,
    by: Person,
    now: datetime,
    undoes: int | None = None,
) -> int:
    return await record(
        action,
        kind="passage",
        object=passages[0].id,
        dossier=await dossier_of(passages[0].contribution),
        by=by,
        now=now,
        details=details,
        undoes=undoes,
    )


async def undoable(event: Event, by: Person) -> dict[str, Any]:
    rules.check_writes(by.role)
    if await is_undone(event.id):
        raise Outdated("It has been undone already")
    details: dict[str, Any] = json.loads(event.details)
    return details


async def back_to(event: Event) -> str:
    row = await Dossier.select(Dossier.number).where(Dossier.id == event.dossier).first()
    return f"/d/{row['number']}/passages" if row else "/dossiers"
