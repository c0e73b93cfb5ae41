"""Calendars of meetings (iCalendar, RFC 5545). The only importer of icalendar.

Each event is an entry; its beginning is a deadline of the kind `meeting`, so that it is shown with
its date and is not taken for the end of a window.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from hashlib import sha256
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

from feeds.parsing.decoding import decoded
from feeds.parsing.entry import (
    RECEIVED_LIMIT,
    Document,
    Enclosure,
    Parsed,
    ParsedEntry,
    StatedDeadline,
)
from feeds.parsing.text import (
    from_plain,
    language_code,
    one_line,
    plain,
    sanitised,
    web_address,
    without_illegal,
)
from feeds.parsing.windows import MEETING

_EVENT = re.compile(r"BEGIN:VEVENT\r?\n.*?END:VEVENT[ \t]*(?:\r?\n|$)", re.DOTALL)
_ZONES = re.compile(r"BEGIN:VTIMEZONE\r?\n.*?END:VTIMEZONE[ \t]*\r?\n", re.DOTALL)


def parse(document: Document) -> Parsed:
    text = without_illegal(decoded(document.body, document.content_type)).lstrip()
    if not text.startswith("BEGIN:VCALENDAR"):
        return Parsed(problem="The answer is not a calendar.")
    zones = "".join(_ZONES.findall(text))
    entries, known, skipped = [], [], 0
    # Event by event: one that is broken costs only itself.
    for event in _EVENT.findall(text):
        digest = sha256(event.encode()).hexdigest()
        if digest in document.known:
            known.append(digest)
            continue
        try:
            entries.append(_entry(_event(zones, event), event, digest, document))
        except Exception:  # noqa: BLE001 - icalendar raises whatever it happens upon
            skipped += 1
    return Parsed(
        entries=tuple(entries),
        known=tuple(known),
        title=one_line(_line(text, "X-WR-CALNAME") or _line(text, "NAME")),
        language=document.settings.get("language"),
        complete=True,
        skipped=skipped,
    )


# icalendar's properties are of many classes, none of which it promises.
def _event(zones: str, event: str) -> Any:
    from icalendar import Calendar  # loads much, for one kind of source

    calendar = Calendar.from_ical(
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{zones}{event.rstrip()}\r\nEND:VCALENDAR\r\n".encode()
    )
    return calendar.walk("VEVENT")[0]


def _entry(event: Any, received: str, digest: str, document: Document) -> ParsedEntry:
    start = event["DTSTART"].dt
    description = _described(event, document.address)
    html = "".join(_paragraphs(event, start)) + description
    again = event.get("RECURRENCE-ID")
    return ParsedEntry(
        id=str(event.get("UID", "")) + (f"/{again.dt.isoformat()}" if again else ""),
        title=one_line(str(event.get("SUMMARY", ""))),
        address=web_address(str(event.get("URL", "")), base=document.address),
        author=one_line(str(getattr(event.get("ORGANIZER"), "params", {}).get("CN", ""))),
        published=_instant(getattr(event.get("CREATED"), "dt", None), document.zone),
        updated=_instant(getattr(event.get("LAST-MODIFIED"), "dt", None), document.zone),
        language=language_code(getattr(event.get("SUMMARY"), "params", {}).get("LANGUAGE", "")),
        html=html,
        text=plain(html),
        enclosures=tuple(_enclosures(event)),
        deadlines=(_meeting(start, document.zone, plain(html)[:300]),),
        received=received[:RECEIVED_LIMIT],
        received_hash=digest,
    )


def _described(event: Any, base: str) -> str:
    text = str(event.get("DESCRIPTION", ""))
    return sanitised(text, base=base) if re.search(r"</?[a-z][^>]*>", text) else from_plain(text)


def _paragraphs(event: Any, start: date) -> Iterator[str]:
    end = getattr(event.get("DTEND"), "dt", None)
    span = _written(start) + (f" – {_written(end)}" if end and end != start else "")
    yield f"<p>{escape(span)}</p>"
    place = one_line(str(event.get("LOCATION", "")))
    if place:
        yield f"<p>{escape(place)}</p>"
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        yield "<p><strong>CANCELLED</strong></p>"
    if event.get("RRULE"):
        yield f"<p>{escape(event['RRULE'].to_ical().decode())}</p>"


def _written(at: date) -> str:
    return at.strftime("%Y-%m-%d %H:%M") if isinstance(at, datetime) else at.isoformat()


def _meeting(start: date, zone: str, quote: str) -> StatedDeadline:
    named = getattr(getattr(start, "tzinfo", None), "key", None) or zone
    precision = "exact" if isinstance(start, datetime) else "day"
    at = _instant(start, zone)
    if at is None:
        raise ValueError("an event without a beginning")
    return StatedDeadline(at, named, precision, MEETING, quote)


def _instant(at: date | None, zone: str) -> datetime | None:
    if at is None:
        return None
    moment = at if isinstance(at, datetime) else datetime.combine(at, time())
    return (moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)


def _enclosures(event: Any) -> Iterator[Enclosure]:
    attached = event.get("ATTACH", [])
    for each in attached if isinstance(attached, list) else [attached]:
        address = web_address(str(each))
        if address:
            yield Enclosure(address)


def _line(text: str, name: str) -> str:
    found = re.search(rf"^{name}(?:;[^:\r\n]*)?:(.*)$", text, re.MULTILINE)
    return found[1].strip() if found else ""
