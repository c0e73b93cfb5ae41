"""Guests: somebody types an address, and only who reads its mail takes a place.

Whoever asks sees the same page whatever is known of the address.
"""

from datetime import datetime

from advocacy import database
from advocacy.errors import Invalid, Message, NotAllowed
from advocacy.events import mails
from advocacy.events.keeping.known import entrance, told_in
from advocacy.events.mails import About
from advocacy.events.registering.forgetting import GONE, nobody
from advocacy.events.registering.placing import SHUT, hold
from advocacy.events.registering.registered import place_token
from advocacy.events.registering.typed import Guest
from advocacy.events.rules import CONFIRMED_WITHIN, MAY_REGISTER, RegistrationState
from advocacy.events.tables import Gathering, Registration
from advocacy.history.actions import record
from advocacy.mail.actions import post
from advocacy.mail.tables import Letter
from advocacy.people import queries as people
from advocacy.people import rules as people_rules
from advocacy.people.actions import TOO_MANY
from advocacy.people.tables import Try
from advocacy.people.tokens import hashed

TRIES, LETTERS = "gathering", "gathering letter"
ENOUGH_LETTERS = Message("Many letters have gone to this address today. Try again tomorrow.")
FOR_MEMBERS = Message("This gathering is for members of the network")


async def count(subject: str, *, kind: str = TRIES, now: datetime) -> None:
    """One more of this network address, this link, or this address. Invalid: too often."""
    async with database.transaction():
        await database.one_at_a_time(f"try/{hashed(subject)}")
        if not people_rules.may_try(kind, await people.tries(kind, subject, now=now)):
            raise Invalid({"email": ENOUGH_LETTERS if kind == LETTERS else TOO_MANY})
        await Try(kind=kind, subject_hash=hashed(subject), at=now).save()


async def count_letter(email: str, *, now: datetime) -> None:
    """One more letter to this address, whoever typed it. Invalid: it has got enough today."""
    await count(email.lower(), kind=LETTERS, now=now)


async def ask(
    gathering: Gathering, guest: Guest, *, network_address: str, now: datetime
) -> None:  # fmt: skip
    """The letter with the link that confirms. It takes no place yet. To an address that has got
    its letters of today none goes, and who asks is not told so.
    """
    if not gathering.guests:
        raise NotAllowed(FOR_MEMBERS)
    await count(network_address, now=now)
    try:
        await count_letter(guest.email, now=now)
    except Invalid:
        return
    async with database.transaction():
        fresh = await hold(gathering.id)
        if entrance(fresh, now=now) not in MAY_REGISTER:
            raise NotAllowed(SHUT)
        row = await _row_of(fresh, guest, now=now)
        about = About(fresh, await told_in(fresh, row.language))
        tries = int(now.timestamp())
        if row.state == RegistrationState.UNCONFIRMED:
            letter = mails.confirm(about, row, until=now + CONFIRMED_WITHIN, tries=tries)
        else:
            letter = mails.again(about, row, tries=tries)
        await post(letter, now=now)


async def _row_of(gathering: Gathering, guest: Guest, *, now: datetime) -> Registration:
    known = await (
        Registration.objects()
        .where(
            Registration.gathering == gathering.id,
            Registration.email == guest.email,
            Registration.state != RegistrationState.CANCELLED,
        )
        .first()
    )
    if known is not None and known.state != RegistrationState.UNCONFIRMED:
        return known
    row = known or Registration(
        gathering=gathering.id, email=guest.email, state=RegistrationState.UNCONFIRMED, at=now,
        name=guest.name, language=guest.language,
        token_hash=hashed(f"{gathering.id}/{guest.email}/{now.isoformat()}"),
    )  # fmt: skip
    row.name, row.organisation, row.language = guest.name, guest.organisation, guest.language
    row.hears, row.note, row.listed, row.at = guest.hears, guest.note, guest.listed, now
    await row.save()
    row.token_hash = hashed(place_token(row.id))
    await row.save([Registration.token_hash])
    if known is None:
        await record(
            "registration asked for", kind="gathering", object=gathering.id, by=GONE, now=now,
            details={"registration": row.id},
        )  # fmt: skip
    return row


async def forget_unconfirmed(now: datetime) -> int:
    """Who never confirmed is forgotten, name and all. Returns how many."""
    gone = {"state": RegistrationState.CANCELLED, "ended": now}
    async with database.transaction():
        rows = await (
            Registration.update(nobody() | gone)
            .where(
                Registration.state == RegistrationState.UNCONFIRMED,
                Registration.at < now - CONFIRMED_WITHIN,
            )
            .returning(Registration.id)
        )
        for each in rows:
            await Letter.delete().where(Letter.key.like(f"gathering-guest/{each['id']}/%"))
    return len(rows)
