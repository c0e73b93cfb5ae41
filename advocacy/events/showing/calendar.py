"""Gatherings as a calendar: one to keep, and those of a country to subscribe to (RFC 5545)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

import icalendar

from advocacy.dossiers.calendars.calendar import REFRESH
from advocacy.dossiers.calendars.dates import uid
from advocacy.events.rules import GatheringState
from advocacy.typesetting import printable

MEDIA_TYPE = "text/calendar; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Appointment:
    """`sequence` grows when date or place move. Instants are aware; `address` of its page."""

    gathering: int
    begins: datetime
    ends: datetime
    title: str
    description: str
    place: str
    address: str
    sequence: int
    changed: datetime
    state: str
    latitude: float | None = None
    longitude: float | None = None


def calendar(name: str, appointments: Iterable[Appointment]) -> bytes:
    """Instants go out in UTC: every calendar shows them in its own zone."""
    made = icalendar.Calendar()
    made.add("prodid", "-//Alphorn//Alphorn//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("name", printable(name))
    made.add("x-wr-calname", printable(name))
    made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for each in appointments:
        made.add_component(_event(each))
    return bytes(made.to_ical())


def _event(each: Appointment) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", uid(f"gathering-{each.gathering}"))
    event.add("dtstamp", each.changed.astimezone(UTC))
    event.add("last-modified", each.changed.astimezone(UTC))
    event.add("sequence", each.sequence)
    event.add("dtstart", each.begins.astimezone(UTC))
    event.add("dtend", each.ends.astimezone(UTC))
    event.add("summary", printable(each.title))
    event.add("description", printable(f"{each.description}\n\n{each.address}".strip()))
    if each.place:
        event.add("location", printable(each.place))
    if each.latitude is not None and each.longitude is not None:
        event.add("geo", (each.latitude, each.longitude))
    event.add("url", each.address)
    cancelled = each.state == GatheringState.CANCELLED
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    return event
