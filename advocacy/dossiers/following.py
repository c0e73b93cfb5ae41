"""Follow a dossier: whoever does hears of every step, whatever countries they care for.

Following is a wish of one person and no step of the matter: the history does not tell of it.
"""

from datetime import datetime

from advocacy.dossiers import queries
from advocacy.dossiers.tables import Follow


async def follow(dossier_id: int, person_id: int, *, now: datetime) -> None:
    """Following twice is following."""
    dossier = await queries.by_id(dossier_id)
    await Follow.insert(Follow(dossier=dossier.id, person=person_id, at=now)).on_conflict(
        target=(Follow.dossier, Follow.person), action="DO NOTHING"
    )


async def unfollow(dossier_id: int, person_id: int) -> None:
    await Follow.delete().where(Follow.dossier == dossier_id, Follow.person == person_id)


async def is_following(dossier_id: int, person_id: int) -> bool:
    return await Follow.exists().where(Follow.dossier == dossier_id, Follow.person == person_id)


async def followers(dossier_id: int) -> list[int]:
    """The people, those who began first before the others."""
    rows = await (
        Follow.select(Follow.person).where(Follow.dossier == dossier_id).order_by(Follow.id)
    )
    return [int(row["person"]) for row in rows]


async def followed_by(person_id: int) -> set[int]:
    """The dossiers of one person, for the digest."""
    rows = await Follow.select(Follow.dossier).where(Follow.person == person_id)
    return {int(row["dossier"]) for row in rows}
