"""Whose calendar an address is, and what stands in it."""

from datetime import datetime

from advocacy import texts
from advocacy.calls import queries as calls
from advocacy.dossiers.calendars import dates
from advocacy.dossiers.calendars.calendar import CalendarEvent, calendar
from advocacy.dossiers.calendars.meetings import meeting_events
from advocacy.dossiers.joining.merged import target_of
from advocacy.dossiers.tables import Dossier
from advocacy.municipalities.tables import Contact
from advocacy.people.rules import COUNTRIES, Role
from advocacy.people.tables import Person
from advocacy.people.tokens import hashed
from advocacy.positions.public import known_matters
from advocacy.settings import settings


async def owner(token: str) -> Person | None:
    person = await Person.objects().where(Person.calendar_hash == hashed(token)).first()
    known = person is not None and person.active and person.role != Role.MUNICIPALITY
    return person if known else None


def country_of(name: str) -> str | None:
    """`si` is Slovenia."""
    return name.upper() if name.upper() in COUNTRIES and name.islower() else None


async def calendar_of(person: Person, *, now: datetime) -> bytes:
    """In the person's language: all dates of the house; of a coordinator, the own countries'."""
    own = person.countries.split(",") if person.role == Role.COORDINATOR else []
    countries = [code for code in own if code]
    with texts.speaking(person.language):
        events = await dates.events_for(countries, now=now)
        events += await meeting_events(countries, now=now)
        return calendar(settings().network, events)


async def calendar_of_country(country: str, *, language: str, now: datetime) -> bytes:
    """For everybody: deadlines of bodies in matters that are public, and meetings of bodies."""
    known = await known_matters(language)
    titles = {dossier: matter.title for dossier, matter in known.items()}
    with texts.speaking(language):
        events = await dates.public_events(country, titles, now=now)
        events += await meeting_events([country], now=now)
        return calendar(f"{settings().network}: {texts.country_name(country)}", events)


async def calendar_of_dossier(dossier: Dossier, *, now: datetime) -> bytes:
    """In the language in use; of one that was merged with the dates of the one it leads on to:
    who has subscribed to it loses no deadline.
    """
    events = await dates.events_of(dossier, now=now)
    if target := await target_of(dossier):
        events += await dates.events_of(target, now=now)
    return calendar(f"{dossier.number} {dossier.title}", events)


async def calendar_of_municipality(contact: Contact) -> bytes:
    """Until when its answers are wanted, with the link to answer; in the contact's language."""
    member = contact.municipality
    with texts.speaking(contact.language):
        asked = await calls.of_municipality(member.id, language=contact.language)
        events = [
            CalendarEvent(
                # as the file with the deadline of one call names it
                uid=f"call-{row['number']}@alphorn",
                at=row["answers_until"],
                title=row["title"],
                description=texts.translate(row["state_label"]),
                address=calls.link_of(row["id"]),
                sequence=0,
                changed=row["sent"] or row["answers_until"],
            )
            for row in asked
        ]
        return calendar(f"{settings().network}: {member.name}", events)
