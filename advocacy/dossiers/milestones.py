"""The internal dates before a deadline: planned, planned again, set by hand."""

from collections.abc import Mapping
from datetime import UTC, datetime

from advocacy import database, deadlines
from advocacy.dossiers import planning, queries, rules
from advocacy.dossiers.tables import Dossier, Milestone, Window
from advocacy.errors import Outdated
from advocacy.history.actions import record
from advocacy.people.tables import Person


async def plan(window: Window, dossier: Dossier, *, now: datetime) -> None:
    """The rows of a new window, in the caller's transaction."""
    planned = planning.plan_of(window, queries.countries_of(dossier), now=now)
    await Milestone.insert(*planning.rows(window, planned.milestones))


async def plan_again(window: Window, dossier: Dossier, *, now: datetime) -> None:
    """What somebody set by hand, and what is met, stays."""
    planned = planning.plan_of(window, queries.countries_of(dossier), now=now)
    rows = {row.kind: row for row in await Milestone.objects().where(Milestone.window == window.id)}
    fast = deadlines.Milestone.CORE_POSITION in rows and bool(planned.fast_lane)
    wanted = planning.rows(window, planned.fast_lane if fast else planned.milestones)
    movable = {kind: row for kind, row in rows.items() if row.planned and row.met is None}
    for row in wanted:
        if row.kind in movable:
            await _replan(movable.pop(row.kind), row)
        elif row.kind not in rows:
            await row.save()
    for row in movable.values():
        await Milestone.delete().where(Milestone.id == row.id)


async def _replan(row: Milestone, planned: Milestone) -> None:
    await Milestone.update(
        {
            Milestone.due: planned.due,
            Milestone.reason: planned.reason,
            Milestone.sequence: row.sequence + 1,
        }
    ).where(Milestone.id == row.id)


async def set_milestones(
    window_id: int,
    dates: Mapping[deadlines.Milestone, datetime],
    *,
    by: Person,
    now: datetime,
) -> int | None:
    """Dates set by hand stay where they are when the deadline moves. None: nothing changed."""
    window, dossier = await queries.window_by_id(window_id)
    rules.check_milestones(dates, window.closes)
    rows = {row.kind: row for row in await Milestone.objects().where(Milestone.window == window_id)}
    changed = {
        kind.value: due.astimezone(UTC)
        for kind, due in dates.items()
        if kind in rows and rows[kind].due != due
    }
    if not changed:
        return None
    async with database.transaction():
        for kind, due in changed.items():
            await Milestone.update(
                {
                    Milestone.due: due,
                    Milestone.planned: False,
                    Milestone.reason: "",
                    Milestone.sequence: rows[kind].sequence + 1,
                }
            ).where(Milestone.id == rows[kind].id)
        before = {kind: rows[kind].due for kind in changed}
        return await record(
            "milestones set", kind="window", object=window.id, dossier=dossier.id, by=by, now=now,
            details={"before": before},
        )  # fmt: skip


async def take_fast_lane(window_id: int, *, by: Person, now: datetime) -> int:
    """A core position with an objection period, when the window is too short for the whole way."""
    window, dossier = await queries.window_by_id(window_id)
    planned = planning.plan_of(window, queries.countries_of(dossier), now=now)
    if not planned.fast_lane:
        raise Outdated("There is time for the whole way, or none at all")
    async with database.transaction():
        await Milestone.delete().where(Milestone.window == window_id, Milestone.met.is_null())
        kept = await Milestone.select(Milestone.kind).where(Milestone.window == window_id)
        missing = [
            row
            for row in planning.rows(window, planned.fast_lane)
            if row.kind not in {each["kind"] for each in kept}
        ]
        await Milestone.insert(*missing)
        await Window.update({Window.changed: now}).where(Window.id == window_id)
        return await record(
            "fast lane taken", kind="window", object=window.id, dossier=dossier.id, by=by, now=now
        )  # fmt: skip
