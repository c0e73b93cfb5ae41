"""Name who votes for a member on some days, and take it back."""

import json
from datetime import date, datetime, timedelta
from typing import Any  # a row is what its table says
from zoneinfo import ZoneInfo

from advocacy import database
from advocacy.approvals import rules
from advocacy.approvals.deputies.standing import stand_in_due
from advocacy.approvals.forms import NewDeputy
from advocacy.approvals.queries import ZONE
from advocacy.approvals.tables import Deputy
from advocacy.errors import Invalid, NotAllowed, NotFound, Outdated
from advocacy.history.actions import record
from advocacy.history.queries import is_undone
from advocacy.history.tables import Event
from advocacy.people.rules import Role
from advocacy.people.tables import Person

APPOINTED = "deputy named"


def today_in_zone(now: datetime) -> date:
    return now.astimezone(ZoneInfo(ZONE)).date()


def check_names(member: int, by: Person) -> None:
    """The secretariat names deputies for all, a member for itself."""
    if by.role != Role.SECRETARIAT and by.id != member:
        raise NotAllowed("You can name a deputy for yourself only")


async def appoint(new: NewDeputy, *, by: Person, now: datetime) -> int:
    """The event of the act. In rounds that are open the deputy gets its letter at once."""
    check_names(new.member, by)
    async with database.transaction():
        await database.one_at_a_time("deputies")
        member = await _person(new.member, "member")
        deputy = await _person(new.deputy, "deputy")
        if member.role != Role.PRESIDENCY:
            raise Invalid({"member": "Only members of the presidency vote"})
        rules.check_deputy(
            role=deputy.role,
            begins=new.begins,
            ends=new.ends,
            taken=await _taken(new),
            today=today_in_zone(now),
        )
        row = Deputy(
            member=member.id,
            deputy=deputy.id,
            begins=new.begins,
            ends=new.ends,
            person=by.id,
            created=now,
        )
        await row.save()
        event = await record(
            APPOINTED,
            kind="deputy",
            object=row.id,
            by=by,
            now=now,
            details={
                "member": member.name,
                "deputy": deputy.name,
                "begins": new.begins.isoformat(),
                "ends": new.ends.isoformat() if new.ends else "",
            },
        )
        await stand_in_due(now)
    return event


async def _person(number: int, field: str) -> Person:
    person = await Person.objects().where(Person.id == number, Person.active.eq(True)).first()
    if person is None:
        raise Invalid({field: "Choose a person"})
    return person


async def _taken(new: NewDeputy) -> str:
    """The other member for whom this person stands in on one of the days."""
    rows = await Deputy.select(
        Deputy.begins, Deputy.ends, Deputy.member.name.as_alias("name")
    ).where(Deputy.deputy == new.deputy, Deputy.member != new.member)
    last = new.ends or date.max
    return next(
        (r["name"] for r in rows if r["begins"] <= last and (r["ends"] or date.max) >= new.begins),
        "",
    )


async def dismiss(deputy_id: int, *, by: Person, now: datetime) -> None:
    """From now on. Days that are over stay as they were: somebody may have voted on them."""
    async with database.transaction():
        await database.one_at_a_time("deputies")
        row = await Deputy.objects().where(Deputy.id == deputy_id).first()
        if row is None:
            raise NotFound("There is no such deputy")
        check_names(row.member, by)
        await _end(row, now=now)
        await record(
            "deputy dismissed",
            kind="deputy",
            object=row.id,
            by=by,
            now=now,
            details={"begins": row.begins.isoformat()},
        )


async def _end(row: Deputy, *, now: datetime) -> None:
    yesterday = today_in_zone(now) - timedelta(days=1)
    if row.begins > yesterday:
        await Deputy.delete().where(Deputy.id == row.id)
    else:
        await Deputy.update({Deputy.ends: yesterday}).where(Deputy.id == row.id)


async def undo_appointing(event: Event, by: Person, now: datetime) -> str:
    if await is_undone(event.id):
        raise Outdated("It has been undone already")
    async with database.transaction():
        await database.one_at_a_time("deputies")
        row = await Deputy.objects().where(Deputy.id == event.object).first()
        if row is None:
            raise Outdated("It has been changed since. There is nothing to undo.")
        check_names(row.member, by)
        await _end(row, now=now)
        await record(
            "deputy dismissed",
            kind="deputy",
            object=event.object,
            by=by,
            now=now,
            details=json.loads(event.details),
            undoes=event.id,
        )
    return "/deputies"


async def listed(now: datetime) -> list[dict[str, Any]]:
    """Those of today and to come, the first to begin first."""
    today = today_in_zone(now)
    return await (
        Deputy.select(
            Deputy.id,
            Deputy.begins,
            Deputy.ends,
            Deputy.member,
            Deputy.member.name.as_alias("member_name"),
            Deputy.deputy.name.as_alias("deputy_name"),
        )
        .where(Deputy.ends.is_null() | (Deputy.ends >= today))
        .order_by(Deputy.begins, Deputy.id)
        .limit(200)
    )
