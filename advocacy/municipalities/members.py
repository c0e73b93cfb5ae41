"""Add a member by hand, change one, retire one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any  # values of columns

from advocacy import database
from advocacy.errors import Invalid, Message, NotAllowed, NotFound, Outdated
from advocacy.history.actions import record
from advocacy.history.tables import Event
from advocacy.municipalities import queries, rules
from advocacy.municipalities.contacts import check_right
from advocacy.municipalities.forms import Member
from advocacy.municipalities.keeping import columns_of, facts, fingerprint, told_by, values_of
from advocacy.municipalities.searching import refresh_search
from advocacy.municipalities.tables import Municipality
from advocacy.people.tables import Person

SHOWN = (
    *("name", "kind", "country", "nuts", "region", "map_region", "language", "latitude"),
    *("longitude", "population", "topics", "represented_by", "stands_for"),
)
"""What the form shows, and what an edit may change."""


def seen(member: Municipality) -> str:
    """Of what the form shows; given back, it says whether somebody was faster."""
    return fingerprint(facts(member, SHOWN))


async def add_member(new: Member, *, by: Person, now: datetime) -> int:
    """Returns the event's id, which can be undone."""
    check_right(by, new.country)
    async with database.transaction():
        await database.one_at_a_time("members")
        if await Municipality.exists().where(Municipality.code == new.code):
            raise Invalid({"code": Message("This code is another member's")})
        carers = await queries.coordinators()
        keeper = carers.get(new.country)
        made = Municipality(
            code=new.code, created=now, coordinator=keeper.id if keeper else None,
            **await _written(new, None),
        )  # fmt: skip
        await made.save()
        await refresh_search(made.id)
        return await record(
            "member added", kind="municipality", object=made.id, by=by, now=now,
            details={"code": made.code},
        )  # fmt: skip


async def _written(new: Member, before: Municipality | None) -> dict[str, Any]:
    """Values by column. Invalid: regions and those they stand for do not fit together."""
    values = {name: getattr(new, name) for name in SHOWN}
    values["kind"] = new.kind or "municipality"
    values["topics"] = ",".join(new.topics)
    values["represented_by"] = await _region(new)
    if before and before.kind == "region" and values["kind"] != "region":
        listed = await Municipality.exists().where(Municipality.represented_by == before.id)
        if listed:
            said = Message("Municipalities are represented by it: take them out first")
            raise Invalid({"kind": said})
    return values


async def _region(new: Member) -> int | None:
    if not new.represented_by:
        return None
    row = await (
        Municipality.select(Municipality.id)
        .where(Municipality.code == new.represented_by, Municipality.kind == "region")
        .first()
    )
    if row is None or new.represented_by == new.code:
        values = {"code": new.represented_by}
        said = Message("“%(code)s” is no region of this network", values)
        raise Invalid({"represented_by": said})
    return int(row["id"])


async def change_member(
    code: str, new: Member, *, shown: str = "", by: Person, now: datetime
) -> int:
    """Returns the event's id, which can be undone. The code stays: links and papers carry it."""
    async with database.transaction():
        await database.one_at_a_time("members")
        before = await queries.by_code(code)
        check_right(by, before.country)
        check_right(by, new.country)
        values = await _written(new, before)
        if shown and seen(before) != shown:
            raise Outdated(
                Message("Somebody has changed this municipality meanwhile"),
                theirs=_in_words(facts(before, SHOWN)), mine=_in_words(values),
            )  # fmt: skip
        old = facts(before, SHOWN)
        await Municipality.update(columns_of(Municipality, values)).where(
            Municipality.id == before.id
        )
        await refresh_search(before.id)
        return await record(
            "member changed", kind="municipality", object=before.id, by=by, now=now,
            details={"code": before.code, "before": old, "after": values},
        )  # fmt: skip


def _in_words(values: Mapping[str, Any]) -> str:
    return "\n".join(str(value) for value in values.values() if value not in ("", None))


async def retire(code: str, *, by: Person, now: datetime) -> int:
    """It is not asked any more; what it has said stays. Returns the event's id."""
    return await _set_active(code, active=False, by=by, now=now)


async def take_in_again(code: str, *, by: Person, now: datetime) -> int:
    return await _set_active(code, active=True, by=by, now=now)


async def _set_active(code: str, *, active: bool, by: Person, now: datetime) -> int:
    if not rules.may_retire(by.role):
        raise NotAllowed(Message("The secretariat says who belongs to the network"))
    async with database.transaction():
        member = await queries.by_code(code)
        changed = await (
            Municipality.update({Municipality.active: active})
            .where(Municipality.id == member.id, Municipality.active.eq(not active))
            .returning(Municipality.id)
        )
        if not changed:
            raise Outdated(Message("Somebody has done this already"))
        if active:
            return await record(
                "member taken in again", kind="municipality", object=member.id, by=by, now=now,
                details={"code": member.code},
            )  # fmt: skip
        return await record(
            "member retired", kind="municipality", object=member.id, by=by, now=now,
            details={"code": member.code},
        )  # fmt: skip


async def undo_member(event: Event, by: Person, now: datetime) -> str:
    """Take back what was done to a member, if nothing was done to it since."""
    told = told_by(event)
    async with database.transaction():
        await database.one_at_a_time("members")
        member = await Municipality.objects().where(Municipality.id == event.object).first()
        if member is None:
            raise NotFound("There is no such municipality")
        check_right(by, member.country)
        path = f"/m/{member.code}"
        if event.action == "member added":
            path = await _take_out(member)
        elif event.action == "member changed":
            await _back_to(member, told["before"], told["after"])
        else:
            await _set_active(member.code, active=event.action == "member retired", by=by, now=now)
        await record(
            "undone", kind="municipality", object=event.object, by=by, now=now, undoes=event.id
        )
    return path


async def _take_out(member: Municipality) -> str:
    people = await queries.contacts_of([member.id])
    spoken_for = await Municipality.exists().where(Municipality.represented_by == member.id)
    if people or spoken_for:
        raise Outdated(Message("It has people or members meanwhile: retire it instead"))
    try:
        async with database.transaction():
            await Municipality.delete().where(Municipality.id == member.id)
    except database.DUPLICATE:
        raise Outdated(Message("It has been asked meanwhile: retire it instead")) from None
    return "/municipalities"


async def _back_to(
    member: Municipality, before: Mapping[str, Any], after: Mapping[str, Any]
) -> None:
    there = facts(member, after)
    if there != dict(after):
        raise Outdated(
            Message("Somebody has changed this municipality meanwhile"),
            theirs=_in_words(there), mine=_in_words(before),
        )  # fmt: skip
    values = values_of(Municipality, before)
    await Municipality.update(columns_of(Municipality, values)).where(Municipality.id == member.id)
    await refresh_search(member.id)
