"""What is no answer, and is written where it belongs: absences, and letters that came back."""

from datetime import datetime

from advocacy.calls.queries import invitation
from advocacy.calls.reminding.reminding import note_absence
from advocacy.deadlines import local_date
from advocacy.letterbox import finding
from advocacy.letterbox.notes import Note
from advocacy.letterbox.reading.absences import back_on
from advocacy.letterbox.reading.messages import Bounce, Head
from advocacy.letterbox.rules import Kind, State, Why
from advocacy.letterbox.tables import Received
from advocacy.mail import actions as mail
from advocacy.mail.naming import key_in
from advocacy.mail.rules import LetterState
from advocacy.mail.tables import Letter
from advocacy.municipalities.actions import note_bounce
from advocacy.municipalities.tables import Contact

OFFICE_ZONE = "Europe/Brussels"


async def absence(row: Received, head: Head, text: str, *, now: datetime) -> None:
    """Somebody is away: until when, if they say so. Without a contact it is only kept."""
    row.kind, row.text = Kind.ABSENCE, text
    row.invitation = await finding.invitation_of(head)
    people = await _absent(row, head)
    until = back_on(f"{head.subject}\n{text}", today=local_date(now, OFFICE_ZONE))
    for each in people:
        await note_absence(each.id, until, now=now)
    row.state = State.NOTED if people else State.FILED
    row.note = Note(reason=until.isoformat() if until else "").as_json()
    row.settled = now


async def _absent(row: Received, head: Head) -> list[Contact]:
    """Who sent it; else, when it answers a letter, whom that letter went to. Nobody, when our own
    server found that somebody else wrote it.
    """
    if head.forged:
        return []
    people = await finding.contacts_at(head.sender)
    if row.invitation is None:
        return people
    personal = await invitation(row.invitation)
    own = [each for each in people if each.municipality == personal.municipality.id]
    return own or ([personal.contact] if personal.contact else [])


async def bounce(row: Received, found: Bounce, *, now: datetime) -> None:
    """The letter is marked and its recipient; "not yet" changes nothing."""
    row.kind = Kind.BOUNCE if found.lasting else Kind.DELAY
    letters = await _letters(found)
    if letters:
        row.invitation = await finding.invitation_of_letter(letters[0])
        row.enquiry = await finding.enquiry_of_letter(letters[0])
    row.state, row.settled = State.NOTED, now
    row.note = Note(reason=found.reason).as_json()
    if not found.lasting:
        return
    if not letters:
        row.state, row.settled = State.WAITING, None
        row.note = Note(Why.WHICH_LETTER, reason=found.reason).as_json()
        return
    message_ids = {key_in(each): each for each in found.message_ids}
    for letter in letters:
        if await mail.bounced(message_ids[letter.key], found.reason):
            if letter.kind == "enquiry_answer":  # who asked knows nothing of it
                row.state, row.settled = State.WAITING, None
            for each in await finding.contacts_at(letter.recipient):
                await note_bounce(each.id, found.reason, now=now)


async def _letters(found: Bounce) -> list[Letter]:
    """The first of ours that is named; what stands in its References is another matter."""
    keys = [key for each in found.message_ids if (key := key_in(each))]
    if not keys:
        return []
    sent = [LetterState.SENT, LetterState.BOUNCED]
    rows = await Letter.objects().where(Letter.key.is_in(keys[:20]), Letter.state.is_in(sent))
    return sorted(rows, key=lambda letter: keys.index(letter.key))[:1]
