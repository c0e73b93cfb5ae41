"""All dates ahead: deadlines of bodies, their meetings, and the network's own."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any  # a column behind several foreign keys
from zoneinfo import ZoneInfo

from advocacy import deadlines, texts
from advocacy.approvals.rules import RoundState
from advocacy.approvals.tables import Ballot, Round
from advocacy.bodies.queries import MeetingRow
from advocacy.bodies.rules import MeetingState
from advocacy.deadlines import Milestone as Kind
from advocacy.dossiers.calendars.crowds import CROWDED, crowd_at, crowded_weeks
from advocacy.dossiers.calendars.meetings import meeting_name
from advocacy.dossiers.labels import MILESTONES, PRECISIONS
from advocacy.dossiers.rules import DEADLINE_ENDS, DeadlineState, Precision
from advocacy.errors import Message
from advocacy.overview.participation import CallRow
from advocacy.overview.timeline import VAGUE
from advocacy.overview.windows import OFFICE_ZONE, OpenWindow
from advocacy.people.tables import Person

__all__ = ["CROWDED", "Dated", "Week", "by_week", "crowd_at", "crowded_weeks", "dates"]

DEADLINE = Message("Deadline of the body")
MEETING = Message("Meeting")
DOCUMENTS = Message("Documents until")
DECIDES = MILESTONES[Kind.PRESIDENCY]
ANSWERS = MILESTONES[Kind.ANSWERS_IN]


@dataclass(frozen=True, slots=True)
class Dated:
    """`external`: set by a body, not by us. `path` is empty for what has no page.

    `until`: the last day of what takes whole days, beginning with that of `at`.
    """

    at: datetime
    zone: str
    what: Message
    title: str
    language: str
    path: str
    external: bool = False
    own: bool = False
    off: bool = False  # withdrawn or called off
    precision: str = Precision.EXACT
    until: date | None = None
    place: str = ""
    dossier: str = ""

    @property
    def day(self) -> date:
        """Midnight belongs to the day it ends; what takes whole days begins with the first."""
        if self.until is not None:
            return deadlines.local_date(self.at, self.zone)
        return deadlines.last_day(self.at, self.zone)

    def days(self) -> Iterator[date]:
        count = (self.until - self.day).days if self.until else 0
        yield from (self.day + timedelta(days=place) for place in range(count + 1))

    def when(self) -> str:
        """As exactly as it is known."""
        if self.precision == Precision.MONTH:
            known = texts.translate(PRECISIONS[Precision.MONTH])
            return f"{texts.month(self.day)} ({known})"
        if self.precision == Precision.UNKNOWN:
            return texts.translate(PRECISIONS[Precision.UNKNOWN])
        if self.until is None:
            return texts.moment(self.at, self.zone)
        if self.until == self.day:
            return texts.day(self.day)
        return f"{texts.short_day(self.day)} – {texts.short_day(self.until)}"

    @property
    def is_certain(self) -> bool:
        return self.precision not in VAGUE

    @property
    def is_due(self) -> bool:
        """Something must be done by then: a meeting takes place without us."""
        return self.is_certain and not self.off and self.what is not MEETING


@dataclass(frozen=True, slots=True)
class Week:
    """`deadlines`: how many of bodies end in it, if that is too many; else 0."""

    monday: date
    number: int
    dates: tuple[Dated, ...]
    deadlines: int = 0


async def dates(
    windows: Iterable[OpenWindow], calls: Iterable[CallRow], *, now: datetime
) -> list[Dated]:
    """Of the network's matters, from today on, the earliest first. One query more."""
    found = [*of_windows(windows), *of_calls(calls), *await of_rounds()]
    return ahead(in_order(found), now=now)


def ahead(dated: Iterable[Dated], *, now: datetime) -> list[Dated]:
    """From the beginning of today on, by the calendar of each date's own zone."""
    return [
        each for each in dated if (each.until or each.day) >= deadlines.local_date(now, each.zone)
    ]


def in_order(dated: Iterable[Dated]) -> list[Dated]:
    return sorted(dated, key=lambda each: (each.at, each.title, each.what.text))


def of_windows(
    windows: Iterable[OpenWindow], *, countries: Collection[str] = (), internal: bool = True
) -> Iterator[Dated]:
    """A deadline, and unless it is settled what lies before it."""
    for window in windows:
        own = bool(set(countries) & set(window.countries))
        place = (window.title, window.language, window.path)
        off = window.state is DeadlineState.WITHDRAWN
        yield Dated(
            window.closes, window.zone, DEADLINE, *place, external=True, own=own, off=off,
            precision=window.precision, dossier=window.number,
        )  # fmt: skip
        if internal and window.state not in DEADLINE_ENDS:
            for kind, due in window.milestones.items():
                what = MILESTONES[Kind(kind)]
                yield Dated(due, window.zone, what, *place, own=own, dossier=window.number)


def of_calls(calls: Iterable[CallRow]) -> list[Dated]:
    """Until all have answered."""
    return [
        Dated(
            call.answers_until, call.zone, ANSWERS, call.title, call.language, call.path,
            dossier=call.dossier,
        )
        for call in calls
        if call.answered < call.asked
    ]  # fmt: skip


def of_meetings(meetings: Iterable[MeetingRow]) -> list[Dated]:
    found = []
    for row in meetings:
        off = row.state == MeetingState.CALLED_OFF
        name, language = meeting_name(row), texts.language()
        at = datetime.combine(row.begins, time(), ZoneInfo(row.zone))
        found.append(
            Dated(
                at, row.zone, MEETING, name, language, row.address, external=True, off=off,
                until=row.ends, place=row.place,
            )
        )  # fmt: skip
        if row.documents_until:
            at = datetime.combine(row.documents_until, time(), ZoneInfo(row.zone))
            found.append(
                Dated(
                    at, row.zone, DOCUMENTS, name, language, row.address, external=True, off=off,
                    until=row.documents_until,
                )
            )  # fmt: skip
    return found


async def of_rounds(person: Person | None = None) -> list[Dated]:
    """Own are those in which this person has a vote and has not cast it."""
    dossier: Any = Round.position.dossier
    rows = await Round.select(
        Round.id,
        Round.ends,
        dossier.number.as_alias("number"),
        dossier.title.as_alias("title"),
        dossier.language.as_alias("language"),
    ).where(Round.state == RoundState.OPEN)
    own = await _to_vote(person) if rows and person else set()
    return [
        Dated(
            row["ends"], OFFICE_ZONE, DECIDES, row["title"], row["language"],
            f"/p/{row['number']}/approve", own=row["id"] in own, dossier=row["number"],
        )
        for row in rows
    ]  # fmt: skip


async def _to_vote(person: Person) -> set[int]:
    ballots = await Ballot.select(Ballot.round).where(
        Ballot.person == person.id, Ballot.choice == "", Ballot.round.state == RoundState.OPEN
    )
    return {row["round"] for row in ballots}


def by_week(dated: Sequence[Dated]) -> list[Week]:
    """Weeks begin on Monday, by the calendar of each date's own zone; own dates come first."""

    def monday(each: Dated) -> date:
        return each.day - timedelta(days=each.day.weekday())

    closing = [each.day for each in dated if each.what is DEADLINE and not each.off]
    full = {crowd.monday: crowd.deadlines for crowd in crowded_weeks(closing)}
    ordered = sorted(dated, key=lambda each: (monday(each), not each.own, each.day, each.at))
    return [
        Week(first, first.isocalendar().week, tuple(group), full.get(first, 0))
        for first, group in groupby(ordered, monday)
    ]
