"""Set, confirm and move a deadline; plan what lies before it."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any  # the columns of an UPDATE

from advocacy import database
from advocacy.dossiers import mails, milestones, queries, rules
from advocacy.dossiers.forms import NewWindow
from advocacy.dossiers.rules import DeadlineState
from advocacy.dossiers.tables import Dossier, Window
from advocacy.errors import Message, Outdated
from advocacy.history.actions import record
from advocacy.history.tables import Event
from advocacy.mail.actions import post
from advocacy.people.queries import people_with
from advocacy.people.rules import Role
from advocacy.people.tables import Person

MOVED_MEANWHILE = Message("Somebody has just changed this deadline")


async def add_window(
    dossier_id: int, new: NewWindow, *, entry_id: int | None = None, by: Person, now: datetime
) -> Window:
    """A further period of input, planned back."""
    async with database.transaction():
        dossier = await queries.by_id(dossier_id)
        window = await plan_window(dossier, new, entry_id=entry_id, now=now)
        await _touch(dossier, now)
        await _record("deadline set", window, by=by, now=now, details={"closes": window.closes})
    return window


async def plan_window(
    dossier: Dossier, new: NewWindow, *, entry_id: int | None, now: datetime
) -> Window:
    """The rows of a window and its milestones, in the caller's transaction."""
    window = Window(
        dossier=dossier.id,
        kind=new.kind,
        opens=new.opens,
        closes=new.closes.astimezone(UTC),
        zone=new.zone,
        precision=new.precision,
        evidence=new.evidence,
        entry=entry_id,
        state=DeadlineState.CONFIRMED,
        changed=now,
    )
    await window.save()
    await milestones.plan(window, dossier, now=now)
    return window


async def confirm_deadline(window_id: int, *, by: Person, now: datetime) -> int:
    """A person has looked at the source; returns the event."""
    window, _ = await queries.window_by_id(window_id)
    async with database.transaction():
        await _step(window, DeadlineState.CONFIRMED, {})
        return await _record("deadline confirmed", window, by=by, now=now, details=_before(window))


async def move_deadline(
    window_id: int, new: NewWindow, *, sequence: int | None = None, by: Person, now: datetime
) -> int:
    """The old date stays in the history. `sequence` is the one the person saw; returns the event.

    Milestones are planned anew but for those set by hand and those met. When the old or the new
    date is less than three days away, lead and secretariat get a letter.
    """
    window, dossier = await queries.window_by_id(window_id)
    if sequence is not None and sequence != window.sequence:
        raise Outdated(MOVED_MEANWHILE)
    async with database.transaction():
        changes = _columns(new) | {Window.sequence: window.sequence + 1, Window.changed: now}
        before = _before(window)
        moved = await _step(window, DeadlineState.MOVED, changes)
        await milestones.plan_again(moved, dossier, now=now)
        await _touch(dossier, now)
        event = await _record("deadline moved", moved, by=by, now=now, details=before)
        if rules.is_urgent(window.closes, moved.closes, now=now):
            await _tell(moved, dossier, before=window.closes, event=event, now=now)
    return event


def _columns(new: NewWindow) -> dict[Any, Any]:
    return {
        Window.closes: new.closes.astimezone(UTC),
        Window.zone: new.zone,
        Window.precision: new.precision,
        Window.kind: new.kind,
        Window.evidence: new.evidence,
    }


async def meet_deadline(window_id: int, *, by: Person | None, now: datetime) -> None:
    """The text has been handed in for this window."""
    await _settle(window_id, DeadlineState.MET, "deadline met", by, now)


async def mark_missed(now: datetime) -> int:
    """For the job: windows that have closed without a submission. Returns how many."""
    open_states = [state.value for state in rules.OPEN_DEADLINES]
    closed = await Window.select(Window.id).where(
        Window.closes <= now, Window.state.is_in(open_states)
    )
    for row in closed:
        await _settle(row["id"], DeadlineState.MISSED, "deadline missed", None, now)
    return len(closed)


async def _settle(
    window_id: int, state: DeadlineState, action: str, by: Person | None, now: datetime
) -> None:
    window, _ = await queries.window_by_id(window_id)
    if window.state == state:
        return
    async with database.transaction():
        await _step(window, state, {})
        await _record(action, window, by=by, now=now, details=_before(window))


async def undo_move(event: Event, by: Person, now: datetime) -> str:  # noqa: ARG001  as all
    """Back to the date before; for calendars that is one more change."""
    before = json.loads(event.details)["before"]
    window, dossier = await queries.window_by_id(event.object)
    async with database.transaction():
        moved_back = await (
            Window.update(
                {
                    Window.closes: datetime.fromisoformat(before["closes"]),
                    Window.zone: before["zone"],
                    Window.precision: before["precision"],
                    Window.kind: before["kind"],
                    Window.evidence: before["evidence"],
                    Window.state: before["state"],
                    Window.sequence: window.sequence + 1,
                    Window.changed: now,
                }
            )
            .where(Window.id == window.id, Window.sequence == before["sequence"] + 1)
            .returning(Window.id)
        )
        if not moved_back:
            raise Outdated(MOVED_MEANWHILE)
        again, _ = await queries.window_by_id(window.id)
        await milestones.plan_again(again, dossier, now=now)
    return f"/d/{dossier.number}"


async def _step(window: Window, state: DeadlineState, changes: dict[Any, Any]) -> Window:
    rules.check_deadline_step(DeadlineState(window.state), state)
    changed = await (
        Window.update(changes | {Window.state: state})
        .where(
            Window.id == window.id,
            Window.state == window.state,
            Window.sequence == window.sequence,
        )
        .returning(Window.id)
    )
    if not changed:
        raise Outdated(MOVED_MEANWHILE)
    return (await queries.window_by_id(window.id))[0]


def _before(window: Window) -> dict[str, object]:
    return {
        "before": {
            "closes": window.closes.isoformat(),
            "zone": window.zone,
            "precision": window.precision,
            "kind": window.kind,
            "evidence": window.evidence,
            "state": window.state,
            "sequence": window.sequence,
        }
    }


async def _tell(
    window: Window, dossier: Dossier, *, before: datetime, event: int, now: datetime
) -> None:
    people = {each.id: each for each in await people_with(Role.SECRETARIAT)}
    lead = await Person.objects().where(Person.id == (dossier.lead or 0)).first()
    if lead is not None and lead.active:
        people[lead.id] = lead
    for person in people.values():
        letter = mails.date_moved(person, dossier, window, before=before, event=event, now=now)
        await post(letter, now=now)


async def _record(
    action: str,
    window: Window,
    *,
    by: Person | None,
    now: datetime,
    details: Mapping[str, object],
) -> int:
    return await record(
        action, kind="window", object=window.id, dossier=window.dossier, by=by, now=now,
        details=details,
    )  # fmt: skip


async def _touch(dossier: Dossier, now: datetime) -> None:
    await Dossier.update({Dossier.changed: now}).where(Dossier.id == dossier.id)
