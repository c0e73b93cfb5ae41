"""Mails that the server does not give out, or that cannot be kept: tried again, later and later.

Each is a lease that nobody holds: until it ends the mail is left alone, and its owner's place
says how often it was tried.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from advocacy.leases import Lease

FORGOTTEN_AFTER = timedelta(days=7)
"""Whoever looked into the mailbox has moved it elsewhere."""
MOST = timedelta(hours=6)


def rests(tries: int) -> timedelta:
    """After so many tries: 1, 2, 4 … minutes, at most six hours."""
    return min(timedelta(minutes=2 ** min(tries - 1, 10)), MOST)


@dataclass(frozen=True, slots=True)
class Withheld:
    """Of one folder. `validity`: numbers mean the same mails as long as it stays (RFC 3501)."""

    validity: int
    tries: dict[int, int]
    resting: Collection[int]

    async def note(self, number: int, *, now: datetime) -> None:
        """It was tried in vain."""
        tries = self.tries.get(number, 0) + 1
        name, until = _name(self.validity, number), now + rests(tries)
        await Lease.insert(Lease(name=name, until=now)).on_conflict(
            target=Lease.name, action="DO NOTHING"
        )
        await Lease.update({Lease.owner: str(tries), Lease.until: until}).where(Lease.name == name)

    async def came(self, number: int) -> None:
        if number in self.tries:
            await Lease.delete().where(Lease.name == _name(self.validity, number))


def _name(validity: int, number: int) -> str:
    return f"withheld/{validity}/{number}"


async def in_folder(validity: int, *, now: datetime) -> Withheld:
    """Two queries, of which nearly always nothing comes."""
    await Lease.delete().where(Lease.name.like("withheld/%"), Lease.until < now - FORGOTTEN_AFTER)
    rows = await Lease.select(Lease.name, Lease.owner, Lease.until).where(
        Lease.name.like(f"withheld/{validity}/%")
    )
    there = {int(row["name"].rpartition("/")[2]): row for row in rows}
    return Withheld(
        validity,
        {number: int(row["owner"] or 0) for number, row in there.items()},
        {number for number, row in there.items() if row["until"] > now},
    )
