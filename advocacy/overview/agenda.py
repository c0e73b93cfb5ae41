"""All dates ahead, week by week: deadlines of bodies, and the network's own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any  # a column behind several foreign keys
from zoneinfo import ZoneInfo

from advocacy.approvals.rules import RoundState
from advocacy.approvals.tables import Round
from advocacy.deadlines import Milestone as Kind
from advocacy.dossiers.labels import MILESTONES
from advocacy.errors import Message
from advocacy.overview.participation import CallRow
from advocacy.overview.windows import OFFICE_ZONE, OpenWindow

DEADLINE = Message("Deadline of the body")
DECIDES = MILESTONES[Kind.PRESIDENCY]
ANSWERS = MILESTONES[Kind.ANSWERS_IN]


@dataclass(frozen=True, slots=True)
class Dated:
    """`external`: set by a body, not by us."""

    at: datetime
    zone: str
    what: Message
    title: str
    language: str
    path: str
    external: bool = False


@dataclass(frozen=True, slots=True)
class Week:
    monday: date
    number: int
    dates: tuple[Dated, ...]


async def dates(
    windows: Iterable[OpenWindow], calls: Iterable[CallRow], *, now: datetime
) -> list[Dated]:
    """From today on, the earliest first. One query besides what is given."""
    found: list[Dated] = []
    for window in windows:
        place = (window.title, window.language, window.path)
        found.append(Dated(window.closes, window.zone, DEADLINE, *place, external=True))
        found += [
            Dated(due, window.zone, MILESTONES[kind], *place)
            for kind, due in ((Kind(name), due) for name, due in window.milestones.items())
        ]
    found += [
        Dated(call.answers_until, call.zone, ANSWERS, call.title, call.language, call.path)
        for call in calls
        if call.answered < call.asked
    ]
    found += await _rounds()
    ahead = [each for each in found if each.at >= now - timedelta(hours=now.hour + 1)]
    return sorted(ahead, key=lambda each: (each.at, each.title, each.what.text))


async def _rounds() -> list[Dated]:
    dossier: Any = Round.position.dossier
    rows = await Round.select(
        Round.ends,
        dossier.number.as_alias("number"),
        dossier.title.as_alias("title"),
        dossier.language.as_alias("language"),
    ).where(Round.state == RoundState.OPEN)
    return [
        Dated(
            row["ends"], OFFICE_ZONE, DECIDES, row["title"], row["language"],
            f"/p/{row['number']}/approve",
        )
        for row in rows
    ]  # fmt: skip


def by_week(dated: Sequence[Dated]) -> list[Week]:
    """Weeks begin on Monday, by the calendar of each date's own zone."""

    def monday(each: Dated) -> date:
        day = each.at.astimezone(ZoneInfo(each.zone)).date()
        return day - timedelta(days=day.weekday())

    return [
        Week(first, first.isocalendar().week, tuple(group))
        for first, group in groupby(sorted(dated, key=lambda each: (monday(each), each.at)), monday)
    ]
