"""Note and remove the numbers under which others follow a dossier; take these acts back."""

import json
from collections.abc import Awaitable, Callable
from datetime import datetime

from piccolo.columns.combination import And, Where

from advocacy import database
from advocacy.dossiers import queries
from advocacy.dossiers.editing import searchable
from advocacy.dossiers.joining.merged import hold
from advocacy.dossiers.relations.references import Kind, Number
from advocacy.dossiers.tables import Dossier, Reference
from advocacy.errors import Message, NotFound
from advocacy.history.actions import record
from advocacy.history.tables import Event
from advocacy.people.tables import Person

NOT_THERE = Message("This dossier has no such number")


async def elsewhere(dossier: Dossier, number: Number) -> Dossier | None:
    """Another dossier that has this number."""
    found = (await queries.with_numbers([number.value])).get(number.value)
    return await queries.by_number(found) if found and found != dossier.number else None


async def add_reference(
    dossier_id: int, number: Number, *, by: Person, now: datetime
) -> int | None:
    """None: the dossier has it already."""
    async with database.transaction():
        await hold(dossier_id)
        if await _exists(dossier_id, number):
            return None
        await _insert(dossier_id, number)
        return await _record("number added", dossier_id, number, by, now)


async def remove_reference(dossier_id: int, number: Number, *, by: Person, now: datetime) -> int:
    async with database.transaction():
        await hold(dossier_id)
        if not await _exists(dossier_id, number):
            raise NotFound(NOT_THERE)
        await _delete(dossier_id, number)
        return await _record("number removed", dossier_id, number, by, now)


async def _record(action: str, dossier_id: int, number: Number, by: Person, now: datetime) -> int:
    await Dossier.update({Dossier.changed: now}).where(Dossier.id == dossier_id)
    details = {"kind": number.kind.value, "value": number.value, "what": [number.value]}
    return await record(
        action, kind="dossier", object=dossier_id, dossier=dossier_id, by=by, now=now,
        details=details,
    )  # fmt: skip


def _same(dossier_id: int, number: Number) -> Where | And:
    return (Reference.dossier == dossier_id) & (
        (Reference.kind == number.kind.value) & (Reference.value == number.value)
    )


async def _exists(dossier_id: int, number: Number) -> bool:
    return bool(await Reference.exists().where(_same(dossier_id, number)))


async def _insert(dossier_id: int, number: Number) -> None:
    await Reference(dossier=dossier_id, kind=number.kind.value, value=number.value).save()
    await _find_anew(dossier_id)


async def _delete(dossier_id: int, number: Number) -> None:
    await Reference.delete().where(_same(dossier_id, number))
    await _find_anew(dossier_id)


async def _find_anew(dossier_id: int) -> None:
    dossier = await queries.by_id(dossier_id)
    numbers = [each.value for each in await queries.references_of(dossier_id)]
    words = searchable(dossier, numbers)
    await Dossier.update({Dossier.search_text: words}).where(Dossier.id == dossier_id)


async def undo_adding(event: Event, by: Person, now: datetime) -> str:  # noqa: ARG001  as all
    return await _undone(event, adds=False)


async def undo_removing(event: Event, by: Person, now: datetime) -> str:  # noqa: ARG001  as all
    return await _undone(event, adds=True)


async def _undone(event: Event, *, adds: bool) -> str:
    details = json.loads(event.details)
    number = Number(Kind(details["kind"]), details["value"])
    async with database.transaction():
        await hold(event.object)
        dossier = await queries.by_id(event.object)
        there = await _exists(dossier.id, number)
        if adds and not there:
            await _insert(dossier.id, number)
        elif there and not adds:
            await _delete(dossier.id, number)
    return f"/d/{dossier.number}#facts"


UNDO: dict[str, Callable[[Event, Person, datetime], Awaitable[str]]] = {
    "number added": undo_adding,
    "number removed": undo_removing,
}
