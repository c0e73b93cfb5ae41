"""Who has not answered and can be rung, with what is known of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any  # columns of a joined table

from advocacy.calls import labels
from advocacy.calls.rules import CallState, InvitationState, RingOutcome
from advocacy.calls.tables import Invitation, Ring, RingRequest
from advocacy.errors import Message

NOT_OPENED, OPENED, DRAFTED, ABSENT = "not_opened", "opened", "drafted", "absent"
AS_READ = (
    "code",
    "name",
    "name_language",
    "language",
    "sent",
    "reminded",
    "contact",
    "absent_until",
)
STATES = (NOT_OPENED, OPENED, DRAFTED, ABSENT)
_contact: Any = Invitation.contact  # Piccolo types the columns of a joined table loosely
_municipality: Any = Invitation.municipality
_call: Any = RingRequest.call
_person: Any = RingRequest.person
_ringer: Any = Ring.person


@dataclass(frozen=True, slots=True)
class Try:
    """The last time somebody rang, and what came of it."""

    outcome: RingOutcome
    until: date | None
    note: str
    who: str
    at: datetime

    @property
    def label(self) -> Message:
        return labels.RINGS[self.outcome]


@dataclass(frozen=True, slots=True)
class RingRow:
    """One municipality on the list. `contact` None: nobody is known there.

    `state` is one of STATES. That somebody opened the page is known only from what they did there.
    """

    invitation: int
    code: str
    name: str
    name_language: str
    language: str
    state: str
    sent: datetime | None
    reminded: datetime | None
    contact: int | None
    person: str
    role: str
    phone: str
    email: str
    best_time: str
    absent_until: date | None
    tries: int
    last: Try | None

    @property
    def written(self) -> datetime | None:
        """The last letter that went there."""
        return self.reminded or self.sent


@dataclass(frozen=True, slots=True)
class RingList:
    rows: tuple[RingRow, ...]

    @property
    def rung(self) -> int:
        return sum(row.last is not None for row in self.rows)

    def after(self, code: str) -> str | None:
        """The next whom nobody has rung, from there on and then from the start."""
        codes = [row.code for row in self.rows if row.last is None and row.code != code]
        return next((each for each in codes if each > code), codes[0] if codes else None)


async def list_of(call_id: int, country: str) -> RingList:
    """Everybody of a country who was asked and has not answered, by code. Two queries."""
    rows = await (
        Invitation.select(
            Invitation.id,
            Invitation.state,
            Invitation.sent,
            Invitation.reminded,
            Invitation.opened,
            Invitation.language,
            _municipality.code.as_alias("code"),
            _municipality.name.as_alias("name"),
            _municipality.language.as_alias("name_language"),
            _contact.id.as_alias("contact"),
            _contact.name.as_alias("person"),
            _contact.role.as_alias("role"),
            _contact.phone.as_alias("phone"),
            _contact.email.as_alias("email"),
            _contact.best_time.as_alias("best_time"),
            _contact.absent_until.as_alias("absent_until"),
        )
        .where(
            Invitation.call == call_id,
            _municipality.country == country,
            Invitation.state != InvitationState.ANSWERED,
        )
        .order_by(_municipality.code)
    )
    tries = await _tries(call_id, country) if rows else {}
    return RingList(tuple(_row(row, tries.get(row["id"], [])) for row in rows))


async def _tries(call_id: int, country: str) -> dict[int, list[Try]]:
    """By invitation, the first try first."""
    invitation: Any = Ring.invitation
    rows = await (
        Ring.select(
            *(Ring.invitation, Ring.outcome, Ring.until, Ring.note, Ring.at),
            _ringer.name.as_alias("who"),
        )
        .where(invitation.call == call_id, invitation.municipality.country == country)
        .order_by(Ring.id)
    )
    found: dict[int, list[Try]] = {}
    for row in rows:
        made = Try(RingOutcome(row["outcome"]), row["until"], row["note"], row["who"], row["at"])
        found.setdefault(row["invitation"], []).append(made)
    return found


def _row(row: dict[str, Any], tries: Sequence[Try]) -> RingRow:
    state = InvitationState(row["state"])
    shown = {InvitationState.DRAFTED: DRAFTED, InvitationState.ABSENT: ABSENT}
    return RingRow(
        invitation=row["id"],
        state=shown.get(state, OPENED if row["opened"] else NOT_OPENED),
        tries=len(tries),
        last=tries[-1] if tries else None,
        **{key: row[key] for key in AS_READ},
        **_known(row),
    )


def _known(row: dict[str, Any]) -> dict[str, Any]:
    """Of the person; empty where nobody is known."""
    return {key: row[key] or "" for key in ("person", "role", "phone", "email", "best_time")}


@dataclass(frozen=True, slots=True)
class Wish:
    """The secretariat asks somebody to ring; `left` are those not rung since."""

    id: int
    call: int
    number: str
    country: str
    note: str
    who: str
    at: datetime
    answers_until: datetime
    zone: str
    left: int = 0


async def requests(countries: Sequence[str], *, call: int | None = None) -> list[Wish]:
    """What is still open for running calls, the first to end first. `left` is not counted."""
    if not countries:
        return []
    rows = RingRequest.select(
        *(RingRequest.id, RingRequest.country, RingRequest.note, RingRequest.at),
        _call.id.as_alias("call"),
        _call.number.as_alias("number"),
        _call.answers_until.as_alias("answers_until"),
        _call.zone.as_alias("zone"),
        _person.name.as_alias("who"),
    ).where(
        RingRequest.done.is_null(),
        RingRequest.country.is_in(list(countries)),
        _call.state == CallState.OPEN,
    )
    if call is not None:
        rows = rows.where(RingRequest.call == call)
    return [Wish(**row) for row in await rows.order_by(_call.answers_until)]


async def wishes(countries: Sequence[str]) -> list[Wish]:
    """Those with somebody left to ring. Three queries, however many there are."""
    asked = await requests(countries)
    if not asked:
        return []
    silent = await Invitation.select(
        *(Invitation.id, Invitation.call), _municipality.country.as_alias("country")
    ).where(
        Invitation.call.is_in(sorted({each.call for each in asked})),
        _municipality.country.is_in(list(countries)),
        Invitation.state != InvitationState.ANSWERED,
    )
    rung: dict[int, datetime] = {}
    for row in await _rings_of([each["id"] for each in silent]):
        rung[row["invitation"]] = row["at"]
    found = []
    for each in asked:
        left = sum(
            row["call"] == each.call
            and row["country"] == each.country
            and (row["id"] not in rung or rung[row["id"]] < each.at)
            for row in silent
        )
        if left:
            found.append(replace(each, left=left))
    return found


async def _rings_of(invitations: Sequence[int]) -> list[dict[str, Any]]:
    if not invitations:
        return []
    rows: list[dict[str, Any]] = await (
        Ring.select(Ring.invitation, Ring.at)
        .where(Ring.invitation.is_in(list(invitations)))
        .order_by(Ring.id)
    )
    return rows
