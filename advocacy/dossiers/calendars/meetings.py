"""Meetings of bodies as events of a calendar, and the day until which they take documents."""

from collections.abc import Collection
from datetime import datetime

from advocacy import texts
from advocacy.bodies.queries import MeetingRow, meetings_ahead
from advocacy.bodies.rules import MeetingState
from advocacy.bodies.tables import Body
from advocacy.dossiers.calendars.calendar import CalendarEvent
from advocacy.dossiers.calendars.dates import OVER_STAYS, address_of, stays, uid


async def meetings_for(
    countries: Collection[str], *, now: datetime, until: datetime | None = None
) -> list[MeetingRow]:
    """Ahead, called off or not: of these countries' own bodies and of all that are above countries.

    With no countries: of every body.
    """
    rows = await meetings_ahead(now=now, until=until)
    if not countries or not rows:
        return rows
    elsewhere = await Body.select(Body.key).where(
        Body.country != "", Body.country.not_in(sorted(countries))
    )
    keys = {row["key"] for row in elsewhere}
    return [row for row in rows if row.body_key not in keys]


async def meeting_events(countries: Collection[str], *, now: datetime) -> list[CalendarEvent]:
    rows = await meetings_for(countries, now=now - OVER_STAYS)
    events = [event for row in rows for event in _events(row)]
    return [event for event in events if stays(event, now)]


def _events(row: MeetingRow) -> list[CalendarEvent]:
    called_off = row.state == MeetingState.CALLED_OFF
    name = meeting_name(row)
    meeting = CalendarEvent(
        uid=uid(f"meeting-{row.id}"),
        at=row.begins,
        title=f"{texts.gettext('Meeting')}: {name}",
        description=row.place,
        address=row.address or address_of("/deadlines"),
        sequence=row.sequence,
        changed=row.changed,
        cancelled=called_off,
        until=row.ends,
    )
    if row.documents_until is None:
        return [meeting]
    documents = CalendarEvent(
        uid=uid(f"meeting-{row.id}-documents"),
        at=row.documents_until,
        title=f"{texts.gettext('Documents until')}: {name}",
        description=texts.day(row.documents_until),
        address=row.address or address_of("/deadlines"),
        sequence=row.sequence,
        changed=row.changed,
        cancelled=called_off,
    )
    return [meeting, documents]


def meeting_name(row: MeetingRow) -> str:
    """Permanent Committee of the Alpine Convention 81, Title"""
    return ", ".join(each for each in (f"{row.body} {row.number}".strip(), row.title) if each)
