"""Write the digests that are due; change somebody's rhythm from a letter."""

import logging
from datetime import datetime

from advocacy import database
from advocacy.digest import mails, queries, rules
from advocacy.digest.tables import DigestTold
from advocacy.errors import Invalid, Message
from advocacy.history.actions import record
from advocacy.mail.actions import post
from advocacy.overview.windows import OFFICE_ZONE
from advocacy.people.rules import Rhythm
from advocacy.people.tables import Person

log = logging.getLogger("alphorn.digest")


async def send_due(now: datetime) -> int:
    """Job: at seven in the morning, or as soon after it as somebody runs. Returns the letters.

    Each person is told in a transaction of their own: who cannot be told keeps nobody waiting.
    """
    written = 0
    for rhythm in Rhythm:
        at = rules.slot(rhythm, now=now, zone=OFFICE_ZONE)
        if at is None:
            continue
        until = await queries.told_until()
        for person in await queries.people_with(rhythm):
            span = rules.span(at, told_until=until.get(person.id))
            if span is None:
                continue
            try:
                written += await _tell(person, span, at=at, now=now)
            except database.LOST:
                raise
            except Exception:
                log.exception("person %s has got no digest", person.id)
    return written


async def _tell(person: Person, span: rules.Span, *, at: datetime, now: datetime) -> int:
    told = await queries.digest_for(person, span)
    async with database.transaction():
        if not await _mark(person, span):
            return 0
        if not told.says_something:
            return 0
        await DigestTold.update({DigestTold.sent: now}).where(DigestTold.person == person.id)
        await post(mails.digest(person, told, at=at, now=now), now=now)
    return 1


async def _mark(person: Person, span: rules.Span) -> bool:
    """False: another process was faster."""
    if span.since == rules.BEGINNING:
        first = DigestTold(person=person.id, told_until=span.until)
        rows = await (
            DigestTold.insert(first)
            .on_conflict(target=DigestTold.person, action="DO NOTHING")
            .returning(DigestTold.id)
        )
        return bool(rows)
    moved = await (
        DigestTold.update({DigestTold.told_until: span.until})
        .where(DigestTold.person == person.id, DigestTold.told_until == span.since)
        .returning(DigestTold.id)
    )
    return bool(moved)


async def choose_rhythm(person_id: int, rhythm: str, *, now: datetime) -> Person | None:
    """From the link in a letter. The person as they are now; None when there is none."""
    if rhythm not in set(Rhythm):
        raise Invalid({"digest": Message("Choose how often")})
    async with database.transaction():
        person = await Person.objects().where(Person.id == person_id).first()
        if person is None or person.digest == rhythm:
            return person
        await Person.update({Person.digest: rhythm}).where(Person.id == person_id)
        person.digest = rhythm
        await record("mail settings changed", kind="person", object=person_id, by=person, now=now)
    return person
