"""A personal calendar address: its secret is shown once and kept as its hash."""

from datetime import datetime

from advocacy import database
from advocacy.history.actions import record
from advocacy.people import tokens
from advocacy.people.tables import Person


async def renew_calendar(person: Person, *, now: datetime) -> str:
    """The new secret; an address that was given out before is dead."""
    token = tokens.random_token()
    async with database.transaction():
        await Person.update({Person.calendar_hash: tokens.hashed(token)}).where(
            Person.id == person.id
        )
        await record("calendar address made", kind="person", object=person.id, by=person, now=now)
    return token


async def drop_calendar(person: Person, *, now: datetime) -> None:
    async with database.transaction():
        await Person.update({Person.calendar_hash: ""}).where(Person.id == person.id)
        await record(
            "calendar address dropped", kind="person", object=person.id, by=person, now=now
        )
