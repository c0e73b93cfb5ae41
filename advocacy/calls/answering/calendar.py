"""The deadline of one call as a calendar file."""

from datetime import datetime

from icalendar import Calendar, Event

from advocacy.calls.tables import Call


def deadline(call: Call, *, title: str, address: str, now: datetime) -> bytes:
    """An instant in UTC: every calendar shows it in its own zone (RFC 5545, 3.3.5)."""
    event = Event()
    event.add("uid", f"call-{call.number}@alphorn")
    event.add("dtstamp", now)
    event.add("dtstart", call.answers_until)
    event.add("summary", title)
    event.add("description", address)
    event.add("url", address)
    event.add("transp", "TRANSPARENT")
    made = Calendar()
    made.add("prodid", "-//Alphorn//call//EN")
    made.add("version", "2.0")
    made.add_component(event)
    return bytes(made.to_ical())
