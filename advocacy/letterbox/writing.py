"""Which letter is written back, and to whom: never to a machine, and not again and again."""

from datetime import datetime

from advocacy.calls.answering.receipts import addressee
from advocacy.calls.queries import Personal
from advocacy.letterbox import mails, rules
from advocacy.letterbox.mails import Reader, Understood
from advocacy.letterbox.rules import Sender, Why
from advocacy.letterbox.tables import Received
from advocacy.mail.actions import post
from advocacy.mail.tables import Letter
from advocacy.municipalities.queries import coordinators
from advocacy.people.tables import Person
from advocacy.settings import settings


async def understood(
    row: Received,
    personal: Personal,
    said: Understood,
    *,
    sender: Sender,
    now: datetime,
    due: datetime | None,
) -> None:
    """To the contact, and to the sender where that is another contact or was asked by them."""
    language = personal.invitation.language
    readers: list[Reader] = []
    if personal.contact is not None:
        contact = personal.contact
        readers.append(Reader(contact.name, contact.email, language))
    known = {each.email.lower() for each in readers}
    if sender is not Sender.OTHER and row.sender not in known:
        readers.append(Reader(mails.name_of(row), row.sender, language, "sender"))
    carer = await _carer(personal)
    for each in readers:
        if await _may_write(each.email, "understood", rules.ANSWERS_A_DAY, now=now):
            await post(mails.understood(row, personal, each, carer, said), now=now, due=due)


async def to_confirm(row: Received, personal: Personal, *, now: datetime) -> None:
    who = addressee(personal)
    if who is None:
        return
    if await _may_write(who.contact.email, "to_confirm", rules.ANSWERS_A_DAY, now=now):
        await post(mails.to_confirm(row, personal, who, await _carer(personal)), now=now)


async def kept(
    row: Received, personal: Personal, why: Why, *, sender: Sender, now: datetime
) -> None:
    """Not to whom the municipality's own question goes: they read there that it is kept."""
    if why is Why.UNPROVEN and personal.contact and personal.contact.email.lower() == row.sender:
        return
    if await _may_write(row.sender, "kept", rules.OTHERS_A_DAY, now=now):
        known = sender in {Sender.CONTACT, Sender.DELEGATE}
        letter = mails.kept(row, personal, await _carer(personal), why, known=known)
        await post(letter, now=now)


async def _carer(personal: Personal) -> Person | None:
    return (await coordinators()).get(personal.municipality.country)


async def _may_write(address: str, kind: str, most: int, *, now: datetime) -> bool:
    ours = (settings().sender.lower(), settings().replies.lower())
    if not rules.may_write_to(address, ours=ours):
        return False
    written = await Letter.count().where(
        Letter.recipient == address, Letter.kind == kind, Letter.created > now - rules.DAY
    )
    return bool(written < most)
