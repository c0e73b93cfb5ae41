"""Write one row, with what an undo needs; and take it back. The same for all four tables."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any  # values of columns

from piccolo.columns import Column

from advocacy import database
from advocacy.bodies import forms, rules
from advocacy.bodies.tables import Body, Meeting, Presidency, Procedure
from advocacy.errors import Message, NotFound, Outdated
from advocacy.history.actions import record
from advocacy.history.tables import Event
from advocacy.people.tables import Person

CHANGED_MEANWHILE = Message("Somebody has changed this meanwhile")
IN_USE = Message("Something depends on it meanwhile. Give it a last day instead.")

Row = Body | Presidency | Meeting | Procedure
Form = forms.BodyForm | forms.PresidencyForm | forms.MeetingForm | forms.ProcedureForm


@dataclass(frozen=True, slots=True)
class Kind:
    """`word`: what the history calls it; `of_body`: the column that says whose it is."""

    word: str
    table: type[Body] | type[Presidency] | type[Meeting] | type[Procedure]
    form: type[Form]
    begins: bool = False  # its first day tells it from others of the same body


BODY = Kind("body", Body, forms.BodyForm)
PRESIDENCY = Kind("presidency", Presidency, forms.PresidencyForm, begins=True)
MEETING = Kind("meeting", Meeting, forms.MeetingForm, begins=True)
PROCEDURE = Kind("procedure", Procedure, forms.ProcedureForm)
KINDS: Mapping[str, Kind] = {kind.word: kind for kind in (BODY, PRESIDENCY, MEETING, PROCEDURE)}


def shown(kind: Kind, row: Any) -> Form:  # the kind's own row
    """What a form shows of it, as it stands."""
    return kind.form(**{each.name: getattr(row, each.name) for each in fields(kind.form)})


def columns(form: Form) -> dict[str, Any]:
    return asdict(form)


async def found(kind: Kind, row_id: int) -> Any:  # the kind's own row
    row = await kind.table.objects().where(kind.table.id == row_id).first()
    if row is None:
        raise NotFound("There is no such page")
    return row


async def added(kind: Kind, row: Row, *, by: Person, now: datetime) -> int:
    """Inside a transaction. Returns the event."""
    if kind is not PRESIDENCY:
        row.changed = now  # type: ignore[union-attr]  # all but presidencies have it
    await row.save()
    form = shown(kind, row)
    return await record(
        f"{kind.word} added", kind=kind.word, object=row.id, by=by, now=now,
        details={
            "after": form.fingerprint(), "sequence": _sequence(row), **_whose(kind, row, form),
        },
    )  # fmt: skip


async def changed(
    kind: Kind, row: Any, new: Form, *, base: str, by: Person, now: datetime, **more: object
) -> int | None:  # `row` is the kind's own
    """Inside a transaction. None: nothing is different. `more`: columns beside those of the form.

    Outdated, with both versions, when somebody else changed one of the fields since `base`.
    """
    before = shown(kind, row)
    if before == new:
        return None
    if before.fingerprint() != base:
        raise Outdated(CHANGED_MEANWHILE, theirs=before.as_text(), mine=new.as_text())
    values = asdict(new) | more
    if kind is not PRESIDENCY:
        values["changed"] = now
    await _write(kind, row.id, values)
    return await record(
        f"{kind.word} changed", kind=kind.word, object=row.id, by=by, now=now,
        details={
            "before": asdict(before),
            "after": new.fingerprint(),
            "changed": getattr(row, "changed", None),
            **_whose(kind, row, before, new),
        },
    )  # fmt: skip


async def _write(kind: Kind, row_id: int, values: Mapping[str, Any]) -> None:
    columns: dict[Column | str, Any] = dict(values.items())
    await kind.table.update(columns).where(kind.table.id == row_id)


def _sequence(row: Any) -> int:  # only meetings have one
    return int(getattr(row, "sequence", 0))


def _whose(kind: Kind, row: Any, *versions: Any) -> dict[str, object]:
    """By which the seed knows what an office has been at; see known.Touched."""
    if not kind.begins:
        return {}
    return {"body": row.body, "days": [each.begins.isoformat() for each in versions]}


async def take_back_adding(event: Event, by: Person, now: datetime) -> str:  # noqa: ARG001  as all
    """Only while it is as it was added, and nothing depends on it."""
    kind, details = KINDS[event.kind], json.loads(event.details)
    async with database.transaction():
        await database.one_at_a_time("bodies")
        row = await found(kind, event.object)
        form = shown(kind, row)
        if form.fingerprint() != details["after"] or _sequence(row) != details["sequence"]:
            raise Outdated(CHANGED_MEANWHILE, theirs=form.as_text())
        path = await path_of(kind, row)
        if kind is BODY and await _has_anything(row.id):
            raise Outdated(IN_USE)
        try:
            async with database.transaction():
                await kind.table.delete().where(kind.table.id == row.id)
        except database.DUPLICATE:
            raise Outdated(IN_USE) from None
    return "/bodies" if kind is BODY else path


async def _has_anything(body_id: int) -> bool:
    """What would go with it, or lose what it stands under."""
    return (
        await Presidency.exists().where(Presidency.body == body_id)
        or await Meeting.exists().where(Meeting.body == body_id)
        or await Body.exists().where(Body.parent == body_id)
    )


async def take_back_change(event: Event, by: Person, now: datetime) -> str:  # noqa: ARG001  as all
    """A meeting's sequence grows once more: calendars have seen the date that is taken back."""
    kind, details = KINDS[event.kind], json.loads(event.details)
    old = kind.form(**_read(kind, details["before"]))
    async with database.transaction():
        await database.one_at_a_time("bodies")
        row = await found(kind, event.object)
        there = shown(kind, row)
        if there.fingerprint() != details["after"]:
            raise Outdated(CHANGED_MEANWHILE, theirs=there.as_text(), mine=old.as_text())
        values: dict[str, Any] = asdict(old)
        if kind is MEETING:
            values |= {"sequence": row.sequence + 1, "changed": now}
        elif kind is not PRESIDENCY:
            before = details["changed"]
            values["changed"] = datetime.fromisoformat(before) if before else None
        await _check_fits(kind, row, old)
        await _write(kind, row.id, values)
        return await path_of(kind, row)


async def _check_fits(kind: Kind, row: Any, old: Any) -> None:  # the kind's own row and form
    """What was right before may have been taken by something else since."""
    if kind is PRESIDENCY:
        others = await Presidency.objects().where(Presidency.body == row.body)
        if any(rules.overlaps(each, old) for each in others if each.id != row.id):
            raise Outdated(CHANGED_MEANWHILE)
    if kind is BODY and old.parent is not None:
        parents = {each["id"]: each["parent"] for each in await Body.select(Body.id, Body.parent)}
        if rules.is_below(old.parent, row.id, parents):
            raise Outdated(CHANGED_MEANWHILE)


DAYS = {"valid_from", "valid_to", "begins", "ends", "documents_until"}


def _read(kind: Kind, before: Mapping[str, Any]) -> dict[str, Any]:
    """As it was written into the history: days as text."""
    names = {each.name for each in fields(kind.form)}
    return {
        name: date.fromisoformat(value) if name in DAYS and value else value
        for name, value in before.items()
        if name in names
    }


async def path_of(kind: Kind, row: Any) -> str:
    """The page of the body that it belongs to."""
    body = row if kind is BODY else await found(BODY, row.body)
    return f"/bodies/{body.key}"
