"""Write the digests that are due."""

import logging
from datetime import datetime

from advocacy import database, texts
from advocacy.digest import mails, queries, rules
from advocacy.digest.queries import Reader
from advocacy.digest.reading import Reading
from advocacy.digest.rules import NOTICES, Due, Kind
from advocacy.digest.tables import DigestKind, DigestTold
from advocacy.errors import Outdated
from advocacy.mail.actions import post
from advocacy.overview.windows import OFFICE_ZONE

log = logging.getLogger("alphorn.digest")


async def send_due(now: datetime) -> int:
    """Job: what is due to anybody, as soon as somebody runs. Returns the letters.

    Each person is told in a transaction of their own: who cannot be told keeps nobody waiting.
    """
    read, written = Reading(now), 0
    for reader in await queries.readers():
        due = rules.due(
            *(reader.wishes,),
            announced=reader.announced, sent=reader.sent, now=now, zone=OFFICE_ZONE,
        )  # fmt: skip
        if due is None:
            continue
        try:
            written += await _tell(reader, due, read)
        except database.LOST:
            raise
        except Outdated:
            continue
        except Exception:
            log.exception("person %s has got no digest", reader.person.id)
    return written


async def _tell(reader: Reader, due: Due, read: Reading) -> int:
    """At night only what is urgent goes; the rest waits for the morning and is told then."""
    now, person = read.now, reader.person
    with texts.speaking(queries.language_of(person)):
        told = await queries.digest_for(person, due, read, reader.interests)
    if due.at_once and not (rules.by_day(now, OFFICE_ZONE) or told.is_urgent(now=now)):
        return 0
    async with database.transaction():
        await _mark(reader, due)
        if not told.says_something:
            return 0
        await DigestTold.update({DigestTold.sent: now}).where(DigestTold.person == person.id)
        await post(mails.digest(person, told, due, now=now), now=now)
    return 1


async def _mark(reader: Reader, due: Due) -> None:
    """In the caller's transaction. Outdated: another process was faster with one of the kinds."""
    person = reader.person.id
    begun = DigestTold(person=person, told_until=rules.BEGINNING)
    await DigestTold.insert(begun).on_conflict(target=DigestTold.person, action="DO NOTHING")
    before = {wish.kind: wish.told_until for wish in reader.wishes}
    for kind in due.kinds:
        await _move(person, kind, before[kind], due.spans[kind].until)
    if due.notices is not None:
        await _move(person, NOTICES, reader.announced, due.notices.horizon)


async def _move(person: int, kind: Kind | str, before: datetime | None, until: datetime) -> None:
    row = DigestKind(person=person, kind=kind, told_until=None)
    await DigestKind.insert(row).on_conflict(
        target=(DigestKind.person, DigestKind.kind), action="DO NOTHING"
    )
    # Before its first letter a kind stands where the digest as a whole stood, or nowhere.
    stands = DigestKind.told_until.is_null() | (
        DigestKind.told_until == (before or rules.BEGINNING)
    )
    moved = await (
        DigestKind.update({DigestKind.told_until: until})
        .where(DigestKind.person == person, DigestKind.kind == kind, stands)
        .returning(DigestKind.id)
    )
    if not moved:
        raise Outdated("Another process has written this digest")
