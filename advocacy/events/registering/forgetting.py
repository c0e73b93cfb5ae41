"""Who came is forgotten after a while: the number of people stays, nobody's name does."""

from datetime import datetime, timedelta
from typing import Any  # columns

from piccolo.querystring import QueryString

from advocacy import database
from advocacy.events.tables import Gathering, Registration
from advocacy.history.actions import record
from advocacy.mail.tables import Letter

KEPT_FOR = timedelta(days=365)
"""After the gathering: until then a host may have to prove who took part."""
GONE = "–"


async def forget_participants(now: datetime) -> int:
    """Job. Returns the gatherings whose lists were emptied of people."""
    rows = await (
        Registration.select(Registration.gathering)
        .where(
            Registration.gathering.is_in(
                Gathering.select(Gathering.id).where(Gathering.ends < now - KEPT_FOR)
            ),
            Registration.name != GONE,
        )
        .group_by(Registration.gathering)
    )
    for row in rows:
        await _forget(row["gathering"], now)
    return len(rows)


async def _forget(gathering: int, now: datetime) -> None:
    these = Registration.gathering == gathering
    async with database.transaction():
        await Letter.delete().where(
            Letter.kind.like("gathering%"), Letter.created < now - KEPT_FOR,
            Letter.recipient.is_in(Registration.select(Registration.email).where(these)),
        )  # fmt: skip
        await Registration.update(nobody()).where(these)
        await record("participants forgotten", kind="gathering", object=gathering, by=None, now=now)


def nobody() -> dict[Any, Any]:
    """What a registration is made of when it is forgotten. The row stays: its number is in
    somebody's link, and may never be another's.
    """
    return {
        "name": GONE, "organisation": "", "note": "", "listed": False,
        # one address has one place: each stays another
        "email": QueryString("'forgotten-' || id"),
    }  # fmt: skip
