"""A mail comes: it is kept as it came, and what it says becomes what it is.

the bytes → read (pure) → kept, once → a letter that came back | an absence | a machine's
| yes or no to "did they answer for you?" | a question, or more words to one | a reply: an answer,
to be confirmed, or it waits
"""

import asyncio
import hashlib
import logging
from collections.abc import Sequence
from datetime import datetime

from advocacy import database
from advocacy.calls import queries as calls
from advocacy.calls.answering.language import language_of
from advocacy.calls.queries import Personal
from advocacy.calls.rules import Stance
from advocacy.letterbox import finding, noting, questions, rules, settling, taking, writing
from advocacy.letterbox.notes import Note, note_in
from advocacy.letterbox.questions import make_question
from advocacy.letterbox.reading import Message, read
from advocacy.letterbox.reading.quotations import typed_beneath
from advocacy.letterbox.reading.stances import stance_of
from advocacy.letterbox.rules import Kind, Sender, State, Why
from advocacy.letterbox.settling import UNDO, assign, confirm, file_away
from advocacy.letterbox.tables import Received
from advocacy.mail.tables import Letter
from advocacy.municipalities.actions import note_arrival

__all__ = ["UNDO", "assign", "confirm", "file_away", "make_question", "take_in"]

log = logging.getLogger("alphorn.letterbox")


async def take_in(content: bytes, *, via: str, whole: bool = True, now: datetime) -> Received:
    """Whatever it is, it is kept. The same mail again is the row that is there, and does nothing.

    `whole` is False where the caller has only the beginning of a mail that is too large.

    Raises only what the database raises when it cannot be reached; then nothing was done.
    """
    larger = not whole or len(content) > rules.LARGEST
    kept = content[: rules.KEPT_OF_LARGER] if larger else content
    message = await asyncio.to_thread(read, kept)
    row = _row(kept, message, via=via, larger=larger, now=now)
    try:
        return await _once(row, message, larger=larger, now=now)
    except database.LOST:
        raise
    except Exception:
        log.exception("a mail could not be worked on: %s", row.message_id or row.sha256)
    row = _row(kept, message, via=via, larger=larger, now=now)
    row.note = Note(Why.FAILED, larger=larger).as_json()
    return await _once(row, None, larger=larger, now=now)


def _row(content: bytes, message: Message, *, via: str, larger: bool, now: datetime) -> Received:
    head = message.head
    return Received(
        sha256=hashlib.sha256(content).hexdigest(),
        message_id=head.message_id[:255],
        via=via,
        sender=head.sender[:254],
        sender_name=head.sender_name[:120],
        subject=head.subject[:300],
        kind=Kind.UNKNOWN,
        state=State.WAITING,
        text=message.typed,
        note=Note(Why.UNREADABLE, larger=larger).as_json(),
        content=content,
        at=now,
    )


async def _once(row: Received, message: Message | None, *, larger: bool, now: datetime) -> Received:
    """Without a `message` it is only kept."""
    async with database.transaction():
        await database.one_at_a_time("letterbox")
        if (known := await _known(row, message)) is not None:
            return known
        await row.save()
        if message is not None and message.readable:
            row.note = Note(larger=larger).as_json()
            await _sort(row, message, now=now)
            if row.state != State.TAKEN:  # what became of the others is written already
                await row.save()
    return row


async def _known(row: Received, message: Message | None) -> Received | None:
    """The same bytes; or the same mail over another way, with other stamps of its carriers. One
    with other files is another: scanners give every mail the same name and the same words.
    """
    same = await Received.objects().where(Received.sha256 == row.sha256).first()
    if same is not None or not row.message_id:
        return same
    rows = await Received.objects().where(
        Received.message_id == row.message_id, Received.sender == row.sender
    )
    for each in rows:
        if (each.subject, each.text) == (row.subject, row.text) and await _same_files(
            each, message, row
        ):
            return each
    return None


async def _same_files(known: Received, message: Message | None, row: Received) -> bool:
    if message is None or note_in(row.note).larger:
        return True
    return (await asyncio.to_thread(read, known.content)).attachments == message.attachments


