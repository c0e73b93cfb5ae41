"""Choices of members that are used again: a valley, a group of tourist places."""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from advocacy import database
from advocacy.calls.asking import audience
from advocacy.calls.rules import CallState
from advocacy.calls.tables import Call
from advocacy.errors import Invalid, Message, NotFound, Outdated
from advocacy.history.actions import record
from advocacy.history.tables import Event
from advocacy.municipalities.tables import MemberList, Municipality
from advocacy.people.tables import Person

LONGEST_NAME = 80
LARGEST_ID = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Kept:
    """A list with its codes; `names`: how the places are called that still are members."""

    id: int
    name: str
    codes: tuple[str, ...]
    names: tuple[tuple[str, str, str], ...] = ()  # code, name, language


async def all_lists(*, named: bool = False) -> list[Kept]:
    """By name. Two queries with `named`, else one."""
    rows = await MemberList.objects().order_by(MemberList.name)
    wanted = sorted({code for row in rows for code in row.codes.split()}) if named else []
    places = {}
    if wanted:
        found = await Municipality.select(
            Municipality.code, Municipality.name, Municipality.language
        ).where(Municipality.code.is_in(wanted), Municipality.active.eq(True))
        places = {each["code"]: (each["code"], each["name"], each["language"]) for each in found}
    return [
        Kept(
            row.id,
            row.name,
            tuple(row.codes.split()),
            tuple(places[code] for code in row.codes.split() if code in places),
        )
        for row in rows
    ]


async def codes_on(lists: Sequence[int]) -> frozenset[str]:
    known = [each for each in lists if 0 < each <= LARGEST_ID]
    if not known:
        return frozenset()
    rows = await MemberList.select(MemberList.codes).where(MemberList.id.is_in(known))
    return frozenset(code for row in rows for code in row["codes"].split())


async def keep(name: str, codes: Sequence[str], *, by: Person, now: datetime) -> MemberList:
    """Invalid: no name, one that another list has, or nobody on it. The same list is kept once."""
    name = " ".join(name.split())
    on_it = " ".join(sorted(set(codes)))
    async with database.transaction():
        await database.one_at_a_time("member lists")
        there = await MemberList.objects().where(MemberList.name == name).first()
        if there is not None and there.codes == on_it:
            return there
        if problem := _problem(name, on_it, taken=there is not None):
            raise Invalid(problem)
        made = MemberList(name=name, codes=on_it, person=by.id, created=now)
        await made.save()
        await record(
            "member list kept", kind="member list", object=made.id, by=by, now=now,
            details={"name": name, "codes": on_it},
        )  # fmt: skip
    return made


def _problem(name: str, codes: str, *, taken: bool) -> dict[str, Message]:
    if not name:
        return {"list_name": Message("Enter a name for the list")}
    if len(name) > LONGEST_NAME:
        return {"list_name": Message("Shorten it to %(most)s characters", {"most": LONGEST_NAME})}
    if taken:
        return {"list_name": Message("Another list has this name")}
    if not codes:
        return {"list_name": Message("Nobody is chosen: the list would be empty")}
    return {}


async def remove(list_id: int, *, by: Person, now: datetime) -> int:
    """Returns the event's id, which can be undone. Outdated: a draft asks who is on it."""
    async with database.transaction():
        await database.one_at_a_time("member lists")
        known = 0 < list_id <= LARGEST_ID
        found = known and await MemberList.objects().where(MemberList.id == list_id).first()
        if not found:
            raise NotFound("There is no such list")
        await _check_unused(list_id)
        await MemberList.delete().where(MemberList.id == list_id)
        return await record(
            "member list removed", kind="member list", object=list_id, by=by, now=now,
            details={"name": found.name, "codes": found.codes, "person": found.person},
        )  # fmt: skip


async def _check_unused(list_id: int) -> None:
    waiting = (CallState.DRAFT, CallState.HELD)
    rows = await Call.select(Call.number, Call.audience).where(Call.state.is_in(list(waiting)))
    for row in rows:
        if list_id in audience.from_json(row["audience"]).lists:
            values = {"number": row["number"]}
            raise Outdated(Message("Call %(number)s, not yet sent, uses this list", values))


async def undo_removal(event: Event, by: Person, now: datetime) -> str:
    """The list as it was, under its name."""
    facts = json.loads(event.details)
    async with database.transaction():
        await database.one_at_a_time("member lists")
        if await MemberList.exists().where(MemberList.name == facts["name"]):
            raise Outdated("Another list has this name")
        back = MemberList(
            name=facts["name"], codes=facts["codes"], person=facts["person"], created=now
        )
        await back.save()
        await record(
            "undone", kind="member list", object=back.id, by=by, now=now, undoes=event.id
        )  # fmt: skip
    return "/lists"


UNDO: Mapping[str, Callable[[Event, Person, datetime], Awaitable[str]]] = {
    "member list removed": undo_removal,
}
