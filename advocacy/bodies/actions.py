"""Add and change bodies, presidencies, meetings and procedures; call a meeting off."""

import json
import re
import unicodedata
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict
from datetime import datetime

from advocacy import database
from advocacy.bodies import keeping, queries, rules
from advocacy.bodies.forms import BodyForm, MeetingForm, PresidencyForm, ProcedureForm
from advocacy.bodies.keeping import BODY, MEETING, PRESIDENCY, PROCEDURE
from advocacy.bodies.rules import MeetingState
from advocacy.bodies.tables import Body, Meeting, Presidency, Procedure
from advocacy.errors import Invalid, Message, Outdated
from advocacy.history.actions import record
from advocacy.history.tables import Event
from advocacy.people.tables import Person

RESERVED = frozenset({"new"})
"""A key that would hide another page."""


async def add_body(new: BodyForm, *, by: Person, now: datetime) -> tuple[Body, int]:
    """The body, with a key made of its name, and the event."""
    async with database.transaction():
        await database.one_at_a_time("bodies")
        taken = {row["key"] for row in await Body.select(Body.key)} | RESERVED
        row = Body(key=_key(new.names, taken), **asdict(new))
        return row, await keeping.added(BODY, row, by=by, now=now)


async def change_body(
    body_id: int, new: BodyForm, *, base: str, by: Person, now: datetime
) -> int | None:
    async with database.transaction():
        await database.one_at_a_time("bodies")
        parents = {each.id: each.parent for each in await queries.all_bodies()}
        if new.parent is not None and rules.is_below(new.parent, body_id, parents):
            raise Invalid({"parent": Message("A body cannot stand under itself")})
        row = await keeping.found(BODY, body_id)
        return await keeping.changed(BODY, row, new, base=base, by=by, now=now)


def _key(names: str, taken: set[str] | frozenset[str]) -> str:
    """At most 40 signs: commission, or commission-2 when there is one."""
    name = rules.name_in(json.loads(names), "en")
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:36].rstrip("-") or "body"
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return next(key for key in (stem, *numbered) if key not in taken)


async def add_presidency(body_id: int, new: PresidencyForm, *, by: Person, now: datetime) -> int:
    async with database.transaction():
        await database.one_at_a_time("bodies")
        await _check_free(body_id, new)
        row = Presidency(body=body_id, **asdict(new))
        return await keeping.added(PRESIDENCY, row, by=by, now=now)


async def change_presidency(
    number: int, new: PresidencyForm, *, base: str, by: Person, now: datetime
) -> int | None:
    async with database.transaction():
        await database.one_at_a_time("bodies")
        row = await keeping.found(PRESIDENCY, number)
        await _check_free(row.body, new, but=number)
        return await keeping.changed(PRESIDENCY, row, new, base=base, by=by, now=now)


async def _check_free(body_id: int, new: PresidencyForm, *, but: int | None = None) -> None:
    """Two who share a presidency stand in one row; two rows never share a day."""
    others = [each for each in await queries.presidencies_of([body_id]) if each.id != but]
    near = next((each for each in others if rules.overlaps(each, new)), None)
    if near is not None:
        values = {
            "holders": ", ".join(near.holders.split(",")),
            "begins": rules.written(near.begins),
            "ends": rules.written(near.ends) if near.ends else "…",
        }
        message = Message(
            "%(holders)s presides from %(begins)s to %(ends)s. "
            "Two who share it stand in one row, like AT,LI.",
            values,
        )
        raise Invalid({"begins": message, "ends": message})


async def add_meeting(body_id: int, new: MeetingForm, *, by: Person, now: datetime) -> int:
    async with database.transaction():
        await database.one_at_a_time("bodies")
        row = Meeting(body=body_id, state=MeetingState.PLANNED, changed=now, **asdict(new))
        return await keeping.added(MEETING, row, by=by, now=now)


async def change_meeting(
    number: int, new: MeetingForm, *, base: str, by: Person, now: datetime
) -> int | None:
    """Its sequence grows with every change: calendars that have it take the new one."""
    async with database.transaction():
        await database.one_at_a_time("bodies")
        row = await keeping.found(MEETING, number)
        return await keeping.changed(
            MEETING, row, new, base=base, by=by, now=now, sequence=row.sequence + 1
        )


async def call_off(number: int, *, by: Person, now: datetime) -> int | None:
    """None when it is called off already."""
    return await _set_state(number, MeetingState.CALLED_OFF, "meeting called off", by, now)


async def restore(number: int, *, by: Person, now: datetime) -> int | None:
    """It takes place after all. None when it does already."""
    return await _set_state(number, MeetingState.PLANNED, "meeting restored", by, now)


async def _set_state(
    number: int, state: MeetingState, act: str, by: Person, now: datetime
) -> int | None:
    async with database.transaction():
        row = await keeping.found(MEETING, number)
        if row.state == state:
            return None
        await _move(row, state, now)
        return await record(
            act, kind="meeting", object=number, by=by, now=now,
            details={
                "from": row.state, "to": state, "body": row.body, "days": [row.begins.isoformat()],
            },
        )  # fmt: skip


async def _move(row: Meeting, state: MeetingState, now: datetime) -> None:
    if state not in rules.ALLOWED[MeetingState(row.state)]:
        raise Outdated(keeping.CHANGED_MEANWHILE)
    moved = await (
        Meeting.update(
            {Meeting.state: state, Meeting.sequence: row.sequence + 1, Meeting.changed: now}
        )
        .where(Meeting.id == row.id, Meeting.state == row.state, Meeting.sequence == row.sequence)
        .returning(Meeting.id)
    )
    if not moved:
        raise Outdated(keeping.CHANGED_MEANWHILE)


async def undo_state(event: Event, by: Person, now: datetime) -> str:  # noqa: ARG001  as all
    before = json.loads(event.details)["from"]
    async with database.transaction():
        row = await keeping.found(MEETING, event.object)
        if row.state == before:
            raise Outdated(keeping.CHANGED_MEANWHILE)
        await _move(row, MeetingState(before), now)
        return await keeping.path_of(MEETING, row)


async def add_procedure(
    body_id: int, new: ProcedureForm, *, by: Person, now: datetime
) -> tuple[Procedure, int]:
    async with database.transaction():
        await database.one_at_a_time("bodies")
        taken = {row["key"] for row in await Procedure.select(Procedure.key)} | RESERVED
        row = Procedure(key=_key(new.names, taken), body=body_id, **asdict(new))
        return row, await keeping.added(PROCEDURE, row, by=by, now=now)


async def change_procedure(
    number: int, new: ProcedureForm, *, base: str, by: Person, now: datetime
) -> int | None:
    async with database.transaction():
        await database.one_at_a_time("bodies")
        row = await keeping.found(PROCEDURE, number)
        return await keeping.changed(PROCEDURE, row, new, base=base, by=by, now=now)


UNDO: Mapping[str, Callable[[Event, Person, datetime], Awaitable[str]]] = {
    "body added": keeping.take_back_adding,
    "body changed": keeping.take_back_change,
    "presidency added": keeping.take_back_adding,
    "presidency changed": keeping.take_back_change,
    "meeting added": keeping.take_back_adding,
    "meeting changed": keeping.take_back_change,
    "meeting called off": undo_state,
    "meeting restored": undo_state,
    "procedure added": keeping.take_back_adding,
    "procedure changed": keeping.take_back_change,
}
