"""Minutes: what was said on a point, by whom; changed and taken away while nothing came of it."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any  # columns behind foreign keys

from advocacy import database
from advocacy.calls.rules import OFFERED
from advocacy.errors import Invalid, Message, NotFound, Outdated
from advocacy.events.keeping.drafting import check_right
from advocacy.events.registering.placing import hold
from advocacy.events.saying.typed import NewMinute
from advocacy.events.tables import Minute, Point
from advocacy.history.actions import record
from advocacy.history.tables import Event
from advocacy.municipalities import queries as municipalities
from advocacy.people.tables import Person

STANCES = tuple(each.value for each in OFFERED)
CHANGED_MEANWHILE = Message("Somebody has changed these minutes meanwhile")
NOT_THERE = Message("There is no such line in the minutes")


@dataclass(frozen=True, slots=True)
class MinuteRow:
    """`point_number` 0: of no point. `contribution`, `project`, `entry`: what it became."""

    id: int
    number: int
    text: str
    language: str
    said_by: str
    stance: str
    became: str
    contribution: int | None
    project: int | None
    entry: int | None
    at: datetime
    point: int | None
    point_number: int
    dossier: int | None
    code: str
    municipality: str
    municipality_id: int | None
    who: str

    def fingerprint(self) -> str:
        parts = (self.text, self.language, self.said_by, self.stance, self.became, self.code)
        told = json.dumps([*parts, self.point_number])
        return hashlib.sha256(told.encode()).hexdigest()


async def minutes_of(gathering_id: int) -> list[MinuteRow]:
    """In the order in which they were written down. One query."""
    point: Any = Minute.point
    member: Any = Minute.municipality
    rows = await (
        Minute.select(
            *(Minute.id, Minute.number, Minute.text, Minute.language, Minute.said_by),
            *(Minute.stance, Minute.became, Minute.contribution, Minute.project, Minute.entry),
            *(Minute.at, Minute.point, Minute.municipality.as_alias("municipality_id")),
            *(point.number.as_alias("point_number"), point.dossier.as_alias("dossier")),
            *(member.code.as_alias("code"), member.name.as_alias("municipality")),
            Minute.person.name.as_alias("who"),
        )
        .where(Minute.gathering == gathering_id)
        .order_by(Minute.number)
    )
    return [_row(row) for row in rows]


def _row(row: dict[str, Any]) -> MinuteRow:
    filled = {name: row[name] or "" for name in ("code", "municipality", "who")}
    return MinuteRow(**(row | filled | {"point_number": row["point_number"] or 0}))


async def one(gathering_id: int, number: int) -> MinuteRow:
    rows = await minutes_of(gathering_id)
    found = next((row for row in rows if row.number == number), None)
    if found is None:
        raise NotFound(NOT_THERE)
    return found


async def write(
    gathering_id: int, new: NewMinute, *, by: Person, now: datetime
) -> int:  # fmt: skip
    """Returns the event. The number is the next one."""
    async with database.transaction():
        check_right(await hold(gathering_id), by)
        values = await _columns(gathering_id, new)
        last = await (
            Minute.select(Minute.number)
            .where(Minute.gathering == gathering_id)
            .order_by(Minute.number, ascending=False)
            .first()
        )
        row = Minute(
            gathering=gathering_id, number=(last["number"] if last else 0) + 1, person=by.id,
            at=now, **values,
        )  # fmt: skip
        await row.save()
        return await record(
            "minutes written", kind="gathering", object=gathering_id, by=by, now=now,
            details={"minute": row.id, "number": row.number},
        )  # fmt: skip


async def change(
    gathering_id: int, number: int, new: NewMinute, *, base: str, by: Person, now: datetime
) -> None:
    async with database.transaction():
        check_right(await hold(gathering_id), by)
        row = await one(gathering_id, number)
        if row.fingerprint() != base:
            raise Outdated(CHANGED_MEANWHILE, theirs=row.text, mine=new.text)
        _check_nothing_came(row)
        values = await _columns(gathering_id, new)
        changed: dict[Any, Any] = dict(values)
        await Minute.update(changed).where(Minute.id == row.id)
        await record(
            "minutes changed", kind="gathering", object=gathering_id, by=by, now=now,
            details={"minute": row.id, "before": row.text},
        )  # fmt: skip


async def remove(gathering_id: int, number: int, *, by: Person, now: datetime) -> int:
    """Returns the event."""
    async with database.transaction():
        check_right(await hold(gathering_id), by)
        row = await one(gathering_id, number)
        _check_nothing_came(row)
        kept = await Minute.select().where(Minute.id == row.id).first()
        await Minute.delete().where(Minute.id == row.id)
        return await record(
            "minutes removed", kind="gathering", object=gathering_id, by=by, now=now,
            details={"minute": kept},
        )  # fmt: skip


async def undo_writing(event: Event, by: Person, now: datetime) -> str:  # noqa: ARG001  as all
    async with database.transaction():
        check_right(await hold(event.object), by)
        minute_id = json.loads(event.details)["minute"]
        gone = await (
            Minute.delete().where(Minute.id == minute_id, Minute.became == "").returning(Minute.id)
        )
        if not gone:
            raise Outdated(CHANGED_MEANWHILE)
    return f"/events/{event.object}/minutes"


async def undo_removing(event: Event, by: Person, now: datetime) -> str:  # noqa: ARG001  as all
    kept = json.loads(event.details)["minute"]
    kept["at"] = datetime.fromisoformat(kept["at"])
    del kept["id"]
    async with database.transaction():
        check_right(await hold(event.object), by)
        if kept["point"] and not await Point.exists().where(Point.id == kept["point"]):
            kept["point"] = None
        await Minute(**kept).save()
    return f"/events/{event.object}/minutes"


def _check_nothing_came(row: MinuteRow) -> None:
    if row.became:
        raise Outdated("Something has come of this already: it stays as it is")


async def _columns(gathering_id: int, new: NewMinute) -> dict[str, Any]:
    """Invalid names a municipality that there is not."""
    municipality = None
    if new.code:
        try:
            municipality = (await municipalities.by_code(new.code)).id
        except NotFound:
            values = {"code": new.code}
            wrong = Message("There is no municipality with the code %(code)s", values)
            raise Invalid({"code": wrong}) from None
    return {
        "text": new.text, "language": new.language, "said_by": new.said_by,
        "stance": new.stance, "municipality": municipality,
        "point": await _point(gathering_id, new.point),
    }  # fmt: skip


async def _point(gathering_id: int, number: int) -> int | None:
    if not number:
        return None
    row = await (
        Point.select(Point.id)
        .where(Point.gathering == gathering_id, Point.number == number)
        .first()
    )
    if row is None:
        raise Invalid({"point": Message("Choose one from the list")})
    return int(row["id"])
