"""Take back what was done to deadlines and to what sources claim of them."""

import json
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any  # the details of an event

from advocacy import database
from advocacy.dossiers import queries
from advocacy.dossiers.contradictions import hearing
from advocacy.dossiers.deadlines import milestones, telling
from advocacy.dossiers.deadlines.windows import MOVED_MEANWHILE, before_of, note, touch
from advocacy.dossiers.mails import News
from advocacy.dossiers.rules import ClaimState, DeadlineState
from advocacy.dossiers.tables import DeadlineClaim, Dossier, Window
from advocacy.errors import Outdated
from advocacy.history.tables import Event
from advocacy.people.tables import Person


async def undo_move(event: Event, by: Person, now: datetime) -> str:
    """Back to the date before; for calendars that is one more change, and for people one more
    letter when it is urgent.
    """
    details = json.loads(event.details)
    window, dossier = await queries.window_by_id(event.object)
    async with database.transaction():
        await database.one_at_a_time(hearing.LOCK % dossier.id)
        before = details["before"]
        again = await _restored(window, before, now, expected=before["sequence"] + 1)
        await _claim_open_again(details.get("claim"))
        await hearing.reopen_unfitting(again)
        planned = await milestones.plan_again(again, dossier, now=now)
        undone = await _note(event, again, dossier, by, now)
        shifts = [telling.deadline_shift(window, again), *planned]
        await telling.tell(again, dossier, shifts, news=News.MOVED, event=undone, now=now)
    return _path(dossier)


async def undo_step(event: Event, by: Person, now: datetime) -> str:
    """Confirmed, withdrawn or opened again: the state before, at the same date."""
    before = json.loads(event.details)["before"]
    window, dossier = await queries.window_by_id(event.object)
    state, told = _STEPS[event.action]
    async with database.transaction():
        await database.one_at_a_time(hearing.LOCK % dossier.id)
        if window.state != state:
            raise Outdated(MOVED_MEANWHILE)
        again = await _restored(window, before, now, expected=before["sequence"] + told)
        await hearing.settle_what_fits(dossier.id, now=now)
        undone = await _note(event, again, dossier, by, now)
        if event.action == "deadline withdrawn":
            shift = telling.deadline_shift(None, again)
            await telling.tell(again, dossier, [shift], news=News.SET, event=undone, now=now)
        if event.action == "deadline reopened":
            shift = telling.deadline_shift(window, None)
            await telling.tell(again, dossier, [shift], news=News.WITHDRAWN, event=undone, now=now)
    return _path(dossier)


_STEPS = {
    "deadline confirmed": (DeadlineState.CONFIRMED, 0),
    "deadline withdrawn": (DeadlineState.WITHDRAWN, 1),
    "deadline reopened": (DeadlineState.CONFIRMED, 1),
}
"""The state each act leads to, and by how much it raises the sequence."""


async def undo_setting(event: Event, by: Person, now: datetime) -> str:
    """A further deadline that was none: withdrawn, for calendars may have it already."""
    details = json.loads(event.details)
    window, dossier = await queries.window_by_id(event.object)
    async with database.transaction():
        await database.one_at_a_time(hearing.LOCK % dossier.id)
        gone = {**before_of(window)["before"], "state": DeadlineState.WITHDRAWN}
        again = await _restored(window, gone, now, expected=0)
        await _claim_open_again(details.get("claim"))
        undone = await _note(event, again, dossier, by, now)
        shift = telling.deadline_shift(window, None)
        await telling.tell(again, dossier, [shift], news=News.WITHDRAWN, event=undone, now=now)
    return _path(dossier)


async def undo_internal(event: Event, by: Person, now: datetime) -> str:
    """The internal dates as they were before somebody set them by hand."""
    details = json.loads(event.details)
    before, after = details["before"], details.get("after", {})
    window, dossier = await queries.window_by_id(event.object)
    if "milestones" not in before:  # acts of older releases do not say
        raise Outdated(milestones.MOVED_MEANWHILE)
    async with database.transaction():
        shifts = await milestones.restore(window, before["milestones"], after["milestones"])
        undone = await _note(event, window, dossier, by, now)
        await telling.tell(window, dossier, shifts, news=News.INTERNAL, event=undone, now=now)
    return _path(dossier)


async def undo_refusal(event: Event, by: Person, now: datetime) -> str:  # noqa: ARG001  as all
    """To be decided again; Outdated when the source says it no more."""
    async with database.transaction():
        opened = await (
            DeadlineClaim.update(
                {
                    DeadlineClaim.state: ClaimState.OPEN,
                    DeadlineClaim.person: None,
                    DeadlineClaim.decided: None,
                }
            )
            .where(DeadlineClaim.id == event.object, DeadlineClaim.state == ClaimState.REFUSED)
            .returning(DeadlineClaim.dossier)
        )
        if not opened:
            raise Outdated("The source does not say this any more")
    dossier = await queries.by_id(opened[0]["dossier"])
    return _path(dossier)


async def _restored(
    window: Window, before: dict[str, Any], now: datetime, *, expected: int
) -> Window:
    """The columns as they were. Outdated when something has been done to the window since."""
    columns: dict[Any, Any] = {
        Window.closes: datetime.fromisoformat(before["closes"]),
        Window.zone: before["zone"],
        Window.precision: before["precision"],
        Window.kind: before["kind"],
        Window.evidence: before["evidence"],
        Window.state: before["state"],
        Window.sequence: window.sequence + 1,
        Window.changed: now,
    }
    if "entry" in before:  # acts of older releases do not say
        opens = before["opens"]
        columns |= {
            Window.entry: before["entry"],
            Window.opens: datetime.fromisoformat(opens) if opens else None,
        }
    done = await (
        Window.update(columns)
        .where(
            Window.id == window.id,
            Window.sequence == expected,
            Window.state == window.state,
        )
        .returning(Window.id)
    )
    if not done:
        raise Outdated(MOVED_MEANWHILE)
    return (await queries.window_by_id(window.id))[0]


async def _claim_open_again(claim: int | None) -> None:
    if claim:
        await DeadlineClaim.update(
            {
                DeadlineClaim.state: ClaimState.OPEN,
                DeadlineClaim.person: None,
                DeadlineClaim.decided: None,
            }
        ).where(DeadlineClaim.id == claim, DeadlineClaim.state == ClaimState.TAKEN)


async def _note(event: Event, window: Window, dossier: Dossier, by: Person, now: datetime) -> int:
    await touch(dossier, now)
    details = {"action": event.action}
    return await note("undone", window, by=by, now=now, details=details, undoes=event.id)


def _path(dossier: Dossier) -> str:
    return f"/d/{dossier.number}"


UNDO: dict[str, Callable[[Event, Person, datetime], Awaitable[str]]] = {
    "deadline moved": undo_move,
    "deadline set": undo_setting,
    "deadline confirmed": undo_step,
    "deadline withdrawn": undo_step,
    "deadline reopened": undo_step,
    "deadline claim refused": undo_refusal,
    "milestones set": undo_internal,
}
