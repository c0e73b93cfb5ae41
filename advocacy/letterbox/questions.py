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
from advocacy.advice.queries import by_id, desk_of, thread
from advocacy.advice.tables import Enquiry
from advocacy.calls.queries import invitation
from advocacy.documents.rules import cleaned_name
from advocacy.errors import DomainError, NotAllowed, NotFound, Outdated
from advocacy.history.actions import record
from advocacy.letterbox import finding, rules, settling
from advocacy.letterbox.mails import name_of
from advocacy.letterbox.notes import Note
from advocacy.letterbox.reading import Message
from advocacy.letterbox.reading.messages import Attached, Head
from advocacy.letterbox.rules import Kind, State, Why
from advocacy.letterbox.tables import Received
from advocacy.mail.letters import Attachment
from advocacy.mail.tables import Letter
from advocacy.municipalities.actions import note_arrival
from advocacy.municipalities.tables import Contact, Municipality
from advocacy.people.tables import Person
from advocacy.settings import settings
from feeds.reading.language import detect

_REPLIED = re.compile(
    r"(?:\s*(?:re|aw|antw|odg|rif|r|fwd?|wg|tr|i|ref)\s?(?:\[\d+\])?\s?:)+", re.IGNORECASE
)
LARGEST_FILES = 10 * 1024 * 1024
"""Bytes that go along with an answer: more is refused by many servers."""
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
    quiet = not known or not rules.may_write_to(row.sender, ours=_ours())
    try:
        about = await finding.dossier_named(row.subject)
        made = await ask(_question(row), asker, dossier=about, channel="mail", quiet=quiet, now=now)
    except NotAllowed:
        return
    if asker.contact is not None:
        await note_arrival(asker.contact.id)
    _noted(row, made.id, asker.language, now=now)


def _ours() -> tuple[str, str]:
    return settings().sender.lower(), settings().replies.lower()


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
    """To a question that is there: words of who asks, or the answer of who has it in hand. What
    anybody else writes about a letter of the house is not for the municipality to read.
    """
    row.kind, row.enquiry = Kind.QUESTION, enquiry
    if letters and (desk := _DESK.fullmatch(letters[0].key)):
        person = await _of_the_house(message.head, letters[0], int(desk[3]))
        if person is None:
            row.note = _waits(row, Why.FOR_THE_HOUSE)
        else:
            await _answered(row, message, enquiry, person, int(desk[2]), now=now)
        return
    if not row.text.strip() and not message.attachments:
        row.note = _waits(row, Why.NOTHING_TYPED)
        return
    stored = await by_id(enquiry)
    await _add_words(row, message.attachments, stored, now=now)
    own = stored.email.lower() == row.sender and not message.head.forged
    if own and stored.contact is not None:
        await note_arrival(stored.contact)
    _noted(row, enquiry, stored.language, now=now)


def _waits(row: Received, why: Why) -> str:
    return Note(why, larger="larger" in row.note).as_json()


async def _add_words(
    row: Received, files: Sequence[Attached], stored: Enquiry, *, now: datetime
) -> None:
    own = stored.email.lower() == row.sender
    author = "" if own else f"{name_of(row)} ‹{row.sender}›" if row.sender_name else row.sender
    words = row.text.strip() or row.subject or ", ".join(each.name for each in files)
    if words:
        await add_words(stored.id, words, author=author[:200], channel="mail", now=now)


async def _of_the_house(head: Head, letter: Letter, number: int) -> Person | None:
    """Who replies to the letter that we wrote to them about a question. Nobody else has it, unless
    it was passed on: our own server may know better who writes.
    """
    if head.forged or letter.recipient.lower() != head.sender:
        return None
    person = await Person.objects().where(Person.id == number).first()
    return person if person and desk_of(person).works else None


async def _answered(
    row: Received, message: Message, enquiry: int, person: Person, number: int, *, now: datetime
) -> None:
    """With its files. Only while nothing was added to the question, and if all of it can leave;
    else it waits in the letterbox.
    """
    text, reply_is_whole = row.text.strip(), "larger" not in row.note
    if sum(len(each.content) for each in message.attachments) > LARGEST_FILES or not reply_is_whole:
        row.note = _waits(row, Why.FOR_THE_HOUSE)
        return
    files = tuple(
        Attachment(cleaned_name(each.name), "application/octet-stream", each.content)
        for each in message.attachments
    )
    try:
        if not text:
            raise Outdated(settling.MEANWHILE)
        reply = Reply(text, "", number)
        await answer(enquiry, reply, by=person, channel="mail", files=files, now=now)
    except DomainError:
        row.note = _waits(row, Why.NOT_SENT)
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
        enquiry = (
            await _continued(row, there, by, now=now) if there else await _made(row, by, now=now)
        )
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


async def _continued(row: Received, enquiry: int, by: Person, *, now: datetime) -> int:
    """Its words are added, unless they stand there already."""
    there = await thread(enquiry, by=by)
    if not any(each.text == row.text.strip() for each in there.shown_to_asker):
        await _add_words(row, (), there.stored, now=now)
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
    quiet = not rules.may_write_to(row.sender, ours=_ours())
    made = await ask(_question(row), asker, dossier=about, channel="mail", quiet=quiet, now=now)
    return made.id
