"""Somebody looks at a mail that waits: it belongs there, it is theirs, it is no answer."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any  # values of columns

from advocacy import database
from advocacy.advice.answering.becoming import settle_as, unsettle
from advocacy.advice.queries import by_id as enquiry_by_id
from advocacy.calls import queries as calls
from advocacy.calls.queries import Personal
from advocacy.calls.rules import HOLD
from advocacy.errors import Invalid, Message, NotAllowed, NotFound, Outdated
from advocacy.history.actions import record
from advocacy.history.tables import Event
from advocacy.letterbox import finding, mails, queries, taking
from advocacy.letterbox.reading import read
from advocacy.letterbox.reading.stances import stance_of
from advocacy.letterbox.rules import ALLOWED, State, may_see
from advocacy.letterbox.tables import Received
from advocacy.mail.actions import stop
from advocacy.people.tables import Person

MEANWHILE = "Somebody has dealt with this mail meanwhile: please look at it again"
BEFORE = ("kind", "state", "invitation", "note")
"""What an undo writes back."""


async def assign(number: int, invitation_id: int, *, by: Person, now: datetime) -> int:
    """It answers this invitation. Returns the event, which can be undone.

    Invalid: after the deadline the answer that was given in time stands.
    """
    async with database.transaction():
        await database.one_at_a_time("letterbox")
        row = await _open(number, State.TAKEN)
        personal = await calls.invitation(invitation_id)
        _check_right(by, personal)
        return await _take(row, personal, "mail assigned", by=by, now=now)


async def confirm(number: int, *, by: Person | None, now: datetime) -> int:
    """It speaks for the municipality: `by` it (None), or somebody of the house who asked."""
    async with database.transaction():
        await database.one_at_a_time("letterbox")
        row = await _open(number, State.TAKEN)
        if row.invitation is None:
            raise Invalid({"invitation": Message("Choose which call it answers")})
        personal = await calls.invitation(row.invitation)
        if by is not None:
            _check_right(by, personal)
        elif row.state != State.TO_CONFIRM:
            raise Outdated(MEANWHILE)
        return await _take(row, personal, "mail confirmed", by=by, now=now)


async def _take(
    row: Received, personal: Personal, action: str, *, by: Person | None, now: datetime
) -> int:
    before = _before(row)
    stood = personal.contribution.version if personal.given and personal.contribution else None
    message = await asyncio.to_thread(read, row.content)
    sender, contact = await finding.sender_of(personal, row.sender)
    row.stance = row.stance or stance_of(row.text)
    row.language = row.language or personal.invitation.language
    await Received.update(
        {Received.stance: row.stance, Received.language: row.language}
    ).where(Received.id == row.id)  # fmt: skip
    # The letter waits as long as the act is likely to be taken back; a municipality's own does not.
    contribution = await taking.take(
        row, personal, message.attachments, contact=contact, sender=sender, by=by, now=now,
        due=now + HOLD if by else None,
    )  # fmt: skip
    question = None
    if row.enquiry is not None:  # what it was taken for before
        question = await settle_as(await enquiry_by_id(row.enquiry), contribution.id, now=now)
    return await record(
        action, kind="mail", object=row.id, by=by or personal.municipality.name, now=now,
        dossier=personal.whole.dossier.id,
        details={
            "before": before, "stood": stood, "question": question,
            "contribution": contribution.id, "version": contribution.version,
            "call": personal.whole.call.number, "code": personal.municipality.code,
        },
    )  # fmt: skip


async def file_away(number: int, *, by: Person | None, now: datetime) -> int:
    """It is no answer: `by` the municipality that was asked (None), or somebody of the house."""
    async with database.transaction():
        await database.one_at_a_time("letterbox")
        row = await _open(number, State.FILED)
        personal = await calls.invitation(row.invitation) if row.invitation else None
        if by is not None:
            await queries.received(number, by=by)  # NotFound where it is not theirs to see
        elif row.state != State.TO_CONFIRM:
            raise Outdated(MEANWHILE)
        await _write(
            row, {"state": State.FILED, "settled": now, "settled_by": by.id if by else None}
        )
        return await record(
            "mail filed", kind="mail", object=row.id, now=now,
            by=by or (personal.municipality.name if personal else None),
            dossier=personal.whole.dossier.id if personal else None,
            details={"before": _before(row)},
        )  # fmt: skip


async def _open(number: int, after: State) -> Received:
    row = await Received.objects().where(Received.id == number).first()
    if row is None:
        raise NotFound("There is no such mail")
    if after not in ALLOWED[State(row.state)]:
        raise Outdated(MEANWHILE)
    return row


def _check_right(by: Person, personal: Personal) -> None:
    if not may_see(by.role, by.countries.split(","), country=personal.municipality.country):
        raise NotAllowed(
            Message("Only the secretariat and the coordinator of the country answer for it")
        )


def _before(row: Received) -> dict[str, Any]:
    return {name: getattr(row, name) for name in BEFORE}


async def _write(row: Received, values: Mapping[str, Any]) -> None:
    columns: dict[Any, Any] = {getattr(Received, name): value for name, value in values.items()}
    moved = await (
        Received.update(columns)
        .where(Received.id == row.id, Received.state == row.state)
        .returning(Received.id)
    )
    if not moved:
        raise Outdated(MEANWHILE)


async def undo_settled(event: Event, by: Person, now: datetime) -> str:
    """As it was; an answer that it became is taken back, and its letter, if that still waits."""
    facts = json.loads(event.details)
    async with database.transaction():
        await database.one_at_a_time("letterbox")
        row = await Received.objects().where(Received.id == event.object).first()
        if row is None:
            raise NotFound("There is no such mail")
        expected = State.FILED if event.action == "mail filed" else State.TAKEN
        if row.state != expected:
            raise Outdated(MEANWHILE)
        if expected is State.TAKEN:
            if row.version != facts["version"]:
                raise Outdated(MEANWHILE)
            await taking.take_back(row, stood=facts["stood"], by=by, now=now)
            await stop(mails.key_of_understood(facts["contribution"], facts["version"]))
            await _ask_again(row, facts, now=now)
        await _write(
            row,
            facts["before"]
            | {"contribution": None, "version": None, "settled": None, "settled_by": None},
        )
        await record(
            "undone", kind="mail", object=row.id, by=by, now=now, dossier=event.dossier,
            undoes=event.id,
        )  # fmt: skip
    return f"/letterbox/{row.id}"


async def _ask_again(row: Received, facts: Mapping[str, Any], *, now: datetime) -> None:
    """It was a question after all, unless something else has become of that."""
    if row.enquiry is None:
        return
    enquiry = await enquiry_by_id(row.enquiry)
    if enquiry.contribution == facts["contribution"]:
        await unsettle(enquiry, facts.get("question"), now=now)


UNDO: Mapping[str, Callable[[Event, Person, datetime], Awaitable[str]]] = {
    "mail assigned": undo_settled,
    "mail confirmed": undo_settled,
    "mail filed": undo_settled,
}
