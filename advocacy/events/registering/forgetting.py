"""Who came is forgotten after a while: the number of people stays, nobody's name does."""

from datetime import datetime, timedelta

from piccolo.querystring import QueryString

from advocacy import database
from advocacy.events.tables import Gathering, Registration
from advocacy.history.actions import record

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
    async with database.transaction():
        await Registration.update(
            {
                Registration.name: GONE,
                Registration.organisation: "",
                Registration.note: "",
                # one address has one place: each stays another
                Registration.email: QueryString("'forgotten-' || id"),
            }
        ).where(Registration.gathering == gathering)
        await record("participants forgotten", kind="gathering", object=gathering, by=None, now=now)