async def _sort(row: Received, message: Message, *, now: datetime) -> None:
    head = message.head
    if message.bounce is not None:
        await noting.bounce(row, message.bounce, now=now)
    elif head.vacation:
        await noting.absence(row, head, message.typed or message.body, now=now)
    elif head.automatic:
        await _from_machine(row, message, now=now)
    else:
        await _from_person(row, message, now=now)


async def _from_machine(row: Received, message: Message, *, now: datetime) -> None:
    """Nobody is answered. What belongs to a question or to a call is shown all the same."""
    row.kind = Kind.OTHER
    row.enquiry = await finding.enquiry_of(message.head)
    row.invitation = None if row.enquiry else await finding.invitation_of(message.head)
    if row.enquiry is None and row.invitation is None:
        row.state, row.settled = State.FILED, now
    else:
        row.note = Note(Why.MACHINE).as_json()


async def _from_person(row: Received, message: Message, *, now: datetime) -> None:
    letters = await finding.letters_answered(message.head)
    row.text = message.typed or _beneath(message, letters)
    row.stance = stance_of(row.text)
    if (asked := finding.mail_to_confirm(letters)) is not None:
        row.kind = Kind.CONFIRMATION
        if await _confirmed(row, asked, message, now=now):
            return
    if (enquiry := await finding.enquiry_of(message.head)) is not None:
        await questions.add(row, message, enquiry, letters, now=now)
        return
    number = await finding.invitation_of(message.head)
    if number is None:
        row.kind = Kind.UNKNOWN
        row.note = Note(Why.NO_INVITATION, larger="larger" in row.note).as_json()
        await questions.begin(row, message, now=now)
        return
    row.kind = Kind.REPLY
    await _reply(row, await calls.invitation(number), message, now=now)


def _beneath(message: Message, letters: Sequence[Letter]) -> str:
    return typed_beneath(message.body, letters[0].text) if letters else ""


async def _confirmed(row: Received, asked: int, message: Message, *, now: datetime) -> bool:
    """Was it yes or no to "did they answer for you?"? An answer of their own is none."""
    about = await Received.objects().where(Received.id == asked).first()
    if about is None or about.invitation is None:
        return False
    personal = await calls.invitation(about.invitation)
    sender, _ = await finding.sender_of(personal, _trusted(message))
    after = rules.confirmation(Stance(row.stance))
    stated = row.stance != Stance.NOT_STATED
    if sender is not Sender.CONTACT or (after is None and stated):
        return False
    row.invitation = about.invitation
    if after is None or about.state != State.TO_CONFIRM:
        row.note = Note(Why.UNCLEAR).as_json()
        return True
    if after is State.TAKEN:
        await settling.confirm(about.id, by=None, now=now)
    else:
        await settling.file_away(about.id, by=None, now=now)
    row.state, row.settled = State.NOTED, now
    return True


def _trusted(message: Message) -> str:
    """The sender's address, unless our own server found that somebody else wrote it."""
    return "" if message.head.forged else message.head.sender


async def _reply(row: Received, personal: Personal, message: Message, *, now: datetime) -> None:
    sender, contact = await finding.sender_of(personal, _trusted(message))
    if sender is not Sender.OTHER and not await finding.is_theirs(message.head):
        sender, contact = Sender.UNPROVEN, None
    row.invitation = personal.invitation.id
    row.language = language_of(row.text, own=personal.invitation.language)
    state, why = rules.next_step(
        sender=sender,
        reception=personal.reception(now=now),
        empty=not row.text.strip() and not message.attachments,
        stance=Stance(row.stance),
        given=personal.given,
        reachable=personal.contact is not None,
    )
    if contact is not None:
        await note_arrival(contact.id)
    if state is State.TAKEN:
        await row.save()
        await taking.take(
            row, personal, message.attachments, contact=contact, sender=sender, now=now
        )
        return
    row.state, row.note = state, Note(why, larger="larger" in row.note).as_json()
    if state is State.KEPT:
        row.settled = now
    if state is State.TO_CONFIRM:
        await writing.to_confirm(row, personal, now=now)
    if why is not Why.NOT_YET:
        await writing.kept(row, personal, why, sender=sender, now=now)
