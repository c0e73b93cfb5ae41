"""One job, many processes: whoever holds the lease does the work; a lease that ends is free."""

import os
import uuid
from datetime import datetime, timedelta

from piccolo.columns import Serial, Timestamptz, Varchar
from piccolo.table import Table

PROCESS = f"{os.getpid()}-{uuid.uuid4().hex[:8]}"


class Lease(Table):
    id: Serial
    name = Varchar(length=60, unique=True)
    owner = Varchar(length=60, default="")
    until = Timestamptz(null=False, default=None)


async def hold(name: str, *, lasting: timedelta, now: datetime, owner: str = PROCESS) -> bool:
    """True when `owner` has the lease until `now + lasting`. Holding it again prolongs it."""
    await Lease.insert(Lease(name=name, owner="", until=now)).on_conflict(
        target=Lease.name, action="DO NOTHING"
    )
    taken = await (
        Lease.update({Lease.owner: owner, Lease.until: now + lasting}, force=False)
        .where(Lease.name == name, (Lease.until <= now) | (Lease.owner == owner))
        .returning(Lease.id)
    )
    return bool(taken)


async def give_back(name: str, *, now: datetime, owner: str = PROCESS) -> None:
    await Lease.update({Lease.until: now}).where(Lease.name == name, Lease.owner == owner)
