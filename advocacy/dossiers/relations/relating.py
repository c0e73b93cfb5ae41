"""Dossiers that belong together: proposed, related, parted, and taken back."""

import json
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any  # a row is what its table says

from advocacy import database
from advocacy.dossiers import queries
from advocacy.dossiers.joining.merged import check_not_merged, target_of
from advocacy.dossiers.relations import related
from advocacy.dossiers.relations.references import numbers_of
from advocacy.dossiers.relations.related import Kin, Proposal, Reason
from advocacy.dossiers.tables import Dossier, Reference, RelatedDossier
from advocacy.errors import Invalid, Message, NotFound
from advocacy.history.actions import record
from advocacy.history.tables import Event
from advocacy.people.tables import Person

REASON = 200
NOT_RELATED = Message("These dossiers are not related")


@dataclass(frozen=True, slots=True)
class Related:
    """A dossier that belongs to this one. `said`: the reason that somebody typed."""

    kin: Kin
    said: str
    reasons: tuple[Reason, ...]


async def around(dossier: Dossier) -> tuple[list[Related], list[Proposal]]:
    """What is related, in the order it was, and what is proposed. Six queries at most."""
    pairs = await (
        RelatedDossier.select(RelatedDossier.dossier, RelatedDossier.other, RelatedDossier.reason)
        .where((RelatedDossier.dossier == dossier.id) | (RelatedDossier.other == dossier.id))
        .order_by(RelatedDossier.id)
    )
    said = {
        each["other"] if each["dossier"] == dossier.id else each["dossier"]: each["reason"]
        for each in pairs
    }
    known = await _kin({dossier.id, *said}, await _with_the_same_numbers(dossier))
    this = known[dossier.id]
    mine = [
        Related(known[each], reason, related.reasons(this, known[each]))
        for each, reason in said.items()
        if each in known
    ]
    others = (kin for kin in known.values() if kin.id not in said)
    return mine, related.proposals(this, others)


async def _with_the_same_numbers(dossier: Dossier) -> set[str]:
    """The numbers of dossiers, however old, that have one of this one's numbers."""
    own = [each.value for each in await queries.references_of(dossier.id)]
    wanted = [*own, *numbers_of(dossier.procedure_number)]
    return set(await queries.others_with(wanted, but=dossier.id))


async def _kin(ids: Collection[int], numbers: Collection[str]) -> dict[int, Kin]:
    """These dossiers and the two hundred that were opened last, by id."""
    columns = (
        *(Dossier.id, Dossier.number, Dossier.title, Dossier.language, Dossier.station),
        *(Dossier.body, Dossier.procedure_number, Dossier.topics, Dossier.countries),
    )
    named = Dossier.id.is_in(list(ids))
    wanted = named | Dossier.number.is_in(list(numbers)) if numbers else named
    rows = await Dossier.select(*columns).where(wanted)
    rows += await (
        Dossier.select(*columns)
        .where(Dossier.merged_into.is_null())
        .order_by(Dossier.id, ascending=False)
        .limit(queries.COMPARED)
    )
    found = await Reference.select(Reference.dossier, Reference.value).where(
        Reference.dossier.is_in(list({row["id"] for row in rows}))
    )
    return {row["id"]: _as_kin(row, found) for row in rows}


def _as_kin(row: dict[str, Any], found: list[dict[str, Any]]) -> Kin:
    lists = {name: tuple(p for p in row[name].split(",") if p) for name in ("topics", "countries")}
    references = tuple(each["value"] for each in found if each["dossier"] == row["id"])
    return Kin(**row | lists, references=references)


async def relate(
    dossier_id: int, number: str, *, reason: str = "", by: Person, now: datetime
) -> int | None:
    """With the dossier of that number, or the one that it has been merged into. None: they are
    related already.
    """
    if len(reason) > REASON:
        raise Invalid(
            {"reason": Message("A reason has at most %(most)s characters", {"most": REASON})}
        )
    async with database.transaction():
        await database.one_at_a_time("related dossiers")
        await check_not_merged(dossier_id)
        other = await _other(dossier_id, number, follows=True)
        if await _row(dossier_id, other.id) is not None:
            return None
        await _insert(dossier_id, other.id, reason, by=by.id, now=now)
        details = _details(other, reason)
        return await _record("dossiers related", dossier_id, details, by, now)


async def unrelate(dossier_id: int, number: str, *, by: Person, now: datetime) -> int:
    other = await _other(dossier_id, number)
    async with database.transaction():
        await database.one_at_a_time("related dossiers")
        row = await _row(dossier_id, other.id)
        if row is None:
            raise NotFound(NOT_RELATED)
        await RelatedDossier.delete().where(RelatedDossier.id == row.id)
        details = _details(other, row.reason)
        return await _record("dossiers parted", dossier_id, details, by, now)


async def _other(dossier_id: int, number: str, *, follows: bool = False) -> Dossier:
    try:
        other = await queries.by_ref(number.strip())
    except NotFound:
        raise Invalid({"other": Message("There is no dossier with this number")}) from None
    if follows:
        other = await target_of(other) or other
    if other.id == dossier_id:
        raise Invalid({"other": Message("This is the number of the dossier itself")})
    return other


async def _row(one: int, other: int) -> RelatedDossier | None:
    return await (
        RelatedDossier.objects()
        .where(RelatedDossier.dossier == min(one, other), RelatedDossier.other == max(one, other))
        .first()
    )


async def _insert(one: int, other: int, reason: str, *, by: int, now: datetime) -> None:
    await RelatedDossier(
        dossier=min(one, other), other=max(one, other), reason=reason, person=by, at=now
    ).save()


def _details(other: Dossier, reason: str) -> dict[str, object]:
    return {"other": other.id, "what": [other.number], "reason": reason}


async def _record(
    action: str, dossier_id: int, details: dict[str, object], by: Person, now: datetime
) -> int:
    return await record(
        action, kind="dossier", object=dossier_id, dossier=dossier_id, by=by, now=now,
        details=details,
    )  # fmt: skip


async def undo_relating(event: Event, by: Person, now: datetime) -> str:  # noqa: ARG001  as all
    row = await _row(event.object, json.loads(event.details)["other"])
    if row is not None:
        await RelatedDossier.delete().where(RelatedDossier.id == row.id)
    return await _path(event)


async def undo_parting(event: Event, by: Person, now: datetime) -> str:
    details = json.loads(event.details)
    async with database.transaction():
        await database.one_at_a_time("related dossiers")
        if await _row(event.object, details["other"]) is None:
            reason = details["reason"]
            await _insert(event.object, details["other"], reason, by=by.id, now=now)
    return await _path(event)


async def _path(event: Event) -> str:
    return f"/d/{(await queries.by_id(event.object)).number}#related"


UNDO: dict[str, Callable[[Event, Person, datetime], Awaitable[str]]] = {
    "dossiers related": undo_relating,
    "dossiers parted": undo_parting,
}
