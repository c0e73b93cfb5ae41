"""Reminders: only who has not answered, in their language, not twice in a week."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any  # columns of a joined table

from advocacy import database
from advocacy.calls import mails, rules
from advocacy.calls.asking.whole_calls import WholeCall, whole_by_id
from advocacy.calls.mails import Addressee
from advocacy.calls.rules import CallState, InvitationState
from advocacy.calls.tables import Call, Invitation
from advocacy.deadlines import reminders_due
from advocacy.errors import Outdated
from advocacy.history.actions import record
from advocacy.mail.actions import post
from advocacy.municipalities.queries import coordinators
from advocacy.municipalities.rules import Rhythm
from advocacy.people.tables import Person

_contact: Any = Invitation.contact  # Piccolo types the columns of a joined table loosely
UNANSWERED = (InvitationState.SENT, InvitationState.DRAFTED)


async def remindable(
    call_id: int, *, zone: str, now: datetime, country: str = ""
) -> list[Invitation]:
    """Whom a reminder may go to now, with contact and municipality."""
    rows = Invitation.objects(Invitation.contact, Invitation.municipality).where(
        Invitation.call == call_id,
        Invitation.state.is_in(list(UNANSWERED)),
        _contact.reminders != Rhythm.NEVER,
        _contact.calls != Rhythm.NEVER,
    )
    if country:
        rows = rows.where(Invitation.municipality.country == country)
    return [
        each
        for each in await rows.order_by(Invitation.id)
        if rules.may_remind(InvitationState(each.state), reminded=each.reminded, zone=zone, now=now)
    ]


async def remind(call_id: int, *, by: Person | None, now: datetime, country: str = "") -> int:
    """Returns how many letters were written."""
    async with database.transaction():
        await database.one_at_a_time(f"call/{call_id}")
        whole = await whole_by_id(call_id)
        call = whole.call
        if not rules.accepts(CallState(call.state), answers_until=call.answers_until, now=now):
            raise Outdated("This call takes no answers any more: nobody is reminded")
        chosen = await remindable(call_id, zone=call.zone, now=now, country=country)
        return await _remind(whole, chosen, by=by, now=now)


async def _remind(
    whole: WholeCall, chosen: Sequence[Invitation], *, by: Person | None, now: datetime
) -> int:
    carers = await coordinators()
    letters = []
    for each in chosen:
        counted = await (
            Invitation.update(
                {Invitation.reminded: now, Invitation.reminders: each.reminders + 1}
            )
            .where(
                Invitation.id == each.id,
                Invitation.reminders == each.reminders,
                Invitation.state.is_in(list(UNANSWERED)),
            )
            .returning(Invitation.id)
        )  # fmt: skip
        if counted:
            who = Addressee(
                each.id, each.municipality.code, each.municipality.name, each.contact, each.language
            )
            coordinator = carers.get(each.municipality.country)
            letters.append(mails.reminder(whole, who, coordinator, number=each.reminders + 1))
    if letters:
        await record(
            "reminded", kind="call", object=whole.call.id, by=by, now=now,
            dossier=whole.dossier.id, details={"letters": len(letters)},
        )  # fmt: skip
    for letter in letters:
        await post(letter, now=now)
    return len(letters)


async def remind_due(now: datetime) -> int:
    """Job: nine and two days before the deadline, caught up once if nothing ran that day."""
    calls = await Call.select(Call.id, Call.answers_until, Call.zone).where(
        Call.state == CallState.OPEN, Call.answers_until > now
    )
    written = 0
    for row in calls:
        due = await _due(row["id"], row["answers_until"], row["zone"], now=now)
        if due:
            written += await _remind_these(row["id"], due, now=now)
    return written


async def _due(call_id: int, answers_until: datetime, zone: str, *, now: datetime) -> set[int]:
    rows = await Invitation.select(
        Invitation.id, Invitation.state, Invitation.sent, Invitation.reminded
    ).where(Invitation.call == call_id, Invitation.sent.is_not_null())
    due = reminders_due(
        answers_until,
        # The call itself is the first letter about it: nobody gets two in a week.
        {r["id"]: [at for at in (r["sent"], r["reminded"]) if at is not None] for r in rows},
        answered={r["id"] for r in rows if r["state"] not in set(UNANSWERED)},
        zone=zone,
        now=now,
    )
    return {each.invitation for each in due}


async def _remind_these(call_id: int, due: Collection[int], *, now: datetime) -> int:
    async with database.transaction():
        await database.one_at_a_time(f"call/{call_id}")
        whole = await whole_by_id(call_id)
        chosen = await remindable(call_id, zone=whole.call.zone, now=now)
        return await _remind(whole, [e for e in chosen if e.id in due], by=None, now=now)
