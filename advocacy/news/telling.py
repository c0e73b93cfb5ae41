"""The letter with news to those who look after a municipality, on the days they chose."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any  # columns behind foreign keys

from advocacy import database, texts
from advocacy.errors import Outdated
from advocacy.logs import going_on
from advocacy.mail.actions import post
from advocacy.municipalities.rules import Rhythm
from advocacy.municipalities.tables import Contact
from advocacy.news import mails, queries, rules
from advocacy.news.queries import Item
from advocacy.news.rules import Interests
from advocacy.triage.rules import OFFICE_ZONE


@dataclass(frozen=True, slots=True)
class Reader:
    """One address, however many municipalities it looks after. The first contact is written to.
    `spans`: after which instant and up to which one each contact hears.
    """

    contacts: Sequence[Contact]
    spans: Sequence[tuple[datetime, datetime]]

    @property
    def since(self) -> datetime:
        return min(since for since, _ in self.spans)

    @property
    def until(self) -> datetime:
        return max(until for _, until in self.spans)

    @property
    def first(self) -> Contact:
        return self.contacts[0]

    def hears(self, item: Item) -> bool:
        """What one of its contacts has been told already, the address has read."""
        wanting = [
            (each, span)
            for each, span in zip(self.contacts, self.spans, strict=True)
            if _interests(each).has(item.topics, item.countries)
        ]
        told = [each.news_told for each, _ in wanting if each.news_told]
        return any(since < item.at <= until for _, (since, until) in wanting) and not any(
            item.at <= until for until in told
        )


def _interests(contact: Contact) -> Interests:
    return rules.interests(contact.news_topics, contact.news_countries)


async def send_due(now: datetime) -> int:
    """Job: a letter to each who is due, in a transaction of their own. Returns the letters."""
    read: dict[tuple[str, datetime, datetime], list[Item]] = {}
    written = 0
    for reader in await _readers(now):
        key = (reader.first.language, reader.since, reader.until)
        if key not in read:
            read[key] = await queries.fresh(key[0], since=key[1], until=key[2])
        with going_on(f"telling contact {reader.first.id} the news"):
            try:
                written += await _tell(reader, read[key], now=now)
            except Outdated:
                continue
    return written


async def _tell(reader: Reader, items: Sequence[Item], *, now: datetime) -> bool:
    mine = [item for item in items if reader.hears(item)]
    async with database.transaction():
        for each in reader.contacts:
            await _mark(each, reader.until)
        if not mine:
            return False
        with texts.speaking(reader.first.language):
            letter = mails.news(reader.first, mine, until=reader.until)
        await post(letter, now=now)
    return True


async def _mark(contact: Contact, until: datetime) -> None:
    """Outdated: another process has told this contact."""
    before = contact.news_told
    stands = Contact.news_told.is_null() if before is None else Contact.news_told == before
    moved = await (
        Contact.update({Contact.news_told: until})
        .where(Contact.id == contact.id, stands)
        .returning(Contact.id)
    )
    if not moved:
        raise Outdated("Another process has written this letter")


async def _readers(now: datetime) -> list[Reader]:
    """Those who can read a letter today and are due. Who is away is told when they are back."""
    member: Any = Contact.municipality
    contacts = await (
        Contact.objects()
        .where(
            Contact.news != Rhythm.NEVER,
            Contact.bounced.is_null(),
            Contact.email != "",
            member.active.eq(True),
        )
        .order_by(Contact.id)
    )
    together: dict[str, list[tuple[Contact, tuple[datetime, datetime]]]] = {}
    for each in contacts:
        due = rules.span(Rhythm(each.news), each.news_told, now=now, zone=OFFICE_ZONE)
        if due is not None and not _is_away(each.absent_until, now):
            together.setdefault(each.email.lower(), []).append((each, due))
    return [
        Reader([each for each, _ in rows], [span for _, span in rows]) for rows in together.values()
    ]


def _is_away(until: date | None, now: datetime) -> bool:
    return until is not None and until > now.date()
