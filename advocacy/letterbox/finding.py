"""Which invitation a mail answers, and who its sender is, seen from there."""

import json
import re
from collections.abc import Sequence

from piccolo.query.functions import Lower

from advocacy.advice.asking import reply_to as of_questions
from advocacy.advice.tables import Enquiry
from advocacy.calls.answering import reply_to
from advocacy.calls.queries import Personal
from advocacy.calls.tables import Call, Contribution, Delegation, Invitation
from advocacy.letterbox.reading.messages import Head
from advocacy.letterbox.rules import Sender
from advocacy.letterbox.tables import Received
from advocacy.mail.naming import key_in
from advocacy.mail.tables import Letter
from advocacy.municipalities.queries import contacts_of
from advocacy.municipalities.tables import Contact

MOST_ASKED = 20  # Message-IDs of a thread
LARGEST_ID = 2**31 - 1

_CALL = re.compile(r"\[(\d{4}-\d{3,6}-\d{1,4})\]")
_NAMES_INVITATION = re.compile(r"(?:call|reminder|resend)/\d{1,9}/(\d{1,9})(?:/|$)")
_OF_ENQUIRY = re.compile(r"enquiry/(\d{1,9})/")
_OF_MAIL = re.compile(r"mail/(\d{1,9})/to-confirm")


async def invitation_of(head: Head) -> int | None:
    """By what only our letters say; else by the call in the subject and the sender's address."""
    return await by_letter(head) or await _by_subject(head)


async def by_letter(head: Head) -> int | None:
    """By the address it was sent to, or by the letter it replies to: nobody can guess either."""
    number = reply_to.invitation_in(head.recipients)
    if number is not None and await Invitation.exists().where(Invitation.id == number):
        return number
    letters = await letters_answered(head)
    for letter in letters:
        if (found := await invitation_of_letter(letter)) is not None:
            return found
    return None


async def enquiry_of(head: Head) -> int | None:
    """The question that a mail adds to: by the address it was sent to, or by the letter that it
    replies to. What names an invitation in its address belongs there.
    """
    number = of_questions.enquiry_in(head.recipients)
    if number is None and reply_to.invitation_in(head.recipients) is None:
        letters = await letters_answered(head)
        return await enquiry_of_letter(letters[0]) if letters else None
    return await _enquiry(number)


async def enquiry_of_letter(letter: Letter) -> int | None:
    found = _OF_ENQUIRY.match(letter.key)
    return await _enquiry(_known(found[1]) if found else None)


async def _enquiry(number: int | None) -> int | None:
    if number is None or not await Enquiry.exists().where(Enquiry.id == number):
        return None
    return number


async def is_theirs(head: Head) -> bool:
    """Does anything but its From speak for the sender? They have a letter of ours, or our own
    server found the address to be true. Calls have numbers that can be guessed, and the addresses
    of municipalities are public.
    """
    if head.proven or await by_letter(head) is not None:
        return True
    letters = await letters_answered(head)
    return any(each.recipient.lower() == head.sender for each in letters)


async def letters_answered(head: Head) -> list[Letter]:
    """Letters of ours that the mail replies to, the nearest first."""
    keys = [key for each in head.answered[:MOST_ASKED] if (key := key_in(each))]
    if not keys:
        return []
    rows = await Letter.objects().where(Letter.key.is_in(keys))
    return sorted(rows, key=lambda letter: keys.index(letter.key))


async def invitation_of_letter(letter: Letter) -> int | None:
    answered = reply_to.invitation_in(str(json.loads(letter.headers).get("Reply-To", "")))
    number = answered if answered is not None else await _named_in(letter.key)
    if number is None or not await Invitation.exists().where(Invitation.id == number):
        return None
    return number


async def _named_in(key: str) -> int | None:
    if found := _NAMES_INVITATION.match(key):
        return _known(found[1])
    room, _, rest = key.partition("/")
    number = _known(rest.partition("/")[0])
    if number is None:
        return None
    if room in {"receipt", "understood"}:
        row = await Contribution.select(Contribution.invitation).where(Contribution.id == number)
    elif room == "delegation":
        row = await Delegation.select(Delegation.invitation).where(Delegation.id == number)
    elif room == "mail":
        row = await Received.select(Received.invitation).where(Received.id == number)
    else:
        return None
    return row[0]["invitation"] if row else None


def _known(text: str) -> int | None:
    return int(text) if text.isdigit() and int(text[:10]) <= LARGEST_ID else None


async def dossier_named(subject: str) -> int | None:
    """Of the call that the subject names, whoever wrote it."""
    call = _CALL.search(subject)
    if call is None:
        return None
    row = await Call.select(Call.window.dossier.as_alias("dossier")).where(Call.number == call[1])
    return row[0]["dossier"] if row else None


async def _by_subject(head: Head) -> int | None:
    call = _CALL.search(head.subject)
    if call is None or not head.sender:
        return None
    members = {each.municipality for each in await contacts_at(head.sender)}
    if not members:
        return None
    rows = await Invitation.select(Invitation.id).where(
        Invitation.call.number == call[1], Invitation.municipality.is_in(sorted(members))
    )
    return rows[0]["id"] if len(rows) == 1 else None


async def contacts_at(address: str) -> list[Contact]:
    """Whoever has this address; capitals do not matter."""
    if not address:
        return []
    return await Contact.objects().where(Lower(Contact.email) == address.lower())


async def sender_of(personal: Personal, address: str) -> tuple[Sender, Contact | None]:
    """The contact only where the sender is one. The invited one comes first."""
    people = (await contacts_of([personal.municipality.id])).get(personal.municipality.id, [])
    matching = [each for each in people if address and each.email.lower() == address.lower()]
    invited = personal.contact.id if personal.contact else None
    if matching:
        return Sender.CONTACT, min(matching, key=lambda each: each.id != invited)
    rows = await Delegation.select(Delegation.email).where(
        Delegation.invitation == personal.invitation.id, Delegation.stopped.is_null()
    )
    asked = address and any(row["email"].lower() == address.lower() for row in rows)
    return (Sender.DELEGATE if asked else Sender.OTHER), None


def mail_to_confirm(letters: Sequence[Letter]) -> int | None:
    """The mail that a "did they answer for you?" asked about, when this replies to that letter."""
    found = _OF_MAIL.fullmatch(letters[0].key) if letters else None
    return _known(found[1]) if found else None
