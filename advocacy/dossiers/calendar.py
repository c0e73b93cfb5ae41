"""Dates as a calendar that other calendars subscribe to (RFC 5545, RFC 7986)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import icalendar

REFRESH = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """`uid` names the date for good; `sequence` grows when it moves. Instants are aware."""

    uid: str
    at: datetime
    title: str
    description: str
    address: str
    sequence: int
    changed: datetime
    cancelled: bool = False


def calendar(name: str, events: Iterable[CalendarEvent]) -> bytes:
    """Instants go out in UTC: no zone's definition is needed, and midnight stays midnight."""
    made = icalendar.Calendar()
    made.add("prodid", "-//Alphorn//Alphorn//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", icalendar.vDuration(REFRESH))
    for each in events:
        made.add_component(_event(each))
    content: bytes = made.to_ical()
    return content


def _event(each: CalendarEvent) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", each.uid)
    event.add("dtstamp", each.changed.astimezone(UTC))
    event.add("last-modified", each.changed.astimezone(UTC))
    event.add("sequence", each.sequence)
    event.add("dtstart", each.at.astimezone(UTC))
    event.add("summary", each.title)
    event.add("description", f"{each.description}\n{each.address}".strip())
    event.add("url", each.address)
    event.add("transp", "TRANSPARENT")
    event.add("status", "CANCELLED" if each.cancelled else "CONFIRMED")
    return event
