"""What pages, letters and other rooms need to know of questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any  # columns of joined tables

from advocacy.advice import rules
from advocacy.advice.lists import (
    SHOWS,
    Row,
    concerning,
    desk_of,
    every,
    mine,
    of_dossier,
    of_municipality,
    queue,
    row_of,
    rows_of,
    waiting_at,
)
from advocacy.advice.publishing import published
from advocacy.advice.rules import MessageKind, WhyNot
from advocacy.advice.tables import Enquiry, EnquiryMessage, EnquiryTranslation
from advocacy.calls.queries import invitation
from advocacy.calls.rules import CallState, Reception
from advocacy.calls.tables import Invitation
from advocacy.errors import Message, NotFound
from advocacy.people.tables import Person
from advocacy.people.tokens import derived_token, hashed
from advocacy.settings import settings

__all__ = [
    "SHOWS",
    "Row",
    "Said",
    "Thread",
    "concerning",
    "desk_of",
    "every",
    "mine",
    "of_dossier",
    "of_municipality",
    "queue",
    "waiting_at",
]

LARGEST_ID = 2**31 - 1
TOKEN_LENGTH = 43
NOT_THERE = Message("There is no such question")
ZONE = "Europe/Brussels"

_window: Any = Invitation.call.window  # Piccolo types the columns of a joined table loosely


def token_of(enquiry: int) -> str:
    return derived_token("enquiry", enquiry)


def link_of(enquiry: int) -> str:
    """The address of the thread in the letters of the municipality."""
    return f"{settings().base_url}/q/{token_of(enquiry)}"


async def house() -> list[Person]:
    """Everybody who can have a question in hand, by name."""
    return await (
        Person.objects()
        .where(Person.active.eq(True), Person.role.is_in(sorted(rules.HOUSE)))
        .order_by(Person.name)
    )


@dataclass(frozen=True, slots=True)
class Said:
    """One message: the original, and what it says in other languages, by language."""

    id: int
    number: int
    kind: MessageKind
    text: str
    language: str
    author: str
    channel: str
    at: datetime
    translations: Mapping[str, EnquiryTranslation] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Thread:
    """A question with all that was said. `stored` is its row as it was read."""

    stored: Enquiry
    row: Row
    said: Sequence[Said]

    @property
    def last(self) -> int:
        return self.said[-1].number if self.said else 0

    @property
    def shown_to_asker(self) -> list[Said]:
        return [each for each in self.said if each.kind in rules.SHOWN_TO_ASKER]

    @property
    def asked(self) -> str:
        """All that the municipality has written."""
        texts = [each.text for each in self.said if each.kind is MessageKind.QUESTION]
        return "\n\n".join(each for each in texts if each)


async def published_in(dossier: int) -> int:
    """How many answers about it everybody can read."""
    return await published.count(dossier)


async def by_id(number: int) -> Enquiry:
    known = 0 < number <= LARGEST_ID
    found = await Enquiry.objects().where(Enquiry.id == number).first() if known else None
    if found is None:
        raise NotFound(NOT_THERE)
    return found


async def whole(number: int) -> Thread:
    """Three queries, however long it is."""
    stored = await by_id(number)
    rows = await rows_of().where(Enquiry.id == stored.id)
    return Thread(stored, row_of(rows[0]), await messages_of(stored.id))


async def thread(number: int, *, by: Person) -> Thread:
    """NotFound where it is not there, or not theirs to see."""
    found = await whole(number)
    if not rules.may_see(desk_of(by), owner=found.row.owner, country=found.row.country):
        raise NotFound(NOT_THERE)
    return found


async def by_token(token: str) -> Thread:
    """NotFound for a link that is not ours, or was mistyped."""
    row = None
    if len(token) == TOKEN_LENGTH:
        row = await Enquiry.select(Enquiry.id).where(Enquiry.token_hash == hashed(token)).first()
    if row is None:
        raise NotFound("We do not know this link")
    return await whole(row["id"])


async def messages_of(enquiry: int) -> list[Said]:
    rows = await (
        EnquiryMessage.objects()
        .where(EnquiryMessage.enquiry == enquiry)
        .order_by(EnquiryMessage.number)
    )
    if not rows:
        return []
    translations = await EnquiryTranslation.objects().where(
        EnquiryTranslation.message.is_in([row.id for row in rows])
    )
    by_message: dict[int, dict[str, EnquiryTranslation]] = {}
    for each in translations:
        by_message.setdefault(each.message, {})[each.language] = each
    return [
        Said(
            row.id, row.number, MessageKind(row.kind), row.text, row.language, row.author,
            row.channel, row.at, by_message.get(row.id, {}),
        )
        for row in rows
    ]  # fmt: skip


async def last_number(enquiry: int) -> int:
    row = await (
        EnquiryMessage.select(EnquiryMessage.number)
        .where(EnquiryMessage.enquiry == enquiry)
        .order_by(EnquiryMessage.number, ascending=False)
        .first()
    )
    return row["number"] if row else 0


async def may_become(stored: Enquiry, *, now: datetime) -> int | WhyNot:
    """The invitation that it would answer, or why it cannot be an answer to a call."""
    if stored.contribution is not None:
        return WhyNot.ALREADY
    if stored.dossier is None:
        return WhyNot.NO_DOSSIER
    if stored.municipality is None:
        return WhyNot.NO_MUNICIPALITY
    of_dossier = _window.dossier == stored.dossier
    is_open = Invitation.call.state == CallState.OPEN
    rows = await (
        Invitation.select(Invitation.id)
        .where(of_dossier, is_open, Invitation.municipality == stored.municipality)
        .order_by(Invitation.call.answers_until)
    )
    if not rows:
        asked = await Invitation.exists().where(of_dossier, is_open)
        return WhyNot.NOT_ASKED if asked else WhyNot.NO_CALL
    for row in rows:
        personal = await invitation(row["id"])
        if personal.reception(now=now) in {Reception.OPEN, Reception.LATE}:
            return personal.invitation.id
    return WhyNot.OVER
