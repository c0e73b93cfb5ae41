"""A mail that asks something, or adds to what was asked: nothing of it is dropped.

Whoever nobody knows asks the secretariat; a coordinator who replies to the letter about a question
has answered it.
"""

import re
from collections.abc import Sequence
from datetime import datetime

from advocacy import database, texts
from advocacy.advice.answering.replying import answer
from advocacy.advice.asking.taking_in import Asker, add_words, ask
from advocacy.advice.forms import NewQuestion, Reply, subject_of
from advocacy.advice.queries import by_id, desk_of
from advocacy.calls.queries import invitation
from advocacy.errors import DomainError, NotAllowed, NotFound, Outdated
from advocacy.history.actions import record
from advocacy.letterbox import finding, rules, settling
from advocacy.letterbox.mails import name_of
from advocacy.letterbox.notes import Note
from advocacy.letterbox.reading import Message
from advocacy.letterbox.reading.messages import Head
from advocacy.letterbox.rules import Kind, State, Why
from advocacy.letterbox.tables import Received
from advocacy.mail.tables import Letter
from advocacy.municipalities.actions import note_arrival
from advocacy.municipalities.tables import Contact, Municipality
from advocacy.people.tables import Person
from advocacy.settings import settings
from feeds.reading.language import detect

_REPLIED = re.compile(
    r"(?:\s*(?:re|aw|antw|odg|rif|r|fwd?|wg|tr|i|ref)\s?(?:\[\d+\])?\s?:)+", re.IGNORECASE
)
_DESK = re.compile(r"enquiry/(\d{1,9})/(\d{1,9})/desk/(\d{1,9})")


async def begin(row: Received, message: Message, *, now: datetime) -> None:
    """Of a mail that answers nothing. Without a sender, or without a word and a file, it waits in
    the letterbox, and so it does where nobody of the house could take it.
    """
    if not row.sender:
        return
    if not row.text.strip() and not message.attachments:
        row.note = Note(Why.NOTHING_TYPED, larger="larger" in row.note).as_json()
        return
    asker, known = await _asker(row, message.head)
    ours = (settings().sender.lower(), settings().replies.lower())
    quiet = not known or not rules.may_write_to(row.sender, ours=ours)
    try:
        about = await finding.dossier_named(row.subject)
        made = await ask(_question(row), asker, dossier=about, channel="mail", quiet=quiet, now=now)
    except NotAllowed:
        return
    if asker.contact is not None:
        await note_arrival(asker.contact.id)
    _noted(row, made.id, asker.language, now=now)


def _noted(row: Received, enquiry: int, language: str, *, now: datetime) -> None:
    row.kind, row.state, row.settled = Kind.QUESTION, State.NOTED, now
    row.enquiry, row.language = enquiry, row.language or language
    row.note = Note(larger="larger" in row.note).as_json()


def _question(row: Received) -> NewQuestion:
    subject = _REPLIED.sub("", row.subject, count=1).strip()
    text = row.text.strip() or subject
    return NewQuestion(subject or subject_of(text), text)


async def _asker(row: Received, head: Head) -> tuple[Asker, bool]:
    """And whether the address is one that we know. The municipality is only believed where more
    than the mail itself speaks for its sender.
    """
    people = [] if head.forged else await finding.contacts_at(head.sender)
    proven = bool(people) and await finding.is_theirs(head)
    own = people[0] if proven and len({each.municipality for each in people}) == 1 else None
    member = await _member(own.municipality) if own else None
    language = people[0].language if people else _spoken(row.text)
    name = own.name if own else row.sender_name
    return Asker(name, row.sender, language, member, own, sure=proven), bool(people) or head.proven


async def _member(number: int) -> Municipality | None:
    return await Municipality.objects().where(Municipality.id == number).first()


def _spoken(text: str) -> str:
    """One of the five, for the letters; whatever else it is, the network's own."""
    found = detect(text)
    return found if found in texts.LANGUAGES else settings().language


