"""Who has not answered, over all running calls: one entry per address that letters go to.

asks       invitations without an answer, of calls that take answers
letters    what went to these addresses within the last days, whatever it was about
addresses  asks put together by address: several calls, or several municipalities of one clerk
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any  # columns of joined tables

from advocacy.calls.reminding import resting
from advocacy.calls.reminding.choosing import Chosen
from advocacy.calls.reminding.resting import LeftOut
from advocacy.calls.rules import CallState, InvitationState
from advocacy.calls.tables import Invitation
from advocacy.mail.rules import LetterState
from advocacy.mail.tables import Letter
from advocacy.municipalities.rules import Rhythm

WAITING = (
    InvitationState.PREPARED,
    InvitationState.SENT,
    InvitationState.DRAFTED,
    InvitationState.ABSENT,
)
NOT_COUNTED = (
    *("receipt", "withdrawn", "understood", "to_confirm", "kept", "delegation"),
    *("language_wished", "sign_in"),
)
"""Letters that answer what somebody has just done: they tire nobody."""
OUT = (LetterState.WAITING, LetterState.SENT, LetterState.BOUNCED)
LOOKED_BACK = timedelta(days=9)
"""More than a week in every zone."""

_call: Any = Invitation.call  # Piccolo types the columns of a joined table loosely
_contact: Any = Invitation.contact
_place: Any = Invitation.municipality


@dataclass(frozen=True, slots=True)
class Ask:
    """One question that one municipality has not answered."""

    invitation: int
    state: InvitationState
    reminded: datetime | None
    sent: datetime | None
    call: int
    deadline: datetime
    zone: str
    code: str
    municipality: str
    name_language: str
    country: str
    region: str
    population: int | None
    language: str

    def fits(self, call: int, chosen: Chosen) -> bool:
        return self.call == call and chosen.includes(
            country=self.country, region=self.region, language=self.language,
            population=self.population,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Somebody:
    """An address with all that is asked there, the earliest deadline first."""

    contact: int
    email: str
    asks: tuple[Ask, ...]
    letters: tuple[datetime, ...]
    wanted: bool
    rhythm: Rhythm
    bounced: bool
    absent_until: date | None
    absence_noted: datetime | None

    @property
    def zone(self) -> str:
        return self.asks[0].zone

    @property
    def back(self) -> date | None:
        return resting.back_on(self.absent_until, noted=self.absence_noted, zone=self.zone)

    def left_out(self, *, now: datetime) -> LeftOut | None:
        return resting.left_out(
            wanted=self.wanted, bounced=self.bounced, back=self.back, letters=self.letters,
            zone=self.zone, now=now,
        )  # fmt: skip

    def leaves(self, *, now: datetime) -> datetime:
        return resting.leaves(
            self.rhythm, deadline=self.asks[0].deadline, zone=self.zone, now=now
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unanswered:
    people: tuple[Somebody, ...]
    nobody: tuple[Ask, ...]
    """Asked, but there is no address: the telephone is left."""


async def unanswered(*, now: datetime) -> Unanswered:
    """Two queries, however many calls run."""
    rows = await (
        Invitation.select(
            *(Invitation.id, Invitation.state, Invitation.reminded, Invitation.sent),
            Invitation.language,
            _call.id.as_alias("call"),
            _call.answers_until.as_alias("deadline"),
            _call.zone.as_alias("zone"),
            _place.code.as_alias("code"),
            _place.name.as_alias("municipality"),
            _place.language.as_alias("name_language"),
            _place.country.as_alias("country"),
            _place.region.as_alias("region"),
            _place.population.as_alias("population"),
            _contact.id.as_alias("contact"),
            _contact.email.as_alias("email"),
            _contact.calls.as_alias("calls"),
            _contact.reminders.as_alias("reminders"),
            _contact.bounced.as_alias("bounced"),
            _contact.absent_until.as_alias("absent_until"),
            _contact.absence_noted.as_alias("absence_noted"),
        )
        .where(
            _call.state == CallState.OPEN,
            _call.answers_until >= now,
            Invitation.state.is_in(list(WAITING)),
        )
        .order_by(_call.answers_until)
        .order_by(Invitation.id)
    )
    reachable = [row for row in rows if row["contact"] is not None]
    letters = await _letters(since=now - LOOKED_BACK) if reachable else {}
    by_address: dict[str, list[Mapping[str, Any]]] = {}
    for row in reachable:
        by_address.setdefault(row["email"].casefold(), []).append(row)
    return Unanswered(
        tuple(_somebody(rows, letters.get(key, ())) for key, rows in by_address.items()),
        tuple(_ask(row) for row in rows if row["contact"] is None),
    )


async def _letters(*, since: datetime) -> dict[str, list[datetime]]:
    """By address, when letters left or will leave that were not called for."""
    rows = await Letter.select(Letter.recipient, Letter.due, Letter.sent).where(
        Letter.due >= since, Letter.state.is_in(list(OUT)), Letter.kind.not_in(list(NOT_COUNTED))
    )
    found: dict[str, list[datetime]] = {}
    for row in rows:
        found.setdefault(row["recipient"].casefold(), []).append(row["sent"] or row["due"])
    return found


def _ask(row: Mapping[str, Any]) -> Ask:
    same = ("reminded", "sent", "call", "deadline", "zone", "code", "municipality")
    also = ("name_language", "country", "region", "population", "language")
    kept = {name: row[name] for name in (*same, *also)}
    return Ask(invitation=row["id"], state=InvitationState(row["state"]), **kept)


def _somebody(rows: Sequence[Mapping[str, Any]], letters: Iterable[datetime]) -> Somebody:
    asks = tuple(_ask(row) for row in rows)
    first = rows[0]
    # Counted by invitation too: the address may have changed since.
    own = [at for ask in asks for at in (ask.sent, ask.reminded) if at is not None]
    wishes = {row[name] for row in rows for name in ("calls", "reminders")}
    return Somebody(
        contact=first["contact"],
        email=first["email"],
        asks=asks,
        letters=(*letters, *own),
        wanted=Rhythm.NEVER not in wishes,
        rhythm=Rhythm(first["reminders"]) if Rhythm.NEVER not in wishes else Rhythm.NOW,
        bounced=any(row["bounced"] is not None for row in rows),
        absent_until=first["absent_until"],
        absence_noted=first["absence_noted"],
    )
