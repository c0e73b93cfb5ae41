"""Which dates a reader sees: the house all, with its own first; everybody else what is public."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from advocacy import deadlines, texts
from advocacy.dossiers.calendars.meetings import meetings_for
from advocacy.dossiers.rules import DeadlineState
from advocacy.overview import agenda
from advocacy.overview.agenda import Dated
from advocacy.overview.asked import Asked
from advocacy.overview.coordinator import countries_of
from advocacy.overview.participation import open_ones, working_calls
from advocacy.overview.windows import OFFICE_ZONE, OpenWindow, windows_since
from advocacy.people.rules import Role
from advocacy.people.tables import Person
from advocacy.positions.public import known_matters

SETTLED = frozenset({DeadlineState.MET, DeadlineState.MISSED})


@dataclass(frozen=True, slots=True)
class Shown:
    """`windows` of the weeks asked for and later, in any state; `dates` in order, also past ones.

    `own`: the countries of a coordinator.
    """

    windows: list[OpenWindow]
    dates: list[Dated]
    own: tuple[str, ...] = ()

    def ahead(self, *, now: datetime) -> list[Dated]:
        return agenda.ahead(self.dates, now=now)


async def for_house(person: Person, asked: Asked, *, now: datetime) -> Shown:
    own = countries_of(person) if person.role == Role.COORDINATOR else ()
    every = await windows_since(_earliest(asked, now))
    windows = chosen(every, asked, person=person.id)
    found = list(agenda.of_windows(_unsettled(windows), countries=own))
    found += _within(agenda.of_calls(await working_calls()), windows, asked)
    found += _within(await agenda.of_rounds(person), windows, asked)
    found += await _meetings(asked, now)
    if asked.external:
        found = [each for each in found if each.external]
        windows = [replace(each, milestones={}) for each in windows]
    return Shown(windows, agenda.in_order(found), own)


async def for_everybody(asked: Asked, *, now: datetime) -> Shown:
    """Under the titles that were published. No internal date, and no way into a dossier."""
    known = await known_matters(texts.language())
    published = [
        replace(
            each,
            title=known[each.dossier].title,
            language=known[each.dossier].language,
            elsewhere=known[each.dossier].path,
            milestones={},
        )
        for each in await windows_since(_earliest(asked, now))
        if each.dossier in known
    ]
    windows = chosen(published, asked, person=None)
    found = list(agenda.of_windows(_unsettled(windows)))
    if not asked.external:
        calls = agenda.of_calls(open_ones(await working_calls()))
        found += [replace(each, path="") for each in _within(calls, windows, asked)]
    found += await _meetings(asked, now)
    return Shown(windows, agenda.in_order(found))


def chosen(windows: Sequence[OpenWindow], asked: Asked, *, person: int | None) -> list[OpenWindow]:
    return [
        each
        for each in windows
        if (not asked.country or asked.country in each.countries)
        and (not asked.topic or asked.topic in each.topics)
        and (not asked.mine or (person is not None and each.leader == person))
    ]


def _unsettled(windows: Sequence[OpenWindow]) -> list[OpenWindow]:
    """What is met or missed needs no place among dates to come."""
    return [each for each in windows if each.state not in SETTLED]


def _within(dated: Sequence[Dated], windows: Sequence[OpenWindow], asked: Asked) -> list[Dated]:
    """Once something is filtered, only what belongs to the dossiers that are left."""
    numbers = {each.number for each in windows}
    narrow = asked.country or asked.topic or asked.mine
    return [each for each in dated if not narrow or each.dossier in numbers]


async def _meetings(asked: Asked, now: datetime) -> list[Dated]:
    """A body meets about many topics; of one topic, or of one's own dossiers, none is told."""
    if asked.topic or asked.mine:
        return []
    countries = [asked.country] if asked.country else []
    return agenda.of_meetings(await meetings_for(countries, now=_earliest(asked, now)))


def _earliest(asked: Asked, now: datetime) -> datetime:
    """The first moment of what may be on the page; a month shows the days before its first."""
    days: list[date] = [deadlines.local_date(now, OFFICE_ZONE), asked.first]
    if asked.view == "month":
        days.append(date.fromordinal(asked.month.toordinal() - 6))
    return datetime.combine(min(days), time(), ZoneInfo(OFFICE_ZONE))


def holiday(day: date, country: str) -> str:
    """How the day is called on which nobody works in a country; empty without one."""
    why = deadlines.day_off(day, [country]) if country else None
    return why.partition(" ")[2] if why and why != deadlines.WEEKEND else ""
