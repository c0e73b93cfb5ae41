"""The draft is put before the municipalities that answered, until an instant: the member check."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any  # a column behind several foreign keys

from advocacy import database
from advocacy.calls.rules import ContributionState
from advocacy.calls.tables import Contribution
from advocacy.dossiers import queries as dossiers
from advocacy.errors import Invalid, Message, NotAllowed, Outdated
from advocacy.history.actions import record
from advocacy.history.tables import Event
from advocacy.mail.actions import post, stop
from advocacy.municipalities.queries import contacts_of
from advocacy.municipalities.rules import Rhythm
from advocacy.municipalities.tables import Contact
from advocacy.people.tables import Person
from advocacy.positions import queries, rules
from advocacy.positions.proposing import mails
from advocacy.positions.proposing.acts import opened
from advocacy.positions.proposing.answering import HOLD
from advocacy.positions.tables import Position

SHOWN = "draft shown to municipalities"
OFFICE_ZONE = "Europe/Brussels"
_invited: Any = Contribution.invitation


@dataclass(frozen=True, slots=True)
class Asked:
    """A municipality that answered, and who reads the letter."""

    invitation: int
    language: str
    municipality: str
    contact: Contact


async def zone_of(dossier_id: int) -> str:
    """In which its times are said."""
    window = await dossiers.current_window(dossier_id)
    return window.zone if window else OFFICE_ZONE


async def asked(dossier_id: int) -> list[Asked]:
    """One letter for each municipality, with the link of its latest answer. Two queries.

    Who wants no letters of the network gets none, and who has no address that works.
    """
    rows = await (
        Contribution.select(
            _invited.id.as_alias("invitation"),
            _invited.language.as_alias("language"),
            _invited.contact.id.as_alias("contact"),
            _invited.municipality.id.as_alias("place"),
            _invited.municipality.name.as_alias("name"),
        )
        .where(
            _invited.call.window.dossier == dossier_id,
            Contribution.state == ContributionState.GIVEN,
        )
        .order_by(Contribution.id)
    )
    latest = {row["place"]: row for row in rows}
    contacts = await contacts_of(list(latest))
    return [
        Asked(row["invitation"], row["language"], row["name"], contact)
        for place, row in latest.items()
        if (contact := _reads(contacts.get(place, []), row["contact"]))
    ]


def _reads(contacts: Sequence[Contact], invited: int | None) -> Contact | None:
    usable = [
        each for each in contacts if each.email and not each.bounced and each.calls != Rhythm.NEVER
    ]
    first = next((each for each in usable if each.id == invited), None)
    return first or next(iter(usable), None)


async def show(position_id: int, until: datetime, *, by: Person, now: datetime) -> int:
    """The pages open at once, letters leave in ten minutes. Returns the event.

    Invalid (until): not ahead, or the window closes before. NotAllowed: no text, nobody to ask.
    """
    rules.check_writes(by.role)
    async with database.transaction():
        position = await opened(position_id)
        window = await dossiers.current_window(position.dossier)
        if until <= now:
            raise Invalid({"until": Message("This lies in the past")})
        if window and until > window.closes:
            problem = Message("This is after the end of the window: nobody would read it")
            raise Invalid({"until": problem})
        if not position.version:
            raise NotAllowed("There is no text yet")
        found = await asked(position.dossier)
        if not found:
            raise NotAllowed("No municipality has answered, so there is nobody to ask")
        before = position.members_until
        await _until(position, until)
        event = await _record(SHOWN, position, until, before, len(found), by=by, now=now)
        dossier = await dossiers.by_id(position.dossier)
        version = await queries.version(position_id)
        for each in found:
            letter = mails.member_check(
                position, dossier, version, each.contact, invitation=each.invitation,
                language=each.language, municipality=each.municipality, until=until,
                zone=window.zone if window else OFFICE_ZONE, opened=now,
            )  # fmt: skip
            await post(letter, now=now, due=now + HOLD)
    return event


async def _until(position: Position, until: datetime | None) -> None:
    before = position.members_until
    is_as_before = (
        Position.members_until.is_null() if before is None else Position.members_until == before
    )
    changed = (
        await Position.update({Position.members_until: until})
        .where(Position.id == position.id, is_as_before)
        .returning(Position.id)
    )
    if not changed:
        raise Outdated("Somebody has just changed this")


async def close(position_id: int, *, by: Person, now: datetime) -> int:
    """Before its time: the pages close, letters that have not left stay here. The event."""
    rules.check_writes(by.role)
    async with database.transaction():
        position = await opened(position_id)
        rules.check_members_look(position.members_until, now=now)
        before = position.members_until
        await _until(position, now)
        stopped = await stop(f"member-check/{position_id}/")
        action = "member check closed"
        return await _record(action, position, now, before, stopped, by=by, now=now)


async def _record(
    action: str,
    position: Position,
    until: datetime,
    before: datetime | None,
    letters: int,
    *,
    by: Person,
    now: datetime,
) -> int:
    details = {
        "until": until.isoformat(),
        "before": before.isoformat() if before else None,
        "letters": letters,
    }
    return await record(
        action, kind="position", object=position.id, dossier=position.dossier, by=by, now=now,
        details=details,
    )  # fmt: skip


async def undo_showing(event: Event, by: Person, now: datetime) -> str:
    """Possible until the letters leave."""
    rules.check_writes(by.role)
    details = json.loads(event.details)
    async with database.transaction():
        position = await opened(event.object)
        if now >= event.at + HOLD:
            raise NotAllowed(
                "The letters to the municipalities have left. Close the check instead."
            )
        before = details["before"]
        await _until(position, datetime.fromisoformat(before) if before else None)
        await stop(mails.member_check_prefix(position.id, event.at))
    dossier = await dossiers.by_id(position.dossier)
    return f"/p/{dossier.number}/proposals"
