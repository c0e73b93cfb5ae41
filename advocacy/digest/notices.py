"""What lies ahead and is announced now: windows that close, meetings, papers due, rounds that end.

Each is told before the event, in the last letter before its hour of notice, and never after it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from advocacy import texts
from advocacy.bodies.queries import MeetingRow
from advocacy.bodies.rules import MeetingState
from advocacy.digest import rules
from advocacy.digest.reading import Ahead, Reading, RoundAhead
from advocacy.digest.rules import Notices, Span
from advocacy.dossiers.calendars.meetings import meeting_name, meetings_for
from advocacy.overview.windows import OFFICE_ZONE

LOOKED_AHEAD = timedelta(days=120)
"""Papers may be due two months before a meeting, and are announced some weeks before that."""


class Event(StrEnum):
    MEETING = "meeting"
    DOCUMENTS = "documents"
    CALLED_OFF = "called off"
    ROUND = "round"


@dataclass(frozen=True, slots=True)
class Announced:
    """`at` ends the time in which it can be told; `days`: first and last day of a meeting."""

    event: Event
    at: datetime
    zone: str
    name: str
    language: str
    path: str
    number: str = ""
    place: str = ""
    days: tuple[date, date] | None = None
    documents_until: date | None = None


@dataclass(frozen=True, slots=True)
class Letterbox:
    """When this letter goes, and what the letters before it have said."""

    span: Span
    notices: Notices | None
    now: datetime

    def announces(
        self, at: datetime, steps: Sequence[int], *, zone: str, known: datetime | None
    ) -> bool:
        hours = [rules.hour_of_notice(at, step, zone=zone, office=OFFICE_ZONE) for step in steps]
        return rules.is_announced(
            at, hours=hours, known=known, span=self.span, notices=self.notices, now=self.now
        )

    def has_announced(self, at: datetime, steps: Sequence[int], *, zone: str) -> bool:
        """An earlier letter did: its first hour of notice has gone by."""
        first = rules.hour_of_notice(at, max(steps), zone=zone, office=OFFICE_ZONE)
        return self.notices is not None and first < self.notices.mark


async def windows(
    reading: Reading, box: Letterbox, *, told_by_letter: Collection[int]
) -> list[Ahead]:
    """`told_by_letter`: windows whose new date this person has read in a letter of its own."""
    dated = await reading.dated(box.span)
    found = []
    for each in await reading.windows():
        known = dated.of_window(each.id, each.opened)
        told = each.id in told_by_letter and box.span.has(known)
        steps = rules.WINDOW_STEPS
        if not told and box.announces(each.closes, steps, zone=each.zone, known=known):
            found.append(each)
    return found


async def rounds(reading: Reading, box: Letterbox) -> list[RoundAhead]:
    return [
        each
        for each in await reading.rounds()
        if box.announces(each.ends, rules.ROUND_STEPS, zone=each.zone, known=each.opened)
    ]


async def meetings(reading: Reading, box: Letterbox, countries: Collection[str]) -> list[Announced]:
    """Of the bodies above countries, and those of these countries; with none, of every body."""
    rows: list[MeetingRow] = await reading.once(
        ("meetings", texts.language(), tuple(countries)),
        lambda: meetings_for(countries, now=box.now, until=box.now + LOOKED_AHEAD),
    )
    dated = await reading.dated(box.span)
    return [
        each
        for row in rows
        for each in _of_meeting(row, box, known=dated.of_meeting(row.id, row.changed))
    ]


def _of_meeting(row: MeetingRow, box: Letterbox, *, known: datetime) -> list[Announced]:
    begins, papers = _begins(row), _ends(row.documents_until, row.zone)
    if row.state == MeetingState.CALLED_OFF:
        told = box.span.has(known) and begins > box.now
        if told and box.has_announced(begins, rules.MEETING_STEPS, zone=row.zone):
            return [_announced(Event.CALLED_OFF, row, begins)]
        return []
    found = []
    if box.announces(begins, rules.MEETING_STEPS, zone=row.zone, known=known):
        found.append(_announced(Event.MEETING, row, begins))
    if papers is not None and box.announces(
        papers, rules.DOCUMENTS_STEPS, zone=row.zone, known=known
    ):
        found.append(_announced(Event.DOCUMENTS, row, papers))
    return found


def _begins(row: MeetingRow) -> datetime:
    """No hour is known: told until the day before."""
    return datetime.combine(row.begins, time(0), ZoneInfo(row.zone)).astimezone(UTC)


def _ends(day: date | None, zone: str) -> datetime | None:
    if day is None:
        return None
    return datetime.combine(day, time(23, 59, 59), ZoneInfo(zone)).astimezone(UTC)


def _announced(event: Event, row: MeetingRow, at: datetime) -> Announced:
    return Announced(
        event, at, row.zone, meeting_name(row), "", row.address, place=row.place,
        days=(row.begins, row.ends),
        documents_until=row.documents_until,
    )  # fmt: skip


def of_round(row: RoundAhead) -> Announced:
    matter = row.matter
    return Announced(
        Event.ROUND, row.ends, row.zone, matter.title, matter.language, f"/p/{matter.number}",
        number=matter.number,
    )  # fmt: skip
