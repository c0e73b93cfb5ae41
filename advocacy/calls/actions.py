"""Draft a call, have its words checked, send it: the outward act, with ten minutes to stop it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta

from advocacy import database
from advocacy.calls import mails, rules
from advocacy.calls.answering.contributing import consent, contribute, save_draft, withdraw
from advocacy.calls.answering.forms import NewCall
from advocacy.calls.asking.whole_calls import (
    Recipient,
    WholeCall,
    audience_of,
    missing,
    recipients,
    whole_by_id,
)
from advocacy.calls.asking.wording import change_call, check_text, draft_call, save_text
from advocacy.calls.covering.reminding import remind, remind_due
from advocacy.calls.labels import GAPS
from advocacy.calls.mails import Addressee
from advocacy.calls.queries import code_of, token_of
from advocacy.calls.rules import CallState, InvitationState
from advocacy.calls.tables import Call, Invitation
from advocacy.dossiers import actions as dossiers
from advocacy.dossiers.rules import ALLOWED as STATIONS_AFTER
from advocacy.dossiers.rules import Station
from advocacy.errors import Invalid, Message, Outdated
from advocacy.history.actions import record
from advocacy.history.tables import Event
from advocacy.mail import actions as mail
from advocacy.mail.rules import LetterState
from advocacy.mail.tables import Letter
from advocacy.municipalities.queries import coordinators
from advocacy.people.tables import Person
from advocacy.people.tokens import hashed, hashed_code

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
    "stop_launch",
    "withdraw",
]

AT_ONCE = 500  # rows of one INSERT: SQLite takes 32,766 values


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


def _letters(call: Call) -> str:
    return f"call/{call.id}/"


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
        await database.one_at_a_time(f"call/{call_id}")
        whole = await whole_by_id(call_id)
        rules.check_step(CallState(whole.call.state), CallState.HELD)
        meant = await recipients(audience_of(whole.call))
        if gaps := missing(whole, meant, now=now):
            raise Incomplete(gaps)
        leaves = now + hold
        await _step(whole.call, CallState.HELD, leaves=leaves)
        made = await _invite(whole, meant)
        await record(
            "call launched", kind="call", object=call_id, by=by, now=now,
            dossier=whole.dossier.id,
            details={"call": whole.call.number, "asked": len(made), "leaves": leaves},
        )  # fmt: skip
        await _write_letters(whole, meant, made, now=now, due=leaves)


async def _invite(whole: WholeCall, meant: Sequence[Recipient]) -> dict[int, int]:
    """Invitation by municipality. The link and the short code follow from its number."""
    rows = [
        Invitation(
            call=whole.call.id,
            municipality=each.municipality,
            contact=each.contact.id if each.contact else None,
            language=each.language,
            state=InvitationState.PREPARED,
        )
        for each in meant
    ]
    for first in range(0, len(rows), AT_ONCE):
        await Invitation.insert(*rows[first : first + AT_ONCE])
    made = await Invitation.select(Invitation.id, Invitation.municipality).where(
        Invitation.call == whole.call.id
    )
    for row in made:
        await Invitation.update(
            {
                Invitation.token_hash: hashed(token_of(row["id"])),
                Invitation.code_hash: hashed_code(code_of(row["id"]), "invitation"),
            }
        ).where(Invitation.id == row["id"])
    return {row["municipality"]: row["id"] for row in made}


async def _write_letters(
    whole: WholeCall,
    meant: Sequence[Recipient],
    made: Mapping[int, int],
    *,
    now: datetime,
    due: datetime,
) -> None:
    """A letter of an earlier launch that was stopped makes room for the one of this launch."""
    await Letter.delete().where(
        Letter.key.like(f"{_letters(whole.call)}%"), Letter.state == LetterState.STOPPED
    )
    carers = await coordinators()
    for each in meant:
        if each.contact is None:
            continue
        who = Addressee(made[each.municipality], each.code, each.name, each.contact, each.language)
        letter = mails.call(whole, who, carers.get(each.country))
        await mail.post(letter, now=now, due=due)


async def stop_launch(call_id: int, *, by: Person, now: datetime) -> None:
    """As long as no letter has left: back to the draft, no invitation remains."""
    async with database.transaction():
        await database.one_at_a_time(f"call/{call_id}")
        whole = await whole_by_id(call_id)
        await _stop(whole, now=now)
        await record(
            "call stopped", kind="call", object=call_id, by=by, now=now, dossier=whole.dossier.id
        )


async def _stop(whole: WholeCall, *, now: datetime) -> None:
    call = whole.call
    if not rules.may_stop(CallState(call.state), leaves=call.leaves, now=now):
        raise Outdated("The letters have left already")
    await _step(call, CallState.DRAFT, leaves=None)
    await mail.stop(_letters(call))
    await Invitation.delete().where(Invitation.call == call.id)


async def send_now(call_id: int, *, by: Person, now: datetime) -> None:
    """Do not wait for the end of the hold."""
    async with database.transaction():
        await database.one_at_a_time(f"call/{call_id}")
        whole = await whole_by_id(call_id)
        if whole.call.state != CallState.HELD:
            raise Outdated("This call has changed meanwhile: please look at it again")
        await mail.hasten(_letters(whole.call), now=now)
        await _open(whole, by=by, now=now)


async def open_held(now: datetime) -> int:
    """Job: holds that are over. Returns how many calls are open now."""
    rows = await Call.select(Call.id).where(Call.state == CallState.HELD, Call.leaves <= now)
    opened = 0
    for row in rows:
        async with database.transaction():
            await database.one_at_a_time(f"call/{row['id']}")
            whole = await whole_by_id(row["id"])
            if whole.call.state == CallState.HELD and whole.call.leaves <= now:
                await _open(whole, by=None, now=now)
                opened += 1
    return opened


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
        async with database.transaction():
            closed = await (
                Call.update({Call.state: CallState.CLOSED})
                .where(Call.id == row["id"], Call.state == CallState.OPEN)
                .returning(Call.id)
            )
            if closed:
                dossier = await _dossier_of(row["id"])
                await record(
                    "call closed", kind="call", object=row["id"], by=None, now=now, dossier=dossier
                )
    return len(rows)


async def _dossier_of(call_id: int) -> int | None:
    row = await Call.select(Call.window.dossier.as_alias("dossier")).where(Call.id == call_id)
    return row[0]["dossier"] if row else None


async def undo_launch(event: Event, by: Person, now: datetime) -> str:
    """Within the hold; afterwards the letters have left and nothing calls them back."""
    async with database.transaction():
        await database.one_at_a_time(f"call/{event.object}")
        whole = await whole_by_id(event.object)
        await _stop(whole, now=now)
        await record(
            "call stopped", kind="call", object=event.object, by=by, now=now,
            dossier=whole.dossier.id, undoes=event.id,
        )  # fmt: skip
    return f"/c/{whole.call.number}"


UNDO: Mapping[str, Callable[[Event, Person, datetime], Awaitable[str]]] = {
    "call launched": undo_launch,
}
