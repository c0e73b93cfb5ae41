"""The internal dates before a deadline: planned, planned again, set by hand."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any  # the details of an act

from advocacy import database, deadlines
from advocacy.dossiers import labels, queries, rules
from advocacy.dossiers.contradictions import hearing
from advocacy.dossiers.deadlines import planning, telling
from advocacy.dossiers.mails import News, Shift
from advocacy.dossiers.tables import Dossier, Milestone, Window
from advocacy.errors import Message, Outdated
from advocacy.history.actions import record
from advocacy.people.tables import Person

MOVED_MEANWHILE = Message("Somebody has just changed these dates")


async def plan(window: Window, dossier: Dossier, *, now: datetime) -> None:
    """The rows of a new window, in the caller's transaction."""
    planned = planning.plan_of(window, queries.countries_of(dossier), now=now)
    await Milestone.insert(*planning.rows(window, planned.milestones))


async def plan_again(window: Window, dossier: Dossier, *, now: datetime) -> list[Shift]:
    """What somebody set by hand, and what is met, stays. Returns the dates that moved."""
    planned = planning.plan_of(window, queries.countries_of(dossier), now=now)
    rows = {row.kind: row for row in await Milestone.objects().where(Milestone.window == window.id)}
    fast = deadlines.Milestone.CORE_POSITION in rows and bool(planned.fast_lane)
    wanted = planning.rows(window, planned.fast_lane if fast else planned.milestones)
    movable = {kind: row for kind, row in rows.items() if row.planned and row.met is None}
    moved = []
    for row in wanted:
        if row.kind in movable:
            old = movable.pop(row.kind)
            moved.append(_shift(row.kind, old.due, row.due))
            await _replan(old, row)
        elif row.kind not in rows:
            await row.save()
    for row in movable.values():
        await Milestone.delete().where(Milestone.id == row.id)
    return [each for each in moved if each.before != each.after]


async def as_planned(window_id: int) -> dict[str, dict[str, Any]]:
    """The plan as the details of an act keep it, for its undo and for looking back."""
    rows = await Milestone.objects().where(Milestone.window == window_id).order_by(Milestone.due)
    return {
        row.kind: {
            "due": row.due.isoformat(),
            "met": row.met.isoformat() if row.met else None,
            "reason": row.reason,
            "planned": row.planned,
        }
        for row in rows
    }


async def plan_dossier_again(
    dossier: Dossier, *, now: datetime
) -> dict[int, dict[str, dict[str, Any]]]:
    """The countries of a dossier are others now, and so are its holidays: in the caller's
    transaction, every deadline that is still ahead. Returns the plans before by window, which
    belong into the details of the act as `plans`.
    """
    before = {}
    for window in await queries.windows_of(dossier.id):
        if window.state in rules.OPEN_DEADLINES and window.closes > now:
            before[window.id] = await as_planned(window.id)
            await plan_again(window, dossier, now=now)
    return before


def _shift(kind: str, before: datetime, after: datetime) -> Shift:
    return Shift(kind, labels.MILESTONES[deadlines.Milestone(kind)], before, after)


async def _replan(row: Milestone, planned: Milestone) -> None:
    """The sequence grows only with the date: no calendar is told of nothing."""
    await Milestone.update(
        {
            Milestone.due: planned.due,
            Milestone.reason: planned.reason,
            Milestone.sequence: row.sequence + (row.due != planned.due),
        }
    ).where(Milestone.id == row.id)


async def set_milestones(
    window_id: int,
    dates: Mapping[deadlines.Milestone, datetime],
    *,
    sequence: int | None = None,
    by: Person,
    now: datetime,
) -> int | None:
    """Dates set by hand stay where they are when the deadline moves. None: nothing changed.

    `sequence` is that of the deadline that the person saw. When a date that was or is less than
    three days away moves, everybody concerned gets a letter.
    """
    window, dossier = await queries.window_by_id(window_id)
    if sequence is not None and sequence != window.sequence:
        raise Outdated(MOVED_MEANWHILE)
    rules.check_milestones(dates, window.closes, window.zone)
    rows = {row.kind: row for row in await Milestone.objects().where(Milestone.window == window_id)}
    changed = {
        kind.value: due.astimezone(UTC)
        for kind, due in dates.items()
        if kind in rows and rows[kind].due != due
    }
    if not changed:
        return None
    async with database.transaction():
        before = await as_planned(window_id)
        for kind, due in changed.items():
            await _set(rows[kind], due)
        event = await record(
            "milestones set", kind="window", object=window.id, dossier=dossier.id, by=by, now=now,
            details=_sides(before, await as_planned(window_id)),
        )  # fmt: skip
        shifts = [_shift(kind, rows[kind].due, due) for kind, due in changed.items()]
        await telling.tell(window, dossier, shifts, news=News.INTERNAL, event=event, now=now)
    return event


def _sides(before: Mapping[str, object], after: Mapping[str, object]) -> dict[str, object]:
    return {"before": {"milestones": before}, "after": {"milestones": after}}


async def _set(row: Milestone, due: datetime, *, planned: bool = False, reason: str = "") -> None:
    """Outdated when somebody has moved it meanwhile."""
    written = await (
        Milestone.update(
            {
                Milestone.due: due,
                Milestone.planned: planned,
                Milestone.reason: reason,
                Milestone.sequence: row.sequence + 1,
            }
        )
        .where(Milestone.id == row.id, Milestone.sequence == row.sequence)
        .returning(Milestone.id)
    )
    if not written:
        raise Outdated(MOVED_MEANWHILE)


async def restore(
    window: Window, before: Mapping[str, Any], after: Mapping[str, Any]
) -> list[Shift]:
    """The dates that an act has changed, as they were before it; Outdated when one of them has
    been moved since. In the caller's transaction; returns what moved.
    """
    rows = {row.kind: row for row in await Milestone.objects().where(Milestone.window == window.id)}
    moved = []
    for kind, old in before.items():
        row = rows.get(kind)
        if old == after.get(kind):
            continue
        if row is None or row.due.isoformat() != after[kind]["due"]:
            raise Outdated(MOVED_MEANWHILE)
        due = datetime.fromisoformat(old["due"])
        await _set(row, due, planned=old["planned"], reason=old["reason"])
        moved.append(_shift(kind, row.due, due))
    return moved


async def take_fast_lane(window_id: int, *, by: Person, now: datetime) -> int:
    """A core position with an objection period, when the window is too short for the whole way."""
    async with database.transaction():
        await database.one_at_a_time(hearing.LOCK % (await queries.window_by_id(window_id))[1].id)
        window, dossier = await queries.window_by_id(window_id)
        planned = planning.plan_of(window, queries.countries_of(dossier), now=now)
        if not planned.fast_lane:
            raise Outdated("There is time for the whole way, or none at all")
        before = await as_planned(window_id)
        await Milestone.delete().where(Milestone.window == window_id, Milestone.met.is_null())
        left = await Milestone.select(Milestone.kind).where(Milestone.window == window_id)
        missing = [
            row
            for row in planning.rows(window, planned.fast_lane)
            if row.kind not in {each["kind"] for each in left}
        ]
        await Milestone.insert(*missing)
        await Window.update({Window.changed: now}).where(Window.id == window_id)
        return await record(
            "fast lane taken", kind="window", object=window.id, dossier=dossier.id, by=by, now=now,
            details=_sides(before, await as_planned(window_id)),
        )  # fmt: skip
