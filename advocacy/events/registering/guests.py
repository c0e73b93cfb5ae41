"""Guests: somebody types an address, and only who reads its mail takes a place.

Whoever asks sees the same page whatever is known of the address.
"""

from datetime import datetime

from advocacy import database
from advocacy.errors import Invalid, Message, NotAllowed
from advocacy.events import mails
from advocacy.events.keeping.known import entrance, told_in
from advocacy.events.mails import About
from advocacy.events.registering.placing import SHUT, hold
from advocacy.events.registering.registered import place_token
from advocacy.events.registering.typed import Guest
from advocacy.events.rules import CONFIRMED_WITHIN, MAY_REGISTER, RegistrationState
from advocacy.events.tables import Gathering, Registration
from advocacy.history.actions import record
from advocacy.mail.actions import post
from advocacy.people import queries as people
from advocacy.people import rules as people_rules
from advocacy.people.actions import TOO_MANY
from advocacy.people.tables import Try
from advocacy.people.tokens import hashed

TRIES = "gathering"
FOR_MEMBERS = Message("This gathering is for members of the network")


async def count(subject: str, *, now: datetime) -> None:
    """One more of this address, or of this network address. Invalid: too often within an hour."""
    if not people_rules.may_try(TRIES, await people.tries(TRIES, subject, now=now)):
        raise Invalid({"email": TOO_MANY})
    await Try(kind=TRIES, subject_hash=hashed(subject), at=now).save()


async def ask(
    gathering: Gathering, guest: Guest, *, network_address: str, now: datetime
) -> None:  # fmt: skip
    """The letter with the link that confirms. It takes no place yet."""
    if not gathering.guests:
        raise NotAllowed(FOR_MEMBERS)
    await count(guest.email, now=now)
    await count(network_address, now=now)
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
            "registration asked for", kind="gathering", object=gathering.id, by=guest.name,
            now=now, details={"registration": row.id},
        )  # fmt: skip
    return row


async def forget_unconfirmed(now: datetime) -> int:
    """Who never confirmed is forgotten, name and all. Returns how many."""
    rows = await (
        Registration.delete()
        .where(
            Registration.state == RegistrationState.UNCONFIRMED,
            Registration.at < now - CONFIRMED_WITHIN,
        )
        .returning(Registration.id)
    )
    return len(rows)
