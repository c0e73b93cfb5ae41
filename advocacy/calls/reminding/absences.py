"""Somebody is away: an automatic reply said so, or a voice on the telephone."""

import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import date, datetime
from typing import Any  # columns of a joined table

from advocacy import database
from advocacy.calls.reminding import resting
from advocacy.calls.rules import INVITATION_ALLOWED, CallState, InvitationState
from advocacy.calls.tables import Invitation
from advocacy.errors import NotFound
from advocacy.history.actions import record
from advocacy.history.tables import Event
from advocacy.municipalities.tables import Contact
from advocacy.people.tables import Person

_call: Any = Invitation.call  # Piccolo types the columns of a joined table loosely
_contact: Any = Invitation.contact
WAITING = (InvitationState.SENT, InvitationState.DRAFTED, InvitationState.ABSENT)


async def note_absence(
    contact_id: int, until: date | None, *, by: Person | None = None, now: datetime
) -> int | None:
    """`until` is the first day they are back; None: nobody said, and a week is assumed.

    What they are asked and could answer only when it is too late becomes absent; the rest waits
    for the day they are back. Returns the event's id, which can be undone; None where the same
    was known already.
    """
    async with database.transaction():
        contact = await database.with_referred(
            Contact.objects().where(Contact.id == contact_id).first(), Contact.municipality
        )
        if contact is None:
            raise NotFound("We do not write to this address any more")
        if _is_known(until, contact.absent_until, today=now.date()):
            return None
        before = {"absent_until": contact.absent_until, "absence_noted": contact.absence_noted}
        await _write(contact_id, until, noted=now)
        await settle_absences(now, contact=contact_id)
        return await record(
            "absence noted", kind="municipality", object=contact.municipality.id, by=by, now=now,
            details={
                "contact": contact_id, "code": contact.municipality.code, "until": until,
                "before": before,
            },
        )  # fmt: skip


def _is_known(until: date | None, known: date | None, *, today: date) -> bool:
    """The same day again, or no day where one that still lies ahead is known."""
    return known is not None and (known == until or (until is None and known > today))


async def _write(contact_id: int, until: date | None, *, noted: datetime | None) -> None:
    await Contact.update({Contact.absent_until: until, Contact.absence_noted: noted}).where(
        Contact.id == contact_id
    )


async def settle_absences(now: datetime, *, contact: int | None = None) -> int:
    """Bring invitations of running calls into step with who is away today.

    Returns how many changed. A draft that was begun is a draft again when they are back.
    """
    rows = Invitation.select(
        Invitation.id,
        Invitation.state,
        Invitation.draft,
        _call.answers_until.as_alias("deadline"),
        _call.zone.as_alias("zone"),
        _contact.absent_until.as_alias("until"),
        _contact.absence_noted.as_alias("noted"),
    ).where(
        _call.state == CallState.OPEN,
        _call.answers_until >= now,
        Invitation.state.is_in(list(WAITING)),
        Invitation.contact.is_not_null(),
        _contact.absence_noted.is_not_null() | (Invitation.state == InvitationState.ABSENT),
    )
    if contact is not None:
        rows = rows.where(Invitation.contact == contact)
    changed = 0
    for row in await rows:
        before, after = InvitationState(row["state"]), _state(row, now=now)
        if after != before and after in INVITATION_ALLOWED[before]:
            moved = await (
                Invitation.update({Invitation.state: after})
                .where(Invitation.id == row["id"], Invitation.state == before)
                .returning(Invitation.id)
            )
            changed += len(moved)
    return changed


def _state(row: Mapping[str, Any], *, now: datetime) -> InvitationState:
    back = resting.back_on(row["until"], noted=row["noted"], zone=row["zone"])
    if resting.covers(back, deadline=row["deadline"], zone=row["zone"], now=now):
        return InvitationState.ABSENT
    if row["state"] != InvitationState.ABSENT:
        return InvitationState(row["state"])
    return InvitationState.DRAFTED if row["draft"] else InvitationState.SENT


async def undo_absence(event: Event, by: Person, now: datetime) -> str:
    """What was known before about this person's absence is known again."""
    facts = json.loads(event.details)
    before = facts["before"]
    until, noted = before["absent_until"], before["absence_noted"]
    async with database.transaction():
        await _write(
            facts["contact"],
            date.fromisoformat(until) if until else None,
            noted=datetime.fromisoformat(noted) if noted else None,
        )
        await settle_absences(now, contact=facts["contact"])
        await record(
            "undone", kind="municipality", object=event.object, by=by, now=now, undoes=event.id
        )
    return f"/m/{facts['code']}"


UNDO: Mapping[str, Callable[[Event, Person, datetime], Awaitable[str]]] = {
    "absence noted": undo_absence,
}
