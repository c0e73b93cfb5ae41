"""Meetings of the bodies of the Alps, read as iCalendar (RFC 5545)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

from advocacy.demo.sources.syndication import page
from advocacy.demo.sources.wording import working_day, written

PATH = "/sitzungen.ics"
NAME = "Demo calendar of Alpine bodies"


@dataclass(frozen=True)
class Meeting:
    """``starts`` in days from today, moved to a working day; ``at`` local time, None: all day."""

    key: str
    starts: int
    days: int
    title: str
    place: str
    body: str
    at: time | None = None
    zone: str = "Europe/Rome"
    language: str = "en"


MEETINGS: tuple[Meeting, ...] = (
    Meeting(
        "permanent-committee",
        66,
        2,
        "Alpine Convention: meeting of the Permanent Committee",
        "Bolzano/Bozen",
        "Agenda items of observers go through a delegation. Submissions must reach the Permanent "
        "Secretariat no later than {+38}.",
    ),
    Meeting(
        "large-carnivores-group",
        17,
        1,
        "Working group on large carnivores, wild ungulates and society",
        "Online",
        "Exchange on herd protection, cross-border monitoring of wolf and lynx, and compensation.",
        time(10),
    ),
    Meeting(
        "exekutivausschuss",
        31,
        1,
        "EUSALP: Sitzung des Exekutivausschusses",
        "Innsbruck",
        "Auf der Tagesordnung: Transit und kombinierter Verkehr, Arbeitspläne der Aktionsgruppen. "
        "Stellungnahmen der Beobachter werden bis {+14} erbeten.",
        time(9, 30),
        "Europe/Vienna",
        "de",
    ),
    Meeting(
        "forum-annuel",
        101,
        2,
        "SUERA : Forum annuel",
        "Annecy",
        "Thèmes : eau, énergie et risques naturels. Inscription jusqu'au {+74}.",
        language="fr",
    ),
    Meeting(
        "piattaforma-pericoli",
        45,
        1,
        "Piattaforma pericoli naturali: incontro sulle valanghe",
        "Trento",
        "Scambio tra servizi valanghe e Comuni sulle soglie di allerta.",
        time(14),
        language="it",
    ),
    Meeting(
        "delavnica-prostor",
        24,
        1,
        "Delavnica delovne skupine za prostorsko načrtovanje",
        "Bled",
        "Razprava o varstvu tal in o počitniških stanovanjih v gorskih občinah.",
        time(9),
        "Europe/Ljubljana",
        "sl",
    ),
)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> str:
    """RFC 5545, 3.1: no line over 75 octets. 60 characters stay below in these languages."""
    pieces = [line[at : at + 60] for at in range(0, len(line), 60)]
    return "\r\n ".join(pieces)


def _when(meeting: Meeting, today: date) -> list[str]:
    day = working_day(today + timedelta(days=meeting.starts))
    if meeting.at is None:
        end = day + timedelta(days=meeting.days)
        return [f"DTSTART;VALUE=DATE:{day:%Y%m%d}", f"DTEND;VALUE=DATE:{end:%Y%m%d}"]
    begin = datetime.combine(day, meeting.at, ZoneInfo(meeting.zone)).astimezone(UTC)
    return [f"DTSTART:{begin:%Y%m%dT%H%M%SZ}", f"DTEND:{begin + timedelta(hours=4):%Y%m%dT%H%M%SZ}"]


def _event(meeting: Meeting, today: date, base: str) -> list[str]:
    stamp = datetime.combine(today - timedelta(days=9), time(7), UTC)
    return [
        "BEGIN:VEVENT",
        f"UID:{meeting.key}@alpine-bodies.example",
        f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}",
        f"LAST-MODIFIED:{stamp:%Y%m%dT%H%M%SZ}",
        *_when(meeting, today),
        f"SUMMARY;LANGUAGE={meeting.language}:{_escaped(meeting.title)}",
        f"LOCATION:{_escaped(meeting.place)}",
        f"DESCRIPTION;LANGUAGE={meeting.language}:"
        + _escaped(written(meeting.body, meeting.language, today=today)),
        f"URL:{base}{PATH.removesuffix('.ics')}/{meeting.key}",
        "END:VEVENT",
    ]


def calendar(today: date, base: str) -> str:
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Demo//Alpine bodies//EN",
        f"X-WR-CALNAME:{NAME}",
        *(line for meeting in MEETINGS for line in _event(meeting, today, base)),
        "END:VCALENDAR",
    ]
    return "".join(_folded(line) + "\r\n" for line in lines)


def meeting_page(meeting: Meeting, today: date) -> str:
    body = escape(written(meeting.body, meeting.language, today=today))
    main = f"<h1>{escape(meeting.title)}</h1><p>{escape(meeting.place)}</p><p>{body}</p>"
    return page(meeting.title, meeting.language, main)
