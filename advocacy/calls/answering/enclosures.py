"""The files that came with an answer, without what is in them; `content` alone reads that."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any  # columns

from advocacy.calls.tables import ContributionVersion, Enclosure
from advocacy.errors import NotFound

NOT_THERE = "There is no such file"
_asked: Any = Enclosure.invitation  # Piccolo types the columns of a joined table loosely


@dataclass(frozen=True, slots=True)
class EnclosureRow:
    """`size` in bytes. `removed`: it goes with no further version; those that name it keep it."""

    id: int
    name: str
    media_type: str
    size: int
    removed: bool = False


async def of_invitation(invitation_id: int) -> tuple[EnclosureRow, ...]:
    """Sent, not yet sent, and removed after they were sent; in the order in which they came."""
    rows = await (
        Enclosure.select(
            *(Enclosure.id, Enclosure.name, Enclosure.media_type),
            *(Enclosure.size, Enclosure.removed),
        )
        .where(Enclosure.invitation == invitation_id)
        .order_by(Enclosure.id)
    )
    return tuple(EnclosureRow(**row | {"removed": row["removed"] is not None}) for row in rows)


def named_in(versions: Iterable[ContributionVersion]) -> set[int]:
    return {number for each in versions for number in json.loads(each.enclosures)}


async def of_version(version: ContributionVersion) -> list[EnclosureRow]:
    named = sorted(named_in([version]))
    if not named:
        return []
    rows = await (
        Enclosure.select(Enclosure.id, Enclosure.name, Enclosure.media_type, Enclosure.size)
        .where(Enclosure.id.is_in(named))
        .order_by(Enclosure.id)
    )
    return [EnclosureRow(**row) for row in rows]


async def content(enclosure_id: int) -> bytes:
    found = await Enclosure.select(Enclosure.content).where(Enclosure.id == enclosure_id).first()
    if found is None:
        raise NotFound(NOT_THERE)
    return bytes(found["content"])


async def sent_with_call(number: str, enclosure_id: int) -> EnclosureRow:
    """NotFound for a file of another call, and for one that was not sent with any version."""
    found = await (
        Enclosure.objects()
        .where(Enclosure.id == enclosure_id, _asked.call.number == number)
        .first()
    )
    if found is None or found.id not in await sent_from(found.invitation):
        raise NotFound(NOT_THERE)
    return EnclosureRow(
        found.id, found.name, found.media_type, found.size, found.removed is not None
    )


async def sent_from(invitation_id: int) -> set[int]:
    """The numbers of the files that some version of the answer names."""
    versions = await ContributionVersion.objects().where(
        ContributionVersion.contribution.invitation == invitation_id
    )
    return named_in(versions)
