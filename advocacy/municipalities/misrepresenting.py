"""A municipality objects to what was made of its answer: “This misrepresents us”."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any  # rows of the history

from advocacy import database
from advocacy.errors import Invalid, Message, NotFound, Outdated
from advocacy.history.actions import record
from advocacy.history.tables import Event
from advocacy.mail.actions import post
from advocacy.municipalities import mails, queries, rules
from advocacy.municipalities.contacts import check_right
from advocacy.municipalities.keeping import told_by
from advocacy.municipalities.tables import Contact
from advocacy.people.rules import Role
from advocacy.people.tables import Person

LONGEST = 2_000  # characters


@dataclass(frozen=True, slots=True)
class Objection:
    """`invitation`: to whose answer it objects; `matter`: number and title of the dossier."""

    invitation: int
    dossier: int
    number: str
    title: str
    text: str


def objection_text(typed: str) -> str:
    """Invalid: nothing was said, or too much."""
    text = "\n".join(line.strip() for line in typed.strip().splitlines())
    if not text:
        raise Invalid({"objection": Message("Say in your own words what is wrong")})
    if len(text) > LONGEST:
        said = Message("Shorten it to %(most)s characters", {"most": LONGEST})
        raise Invalid({"objection": said})
    return text


async def report(contact: Contact, said: Objection, *, now: datetime) -> int:
    """Into the history, and by letter to who looks after the municipality. The event's id."""
    member = contact.municipality
    readers = await _readers(member.country)
    async with database.transaction():
        event = await record(
            "misrepresentation reported", kind="municipality", object=member.id,
            by=member.name, now=now, dossier=said.dossier,
            details={
                "contact": contact.id, "name": contact.name, "invitation": said.invitation,
                "number": said.number, "title": said.title, "text": said.text,
            },
        )  # fmt: skip
        for reader in readers:
            await post(
                mails.misrepresented(
                    reader, member, contact, number=said.number, title=said.title,
                    text=said.text, event=event,
                ),
                now=now,
            )  # fmt: skip
    return event


async def _readers(country: str) -> Sequence[Person]:
    """The coordinator of the country; where there is none, the secretariat."""
    carers = await queries.coordinators()
    if country in carers:
        return [carers[country]]
    return await Person.objects().where(Person.role == Role.SECRETARIAT, Person.active.eq(True))


async def settle(event_id: int, *, by: Person, now: datetime) -> int:
    """The coordinator has spoken with them and mended it, or explained it. Returns the event."""
    async with database.transaction():
        await database.one_at_a_time(f"misrepresentation/{event_id}")
        found = (
            await Event.objects()
            .where(Event.id == event_id, Event.action == rules.REPORTED)
            .first()
        )
        if found is None:
            raise NotFound("There is no such objection")
        member = await queries.by_id(found.object)
        check_right(by, member.country)
        known = await queries.objections(member.id)
        if any(each.event == event_id and each.settled for each in known):
            raise Outdated(Message("Somebody has done this already"))
        return await record(
            "misrepresentation settled", kind="municipality", object=member.id, by=by, now=now,
            dossier=found.dossier,
            details={"objection": event_id, "code": member.code},
        )  # fmt: skip


async def undo_settling(event: Event, by: Person, now: datetime) -> str:
    """It waits again: what settled it is undone."""
    told: dict[str, Any] = told_by(event)
    member = await queries.by_id(event.object)
    check_right(by, member.country)
    await record(
        "undone", kind="municipality", object=member.id, by=by, now=now,
        dossier=event.dossier, details={"objection": told["objection"]}, undoes=event.id,
    )  # fmt: skip
    return f"/m/{member.code}"
