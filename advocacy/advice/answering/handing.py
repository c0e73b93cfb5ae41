"""A question changes hands, is closed, opened again, or finds where it belongs."""

import json
from datetime import datetime
from typing import Any  # columns and their values

from advocacy import database
from advocacy.advice import mails, queries, rules
from advocacy.advice.asking.owning import owner_of
from advocacy.advice.asking.taking_in import found_by, tell_owner
from advocacy.advice.forms import Handing, Place
from advocacy.advice.queries import Thread
from advocacy.advice.rules import ALLOWED, EnquiryState, MessageKind
from advocacy.advice.tables import Enquiry, EnquiryMessage
from advocacy.dossiers import queries as dossiers
from advocacy.dossiers.tables import Dossier
from advocacy.errors import Invalid, Message, NotFound, Outdated
from advocacy.history.actions import record
from advocacy.history.tables import Event
from advocacy.mail.actions import stop
from advocacy.municipalities import queries as municipalities
from advocacy.municipalities.tables import Contact, Municipality
from advocacy.people.rules import LANGUAGES
from advocacy.people.tables import Person
from feeds.reading.language import detect

NOBODY_THERE = Message("Choose somebody of the house who is active")


async def hand_over(enquiry_id: int, handing: Handing, *, by: Person, now: datetime) -> int:
    """In one step, with the thread as it is and a note that only the house reads. Returns the
    event, which can be undone. Outdated: something was added since the page was opened.
    """
    async with database.transaction():
        await database.one_at_a_time(f"enquiry/{enquiry_id}")
        thread = await queries.thread(enquiry_id, by=by)
        rules.check_seen(handing.seen, thread.last)
        person = await Person.objects().where(Person.id == handing.to).first()
        if person is None or not queries.desk_of(person).works:
            raise Invalid({"to": NOBODY_THERE})
        if person.id == thread.stored.owner:
            raise Invalid({"to": Message("This person has the question in hand already")})
        message = await _note(thread, handing.note, by, now=now)
        event = await _to(thread.stored, person, by=by, number=message.number, now=now)
        await tell_owner(
            thread.stored, message, person, but=by, from_whom=by.name, now=now
        )  # fmt: skip
    return event


async def _note(thread: Thread, text: str, by: Person, *, now: datetime) -> EnquiryMessage:
    message = EnquiryMessage(
        enquiry=thread.stored.id, number=thread.last + 1, kind=MessageKind.HANDOVER, text=text,
        language=by.language, author=by.name, person=by.id, at=now,
    )  # fmt: skip
    await message.save()
    return message


async def _to(enquiry: Enquiry, person: Person, *, by: Person, number: int, now: datetime) -> int:
    before = enquiry.owner
    await _write(enquiry, {"owner": person.id, "changed": now})
    return await record(
        "question handed over", kind="enquiry", object=enquiry.id, by=by, now=now,
        details={"from": before, "to": person.id, "number": number},
    )  # fmt: skip


async def _write(enquiry: Enquiry, values: dict[str, Any]) -> None:
    columns: dict[Any, Any] = {getattr(Enquiry, name): value for name, value in values.items()}
    moved = await (
        Enquiry.update(columns)
        .where(
            Enquiry.id == enquiry.id, Enquiry.state == enquiry.state, Enquiry.owner == enquiry.owner
        )
        .returning(Enquiry.id)
    )
    if not moved:
        raise Outdated(rules.MEANWHILE)
    for name, value in values.items():
        setattr(enquiry, name, value)


async def close(enquiry_id: int, *, seen: int, by: Person, now: datetime) -> int:
    """Without another word to the municipality. Returns the event, which can be undone."""
    return await _turn(
        enquiry_id, EnquiryState.CLOSED, "question closed", seen=seen, by=by, now=now
    )


async def reopen(enquiry_id: int, *, seen: int, by: Person, now: datetime) -> int:
    """It waits for an answer again, from now on."""
    return await _turn(
        enquiry_id, EnquiryState.OPEN, "question reopened", seen=seen, by=by, now=now
    )


async def _turn(
    enquiry_id: int, after: EnquiryState, action: str, *, seen: int, by: Person, now: datetime
) -> int:
    async with database.transaction():
        await database.one_at_a_time(f"enquiry/{enquiry_id}")
        thread = await queries.thread(enquiry_id, by=by)
        rules.check_seen(seen, thread.last)
        enquiry = thread.stored
        if after not in ALLOWED[EnquiryState(enquiry.state)]:
            raise Outdated(rules.MEANWHILE)
        before = facts_of(enquiry)
        is_open = after is EnquiryState.OPEN
        await _write(
            enquiry,
            {
                "state": after, "changed": now, "closed": None if is_open else now,
                "waits_since": now if is_open else None,
            },
        )  # fmt: skip
        return await record(
            action, kind="enquiry", object=enquiry.id, by=by, now=now,
            details={"before": before, "after": after},
        )  # fmt: skip


def facts_of(enquiry: Enquiry) -> dict[str, str | None]:
    """What an undo writes back."""
    return {
        "state": enquiry.state,
        "waits_since": enquiry.waits_since.isoformat() if enquiry.waits_since else None,
        "closed": enquiry.closed.isoformat() if enquiry.closed else None,
    }


