"""Dossiers that have been merged: where each leads on to, and what must not land in it any more."""

from advocacy import database
from advocacy.dossiers import queries
from advocacy.dossiers.tables import Dossier
from advocacy.errors import Message, Outdated

LONGEST = 20  # dossiers that were merged one into the next


def has_been_merged(target: Dossier) -> Outdated:
    values = {"number": target.number}
    return Outdated(Message("This dossier has been merged into %(number)s", values))


async def target_of(dossier: Dossier) -> Dossier | None:
    """Where a merged dossier leads on to, at last; None: it has not been merged."""
    found = None
    for _ in range(LONGEST):
        if dossier.merged_into is None:
            break
        found = dossier = await queries.by_id(dossier.merged_into)
    return found


async def check_not_merged(dossier_id: int) -> None:
    """Outdated when it has been merged. In a transaction, behind a lock that merging takes too."""
    dossier = await queries.by_id(dossier_id)
    if target := await target_of(dossier):
        raise has_been_merged(target)


async def hold(dossier_id: int) -> None:
    """Nobody else changes or merges the dossier until the transaction ends; Outdated when it has
    been merged. Before its deadlines (`hearing.LOCK`) and before any row: the one order of all
    who need several of these.
    """
    await database.one_at_a_time(f"dossier/{dossier_id}")
    await check_not_merged(dossier_id)


async def standing(dossier_id: int) -> Dossier:
    """The dossier, or the one that it has been merged into, for as long as the transaction lasts.

    Whoever writes something into a dossier calls this first: then it is not lost in one that is
    being merged. Outdated when merging has just been faster.
    """
    dossier = await queries.by_id(dossier_id)
    meant = await target_of(dossier) or dossier
    await database.one_at_a_time(f"dossier/{meant.id}")
    again = await queries.by_id(meant.id)
    if target := await target_of(again):
        raise has_been_merged(target)
    return again


async def merged_into(dossier_id: int) -> list[Dossier]:
    """The dossiers that lead on to this one directly, in the order of their numbers."""
    return await Dossier.objects().where(Dossier.merged_into == dossier_id).order_by(Dossier.id)


async def read_together(dossier_id: int) -> list[int]:
    """The dossier and all that have been merged into it: their histories are one."""
    known, edge = [dossier_id], [dossier_id]
    while edge:
        rows = await Dossier.select(Dossier.id).where(Dossier.merged_into.is_in(edge))
        edge = [int(row["id"]) for row in rows if row["id"] not in known]
        known += edge
    return known
