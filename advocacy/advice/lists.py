"""Lists of questions: what waits, what a municipality or a dossier has, what one may see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any  # columns of joined tables

from advocacy.advice import rules
from advocacy.advice.rules import Desk, EnquiryState
from advocacy.advice.tables import Enquiry
from advocacy.people.rules import Role
from advocacy.people.tables import Person

PAGE = 50
SHOWN_BESIDE = 20

_member: Any = Enquiry.municipality  # Piccolo types the columns of a joined table loosely
_dossier: Any = Enquiry.dossier
_owner: Any = Enquiry.owner


def desk_of(person: Person) -> Desk:
    countries = tuple(code for code in person.countries.split(",") if code)
    return Desk(person.id, person.role, countries, person.active)


@dataclass(frozen=True, slots=True)
class Row:
    """One question in a list. `municipality` None: nobody knows yet who asks."""

    id: int
    subject: str
    language: str
    state: EnquiryState
    asker: str
    email: str
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
    def who(self) -> str:
        """As they are named in a list; empty: nothing at all is known."""
        return self.municipality or self.asker or self.email

    @property
    def path(self) -> str:
        return f"/advice/{self.id}"

    @property
    def place(self) -> str:
        """Where it belongs, as one line that a page gives back."""
        return f"{self.code or ''}|{self.number or ''}|{self.subject}"


def rows_of() -> Any:
    return Enquiry.select(
        *(Enquiry.id, Enquiry.subject, Enquiry.language, Enquiry.state, Enquiry.asker),
        Enquiry.email,
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


def row_of(row: Mapping[str, Any]) -> Row:
    return Row(
        **dict(row)
        | {"state": EnquiryState(row["state"]), "owner_active": bool(row["owner_active"])}
    )


def mine(by: Person) -> Any:
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
    rows = rows_of().where(Enquiry.state.is_in([each.value for each in SHOWS[show]]))
    if (condition := mine(by)) is not None:
        rows = rows.where(condition)
    if own:
        rows = rows.where(Enquiry.owner == by.id)
    oldest = show == "open"
    order: Any = Enquiry.waits_since if oldest else Enquiry.changed
    last = after and await Enquiry.select(order).where(Enquiry.id == after).first()
    if last and (at := next(iter(last.values()))) is not None:
        further = (order > at) if oldest else (order < at)
        rows = rows.where(further | ((order == at) & (Enquiry.id > after)))
    found = await rows.order_by(order, ascending=oldest).order_by(Enquiry.id).limit(PAGE + 1)
    page = [row_of(row) for row in found[:PAGE]]
    return Page(page, page[-1].id if len(found) > PAGE else None)


async def every(by: Person) -> list[Row]:
    """All that this person may see, the newest first."""
    rows = rows_of()
    if (condition := mine(by)) is not None:
        rows = rows.where(condition)
    return [row_of(row) for row in await rows.order_by(Enquiry.id, ascending=False)]


async def waiting_at(by: Person) -> list[Row]:
    """What waits for this person: theirs, and what has nobody active. The longest first."""
    theirs = Enquiry.owner == by.id
    if by.role == Role.SECRETARIAT:
        theirs = theirs | _owner.active.eq(False)
    rows = rows_of().where(Enquiry.state == EnquiryState.OPEN, theirs)
    return [row_of(row) for row in await rows.order_by(Enquiry.waits_since).limit(PAGE)]


async def concerning(office: Sequence[int], *, now: datetime) -> list[Row]:
    """What the secretariat (`office`) has to do with: what waits at its own desks, or where nobody
    sits any more, and what has waited too long anywhere. The longest first.
    """
    theirs = _owner.active.eq(False) | (Enquiry.waits_since <= now - rules.WANTED_WITHIN)
    if office:
        theirs = theirs | Enquiry.owner.is_in(list(office))
    rows = rows_of().where(Enquiry.state == EnquiryState.OPEN, theirs)
    return [row_of(row) for row in await rows.order_by(Enquiry.waits_since).limit(PAGE)]


async def of_dossier(dossier: int, *, by: Person) -> list[Row]:
    """Questions about a dossier that this person may see: those that wait first."""
    rows = rows_of().where(Enquiry.dossier == dossier)
    if (condition := mine(by)) is not None:
        rows = rows.where(condition)
    found = await rows.order_by(Enquiry.id, ascending=False).limit(SHOWN_BESIDE)
    return sorted((row_of(row) for row in found), key=lambda row: row.state != EnquiryState.OPEN)


async def of_municipality(municipality: int, *, by: Person | None = None) -> list[Row]:
    """What a municipality has asked, the newest first; `by` None: it looks itself."""
    rows = rows_of().where(Enquiry.municipality == municipality)
    if by is not None and (condition := mine(by)) is not None:
        rows = rows.where(condition)
    found = await rows.order_by(Enquiry.id, ascending=False).limit(SHOWN_BESIDE)
    return [row_of(row) for row in found]