async def add(
    row: Received, message: Message, enquiry: int, letters: Sequence[Letter], *, now: datetime
) -> None:
    """To a question that is there: words of who asks, or the answer of who has it in hand."""
    row.kind, row.enquiry = Kind.QUESTION, enquiry
    person, number = await _of_the_house(message.head, letters)
    if person is not None:
        await _answered(row, enquiry, person, number, now=now)
        return
    text = row.text.strip()
    if not text and not message.attachments:
        row.note = Note(Why.NOTHING_TYPED, larger="larger" in row.note).as_json()
        return
    stored = await by_id(enquiry)
    own = stored.email.lower() == row.sender
    author = "" if own else f"{name_of(row)} ‹{row.sender}›" if row.sender_name else row.sender
    words = text or row.subject or ", ".join(each.name for each in message.attachments)
    await add_words(enquiry, words, author=author[:200], channel="mail", now=now)
    if own and stored.contact is not None:
        await note_arrival(stored.contact)
    _noted(row, enquiry, stored.language, now=now)


async def _of_the_house(head: Head, letters: Sequence[Letter]) -> tuple[Person | None, int]:
    """Who replies to the letter that we wrote to them about a question, and the message that it
    told of. Nobody else has that letter.
    """
    found = _DESK.fullmatch(letters[0].key) if letters else None
    if found is None or letters[0].recipient.lower() != head.sender:
        return None, 0
    person = await Person.objects().where(Person.id == int(found[3])).first()
    return (person, int(found[2])) if person and desk_of(person).works else (None, 0)


async def _answered(
    row: Received, enquiry: int, person: Person, number: int, *, now: datetime
) -> None:
    """Only while nothing was added to the question; else it waits in the letterbox."""
    text = row.text.strip()
    try:
        if not text:
            raise Outdated(settling.MEANWHILE)
        await answer(enquiry, Reply(text, "", number), by=person, channel="mail", now=now)
    except DomainError:
        row.note = Note(Why.NOT_SENT, larger="larger" in row.note).as_json()
        return
    _noted(row, enquiry, person.language, now=now)


async def make_question(number: int, *, by: Person, now: datetime) -> int:
    """Somebody of the house says that a mail asks something. Returns the question."""
    async with database.transaction():
        await database.one_at_a_time("letterbox")
        row = await Received.objects().where(Received.id == number).first()
        if row is None:
            raise NotFound("There is no such mail")
        if not rules.may_be_question(State(row.state)):
            raise Outdated(settling.MEANWHILE)
        before, there = row.state, row.enquiry
        enquiry = there or await _made(row, by, now=now)
        _noted(row, enquiry, row.language, now=now)
        moved = await (
            Received.update(
                {
                    Received.kind: row.kind, Received.state: row.state, Received.note: row.note,
                    Received.enquiry: enquiry, Received.settled: now, Received.settled_by: by.id,
                }
            )
            .where(Received.id == row.id, Received.state == before)
            .returning(Received.id)
        )  # fmt: skip
        if not moved:
            raise Outdated(settling.MEANWHILE)
        await record(
            "mail made a question", kind="mail", object=row.id, by=by, now=now,
            details={"enquiry": enquiry},
        )  # fmt: skip
    return enquiry


async def _made(row: Received, by: Person, *, now: datetime) -> int:
    """With what is known of it: the municipality and the dossier of the call that it names."""
    personal = await invitation(row.invitation) if row.invitation else None
    country = personal.municipality.country if personal else None
    if not rules.may_see(by.role, by.countries.split(","), country=country):
        raise NotFound("There is no such mail")
    people = await finding.contacts_at(row.sender)
    member = personal.municipality if personal else None
    own = [each for each in people if member and each.municipality == member.id]
    contact: Contact | None = own[0] if own else None
    language = personal.invitation.language if personal else _spoken(row.text)
    asker = Asker(row.sender_name, row.sender, language, member, contact, sure=False)
    about = personal.whole.dossier.id if personal else None
    made = await ask(
        _question(row), asker, dossier=about, channel="mail", quiet=not row.sender, now=now
    )
    return made.id
