"""Letters that wait and need not leave: somebody has answered, wants none, or undid the act."""

import json
from collections.abc import Awaitable, Callable, Collection, Mapping
from datetime import datetime
from typing import Any  # a condition on columns

from advocacy import database
from advocacy.calls import mails
from advocacy.calls.asking.whole_calls import whole_by_id
from advocacy.calls.reminding.reminder_plan import REMINDABLE
from advocacy.calls.reminding.reminding import LOCK, in_parts
from advocacy.calls.reminding.unanswered import unanswered
from advocacy.calls.rules import InvitationState
from advocacy.calls.tables import Invitation
from advocacy.errors import NotAllowed, Outdated
from advocacy.history.actions import record
from advocacy.history.tables import Event
from advocacy.mail.rules import LetterState
from advocacy.mail.tables import Letter
from advocacy.municipalities.rules import Rhythm
from advocacy.people.tables import Person

_contact: Any = Invitation.contact  # Piccolo types the columns of a joined table loosely


async def stop_answered(now: datetime) -> int:
    """Job: a call's letter or a reminder that waits is not sent when nothing it asks for is open
    any more, or when its reader wants none any more.

    Returns how many stay here.
    """
    idle = [*await _calls_in_vain(), *await _reminders_in_vain(now=now)]
    stopped = 0
    for part in in_parts(idle):
        stopped += len(await _stop(Letter.id.is_in(part)))
    return stopped


async def _waiting(kind: str) -> list[dict[str, Any]]:
    return await Letter.select(Letter.id, Letter.key, Letter.recipient, Letter.created).where(
        Letter.kind == kind,
        Letter.state == LetterState.WAITING,
        Letter.claimed_until.is_null(),
    )


async def _calls_in_vain() -> list[int]:
    """Held, for Monday, or until a server takes them: its municipality has answered meanwhile, or
    its reader wants no calls any more.
    """
    asked: dict[int, list[dict[str, Any]]] = {}
    for letter in await _waiting("call"):
        asked.setdefault(mails.invitation_of(letter["key"]), []).append(letter)
    idle = list[int]()
    for part in in_parts(list(asked)):
        rows = await Invitation.select(
            Invitation.id,
            Invitation.state,
            _contact.email.as_alias("email"),
            _contact.calls.as_alias("calls"),
        ).where(Invitation.id.is_in(part))
        idle += [letter["id"] for row in rows for letter in asked[row["id"]] if _vain(row, letter)]
    return idle


def _vain(asked: Mapping[str, Any], letter: Mapping[str, Any]) -> bool:
    if asked["state"] == InvitationState.ANSWERED:
        return True
    # whoever is asked now may be somebody else than whom this letter is for
    same = (asked["email"] or "").casefold() == letter["recipient"].casefold()
    return same and Rhythm(asked["calls"]) is Rhythm.NEVER


async def _reminders_in_vain(*, now: datetime) -> list[int]:
    waiting = await _waiting("reminder")
    if not waiting:
        return []
    still = {
        (who.email.casefold(), ask.reminded)
        for who in (await unanswered(now=now)).people
        if who.wanted
        for ask in who.asks
        if ask.state in REMINDABLE
    }
    return [
        row["id"]
        for row in waiting
        if (row["recipient"].casefold(), row["created"]) not in still
    ]  # fmt: skip


async def _stop(condition: Any) -> list[str]:
    """The keys of those that had not left."""
    rows = await (
        Letter.update({Letter.state: LetterState.STOPPED})
        .where(condition, Letter.state == LetterState.WAITING, Letter.claimed_until.is_null())
        .returning(Letter.key)
    )
    return [row["key"] for row in rows]


async def undo_reminding(event: Event, by: Person, now: datetime) -> str:
    """What has not left stays here, and is not counted. Outdated: all have left."""
    async with database.transaction():
        await database.one_at_a_time(LOCK)
        sent = json.loads(event.details).get("sent")
        if not sent:
            raise NotAllowed("This cannot be undone: it has left the house")
        stopped: set[str] = set()
        for part in in_parts([key for key, _ in sent]):
            stopped |= set(await _stop(Letter.key.is_in(part)))
        if not stopped:
            raise Outdated("The reminders have left already")
        await _uncount([row for key, rows in sent if key in stopped for row in rows], at=event.at)
        whole = await whole_by_id(event.object)
        await record(
            "undone", kind="call", object=event.object, by=by, now=now, dossier=event.dossier,
            details={"stopped": len(stopped)}, undoes=event.id,
        )  # fmt: skip
    return f"/c/{whole.call.number}/results"


async def _uncount(rows: Collection[tuple[int, str | None]], *, at: datetime) -> None:
    for before in {when for _, when in rows}:
        same = [number for number, when in rows if when == before]
        for part in in_parts(same):
            await Invitation.update(
                {
                    Invitation.reminded: datetime.fromisoformat(before) if before else None,
                    Invitation.reminders: Invitation.reminders - 1,
                }
            ).where(Invitation.id.is_in(part), Invitation.reminded == at)


UNDO: Mapping[str, Callable[[Event, Person, datetime], Awaitable[str]]] = {
    "reminded": undo_reminding,
}
