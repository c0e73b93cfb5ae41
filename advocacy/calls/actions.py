"""Draft a call, have its words checked, send it: the outward act, with ten minutes to stop it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta

from advocacy import database
from advocacy.calls import rules
from advocacy.calls.answering import contributing
from advocacy.calls.answering.contributing import consent, contribute, save_draft, withdraw
from advocacy.calls.answering.forms import NewCall
from advocacy.calls.asking import checking, lists
from advocacy.calls.asking.holding import hold as hold_call
from advocacy.calls.asking.inviting import invite, letters_of, write_letters
from advocacy.calls.asking.recipients import audience_of, chosen_by, missing
from advocacy.calls.asking.whole_calls import WholeCall
from advocacy.calls.asking.wording import change_call, check_text, draft_call, save_text
from advocacy.calls.labels import GAPS
from advocacy.calls.reminding import absences, taking_back
from advocacy.calls.reminding.reminding import remind, remind_due
from advocacy.calls.reminding.taking_back import stop_answered
from advocacy.calls.ringing import ringing
from advocacy.calls.rules import CallState, InvitationState
from advocacy.calls.tables import Call, Invitation
from advocacy.calls.understanding import understanding
from advocacy.dossiers import actions as dossiers
from advocacy.dossiers.rules import ALLOWED as STATIONS_AFTER
from advocacy.dossiers.rules import Station
from advocacy.errors import Invalid, Message, Outdated
from advocacy.history.actions import record
from advocacy.history.tables import Event
from advocacy.logs import going_on
from advocacy.mail import actions as mail
from advocacy.people.tables import Person

__all__ = [
    "UNDO",
    "NewCall",
    "change_call",
    "check_text",
    "close_over",
    "consent",
    "contribute",
    "draft_call",
    "launch",
    "open_held",
    "remind",
    "remind_due",
    "save_draft",
    "save_text",
    "send_now",
    "stop_answered",
    "stop_launch",
    "withdraw",
]


class Incomplete(Invalid):
    """The call cannot leave yet; `missing` says why."""

    def __init__(self, gaps: Sequence[rules.Missing]) -> None:
        self.missing = tuple(gaps)
        super().__init__(
            {
                f"{each.gap}-{each.language}": Message(
                    GAPS[each.gap].text, {"language": each.language, "who": ""}
                )
                for each in gaps
            }
        )


async def _step(
    call: Call, after: CallState, *, leaves: datetime | None, version: int | None = None
) -> None:
    """From the state that was read to `after`, if nobody was faster."""
    before = CallState(call.state)
    rules.check_step(before, after)
    moved = await (
        Call.update({Call.state: after, Call.leaves: leaves})
        .where(Call.id == call.id, Call.state == before, Call.version == (version or call.version))
        .returning(Call.id)
    )
    if not moved:
        raise Outdated("This call has changed meanwhile: please look at it again")


async def launch(
    call_id: int, *, by: Person, now: datetime, hold: timedelta = rules.HOLD
) -> None:  # fmt: skip
    """Invitations are made, letters wait in the outbox until the hold is over.

    Incomplete: something is missing. Outdated: somebody has launched it already.
    """
    async with database.transaction():
        whole = await hold_call(call_id)
        rules.check_step(CallState(whole.call.state), CallState.HELD)
        chosen = await chosen_by(audience_of(whole.call))
        if gaps := await missing(whole, chosen, now=now):
            raise Incomplete(gaps)
        leaves = now + hold
        await _step(whole.call, CallState.HELD, leaves=leaves)
        made = await invite(whole, chosen.asked)
        await record(
            "call launched", kind="call", object=call_id, by=by, now=now,
            dossier=whole.dossier.id,
            details={"call": whole.call.number, "asked": len(made), "leaves": leaves},
        )  # fmt: skip
        await write_letters(whole, chosen.asked, made, now=now, due=leaves)


async def stop_launch(call_id: int, *, by: Person, now: datetime) -> None:
    """As long as no letter has left: back to the draft, no invitation remains."""
    async with database.transaction():
        whole = await hold_call(call_id)
        await _stop(whole, now=now)
        await record(
            "call stopped", kind="call", object=call_id, by=by, now=now, dossier=whole.dossier.id
        )


async def _stop(whole: WholeCall, *, now: datetime) -> None:
    call = whole.call
    if not rules.may_stop(CallState(call.state), leaves=call.leaves, now=now):
        raise Outdated("The letters have left already")
    await _step(call, CallState.DRAFT, leaves=None)
    await mail.stop(letters_of(call))
    await Invitation.delete().where(Invitation.call == call.id)


async def send_now(call_id: int, *, by: Person, now: datetime) -> None:
    """Do not wait for the end of the hold."""
    async with database.transaction():
        whole = await hold_call(call_id)
        if whole.call.state != CallState.HELD:
            raise Outdated("This call has changed meanwhile: please look at it again")
        await mail.hasten(letters_of(whole.call), now=now, held_until=whole.call.leaves)
        await _open(whole, by=by, now=now)


async def open_held(now: datetime) -> int:
    """Job: holds that are over. Returns how many calls are open now."""
    rows = await Call.select(Call.id).where(Call.state == CallState.HELD, Call.leaves <= now)
    opened = 0
    for row in rows:
        with going_on(f"opening call {row['id']}"):
            opened += await _open_held(row["id"], now=now)
    return opened


async def _open_held(call_id: int, *, now: datetime) -> bool:
    async with database.transaction():
        whole = await hold_call(call_id)
        if whole.call.state != CallState.HELD or whole.call.leaves > now:
            return False
        await _open(whole, by=None, now=now)
    return True


async def _open(whole: WholeCall, *, by: Person | None, now: datetime) -> None:
    await _step(whole.call, CallState.OPEN, leaves=now)
    await Invitation.update(
        {Invitation.state: InvitationState.SENT, Invitation.sent: now}
    ).where(
        Invitation.call == whole.call.id,
        Invitation.state == InvitationState.PREPARED,
        Invitation.contact.is_not_null(),
    )  # fmt: skip
    if Station.CALL in STATIONS_AFTER[Station(whole.dossier.station)]:
        await dossiers.advance(whole.dossier.id, Station.CALL, by=by, now=now)
    await record(
        "call sent", kind="call", object=whole.call.id, by=by, now=now, dossier=whole.dossier.id
    )


async def close_over(now: datetime) -> int:
    """Job: calls whose deadline is over. Late input is still taken, and marked."""
    rows = await Call.select(Call.id, Call.number).where(
        Call.state == CallState.OPEN, Call.answers_until < now
    )
    for row in rows:
        with going_on(f"closing call {row['id']}"):
            await _close(row["id"], now=now)
    return len(rows)


async def _close(call_id: int, *, now: datetime) -> None:
    async with database.transaction():
        closed = await (
            Call.update({Call.state: CallState.CLOSED})
            .where(Call.id == call_id, Call.state == CallState.OPEN)
            .returning(Call.id)
        )
        if closed:
            dossier = await _dossier_of(call_id)
            await record(
                "call closed", kind="call", object=call_id, by=None, now=now, dossier=dossier
            )


async def _dossier_of(call_id: int) -> int | None:
    row = await Call.select(Call.window.dossier.as_alias("dossier")).where(Call.id == call_id)
    return row[0]["dossier"] if row else None


async def undo_launch(event: Event, by: Person, now: datetime) -> str:
    """Within the hold; afterwards the letters have left and nothing calls them back."""
    async with database.transaction():
        whole = await hold_call(event.object)
        await _stop(whole, now=now)
        await record(
            "call stopped", kind="call", object=event.object, by=by, now=now,
            dossier=whole.dossier.id, undoes=event.id,
        )  # fmt: skip
    return f"/c/{whole.call.number}"


UNDO: Mapping[str, Callable[[Event, Person, datetime], Awaitable[str]]] = {
    "call launched": undo_launch,
    **contributing.UNDO,
    **absences.UNDO,
    **lists.UNDO,
    **taking_back.UNDO,
    **checking.UNDO,
    **ringing.UNDO,
    **understanding.UNDO,
}