async def put(enquiry_id: int, place: Place, *, by: Person, now: datetime) -> int:
    """Which municipality asks, and about which dossier. With a municipality that was not known it
    goes to who looks after that. Returns the event.
    """
    async with database.transaction():
        await database.one_at_a_time(f"enquiry/{enquiry_id}")
        thread = await queries.thread(enquiry_id, by=by)
        enquiry = thread.stored
        if place.was is not None and place.was != thread.row.place:
            raise Outdated(rules.MEANWHILE)
        member, dossier = await _found(place, thread)
        known = member is not None and member.id == enquiry.municipality
        before = {
            "municipality": enquiry.municipality, "dossier": enquiry.dossier,
            "subject": enquiry.subject, "owner": enquiry.owner,
        }  # fmt: skip
        owner = None if known or member is None else await owner_of(member, enquiry.dossier)
        contact = await _contact(member, enquiry.email)
        changed: dict[str, Any] = {
            "dossier": dossier.id if dossier else None,
            "subject": place.subject,
            "changed": now,
        }
        if not known:
            changed |= {
                "municipality": member.id if member else None,
                "contact": contact.id if contact else None,
                "language": _spoken_by(member, contact, thread),
            }
        if owner is not None:
            changed["owner"] = owner.id
        name = member.name if member else ""
        changed["search_text"] = found_by(
            name, enquiry.asker, place.subject, *(each.text for each in thread.shown_to_asker),
            language=enquiry.language,
        )  # fmt: skip
        moves = owner is not None and owner.id != before["owner"]
        message = await _note(thread, "", by, now=now) if moves else None
        await _write(enquiry, changed)
        event = await record(
            "question assigned", kind="enquiry", object=enquiry.id, by=by, now=now,
            details={"before": before, "code": member.code if member else ""},
        )  # fmt: skip
        if message is not None and owner is not None:
            await tell_owner(enquiry, message, owner, but=by, from_whom=by.name, now=now)
    return event


async def _found(place: Place, thread: Thread) -> tuple[Municipality | None, Dossier | None]:
    """Invalid names the field that leads nowhere."""
    wrong: dict[str, Message] = {}
    member = dossier = None
    try:
        member = await municipalities.by_code(place.code) if place.code else None
    except NotFound:
        wrong["code"] = Message("There is no municipality with this code")
    try:
        dossier = await dossiers.by_ref(place.dossier) if place.dossier else None
    except NotFound:
        wrong["dossier"] = Message("There is no dossier with this number")
    if wrong:
        raise Invalid(wrong)
    if member is None and thread.stored.municipality is not None:
        raise Invalid({"code": Message("Say which municipality asks")})
    return member, dossier


async def _contact(member: Municipality | None, email: str) -> Contact | None:
    if member is None:
        return None
    people = await Contact.objects().where(Contact.municipality == member.id)
    return next((each for each in people if each.email.lower() == email.lower()), None)


def _spoken_by(member: Municipality | None, contact: Contact | None, thread: Thread) -> str:
    """In which letters go out: that of their contact, else in which they wrote, if that is sure."""
    if contact is not None:
        return contact.language
    wrote = detect(thread.asked)
    if wrote in LANGUAGES:
        return str(wrote)
    return member.language if member is not None else thread.stored.language


async def undo_handed(event: Event, by: Person, now: datetime) -> str:
    """Back to who had it, if that person is still there and it was not handed on."""
    facts = json.loads(event.details)
    async with database.transaction():
        await database.one_at_a_time(f"enquiry/{event.object}")
        enquiry = await queries.by_id(event.object)
        person = await Person.objects().where(Person.id == facts["from"]).first()
        if enquiry.owner != facts["to"] or person is None or not queries.desk_of(person).works:
            raise Outdated(rules.MEANWHILE)
        await stop(mails.desk_prefix(enquiry.id, facts.get("number", 0)))
        await _write(enquiry, {"owner": person.id, "changed": now})
        await _undone(event, by, now)
    return f"/advice/{enquiry.id}"


async def undo_turned(event: Event, by: Person, now: datetime) -> str:
    facts = json.loads(event.details)
    async with database.transaction():
        await database.one_at_a_time(f"enquiry/{event.object}")
        enquiry = await queries.by_id(event.object)
        since = enquiry.waits_since if facts["after"] == EnquiryState.OPEN else enquiry.closed
        if enquiry.state != facts["after"] or since != event.at:
            raise Outdated(rules.MEANWHILE)  # or it was turned back, and once more
        before = facts["before"]
        await _write(
            enquiry,
            {
                "state": before["state"],
                "waits_since": moment(before["waits_since"]),
                "closed": moment(before["closed"]),
                "changed": now,
            },
        )
        await _undone(event, by, now)
    return f"/advice/{enquiry.id}"


def moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


async def _undone(event: Event, by: Person, now: datetime) -> None:
    await record(
        "undone", kind="enquiry", object=event.object, by=by, now=now, undoes=event.id,
        details={"action": event.action},
    )  # fmt: skip
