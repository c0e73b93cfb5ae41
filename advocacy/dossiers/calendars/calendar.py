"""Dates as a calendar that other calendars subscribe to (RFC 5545, RFC 7986)."""

import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import icalendar

REFRESH = timedelta(hours=1)
SPOKEN = {"AT": "de", "CH": "de", "DE": "de", "FR": "fr", "IT": "it", "LI": "de", "SI": "sl"}
"""The language of a country's calendar when its address names none, and of its holidays."""


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """`uid` names the date for good; `sequence` grows when it moves. Instants are aware.

    A plain date stands for the whole day, wherever the calendar is read; `until` is its last day
    when it takes several.
    """

    uid: str
    at: datetime | date
    title: str
    description: str
    address: str
    sequence: int
    changed: datetime
    cancelled: bool = False
    tentative: bool = False
    until: date | None = None


def calendar(name: str, events: Iterable[CalendarEvent]) -> bytes:
    """Instants go out in UTC: no zone's definition is needed, and midnight stays midnight."""
    made = icalendar.Calendar()
    made.add("prodid", "-//Alphorn//Alphorn//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("name", _plain(name))
    made.add("x-wr-calname", _plain(name))
    made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", icalendar.vDuration(REFRESH))
    for each in events:
        made.add_component(_event(each))
    content: bytes = made.to_ical()
    return content


def entity_tag(content: bytes) -> str:
    """Weak, for on its way the file may be compressed (RFC 9110, 8.8.1)."""
    return f'W/"{hashlib.sha256(content).hexdigest()[:32]}"'


def _event(each: CalendarEvent) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", each.uid)
    event.add("dtstamp", each.changed.astimezone(UTC))
    event.add("last-modified", each.changed.astimezone(UTC))
    event.add("sequence", each.sequence)
    if isinstance(each.at, datetime):
        event.add("dtstart", each.at.astimezone(UTC))
    else:
        event.add("dtstart", each.at)
        event.add("dtend", max(each.at, each.until or each.at) + timedelta(days=1))
    event.add("summary", _plain(each.title))
    event.add("description", _plain(f"{each.description}\n{each.address}".strip()))
    event.add("url", each.address)
    event.add("transp", "TRANSPARENT")
    event.add("status", _status(each))
    return event


def _status(each: CalendarEvent) -> str:
    if each.cancelled:
        return "CANCELLED"
    return "TENTATIVE" if each.tentative else "CONFIRMED"


def _plain(text: str) -> str:
    """RFC 5545, 3.3.11: of the control signs a text holds line breaks and tabs only."""
    lines = "\n".join(text.splitlines())
    return "".join(
        sign for sign in lines if sign in "\n\t" or unicodedata.category(sign) not in {"Cc", "Cs"}
    )
