"""Reminders that wait and need not leave: somebody has answered, or the act was undone."""

import json
from collections.abc import Awaitable, Callable, Collection, Mapping
from datetime import datetime
from typing import Any  # a condition on columns

from advocacy import database
from advocacy.calls.asking.whole_calls import whole_by_id
from advocacy.calls.covering.reminder_plan import REMINDABLE
from advocacy.calls.covering.reminding import LOCK, in_parts
from advocacy.calls.covering.unanswered import unanswered
from advocacy.calls.tables import Invitation
from advocacy.errors import NotAllowed, Outdated
from advocacy.history.actions import record
from advocacy.history.tables import Event
from advocacy.mail.rules import LetterState
from advocacy.mail.tables import Letter
from advocacy.people.tables import Person


async def stop_answered(now: datetime) -> int:
    """Job: a reminder that waits is not sent when nothing it asks for is open any more, or when
    its reader wants none any more.

    Returns how many stay here.
    """
    waiting = await Letter.select(Letter.id, Letter.recipient, Letter.created).where(
        Letter.kind == "reminder",
        Letter.state == LetterState.WAITING,
        Letter.claimed_until.is_null(),
    )
    if not waiting:
        return 0
    still = {
        (who.email.casefold(), ask.reminded)
        for who in (await unanswered(now=now)).people
        if who.wanted
        for ask in who.asks
        if ask.state in REMINDABLE
    }
    idle = [
        row["id"]
        for row in waiting
        if (row["recipient"].casefold(), row["created"]) not in still
    ]  # fmt: skip
    return len(await _stop(Letter.id.is_in(idle))) if idle else 0


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
