"""Set, confirm, move and withdraw a deadline; plan what lies before it."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any  # the columns of an UPDATE

from advocacy import database
from advocacy.dossiers import queries, rules
from advocacy.dossiers.contradictions import hearing
from advocacy.dossiers.deadlines import milestones, telling
from advocacy.dossiers.deadlines.usual import resolved
from advocacy.dossiers.forms import NewWindow
from advocacy.dossiers.joining.merged import check_not_merged
from advocacy.dossiers.mails import News
from advocacy.dossiers.rules import DeadlineState, Precision
from advocacy.dossiers.tables import Dossier, Window
from advocacy.errors import Message, Outdated
from advocacy.history.actions import record
from advocacy.logs import going_on
from advocacy.people.tables import Person

MOVED_MEANWHILE = Message("Somebody has just changed this deadline")


async def add_window(
    dossier_id: int, new: NewWindow, *, entry_id: int | None = None, by: Person, now: datetime
) -> Window:
    """A further period of input, planned back."""
    return (await set_deadline(dossier_id, new, entry_id=entry_id, by=by, now=now))[0]


async def set_deadline(
    dossier_id: int,
    new: NewWindow,
    *,
    entry_id: int | None = None,
    claim: int | None = None,
    by: Person,
    now: datetime,
) -> tuple[Window, int]:
    """As `add_window`, with the event. `claim`: what it was taken from."""
    dossier = await queries.by_id(dossier_id)
    async with database.transaction():
        await database.one_at_a_time(hearing.LOCK % dossier_id)
        await check_not_merged(dossier_id)
        window = await plan_window(dossier, new, entry_id=entry_id, now=now)
        await hearing.settle_what_fits(dossier_id, now=now)
        await touch(dossier, now)
        details = {"closes": window.closes, "claim": claim}
        event = await note("deadline set", window, by=by, now=now, details=details)
        shift = telling.deadline_shift(None, window)
        await telling.tell(window, dossier, [shift], news=News.SET, event=event, now=now)
    return window, event


async def plan_window(
    dossier: Dossier,
    new: NewWindow,
    *,
    entry_id: int | None,
    state: DeadlineState = DeadlineState.CONFIRMED,
    now: datetime,
) -> Window:
    """The rows of a window and its milestones, in the caller's transaction."""
    closes = await resolved(new, dossier, now=now)
    window = Window(
        dossier=dossier.id,
        kind=new.kind,
        opens=new.opens.astimezone(UTC) if new.opens else None,
        closes=closes.astimezone(UTC),
        zone=new.zone,
        precision=new.precision,
        evidence=new.evidence,
        entry=entry_id,
        state=state,
        changed=now,
    )
    await window.save()
    if closes > now:  # what is over is written down, and nothing is left to plan
        await milestones.plan(window, dossier, now=now)
    return window


async def confirm_deadline(window_id: int, *, by: Person, now: datetime) -> int:
    """A person has looked at the source; returns the event."""
    window, _ = await queries.window_by_id(window_id)
    async with database.transaction():
        await step(window, DeadlineState.CONFIRMED, {})
        return await note("deadline confirmed", window, by=by, now=now, details=before_of(window))


async def move_deadline(
    window_id: int,
    new: NewWindow,
    *,
    sequence: int | None = None,
    entry_id: int | None = None,
    claim: int | None = None,
    by: Person,
    now: datetime,
) -> int:
    """The old date stays in the history. `sequence` is the one the person saw; returns the event.

    Milestones are planned anew but for those set by hand and those met. When a date that was or
    is less than three days away moves, everybody concerned gets a letter. `entry_id` and `claim`:
    the source that this was taken from.
    """
    window, dossier = await queries.window_by_id(window_id)
    if sequence is not None and sequence != window.sequence:
        raise Outdated(MOVED_MEANWHILE)
    async with database.transaction():
        await database.one_at_a_time(hearing.LOCK % dossier.id)
        before = await before_with_plan(window)
        columns = await _columns(new, dossier, now=now)
        source = {Window.entry: entry_id} if entry_id else {}
        moved = await step(window, DeadlineState.MOVED, columns | source, now=now)
        await hearing.answer(moved, hearing.end_of(window), by=by, now=now)
        await hearing.settle_what_fits(dossier.id, now=now)
        planned = await milestones.plan_again(moved, dossier, now=now)
        await touch(dossier, now)
        details = before | await after_of(moved) | {"claim": claim}
        event = await note("deadline moved", moved, by=by, now=now, details=details)
        shifts = [telling.deadline_shift(window, moved), *planned]
        await telling.tell(moved, dossier, shifts, news=News.MOVED, event=event, now=now)
    return event


async def _columns(new: NewWindow, dossier: Dossier, *, now: datetime) -> dict[Any, Any]:
    closes = await resolved(new, dossier, now=now)
    opens = {Window.opens: new.opens.astimezone(UTC)} if new.opens else {}
    return opens | {
        Window.closes: closes.astimezone(UTC),
        Window.zone: new.zone,
        Window.precision: new.precision,
        Window.kind: new.kind,
        Window.evidence: new.evidence,
    }


