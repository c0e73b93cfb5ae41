"""What pages need to know of mails."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any  # columns of joined tables

from advocacy import database
from advocacy.calls.rules import CallState, Stance
from advocacy.calls.tables import Invitation
from advocacy.errors import NotFound
from advocacy.letterbox.notes import Note, note_in
from advocacy.letterbox.rules import OPEN, Kind, State, may_see
from advocacy.letterbox.tables import Received
from advocacy.municipalities.rules import code_in_address
from advocacy.municipalities.tables import Municipality
from advocacy.people.rules import Role
from advocacy.people.tables import Person
from feeds.reading.folding import search_words

PAGE = 50
MOST_FOUND = 20
LARGEST_ID = 2**31 - 1
SHOWN = 300  # characters of a text in the list

_invitation: Any = Received.invitation  # Piccolo types the columns of a joined table loosely
_enquiry: Any = Received.enquiry
_call, _asked = _invitation.call, _invitation.municipality
_asking = _enquiry.municipality


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """One mail. `country` and the two after it are None while nobody knows what it answers."""

    id: int
    at: datetime
    kind: Kind
    state: State
    sender: str
    sender_name: str
    subject: str
    text: str
    language: str
    note: Note
    call: str | None
    zone: str
    code: str | None
    municipality: str | None
    country: str | None
    enquiry: int | None = None
    owner: int | None = None  # who has that question in hand


@dataclass(frozen=True, slots=True)
class Page:
    """`further` is the id that the next page begins below."""

    rows: list[WaitingRow]
    further: int | None


def _rows() -> Any:
    return Received.select(
        Received.id,
        Received.at,
        Received.kind,
        Received.state,
        Received.sender,
        Received.sender_name,
        Received.subject,
        Received.text,
        Received.language,
        Received.note,
        _call.number.as_alias("call"),
        _call.zone.as_alias("zone"),
        _asked.code.as_alias("code"),
        _asked.name.as_alias("municipality"),
        _asked.country.as_alias("country"),
        Received.enquiry,
        _enquiry.owner.as_alias("owner"),
        _asking.code.as_alias("asking_code"),
        _asking.name.as_alias("asking"),
        _asking.country.as_alias("asking_country"),
    )


_ASKING = {"municipality": "", "code": "_code", "country": "_country"}


def _row(row: dict[str, Any]) -> WaitingRow:
    """Where it answers no call, whose question it belongs to."""
    shown = row["text"][:SHOWN]
    asking = {name: row.pop(f"asking{end}") for name, end in _ASKING.items()}
    if row["code"] is None:
        row = row | asking
    return WaitingRow(
        **row
        | {
            "kind": Kind(row["kind"]),
            "state": State(row["state"]),
            "text": shown + ("…" if len(row["text"]) > SHOWN else ""),
            "note": note_in(row["note"]),
            "zone": row["zone"] or "Europe/Brussels",
        }
    )


async def waiting(countries: Sequence[str] | None, *, owner: int = 0) -> list[WaitingRow]:
    """All that somebody has to look at, the oldest first; None: wherever it belongs, or nowhere.
    `owner`: and what belongs to the questions that this person has in hand.
    """
    rows = _rows().where(Received.state.is_in(list(OPEN)))
    if countries is not None:
        rows = rows.where(_theirs(countries, owner))
    return [_row(row) for row in await rows.order_by(Received.id).limit(PAGE)]


async def listed(by: Person, *, every: bool, before: int | None) -> Page:
    """What this person may see, the newest first."""
    rows = _rows()
    if not every:
        rows = rows.where(Received.state.is_in(list(OPEN)))
    if before is not None:
        rows = rows.where(Received.id < min(before, LARGEST_ID))
    if by.role != Role.SECRETARIAT:
        rows = rows.where(_theirs(by.countries.split(","), by.id))
    found = await rows.order_by(Received.id, ascending=False).limit(PAGE + 1)
    page = [_row(row) for row in found[:PAGE]]
    return Page(page, page[-1].id if len(found) > PAGE else None)


def _theirs(countries: Sequence[str], owner: int) -> Any:
    """The condition: of the countries in their care, or of a question that they have in hand."""
    mine: Any = Received.enquiry.owner == owner
    known = [each for each in countries if each] or [""]
    asked, asking = _asked.country, _asking.country
    return mine | asked.is_in(known) | asking.is_in(known)


async def received(number: int, *, by: Person) -> tuple[Received, WaitingRow]:
    """NotFound where it is not there, or not theirs to see."""
    rows = await _rows().where(Received.id == number) if 0 < number <= LARGEST_ID else []
    row = _row(rows[0]) if rows else None
    known = row and may_see(by.role, by.countries.split(","), country=row.country)
    if row is None or not (known or row.owner == by.id):
        raise NotFound("There is no such mail")
    found = await Received.objects().where(Received.id == number).first()
    assert found is not None  # noqa: S101  it was there a moment ago, and none is ever deleted
    return found, row


async def to_confirm(number: int, *, invitation: int) -> Received:
    """A mail about which this municipality is asked. NotFound for any other."""
    found = 0 < number <= LARGEST_ID and (
        await Received.objects()
        .where(Received.id == number, Received.invitation == invitation)
        .first()
    )
    if not found or found.kind not in {Kind.REPLY, Kind.UNKNOWN, Kind.QUESTION}:
        raise NotFound("There is no such mail")
    return found


@dataclass(frozen=True, slots=True)
class Asked:
    """An invitation that a mail may belong to."""

    id: int
    code: str
    municipality: str
    call: str
    state: str


async def invitations(text: str, *, by: Person) -> list[Asked]:
    """By code or name of the municipality, in calls that have left; the newest first."""
    code = code_in_address(text.strip())
    words = search_words(text, language=None)
    if not code and not words:
        return []
    member: Any = Invitation.municipality
    rows = Invitation.select(
        Invitation.id,
        Invitation.state,
        member.code.as_alias("code"),
        member.name.as_alias("municipality"),
        Invitation.call.number.as_alias("call"),
    ).where(Invitation.call.state.is_in([CallState.OPEN, CallState.CLOSED]))
    if code:
        rows = rows.where(member.code == code)
    else:
        named = await Municipality.select(Municipality.id).where(
            database.finds(Municipality, words)
        )
        if not named:
            return []
        rows = rows.where(Invitation.municipality.is_in([row["id"] for row in named]))
    if by.role != Role.SECRETARIAT:
        countries = [each for each in by.countries.split(",") if each] or [""]
        rows = rows.where(member.country.is_in(countries))
    found = await rows.order_by(Invitation.id, ascending=False).limit(MOST_FOUND)
    return [Asked(**row) for row in found]


async def of_enquiry(enquiry: int) -> list[dict[str, Any]]:
    """Mails that belong to a question, in the order in which they came."""
    return await (
        Received.select(Received.id, Received.at, Received.sender, Received.subject)
        .where(Received.enquiry == enquiry)
        .order_by(Received.id)
    )


def stance_in(row: Received) -> Stance:
    return Stance(row.stance) if row.stance else Stance.NOT_STATED
