"""Who was there: ticked off after it has begun."""

from collections.abc import Collection
from datetime import datetime

from advocacy import database
from advocacy.errors import NotAllowed
from advocacy.events.registering.placing import hold
from advocacy.events.rules import RegistrationState
from advocacy.events.tables import Registration
from advocacy.history.actions import record
from advocacy.people.tables import Person


async def note(
    gathering_id: int, there: Collection[int], *, by: Person, now: datetime
) -> int:  # fmt: skip
    """`there`: numbers of registrations; the others who had a place stayed away. Returns how many
    came.
    """
    async with database.transaction():
        gathering = await hold(gathering_id)
        if now < gathering.begins:
            raise NotAllowed("It has not begun yet")
        rows = await Registration.select(Registration.id).where(
            Registration.gathering == gathering_id,
            Registration.state == RegistrationState.PLACED,
        )
        ours = {row["id"] for row in rows}
        came, missing = sorted(ours & set(there)), sorted(ours - set(there))
        for ids, value in ((came, True), (missing, False)):
            if ids:
                await Registration.update({Registration.was_there: value}).where(
                    Registration.id.is_in(ids)
                )
        await record(
            "presence noted", kind="gathering", object=gathering_id, by=by, now=now,
            details={"came": len(came), "missing": len(missing)},
        )  # fmt: skip
    return len(came)
