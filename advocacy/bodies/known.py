"""What Alphorn knows of bodies when it starts, and how that comes into the database.

The facts stand in shipped/. What an office has changed since is left as it is; the rest follows
what is shipped, so that a later version corrects an earlier one. Nothing is ever removed.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any  # values of columns

from advocacy import database
from advocacy.bodies import rules
from advocacy.bodies.shipped import alpine, eusalp, states, union
from advocacy.bodies.shipped.shapes import (
    KnownBody,
    KnownMeeting,
    KnownPresidency,
    KnownProcedure,
    by_language,
)
from advocacy.bodies.tables import Body, Meeting, Presidency, Procedure
from advocacy.history.tables import Event

BODIES: tuple[KnownBody, ...] = (
    *alpine.BODIES, *eusalp.BODIES, *union.BODIES, *states.BODIES,
)  # fmt: skip
PRESIDENCIES: tuple[KnownPresidency, ...] = (
    *alpine.PRESIDENCIES, *eusalp.PRESIDENCIES, *union.PRESIDENCIES, *states.PRESIDENCIES,
)  # fmt: skip
MEETINGS: tuple[KnownMeeting, ...] = (
    *alpine.MEETINGS, *eusalp.MEETINGS, *union.MEETINGS, *states.MEETINGS,
)  # fmt: skip
PROCEDURES: tuple[KnownProcedure, ...] = (
    *alpine.PROCEDURES, *eusalp.PROCEDURES, *union.PROCEDURES, *states.PROCEDURES,
)  # fmt: skip

Values = dict[str, Any]
Touched = frozenset[tuple[str, int, str]]
"""Kind, body and first day of what an office has added, moved or changed."""


async def seed(now: datetime) -> None:
    """Put in what is missing, correct what nobody has changed. Doing it twice is doing it once."""
    async with database.transaction():
        await database.one_at_a_time("bodies")
        ids = await _bodies()
        await _procedures(ids)
        touched = await _touched()
        await _presidencies(ids, touched)
        await _meetings(ids, touched, now)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


async def _bodies() -> Mapping[str, int]:
    rows = {row["key"]: row for row in await Body.select()}
    missing = [each for each in BODIES if each.key not in rows]
    if missing:
        await Body.insert(*(Body(**_body(each, {})) for each in missing))
        rows = {row["key"]: row for row in await Body.select()}
    ids = {key: row["id"] for key, row in rows.items()}
    for each in BODIES:
        await _correct(Body, rows[each.key], _body(each, ids))
    return ids


def _body(known: KnownBody, ids: Mapping[str, int]) -> Values:
    """`ids` is empty for one that is new: its parent may be new as well."""
    values = asdict(known)
    values["names"] = _json(by_language(known.names))
    values["parent"] = ids.get(known.parent)
    return values


async def _procedures(ids: Mapping[str, int]) -> None:
    rows = {row["key"]: row for row in await Procedure.select()}
    for each in PROCEDURES:
        values = asdict(each) | {
            "body": ids[each.body],
            "names": _json(by_language(each.names)),
            "stages": rules.stages_as_text(each.stages),
        }
        if each.key in rows:
            await _correct(Procedure, rows[each.key], values)
        else:
            await Procedure(**values).save()


async def _correct(table: type[Body] | type[Procedure], row: Values, values: Values) -> None:
    if row["changed"] is None and any(row[name] != value for name, value in values.items()):
        await table.update(dict(values.items())).where(
            table.id == row["id"], table.changed.is_null()
        )


async def _touched() -> Touched:
    """Presidencies and meetings have events when a person was at them, and only then."""
    rows = await Event.select(Event.kind, Event.details).where(
        Event.kind.is_in(["presidency", "meeting"])
    )
    details = [(row["kind"], json.loads(row["details"])) for row in rows]
    return frozenset(
        (kind, facts["body"], day) for kind, facts in details for day in facts.get("days", ())
    )


def _is_touched(kind: str, body: int, begins: date, touched: Touched) -> bool:
    return (kind, body, begins.isoformat()) in touched


async def _presidencies(ids: Mapping[str, int], touched: Touched) -> None:
    rows: list[Presidency] = list(await Presidency.objects())
    for each in PRESIDENCIES:
        body = ids[each.body]
        others = [row for row in rows if row.body == body]
        if _is_touched("presidency", body, each.begins, touched):
            continue
        near = [row for row in others if rules.overlaps(row, each)]
        if not near:
            rows.append(Presidency(**asdict(each) | {"body": body}))
            await rows[-1].save()
        elif same := _as_shipped("presidency", near, touched, holders=each.holders):
            await _set(same, asdict(each) | {"body": body})


async def _meetings(ids: Mapping[str, int], touched: Touched, now: datetime) -> None:
    rows: list[Meeting] = list(await Meeting.objects())
    for each in MEETINGS:
        body = ids[each.body]
        if _is_touched("meeting", body, each.begins, touched):
            continue
        near = [
            row
            for row in rows
            if row.body == body
            if row.begins == each.begins or (each.number and row.number == each.number)
        ]
        if not near:
            rows.append(Meeting(**asdict(each) | {"body": body, "changed": now}))
            await rows[-1].save()
        elif same := _as_shipped("meeting", near, touched):
            moved = (same.begins, same.ends) != (each.begins, each.ends)
            if await _set(same, asdict(each) | {"body": body}):
                await _set(same, {"sequence": same.sequence + moved, "changed": now})


def _as_shipped(
    kind: str, rows: Sequence[Any], touched: Touched, **alike: object
) -> Any:  # Presidency or Meeting, as the rows are
    """The one of these that nobody has been at."""
    return next(
        (
            row
            for row in rows
            if not _is_touched(kind, row.body, row.begins, touched)
            if all(getattr(row, name) == value for name, value in alike.items())
        ),
        None,
    )


async def _set(row: Presidency | Meeting, values: Values) -> bool:
    """Whether there was anything to set."""
    if all(getattr(row, name) == value for name, value in values.items()):
        return False
    for name, value in values.items():
        setattr(row, name, value)
    await row.save()
    return True
