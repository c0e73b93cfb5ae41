"""Reminders: only who has not answered, in their language, one letter for all that is open there,
and nobody twice in a week, whatever the letters were about.

    who      reminding.unanswered: addresses, what is asked there, what went there lately
    rest     reminding.resting: who is left out, and why
    letter   one per address with all its open questions; counted in the row of each invitation
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from advocacy import database
from advocacy.calls import mails, rules
from advocacy.calls.asking.whole_calls import WholeCall, whole_by_id
from advocacy.calls.mails import Addressee, Asked
from advocacy.calls.reminding.absences import note_absence, settle_absences
from advocacy.calls.reminding.choosing import Chosen
from advocacy.calls.reminding.reminder_plan import REMINDABLE, Plan, plan
from advocacy.calls.reminding.unanswered import Ask, Somebody, unanswered
from advocacy.calls.rules import CallState
from advocacy.calls.tables import Invitation
from advocacy.deadlines import reminders_due
from advocacy.errors import Outdated
from advocacy.history.actions import record
from advocacy.logs import going_on
from advocacy.mail.actions import post
from advocacy.mail.letters import Written
from advocacy.mail.rules import LetterState
from advocacy.mail.tables import Letter
from advocacy.municipalities.queries import coordinators
from advocacy.municipalities.tables import Contact
from advocacy.people.tables import Person

__all__ = ["LOCK", "Reminded", "in_parts", "note_absence", "remind", "remind_due", "samples"]

log = logging.getLogger("alphorn.calls")
T = TypeVar("T")

AT_ONCE = 500  # numbers in one condition
LOCK = "reminders"
"""One for all calls: a letter may speak of several."""


@dataclass(frozen=True, slots=True)
class Reminded:
    """`event` can be undone as long as the letters wait; None where nobody was to be reminded."""

    letters: int
    event: int | None


async def remind(
    call_id: int,
    *,
    by: Person | None,
    chosen: Chosen | None = None,
    tired_too: bool = False,
    now: datetime,
    hold: timedelta = rules.HOLD,
) -> Reminded:
    """By hand: the letters wait for as long as a call does, so that the act can be undone."""
    async with database.transaction():
        await database.one_at_a_time(LOCK)
        call = (await whole_by_id(call_id)).call
        if not rules.accepts(CallState(call.state), answers_until=call.answers_until, now=now):
            raise Outdated("This call takes no answers any more: nobody is reminded")
        await settle_absences(now)
        wanted = await plan(call_id, chosen=chosen, tired_too=tired_too, now=now)
        return await _remind(wanted.people, call_id, by=by, now=now, leaves=now + hold)


async def remind_due(now: datetime) -> int:
    """Job: nine and two days before the deadline, caught up once if nothing ran that day.

    Returns how many letters were written.
    """
    async with database.transaction():
        await database.one_at_a_time(LOCK)
        await settle_absences(now)
        due: dict[int, list[Somebody]] = {}
        for who in (await unanswered(now=now)).people:
            with going_on(f"reminding contact {who.contact}"):
                calls = _due(who, now=now)
                if calls and who.left_out(now=now) is None:
                    due.setdefault(calls[0], []).append(who)
        return sum([await _by_itself(people, call, now=now) for call, people in due.items()])


async def _by_itself(people: Sequence[Somebody], call_id: int, *, now: datetime) -> int:
    """All of a call at once; where a letter cannot be written, one by one without that one."""
    try:
        async with database.transaction():
            return (await _remind(people, call_id, by=None, now=now, leaves=now)).letters
    except database.LOST:
        raise
    except Exception:
        if len(people) == 1:
            log.exception("contact %s cannot be reminded", people[0].contact)
            return 0
    return sum([await _by_itself([each], call_id, now=now) for each in people])


def _due(who: Somebody, *, now: datetime) -> list[int]:
    """The calls that this address has to be reminded of today, the most urgent first."""
    return [
        ask.call
        for ask in who.asks
        if ask.state in REMINDABLE
        and reminders_due(
            ask.deadline, {ask.invitation: who.letters}, answered=(), zone=ask.zone, now=now
        )
    ]


async def _remind(
    people: Sequence[Somebody],
    call_id: int,
    *,
    by: Person | None,
    now: datetime,
    leaves: datetime,
) -> Reminded:
    """Count, write, note in the history of every call that a letter speaks of."""
    counted = await _count([ask.invitation for who in people for ask in who.asks], now=now)
    asked = [(who, [a for a in who.asks if a.invitation in counted]) for who in people]
    asked = [(who, asks) for who, asks in asked if asks]
    if not asked:
        return Reminded(0, None)
    wholes = await _wholes(asked)
    letters = await _letters(asked, wholes, counted)
    keys = [letter.key for letter in letters]
    sent = [
        [key, [[a.invitation, a.reminded] for a in asks]]
        for key, (_, asks) in zip(keys, asked, strict=True)
    ]
    event = await _record(wholes, asked, call_id, sent=sent, by=by, now=now)
    # Letters of an act that was undone make room for those of this one.
    for part in in_parts(keys):
        await Letter.delete().where(Letter.key.is_in(part), Letter.state == LetterState.STOPPED)
    for letter, (who, _) in zip(letters, asked, strict=True):
        await post(letter, now=now, due=max(leaves, who.leaves(now=now)))
    return Reminded(len(letters), event)


async def samples(planned: Plan) -> list[Written]:
    """The letter as the first one of each language would get it. Nothing is written down."""
    first: dict[str, tuple[Somebody, list[Ask]]] = {}
    for who in planned.people:
        asks = [ask for ask in who.asks if ask.state in REMINDABLE]
        first.setdefault(asks[0].language, (who, asks))
    asked = [first[language] for language in sorted(first)]
    numbers = {ask.invitation: 1 for _, asks in asked for ask in asks}
    return await _letters(asked, await _wholes(asked), numbers)


async def _wholes(asked: Sequence[tuple[Somebody, Sequence[Ask]]]) -> dict[int, WholeCall]:
    numbers = {ask.call for _, asks in asked for ask in asks}
    return {number: await whole_by_id(number) for number in sorted(numbers)}


async def _count(invitations: Sequence[int], *, now: datetime) -> dict[int, int]:
    """By invitation that is still without an answer: the number of this reminder."""
    found: dict[int, int] = {}
    for part in in_parts(invitations):
        rows = await (
            Invitation.update(
                {Invitation.reminded: now, Invitation.reminders: Invitation.reminders + 1}
            )
            .where(Invitation.id.is_in(part), Invitation.state.is_in(list(REMINDABLE)))
            .returning(Invitation.id, Invitation.reminders)
        )
        found |= {row["id"]: row["reminders"] for row in rows}
    return found


def in_parts(these: Sequence[T]) -> Iterable[list[T]]:
    return (list(these[first : first + AT_ONCE]) for first in range(0, len(these), AT_ONCE))


async def _letters(
    asked: Sequence[tuple[Somebody, Sequence[Ask]]],
    wholes: Mapping[int, WholeCall],
    counted: Mapping[int, int],
) -> list[Written]:
    carers = await coordinators()
    numbers = sorted({who.contact for who, _ in asked})
    contacts: dict[int, Contact] = {}
    for part in in_parts(numbers):
        rows = await Contact.objects().where(Contact.id.is_in(part))
        contacts |= {row.id: row for row in rows}
    return [
        mails.reminder(
            [
                Asked(
                    wholes[ask.call],
                    Addressee(
                        ask.invitation, ask.code, ask.municipality, contacts[who.contact],
                        ask.language,
                    ),
                )
                for ask in asks
            ],
            carers.get(asks[0].country),
            number=counted[asks[0].invitation],
        )
        for who, asks in asked
    ]  # fmt: skip


async def _record(
    wholes: Mapping[int, WholeCall],
    asked: Sequence[tuple[Somebody, Sequence[Ask]]],
    call_id: int,
    *,
    sent: Sequence[object],
    by: Person | None,
    now: datetime,
) -> int:
    """The act stands with the call it was meant for; the others only tell of it."""
    for number, whole in wholes.items():
        letters = sum(any(ask.call == number for ask in asks) for _, asks in asked)
        if number != call_id:
            await record(
                "reminded along", kind="call", object=number, by=by, now=now,
                dossier=whole.dossier.id, details={"letters": letters},
            )  # fmt: skip
    return await record(
        "reminded", kind="call", object=call_id, by=by, now=now,
        dossier=wholes[call_id].dossier.id, details={"letters": len(asked), "sent": sent},
    )  # fmt: skip
