"""What the digests of one run read: once for all people, however many want it.

The number of queries does not grow with the rows.
"""

from collections.abc import Awaitable, Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any  # rows of several tables

from advocacy import texts
from advocacy.approvals.rules import RoundState
from advocacy.approvals.tables import Ballot, Round
from advocacy.digest import acts
from advocacy.digest.dating import Dated, dated
from advocacy.digest.happenings import Happening, What
from advocacy.digest.rules import Kind, Span
from advocacy.dossiers.rules import Precision, Station
from advocacy.dossiers.tables import Dossier, Follow, Window
from advocacy.mail.tables import Letter
from advocacy.overview import coordinator, presidency, secretariat
from advocacy.overview.participation import working_calls
from advocacy.overview.rules import Need
from advocacy.overview.windows import OFFICE_ZONE, OPEN_STATES, open_windows
from advocacy.people.rules import Role
from advocacy.people.tables import Person

RUNNING = (Station.OPENED, Station.CALL, Station.DRAFT, Station.APPROVAL)


@dataclass(frozen=True, slots=True)
class Matter:
    """A dossier as a letter names it."""

    id: int
    number: str
    title: str
    language: str
    countries: str


@dataclass(frozen=True, slots=True)
class Ahead:
    """A window that is open to input; only dates that are known are ahead."""

    id: int
    matter: Matter
    closes: datetime
    zone: str
    precision: str
    opened: datetime


@dataclass(frozen=True, slots=True)
class RoundAhead:
    id: int
    matter: Matter
    ends: datetime
    opened: datetime
    zone: str


class Reading:
    """`now` is the moment of the run; what was read stays as it was read."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self._known: dict[tuple[object, ...], Any] = {}

    async def once(self, key: tuple[object, ...], ask: Callable[[], Awaitable[Any]]) -> Any:
        if key not in self._known:
            self._known[key] = await ask()
        return self._known[key]

    async def windows(self) -> list[Ahead]:
        """Those that end first, first."""
        found: list[Ahead] = await self.once(("windows",), lambda: _windows(self.now))
        return found

    async def rounds(self) -> list[RoundAhead]:
        found: list[RoundAhead] = await self.once(("rounds",), lambda: _rounds(self.now))
        return found

    async def happenings(self, span: Span) -> dict[int, list[Happening]]:
        """By dossier, the latest last."""
        found: dict[int, list[Happening]] = await self.once(
            ("happenings", span), lambda: acts.happened(span)
        )
        return found

    async def dated(self, span: Span) -> Dated:
        found: Dated = await self.once(("dated", span.lately.since), lambda: dated(span))
        return found

    async def matters(self, dossiers: Collection[int]) -> dict[int, Matter]:
        missing = sorted(set(dossiers) - set(self._matters()))
        if missing:
            rows = await Dossier.select(
                *(Dossier.id, Dossier.number, Dossier.title, Dossier.language, Dossier.countries)
            ).where(Dossier.id.is_in(missing))
            self._matters().update({row["id"]: Matter(**row) for row in rows})
        return self._matters()

    def _matters(self) -> dict[int, Matter]:
        known: dict[int, Matter] = self._known.setdefault(("matters",), {})
        return known

    async def needs(self, person: Person) -> list[Need]:
        """As on the first page of this person, in the language in use."""
        role = Role(person.role)
        if role is Role.PRESIDENCY:
            return await presidency.needs(person, now=self.now)
        countries = coordinator.countries_of(person) if role is Role.COORDINATOR else ()
        windows = await self.once(
            ("open windows", countries), lambda: open_windows(countries=countries)
        )
        calls = await self.once(("calls", texts.language()), working_calls)
        if role is Role.COORDINATOR:
            return await coordinator.needs(person, windows, calls, now=self.now)
        found: list[Need] = await self.once(
            ("needs", texts.language()),
            lambda: secretariat.needs(windows, calls, now=self.now),
        )
        return found


def _matter(row: dict[str, Any]) -> Matter:
    return Matter(row["dossier"], row["number"], row["title"], row["language"], row["countries"])


def _of_dossier(dossier: Any) -> tuple[Any, ...]:
    return (
        dossier.id.as_alias("dossier"),
        dossier.number.as_alias("number"),
        dossier.title.as_alias("title"),
        dossier.language.as_alias("language"),
        dossier.countries.as_alias("countries"),
    )


async def _windows(now: datetime) -> list[Ahead]:
    rows = await (
        Window.select(
            *(Window.id, Window.closes, Window.zone, Window.precision),
            *_of_dossier(Window.dossier),
            Window.dossier.opened.as_alias("opened"),
        )
        .where(
            Window.state.is_in(OPEN_STATES),
            Window.precision != Precision.UNKNOWN,
            Window.dossier.station.is_in([station.value for station in RUNNING]),
            Window.closes > now,
        )
        .order_by(Window.closes)
        .order_by(Window.id)
    )
    return [
        Ahead(
            row["id"], _matter(row), row["closes"], row["zone"], row["precision"], row["opened"]
        )
        for row in rows
    ]  # fmt: skip


async def _rounds(now: datetime) -> list[RoundAhead]:
    position: Any = Round.position
    rows = await (
        Round.select(
            *(Round.id, Round.ends, Round.opened),
            position.window.zone.as_alias("zone"),
            *_of_dossier(position.dossier),
        )
        .where(Round.state == RoundState.OPEN, Round.ends > now)
        .order_by(Round.ends)
        .order_by(Round.id)
    )
    return [
        RoundAhead(row["id"], _matter(row), row["ends"], row["opened"], row["zone"] or OFFICE_ZONE)
        for row in rows
    ]


async def followed(person: int) -> set[int]:
    rows = await Follow.select(Follow.dossier).where(Follow.person == person)
    return {row["dossier"] for row in rows}


async def asked_to_vote(person: int) -> set[int]:
    """The open rounds in which this person has not voted yet."""
    rows = await Ballot.select(Ballot.round).where(
        Ballot.person == person, Ballot.choice == "", Ballot.round.state == RoundState.OPEN
    )
    return {row["round"] for row in rows}


async def told_by_letter(person: int, lines: Iterable[Happening]) -> set[str]:
    """The keys of those letters of their own that this person has had of these changes."""
    keys = {letter_key(line, person) for line in lines if line.kind is Kind.DEADLINES}
    if not keys:
        return set()
    rows = await Letter.select(Letter.key).where(Letter.key.is_in(sorted(keys)))
    return {row["key"] for row in rows}


def letter_key(line: Happening, person: int) -> str:
    """As advocacy.dossiers.telling names them: what moves within three days is told at once."""
    what = f"claim-{line.object}" if line.what is What.CONTRADICTED else str(line.event)
    return f"date-moved/{what}/{person}"
