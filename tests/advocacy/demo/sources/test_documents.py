import json
import re
from datetime import date, datetime, timedelta

import feedparser
import icalendar
import pytest
from lxml import html

from advocacy.demo.sources import DEMO_SOURCES, FAILING, WATCHED_PART
from advocacy.demo.sources.catalogue import OFFICES, document
from advocacy.demo.sources.meetings import MEETINGS
from advocacy.demo.sources.wording import written
from feeds.parsing import KINDS

BASE = "http://127.0.0.1:8765"
TODAYS = [date(2026, 11, 22), date(2027, 1, 1), date(2028, 2, 29)]
every_today = pytest.mark.parametrize("today", TODAYS)


def _text(path: str, today: date) -> str:
    found = document(path.partition("?")[0], today, BASE)
    assert found is not None
    return found.text


@every_today
@pytest.mark.parametrize(
    ("path", "version", "language", "count"),
    [
        ("/ministerium", "rss20", "de", 8),
        ("/agence", "atom10", "fr", 7),
        ("/osservatorio", "rss10", "it", 6),
        ("/gazzetta", "rss20", "it", 7),
    ],
)
def test_feeds_are_read_by_feedparser(
    today: date, path: str, version: str, language: str, count: int
):
    feed = feedparser.parse(_text(path, today).encode())
    assert (feed.bozo, feed.version, len(feed.entries)) == (False, version, count)
    assert feed.feed.language == language
    for entry in feed.entries:
        published = date(*(entry.get("published_parsed") or entry.updated_parsed)[:3])
        assert today - timedelta(days=20) <= published < today
        assert entry.link.startswith(f"{BASE}{path}/")
        assert entry.summary


def test_a_gazette_has_no_guid_and_says_one_title_twice():
    feed = feedparser.parse(_text("/gazzetta", TODAYS[0]).encode())
    titles = [entry.title for entry in feed.entries]
    assert [entry.get("id") for entry in feed.entries] == [None] * 7
    assert titles.count("AZIENDA SANITARIA DEMO") == 2


@every_today
def test_the_json_feed_is_json_feed(today: date):
    feed = json.loads(_text("/urad", today))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert (feed["language"], len(feed["items"])) == ("sl", 7)
    assert len({item["id"] for item in feed["items"]}) == 7
    for item in feed["items"]:
        published = datetime.fromisoformat(item["date_published"])
        assert published.tzinfo is not None
        assert today - timedelta(days=20) <= published.date() < today


@every_today
def test_meetings_are_read_by_icalendar_and_lie_on_working_days_ahead(today: date):
    text = _text("/sitzungen.ics", today)
    events = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert [str(event["SUMMARY"]) for event in events] == [each.title for each in MEETINGS]
    for event in events:
        day = event.decoded("DTSTART")
        day = day.date() if isinstance(day, datetime) else day
        assert day.weekday() < 5
        assert today < day < today + timedelta(days=120)


def test_no_line_of_the_calendar_is_longer_than_75_octets():
    lines = _text("/sitzungen.ics", TODAYS[0]).split("\r\n")
    assert max(len(line.encode()) for line in lines) <= 75


@every_today
def test_initiatives_have_windows_and_only_the_last_is_current(today: date):
    answer = json.loads(_text("/brpapi/searchInitiatives", today))["initiativeResultDtoPage"]
    assert answer["totalElements"] == len(answer["content"]) == 7
    for initiative in answer["content"]:
        windows = initiative["currentStatuses"]
        assert [window["isCurrent"] for window in windows] == [False] * (len(windows) - 1) + [True]
        ends = [date(*map(int, window["feedbackEndDate"][:10].split("/"))) for window in windows]
        assert ends == sorted(ends)
        assert (windows[-1]["receivingFeedbackStatus"] == "OPEN") == (ends[-1] >= today)
    assert max(len(each["currentStatuses"]) for each in answer["content"]) == 3


@every_today
def test_swiss_consultations_come_in_three_languages_and_run_today(today: date):
    rows = json.loads(_text("/sparqlendpoint", today))["results"]["bindings"]
    assert len(rows) == 12
    assert len({row["c"]["value"] for row in rows}) == 4
    assert [row["title"]["xml:lang"] for row in rows] == ["de", "fr", "it"] * 4
    for row in rows:
        start, end = (date.fromisoformat(row[name]["value"]) for name in ("start", "end"))
        assert start < today < end
        # The law gives three months at least (VlG, Art. 7).
        assert (end - start).days >= 90


@every_today
def test_the_watched_part_of_the_page_holds_its_calls(today: date):
    page = html.fromstring(_text("/open-calls", today))
    links = page.cssselect(f"{WATCHED_PART} a")
    assert [link.get("href").startswith(f"{BASE}/open-calls/") for link in links] == [True] * 5


@every_today
def test_no_document_names_a_year_far_from_today(today: date):
    for source in DEMO_SOURCES:
        if source.path == FAILING:
            continue
        text = re.sub(
            r"http://www\.w3\.org/\S+|http://purl\.org/\S+", "", _text(source.path, today)
        )
        years = {int(year) for year in re.findall(r"(?<![\d/])(?:19|20)\d\d(?!\d)", text)}
        assert years
        assert years <= {today.year - 1, today.year, today.year + 1}


@every_today
def test_every_deadline_lies_ahead_and_stands_in_its_text(today: date):
    ways = ("long", "dots", "slash", "yearless", "american", "austrian", "weekday")
    for office in OFFICES:
        for notice in office.notices:
            if notice.closes is None:
                continue
            assert notice.closes > 0
            body = notice.body_on(today, office.language)
            forms = [
                written(f"{{+{notice.closes} {way}}}", office.language, today=today)
                for way in ways
                if (office.language, way) != ("sl", "weekday")
            ]
            assert any(form in body for form in forms), notice.key


def test_nothing_is_left_to_fill_in():
    for source in DEMO_SOURCES:
        if source.path != FAILING:
            assert re.search(r"\{[+-]\d", _text(source.path, TODAYS[0])) is None


def test_the_same_matter_comes_in_four_languages():
    carrying = [
        source.language
        for source in DEMO_SOURCES
        if source.path != FAILING and "/0211(COD)" in _text(source.path, TODAYS[0])
    ]
    assert sorted(carrying) == ["de", "en", "fr", "sl"]


def test_every_link_of_a_notice_leads_to_its_page():
    for office in OFFICES:
        for notice in office.notices:
            path = office.address("", notice)
            assert notice.title_on(TODAYS[0], office.language) in html.fromstring(
                _text(path, TODAYS[0])
            ).findtext(".//h1")


def test_every_meeting_has_a_page():
    for meeting in MEETINGS:
        page = html.fromstring(_text(f"/sitzungen/{meeting.key}", TODAYS[0]))
        assert page.findtext(".//h1") == meeting.title


def test_the_front_page_names_the_feeds():
    page = html.fromstring(_text("/", TODAYS[0]))
    feeds = [link.get("href") for link in page.cssselect("link[rel=alternate]")]
    assert feeds == [
        f"{BASE}{path}"
        for path in ("/ministerium", "/agence", "/osservatorio", "/urad", "/gazzetta")
    ]


def test_every_source_is_of_a_kind_that_can_be_parsed():
    assert {source.kind for source in DEMO_SOURCES} == set(KINDS) - {"austrian-parliament", "ris"}
    assert len({source.path for source in DEMO_SOURCES}) == len(DEMO_SOURCES) == 10
