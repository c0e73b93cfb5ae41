"""Three days before, everybody who has a place gets a letter, once."""

from datetime import datetime

from advocacy import database
from advocacy.events import mails, rules
from advocacy.events.keeping.known import texts_of, told
from advocacy.events.mails import About
from advocacy.events.registering.placing import hold
from advocacy.events.rules import REMINDED_BEFORE, GatheringState, RegistrationState
from advocacy.events.tables import Gathering, Registration
from advocacy.history.actions import record
from advocacy.logs import going_on
from advocacy.mail.actions import post


async def remind_due(now: datetime) -> int:
    """Returns how many gatherings."""
    rows = await Gathering.select(Gathering.id).where(
        Gathering.state == GatheringState.PUBLISHED,
        Gathering.reminded.is_null(),
        Gathering.begins > now,
        Gathering.begins <= now + REMINDED_BEFORE,
    )
    reminded = 0
    for row in rows:
        with going_on(f"reminder of gathering {row['id']}"):
            reminded += await _remind(row["id"], now=now)
    return reminded


async def _remind(gathering_id: int, *, now: datetime) -> bool:
    async with database.transaction():
        gathering = await hold(gathering_id)
        if gathering.state != GatheringState.PUBLISHED or not rules.is_reminded(
            begins=gathering.begins, published=gathering.published, reminded=gathering.reminded,
            now=now,
        ):  # fmt: skip
            return False
        await Gathering.update({Gathering.reminded: now}).where(Gathering.id == gathering_id)
        known = await texts_of(gathering_id)
        rows = await Registration.objects().where(
            Registration.gathering == gathering_id,
            Registration.state == RegistrationState.PLACED,
        )
        await record(
            "participants reminded", kind="gathering", object=gathering_id, by=None, now=now,
            details={"letters": len(rows)},
        )  # fmt: skip
        for row in rows:
            about = About(gathering, told(gathering, known, row.language))
            await post(mails.reminder(about, row), now=now)
    return True
