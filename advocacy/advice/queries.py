"""What pages, letters and other rooms need to know of questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any  # columns of joined tables

from advocacy.advice import rules
from advocacy.advice.rules import Desk, EnquiryState, MessageKind, WhyNot
from advocacy.advice.tables import Enquiry, EnquiryMessage, EnquiryTranslation
from advocacy.calls.queries import invitation
from advocacy.calls.rules import CallState, Reception
from advocacy.calls.tables import Invitation
from advocacy.errors import NotFound
from advocacy.people.rules import Role
from advocacy.people.tables import Person
from advocacy.people.tokens import derived_token, hashed
from advocacy.settings import settings

PAGE = 50
SHOWN_BESIDE = 20
LARGEST_ID = 2**31 - 1
TOKEN_LENGTH = 43
NOT_THERE = "There is no such question"
ZONE = "Europe/Brussels"

_member: Any = Enquiry.municipality  # Piccolo types the columns of a joined table loosely
_dossier: Any = Enquiry.dossier
_owner: Any = Enquiry.owner
_window: Any = Invitation.call.window


def token_of(enquiry: int) -> str:
    return derived_token("enquiry", enquiry)


def link_of(enquiry: int) -> str:
    """The address of the thread in the letters of the municipality."""
    return f"{settings().base_url}/q/{token_of(enquiry)}"


def desk_of(person: Person) -> Desk:
    countries = tuple(code for code in person.countries.split(",") if code)
    return Desk(person.id, person.role, countries, person.active)


async def house() -> list[Person]:
    """Everybody who can have a question in hand, by name."""
    return await (
        Person.objects()
        .where(Person.active.eq(True), Person.role.is_in(sorted(rules.HOUSE)))
        .order_by(Person.name)
    )


@dataclass(frozen=True, slots=True)
class Row:
    """One question in a list. `municipality` None: nobody knows yet who asks."""

    id: int
    subject: str
    language: str
    state: EnquiryState
    asker: str
    opened: datetime
    changed: datetime
    waits_since: datetime | None
    owner: int
    owner_name: str
    owner_active: bool
    municipality: str | None
    municipality_language: str | None
    code: str | None
    country: str | None
    number: str | None
    title: str | None
    title_language: str | None
    lead: int | None

    @property
    def path(self) -> str:
        return f"/advice/{self.id}"


def _rows() -> Any:
    return Enquiry.select(
        *(Enquiry.id, Enquiry.subject, Enquiry.language, Enquiry.state, Enquiry.asker),
        *(Enquiry.opened, Enquiry.changed, Enquiry.waits_since),
        _owner.id.as_alias("owner"),
        _owner.name.as_alias("owner_name"),
        _owner.active.as_alias("owner_active"),
        _member.name.as_alias("municipality"),
        _member.language.as_alias("municipality_language"),
        _member.code.as_alias("code"),
        _member.country.as_alias("country"),
        _dossier.number.as_alias("number"),
        _dossier.title.as_alias("title"),
        _dossier.language.as_alias("title_language"),
        _dossier.lead.as_alias("lead"),
    )


def _row(row: Mapping[str, Any]) -> Row:
    return Row(
        **dict(row)
        | {"state": EnquiryState(row["state"]), "owner_active": bool(row["owner_active"])}
    )


def _mine(by: Person) -> Any:
    """The condition that a row has to meet to be this person's to see; None: it sees all."""
    desk = desk_of(by)
    if desk.role == Role.SECRETARIAT:
        return None
    mine = Enquiry.owner == desk.person
    if desk.role == Role.COORDINATOR and desk.countries:
        return mine | _member.country.is_in(list(desk.countries))
    return mine


SHOWS: Mapping[str, tuple[EnquiryState, ...]] = {
    "open": (EnquiryState.OPEN,),
    "done": (EnquiryState.WAITING, EnquiryState.ANSWERED),
    "closed": (EnquiryState.CLOSED,),
}


@dataclass(frozen=True, slots=True)
class Page:
    """`further`: the question that the next page begins after."""

    rows: list[Row]
    further: int | None


async def queue(by: Person, *, show: str, own: bool = False, after: int | None = None) -> Page:
    """What waits, the longest first; what has been dealt with, the last changed first."""
    rows = _rows().where(Enquiry.state.is_in([each.value for each in SHOWS[show]]))
    if (mine := _mine(by)) is not None:
        rows = rows.where(mine)
    if own:
        rows = rows.where(Enquiry.owner == by.id)
    oldest = show == "open"
    order: Any = Enquiry.waits_since if oldest else Enquiry.changed
    last = after and await Enquiry.select(order).where(Enquiry.id == after).first()
    if last and (at := next(iter(last.values()))) is not None:
        further = (order > at) if oldest else (order < at)
        rows = rows.where(further | ((order == at) & (Enquiry.id > after)))
    found = await rows.order_by(order, ascending=oldest).order_by(Enquiry.id).limit(PAGE + 1)
    page = [_row(row) for row in found[:PAGE]]
    return Page(page, page[-1].id if len(found) > PAGE else None)


async def waiting_at(by: Person) -> list[Row]:
    """What waits for this person: theirs, and what has nobody active. The longest first."""
    theirs = Enquiry.owner == by.id
    if by.role == Role.SECRETARIAT:
        theirs = theirs | _owner.active.eq(False)
    rows = _rows().where(Enquiry.state == EnquiryState.OPEN, theirs)
    return [_row(row) for row in await rows.order_by(Enquiry.waits_since).limit(PAGE)]


async def too_long(now: datetime) -> list[Row]:
    """What has waited for longer than anybody should, wherever it lies; the longest first."""
    rows = _rows().where(
        Enquiry.state == EnquiryState.OPEN, Enquiry.waits_since <= now - rules.WANTED_WITHIN
    )
    return [_row(row) for row in await rows.order_by(Enquiry.waits_since).limit(PAGE)]


async def of_dossier(dossier: int, *, by: Person) -> list[Row]:
    """Questions about a dossier that this person may see: those that wait first."""
    rows = _rows().where(Enquiry.dossier == dossier)
    if (mine := _mine(by)) is not None:
        rows = rows.where(mine)
    found = await rows.order_by(Enquiry.id, ascending=False).limit(SHOWN_BESIDE)
    return sorted((_row(row) for row in found), key=lambda row: row.state != EnquiryState.OPEN)


async def of_municipality(municipality: int, *, by: Person | None = None) -> list[Row]:
    """What a municipality has asked, the newest first; `by` None: it looks itself."""
    rows = _rows().where(Enquiry.municipality == municipality)
    if by is not None and (mine := _mine(by)) is not None:
        rows = rows.where(mine)
    found = await rows.order_by(Enquiry.id, ascending=False).limit(SHOWN_BESIDE)
    return [_row(row) for row in found]


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


async def by_id(number: int) -> Enquiry:
    known = 0 < number <= LARGEST_ID
    found = await Enquiry.objects().where(Enquiry.id == number).first() if known else None
    if found is None:
        raise NotFound(NOT_THERE)
    return found


async def whole(number: int) -> Thread:
    """Three queries, however long it is."""
    stored = await by_id(number)
    rows = await _rows().where(Enquiry.id == stored.id)
    return Thread(stored, _row(rows[0]), await messages_of(stored.id))


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
