"""Which documents the demo publishes, and where."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from advocacy.demo.sources import consultations, initiatives, meetings, syndication
from advocacy.demo.sources.english import DESK
from advocacy.demo.sources.french import AGENCY
from advocacy.demo.sources.german import MINISTRY
from advocacy.demo.sources.italian import GAZETTE, OBSERVATORY
from advocacy.demo.sources.notices import Office
from advocacy.demo.sources.slovene import BUREAU

FAILING = "/gestoert"
WATCHED_PART = "main ul.notices"
"""The CSS selector for the page that is watched."""


class DemoSource(NamedTuple):
    """``kind`` as ``feeds.parsing`` names it. The path may carry a query, which the server ignores."""

    path: str
    name: str
    kind: str
    language: str
    countries: tuple[str, ...]


DEMO_SOURCES: tuple[DemoSource, ...] = (
    DemoSource(MINISTRY.path, MINISTRY.name, "feed", "de", ("AT",)),
    DemoSource(AGENCY.path, AGENCY.name, "feed", "fr", ("FR",)),
    DemoSource(OBSERVATORY.path, OBSERVATORY.name, "feed", "it", ("IT",)),
    DemoSource(BUREAU.path, BUREAU.name, "feed", "sl", ("SI",)),
    DemoSource(
        meetings.PATH,
        meetings.NAME,
        "ical",
        "en",
        ("AT", "CH", "DE", "FR", "IT", "LI", "SI"),
    ),
    DemoSource(
        f"{initiatives.PATH}?language=EN&page=0&size=100&feedbackStatus=OPEN",
        initiatives.NAME,
        "have-your-say",
        "en",
        ("AT", "DE", "FR", "IT", "SI"),
    ),
    DemoSource(consultations.PATH, consultations.NAME, "fedlex", "de", ("CH",)),
    DemoSource(GAZETTE.path, GAZETTE.name, "feed", "it", ("IT",)),
    DemoSource(
        DESK.path,
        DESK.name,
        "page",
        "en",
        ("AT", "CH", "DE", "FR", "IT", "LI", "SI"),
    ),
    DemoSource(FAILING, "Demo-Landtag: Anfragen und Anträge", "feed", "de", ("LI",)),
)

OFFICES: tuple[Office, ...] = (MINISTRY, AGENCY, OBSERVATORY, BUREAU, GAZETTE, DESK)


@dataclass(frozen=True)
class Document:
    """What stands at an address. ``modified`` is an aware instant in UTC."""

    text: str
    media_type: str
    modified: datetime


def _morning(today: date) -> datetime:
    return datetime.combine(today - timedelta(days=1), time(5), UTC)


Writer = Callable[[Office, date, str], str]
_FEEDS: tuple[tuple[Office, Writer, str], ...] = (
    (MINISTRY, syndication.rss, "application/rss+xml; charset=utf-8"),
    (AGENCY, syndication.atom, "application/atom+xml; charset=utf-8"),
    (OBSERVATORY, syndication.rdf, "application/rdf+xml; charset=utf-8"),
    (BUREAU, syndication.json_feed, "application/feed+json"),
    (GAZETTE, syndication.gazette, "application/rss+xml; charset=utf-8"),
    (DESK, syndication.list_page, "text/html; charset=utf-8"),
)


def _office_document(path: str, today: date, base: str) -> Document | None:
    for office, write, media_type in _FEEDS:
        if path == office.path:
            return Document(write(office, today, base), media_type, office.updated_at(today))
    return None


def _notice_document(path: str, today: date) -> Document | None:
    for office in OFFICES:
        for notice in office.notices:
            if path == f"{office.path}/{notice.key}":
                text = syndication.notice_page(office, notice, today)
                at = notice.published_at(today)
                return Document(text, "text/html; charset=utf-8", at)
    return None


def _meeting_document(path: str, today: date) -> Document | None:
    folder = meetings.PATH.removesuffix(".ics")
    for meeting in meetings.MEETINGS:
        if path == f"{folder}/{meeting.key}":
            text = meetings.meeting_page(meeting, today)
            return Document(text, "text/html; charset=utf-8", _morning(today))
    return None


def _index(base: str) -> str:
    """A front page that names the feeds, so that an address without a feed in it can be added."""
    links = "".join(
        f'<link rel="alternate" type="{media_type.partition(";")[0]}" title="{office.name}"'
        f' href="{base}{office.path}">'
        for office, _, media_type in _FEEDS
        if office is not DESK
    )
    items = "".join(
        f'<li><a href="{source.path.replace("&", "&amp;")}">{source.name}</a></li>'
        for source in DEMO_SOURCES
    )
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f"<title>Demo sources</title>{links}</head><body><main><h1>Demo sources</h1>"
        f"<p>Invented for the demo; nothing here is real.</p><ul>{items}</ul></main></body></html>\n"
    )


def document(path: str, today: date, base: str) -> Document | None:
    """What stands at the path, None where nothing does. ``base`` begins every link."""
    morning = _morning(today)
    if path == "/":
        return Document(_index(base), "text/html; charset=utf-8", morning)
    if path == meetings.PATH:
        return Document(meetings.calendar(today, base), "text/calendar; charset=utf-8", morning)
    if path == initiatives.PATH:
        return Document(initiatives.search_answer(today), "application/json", morning)
    if path == consultations.PATH:
        return Document(
            consultations.sparql_answer(today), "application/sparql-results+json", morning
        )
    return (
        _office_document(path, today, base)
        or _notice_document(path, today)
        or _meeting_document(path, today)
    )