async def withdraw_deadline(window_id: int, *, by: Person, now: datetime) -> int:
    """The body took its window back, or a proposed one is none. Calendars cancel it."""
    window, dossier = await queries.window_by_id(window_id)
    async with database.transaction():
        await database.one_at_a_time(hearing.LOCK % dossier.id)
        before = await before_with_plan(window)
        gone = await step(window, DeadlineState.WITHDRAWN, {}, now=now)
        await hearing.answer(gone, hearing.end_of(window), by=by, now=now)
        await touch(dossier, now)
        details = before | await after_of(gone)
        event = await note("deadline withdrawn", gone, by=by, now=now, details=details)
        shift = telling.deadline_shift(window, None)
        await telling.tell(gone, dossier, [shift], news=News.WITHDRAWN, event=event, now=now)
    return event


async def withdraw_proposed(
    dossier_id: int, entries: Sequence[int], *, by: Person, now: datetime
) -> None:
    """Deadlines that nobody has confirmed, read from entries that are no sources any more: in the
    caller's transaction. Nobody was told of them, so nobody gets a letter.
    """
    proposed = await Window.objects().where(
        Window.dossier == dossier_id,
        Window.entry.is_in(list(entries)),
        Window.state == DeadlineState.PROPOSED,
    )
    for window in proposed:
        before = await before_with_plan(window)
        gone = await step(window, DeadlineState.WITHDRAWN, {}, now=now)
        details = before | await after_of(gone)
        await note("deadline withdrawn", gone, by=by, now=now, details=details)


async def reopen_deadline(window_id: int, *, by: Person, now: datetime) -> int:
    """It holds again, at the date that it had."""
    window, dossier = await queries.window_by_id(window_id)
    if window.state != DeadlineState.WITHDRAWN:
        raise Outdated(MOVED_MEANWHILE)
    async with database.transaction():
        await database.one_at_a_time(hearing.LOCK % dossier.id)
        before = await before_with_plan(window)
        again = await step(window, DeadlineState.CONFIRMED, {}, now=now)
        await hearing.settle_what_fits(dossier.id, now=now)
        if again.closes > now:
            await milestones.plan_again(again, dossier, now=now)
        await touch(dossier, now)
        details = before | await after_of(again)
        event = await note("deadline reopened", again, by=by, now=now, details=details)
        shift = telling.deadline_shift(None, again)
        await telling.tell(again, dossier, [shift], news=News.SET, event=event, now=now)
    return event


async def meet_deadline(window_id: int, *, by: Person | None, now: datetime) -> None:
    """The text has been handed in for this window."""
    await _settle(window_id, DeadlineState.MET, "deadline met", by, now)


async def mark_missed(now: datetime) -> int:
    """For the job: windows that have closed without a submission. Returns how many.

    A date that is only an assumption misses nothing when it passes.
    """
    open_states = [state.value for state in rules.OPEN_DEADLINES]
    closed = await Window.select(Window.id).where(
        Window.closes <= now,
        Window.state.is_in(open_states),
        Window.precision != Precision.UNKNOWN,
    )
    for row in closed:
        with going_on(f"marking deadline {row['id']}"):
            await _settle(row["id"], DeadlineState.MISSED, "deadline missed", None, now)
    return len(closed)


async def _settle(
    window_id: int, state: DeadlineState, action: str, by: Person | None, now: datetime
) -> None:
    window, _ = await queries.window_by_id(window_id)
    if window.state == state:
        return
    async with database.transaction():
        await step(window, state, {})
        await note(action, window, by=by, now=now, details=before_of(window))


async def step(
    window: Window,
    state: DeadlineState,
    changes: dict[Any, Any],
    *,
    now: datetime | None = None,
) -> Window:
    """With `now` it is a change that calendars are told of: the sequence grows.

    Outdated when the window is not as `window` any more.
    """
    rules.check_deadline_step(DeadlineState(window.state), state)
    told = {Window.sequence: window.sequence + 1, Window.changed: now} if now else {}
    changed = await (
        Window.update(changes | told | {Window.state: state})
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


def before_of(window: Window) -> dict[str, Any]:
    """What an undo needs, as the details of an act."""
    return {"before": _columns_of(window)}


async def before_with_plan(window: Window) -> dict[str, Any]:
    """As `before_of`, with its internal dates: for acts that may move them."""
    return {"before": _columns_of(window) | {"milestones": await milestones.as_planned(window.id)}}


async def after_of(window: Window) -> dict[str, Any]:
    return {"after": _columns_of(window) | {"milestones": await milestones.as_planned(window.id)}}


def _columns_of(window: Window) -> dict[str, Any]:
    return {
        "opens": window.opens.isoformat() if window.opens else None,
        "closes": window.closes.isoformat(),
        "zone": window.zone,
        "precision": window.precision,
        "kind": window.kind,
        "evidence": window.evidence,
        "entry": window.entry,
        "state": window.state,
        "sequence": window.sequence,
    }


async def note(
    action: str,
    window: Window,
    *,
    by: Person | None,
    now: datetime,
    details: Mapping[str, object],
    undoes: int | None = None,
) -> int:
    return await record(
        action, kind="window", object=window.id, dossier=window.dossier, by=by, now=now,
        details=details, undoes=undoes,
    )  # fmt: skip


async def touch(dossier: Dossier, now: datetime) -> None:
    await Dossier.update({Dossier.changed: now}).where(Dossier.id == dossier.id)
