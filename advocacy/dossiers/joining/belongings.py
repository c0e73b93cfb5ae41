"""What points to a dossier, in whatever room, and what becomes of it when the dossier is merged.

Later rooms' tables are found by their names: what belongs to a dossier is known here alone, and a
test compares it with every foreign key there is.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any  # a row of any table

from piccolo.table import Table

from advocacy import database
from advocacy.dossiers.tables import RelatedDossier


class Fate(StrEnum):
    MOVES = "moves"
    UNITES = "unites"  # what the target has not moves, the rest stays where it is
    IF_FREE = "if free"  # moves when the target has none
    PAIRS = "pairs"  # is about two dossiers
    STAYS = "stays"


FATES: Mapping[str, Fate] = {
    "dossier_entry.dossier": Fate.MOVES,
    "input_window.dossier": Fate.MOVES,  # with milestones, calls, invitations and answers
    "document.dossier": Fate.MOVES,
    "letter.dossier": Fate.MOVES,
    "enquiry.dossier": Fate.MOVES,
    "good_answer.dossier": Fate.MOVES,
    "programme_point.dossier": Fate.MOVES,
    "dossier_project.dossier": Fate.UNITES,
    "deadline_claim.dossier": Fate.UNITES,
    "reference.dossier": Fate.UNITES,
    "follow.dossier": Fate.UNITES,
    "related_dossier.dossier": Fate.PAIRS,
    "related_dossier.other": Fate.PAIRS,
    "position.dossier": Fate.IF_FREE,  # with versions, translations, rounds and submissions
    "dossier.merged_into": Fate.STAYS,  # number leads on to number
    "dossier_seen.dossier": Fate.STAYS,  # what somebody has read of this one
    "event.dossier": Fate.STAYS,  # the history is never changed; it is read together
}
SAME: Mapping[str, tuple[str, ...]] = {
    "deadline_claim": ("entry", "version", "closes"),
    "reference": ("kind", "value"),
    "follow": ("person",),
    "dossier_project": ("project",),
}
"""By which columns two rows of two dossiers say the same."""


@dataclass
class Moved:
    """Ids by table, and related pairs as they were: what an undo needs."""

    rows: dict[str, list[int]] = field(default_factory=dict)
    pairs: list[list[int]] = field(default_factory=list)

    def of(self, table: str) -> list[int]:
        return self.rows.get(table, [])


def table(name: str) -> Any:
    return _tables()[name]


def _tables() -> dict[str, type[Table]]:
    return {each._meta.tablename: each for each in database.tables()}


def _with(fate: Fate) -> Iterable[str]:
    return (each.partition(".")[0] for each, fated in FATES.items() if fated is fate)


async def counted(dossier_id: int) -> dict[str, int]:
    """Rows by table, of all that may move: for people who want to know before."""
    names = [*_with(Fate.MOVES), *_with(Fate.UNITES), *_with(Fate.IF_FREE)]
    return {
        name: await table(name).count().where(table(name).dossier == dossier_id) for name in names
    }


async def move(source: int, target: int, *, position: bool, staying: Collection[int] = ()) -> Moved:
    """Everything that moves, in the caller's transaction. `staying`: windows that do not."""
    moved = Moved()
    for name in _with(Fate.MOVES):
        moved.rows[name] = await _move(name, source, target, staying)
    for name in _with(Fate.UNITES):
        moved.rows[name] = await _unite(name, source, target, staying)
    if position:
        for name in _with(Fate.IF_FREE):
            moved.rows[name] = await _move(name, source, target, ())
    moved.pairs = await _pair(source, target)
    return moved


async def _move(name: str, source: int, target: int, staying: Collection[int]) -> list[int]:
    found = table(name)
    rows = found.update({found.dossier: target}).where(found.dossier == source).returning(found.id)
    if kept := _kept(name, staying):
        rows = rows.where(kept)
    return sorted(int(row["id"]) for row in await rows)


def _kept(name: str, staying: Collection[int]) -> Any:
    """What belongs to a window that stays, stays."""
    if not staying:
        return None
    found = table(name)
    if name == "input_window":
        return found.id.not_in(list(staying))
    if "window" in {column._meta.name for column in found._meta.columns}:
        return found.window.is_null() | found.window.not_in(list(staying))
    return None


async def _unite(name: str, source: int, target: int, staying: Collection[int]) -> list[int]:
    found, keys = table(name), SAME[name]
    columns = [getattr(found, key) for key in keys]
    there = await found.select(*columns).where(found.dossier == target)
    known = {tuple(row[key] for key in keys) for row in there}
    query = found.select(found.id, *columns).where(found.dossier == source).order_by(found.id)
    if kept := _kept(name, staying):
        query = query.where(kept)
    new = [row["id"] for row in await query if tuple(row[key] for key in keys) not in known]
    if new:
        await found.update({found.dossier: target}).where(found.id.is_in(new))
    return new


async def _pair(source: int, target: int) -> list[list[int]]:
    """Each of the source's relations becomes one of the target's, where it is new there."""
    either = (RelatedDossier.dossier.is_in([source, target])) | (
        RelatedDossier.other.is_in([source, target])
    )
    rows = await (
        RelatedDossier.select(RelatedDossier.id, RelatedDossier.dossier, RelatedDossier.other)
        .where(either)
        .order_by(RelatedDossier.id)
    )
    known = {(row["dossier"], row["other"]) for row in rows}
    before = []
    for row in rows:
        pair = row["dossier"], row["other"]
        if source not in pair or target in pair:
            continue
        far = pair[1] if pair[0] == source else pair[0]
        new = (min(far, target), max(far, target))
        if new not in known:
            known.add(new)
            before.append([row["id"], *pair])
            await _write_pair(row["id"], *new)
    return before


async def _write_pair(row: int, dossier: int, other: int) -> None:
    await RelatedDossier.update(
        {RelatedDossier.dossier: dossier, RelatedDossier.other: other}
    ).where(RelatedDossier.id == row)


async def move_back(moved: Moved, *, source: int, target: int) -> None:
    for name, ids in moved.rows.items():
        found = table(name)
        if ids:
            await found.update({found.dossier: source}).where(
                found.id.is_in(ids), found.dossier == target
            )
    for row, dossier, other in moved.pairs:
        await _write_pair(row, dossier, other)
