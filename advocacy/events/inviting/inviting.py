"""Invite municipalities: each gets one link, and its contact one letter, whoever asks twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from advocacy import database
from advocacy.calls.asking import recipients
from advocacy.calls.asking.audience import Audience
from advocacy.errors import Invalid, Message, NotAllowed
from advocacy.events import mails
from advocacy.events.inviting.typed import Invited
from advocacy.events.inviting.waiting import INVITED
from advocacy.events.keeping.drafting import check_right
from advocacy.events.keeping.known import entrance, keeper, texts_of, told
from advocacy.events.mails import About
from advocacy.events.registering.placing import SHUT, hold
from advocacy.events.registering.registered import invitation_token
from advocacy.events.rules import MAY_REGISTER
from advocacy.events.tables import Gathering, GatheringInvitation
from advocacy.history.actions import record
from advocacy.mail.actions import post
from advocacy.municipalities import queries as municipalities
from advocacy.municipalities.rules import Rhythm, due
from advocacy.municipalities.tables import Contact
from advocacy.people.rules import Role
from advocacy.people.tables import Person
from advocacy.people.tokens import hashed

WEEK = 7  # days that a weekly letter can wait


@dataclass(frozen=True, slots=True)
class Meant:
    """One who would be invited. Without `contact` no letter goes there, the link still counts."""

    municipality: int
    code: str
    name: str
    country: str
    language: str
    contact: Contact | None


@dataclass(frozen=True, slots=True)
class Done:
    invited: int
    letters: int
    known: int  # who had been invited before
    event: int | None


async def meant_by(wanted: Invited, *, by: Person) -> list[Meant]:
    """A coordinator invites those of the own countries."""
    chosen = await recipients.chosen_by(
        Audience(countries=wanted.countries, topics=wanted.topics, codes=wanted.codes)
    )
    known = {each.code for each in chosen.asked} | {each.code for each in chosen.represented}
    if missing := [code for code in wanted.codes if code not in known]:
        values = {"code": missing[0]}
        raise Invalid({"codes": Message("There is no municipality with the code %(code)s", values)})
    me = keeper(by)
    asked = [
        each for each in chosen.asked
        if me.role == Role.SECRETARIAT or each.country in me.countries
    ]  # fmt: skip
    people = await municipalities.contacts_of([each.municipality for each in asked])
    found = []
    for each in asked:
        contact = _reader(people.get(each.municipality, []))
        language = contact.language if contact else each.language
        found.append(
            Meant(each.municipality, each.code, each.name, each.country, language, contact)
        )
    return found


def _reader(people: Sequence[Contact]) -> Contact | None:
    """The first who wants news of us and whom letters reach."""
    willing = [each for each in people if each.news != Rhythm.NEVER and each.bounced is None]
    return next(iter(willing), None)


async def invite(
    gathering_id: int, wanted: Invited, *, by: Person, now: datetime
) -> Done:  # fmt: skip
    """Who was invited before is left alone: nobody gets a second letter."""
    meant = await meant_by(wanted, by=by)
    async with database.transaction():
        gathering = await hold(gathering_id)
        check_right(gathering, by)
        if entrance(gathering, now=now) not in MAY_REGISTER:
            raise NotAllowed(SHUT)
        rows = await GatheringInvitation.select(GatheringInvitation.municipality).where(
            GatheringInvitation.gathering == gathering_id
        )
        known = {row["municipality"] for row in rows}
        new = [each for each in meant if each.municipality not in known]
        if not new:
            return Done(0, 0, len(meant), None)
        made = [(each, await _insert(gathering, each, now=now)) for each in new]
        event = await record(
            INVITED, kind="gathering", object=gathering_id, by=by, now=now,
            details={"codes": [each.code for each in new], "message": wanted.message},
        )  # fmt: skip
        letters = await _write(gathering, made, wanted.message, now=now)
    return Done(len(new), letters, len(meant) - len(new), event)


async def _insert(gathering: Gathering, each: Meant, *, now: datetime) -> int:
    row = GatheringInvitation(
        gathering=gathering.id, municipality=each.municipality,
        contact=each.contact.id if each.contact else None, language=each.language, sent=now,
        token_hash=hashed(f"gathering {gathering.id} {each.municipality}"),
    )  # fmt: skip
    await row.save()
    row.token_hash = hashed(invitation_token(row.id))
    await row.save([GatheringInvitation.token_hash])
    return int(row.id)


async def _write(
    gathering: Gathering, made: Sequence[tuple[Meant, int]], message: str, *, now: datetime
) -> int:
    known = await texts_of(gathering.id)
    carers = await municipalities.coordinators()
    until = gathering.register_until or gathering.begins
    letters = 0
    for each, invitation_id in made:
        if each.contact is None:
            continue
        about = About(gathering, told(gathering, known, each.language))
        letter = mails.invitation(
            about, invitation_id, each.contact, carers.get(each.country), message
        )
        await post(letter, now=now, due=_leaves(each.contact, gathering, until, now=now))
        letters += 1
    return letters


def _leaves(contact: Contact, gathering: Gathering, until: datetime, *, now: datetime) -> datetime:
    """Who wants news once a week gets it on Monday, if that leaves a week to decide."""
    monday = due(Rhythm(contact.news), now=now, zone=gathering.zone) or now
    return monday if (until - monday).days >= WEEK else now
