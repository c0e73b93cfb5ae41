"""Calendars of dossiers, read back by the library that others read them with."""

from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.deadlines import Milestone as Kind
from advocacy.dossiers import actions, queries
from advocacy.dossiers.calendars.calendar import CalendarEvent, calendar, entity_tag
from advocacy.dossiers.calendars.dates import calendar_address, gone_kinds
from advocacy.dossiers.calendars.moves import Touched
from advocacy.dossiers.deadlines import milestones
from advocacy.dossiers.forms import NewDossier, NewWindow
from advocacy.dossiers.rules import DeadlineState, Precision
from advocacy.dossiers.tables import Dossier, Window
from advocacy.undoing.actions import undo
from tests.browsing import browser
from tests.characters import ana

LATE = datetime(2027, 2, 26, 22, 59, 59, tzinfo=UTC)
NOW = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)


async def _dossier(now: datetime, *, closes: datetime | None = LATE, **values: object) -> Dossier:
    window = NewWindow(closes, "Europe/Brussels", evidence="Until 26 February.") if closes else None
    new = NewDossier(title="Herdenschutz", window=window, **values)  # type: ignore[arg-type]
    return await actions.open_dossier(new, by=await ana(now), now=now)


def _path(dossier: Dossier) -> str:
    return calendar_address(dossier).removeprefix("/")


async def _read(dossier: Dossier, now: datetime) -> dict[str, icalendar.Event]:
    """By the part of the UID before the host."""
    async with browser(now) as web:
        answer = await web.get(f"/{_path(dossier)}", headers={"accept-language": "en"})
    events = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    named = {str(event["UID"]).split("@")[0]: event for event in events}
    assert len(named) == len(events)
    return named


@pytest.mark.anyio
async def test_the_calendar_is_for_those_who_have_its_address(db: str, now: datetime):
    dossier = await _dossier(now)
    token = _path(dossier).split("/")[-1].removesuffix(".ics")
    async with browser(now) as web:
        for path in (f"2026-001/{'x' * 43}.ics", f"2026-001/{token}", f"2026-002/{token}.ics",
                     "2026-001/%C5%A1.ics", f"x/{token}.ics"):  # fmt: skip
            assert (await web.get(f"/cal/d/{path}")).status_code == 404, path
        answer = await web.get(f"/{_path(dossier)}")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in answer.text
    assert "X-PUBLISHED-TTL:PT1H" in answer.text
    assert "VALARM" not in answer.text
    events = await _read(dossier, now)
    assert len(events) == 8
    deadline = events["window-1"]
    assert (deadline["SEQUENCE"], str(deadline["TRANSP"])) == (0, "TRANSPARENT")
    assert "/d/2026-001" in deadline["DESCRIPTION"]
    assert "24:00 (Brussels time)" in deadline["DESCRIPTION"]


@pytest.mark.anyio
async def test_who_has_this_very_calendar_already_gets_no_second_one(db: str, now: datetime):
    dossier = await _dossier(now)
    async with browser(now) as web:
        first = await web.get(f"/{_path(dossier)}")
        tag = first.headers["etag"]
        again = await web.get(f"/{_path(dossier)}", headers={"if-none-match": f'"x", {tag}'})
        other = await web.get(f"/{_path(dossier)}", headers={"if-none-match": '"x"'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert (other.status_code, other.headers["etag"]) == (200, tag)


@pytest.mark.anyio
async def test_a_moved_date_is_the_same_event_with_a_higher_sequence(db: str, now: datetime):
    dossier = await _dossier(now)
    [window] = await queries.windows_of(dossier.id)
    before = await _read(dossier, now)
    later = NewWindow(LATE + timedelta(days=14), "Europe/Brussels")
    soon = now + timedelta(hours=1)
    await actions.move_deadline(window.id, later, by=await ana(now), now=soon)
    after = await _read(dossier, soon)
    assert set(before) == set(after)
    moved = after["window-1"]
    assert (moved["SEQUENCE"], moved["DTSTART"].dt) == (1, date(2027, 3, 12))
    assert moved["LAST-MODIFIED"].dt > before["window-1"]["LAST-MODIFIED"].dt
    assert "(moved from 26.2.)" in moved["SUMMARY"]
    for uid, event in after.items():
        assert event["SEQUENCE"] > before[uid]["SEQUENCE"], uid


@pytest.mark.anyio
async def test_a_move_that_was_taken_back_is_one_more_change_and_no_longer_told(
    db: str, now: datetime
):
    dossier = await _dossier(now)
    [window] = await queries.windows_of(dossier.id)
    office = await ana(now)
    later = NewWindow(LATE + timedelta(days=14), "Europe/Brussels")
    event = await actions.move_deadline(window.id, later, by=office, now=now)
    await undo(event, by=office, now=now)
    back = (await _read(dossier, now))["window-1"]
    assert (back["SEQUENCE"], back["DTSTART"].dt) == (2, date(2027, 2, 26))
    assert "moved from" not in back["SUMMARY"]


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("deadline", "starts", "status"),
    [
        ((LATE, Precision.DAY), date(2027, 2, 26), "CONFIRMED"),
        ((LATE, Precision.EXACT), date(2027, 2, 26), "CONFIRMED"),  # 24:00
        ((LATE + timedelta(seconds=1), Precision.EXACT), date(2027, 2, 26), "CONFIRMED"),
        ((LATE.replace(hour=17, minute=0, second=0), Precision.EXACT),
         datetime(2027, 2, 26, 17, tzinfo=UTC), "CONFIRMED"),
        ((datetime(2027, 3, 28, 21, 59, 59, tzinfo=UTC), Precision.DAY), date(2027, 3, 28),
         "CONFIRMED"),
        ((datetime(2027, 1, 31, 22, 59, 59, tzinfo=UTC), Precision.MONTH), date(2027, 1, 31),
         "TENTATIVE"),
        ((LATE, Precision.UNKNOWN), date(2027, 2, 26), "TENTATIVE"),
    ],
)  # fmt: skip
async def test_a_deadline_without_an_hour_is_a_whole_day_in_every_zone(
    db: str,
    now: datetime,
    deadline: tuple[datetime, Precision],
    starts: date | datetime,
    status: str,
):
    dossier = await _dossier(now)
    closes, precision = deadline
    await Window.update({Window.closes: closes, Window.precision: precision}, force=True)
    event = (await _read(dossier, now))["window-1"]
    assert (event["DTSTART"].dt, str(event["STATUS"])) == (starts, status)


@pytest.mark.anyio
async def test_the_stops_that_the_fast_lane_leaves_out_are_cancelled_for_a_month(
    db: str, now: datetime
):
    dossier = await _dossier(now, closes=now + timedelta(days=9))
    [window] = await queries.windows_of(dossier.id)
    await milestones.take_fast_lane(window.id, by=await ana(now), now=now)
    events = await _read(dossier, now)
    status = {uid: str(event["STATUS"]) for uid, event in events.items()}
    assert status["milestone-1-core_position"] == "CONFIRMED"
    assert status["milestone-1-submit"] == "CONFIRMED"
    assert status["milestone-1-draft"] == "CANCELLED"
    assert {event["SEQUENCE"] for event in events.values()} == {1}
    gone = await _read(dossier, now + timedelta(days=31))
    assert "milestone-1-draft" not in gone
    assert "milestone-1-core_position" in gone


@pytest.mark.anyio
async def test_what_a_body_took_back_and_what_was_closed_is_cancelled_for_a_month(
    db: str, now: datetime
):
    dossier = await _dossier(now)
    await Window.update({Window.state: DeadlineState.WITHDRAWN}, force=True)
    status = {str(event["STATUS"]) for event in (await _read(dossier, now)).values()}
    assert status == {"CANCELLED"}
    assert await _read(dossier, now + timedelta(days=31)) == {}
    await Window.update({Window.state: DeadlineState.CONFIRMED}, force=True)
    much_later = now + timedelta(days=40)
    await actions.close(dossier.id, "No time", by=await ana(now), now=much_later)
    closed = await _read(dossier, much_later)
    assert {str(event["STATUS"]) for event in closed.values()} == {"CANCELLED"}
    assert closed["window-1"]["LAST-MODIFIED"].dt == much_later
    await actions.reopen(dossier.id, by=await ana(now), now=much_later)
    reopened = await _read(dossier, much_later)
    assert {str(event["STATUS"]) for event in reopened.values()} == {"CONFIRMED"}


def test_only_what_was_planned_once_can_be_gone():
    full = [Kind.CALL_OUT, Kind.ANSWERS_IN, Kind.DRAFT, Kind.TRANSLATIONS, Kind.MEMBER_CHECK,
            Kind.PRESIDENCY, Kind.SUBMIT]  # fmt: skip
    assert gone_kinds([], Touched()) == []
    assert gone_kinds(full, Touched(3)) == []
    assert gone_kinds(full, Touched(3, fast_lane=True)) == [
        Kind.CORE_POSITION,
        Kind.OBJECTIONS_UNTIL,
    ]
    assert gone_kinds(full[1:], Touched(1)) == [Kind.CALL_OUT]


def test_a_calendar_says_the_same_twice_and_escapes_what_people_write(now: datetime):
    event = CalendarEvent("a@b", now, "One;two,three\nBEGIN:VEVENT", "x", "https://x", 3, now, True)
    content = calendar("Name", [event])
    assert content == calendar("Name", [event])
    assert entity_tag(content) == entity_tag(calendar("Name", [event]))
    [read] = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert read["SUMMARY"] == "One;two,three\nBEGIN:VEVENT"
    assert (read["STATUS"], read["SEQUENCE"]) == ("CANCELLED", 3)


def test_several_days_end_on_their_last_one(now: datetime):
    event = CalendarEvent(
        "a@b", date(2026, 12, 15), "x", "", "https://x", 0, now, until=date(2026, 12, 16)
    )
    [read] = icalendar.Calendar.from_ical(calendar("Name", [event])).walk("VEVENT")
    assert read["DTEND"].dt == date(2026, 12, 17)  # exclusive: RFC 5545, 3.6.1


@given(st.text(max_size=300), st.text(max_size=300))
def test_whatever_people_write_the_lines_are_short_and_come_back(title: str, text: str):
    event = CalendarEvent("a@b", NOW, title, text, "https://x.example/", 0, NOW)
    content = calendar("Žiga & Müller", [event])
    lines = content.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert b"\r" not in b"".join(lines)
    for line in lines:
        assert len(line) <= 75  # octets: RFC 5545, 3.1
        line.decode()  # no character is torn apart
    [read] = icalendar.Calendar.from_ical(content).walk("VEVENT")
    visible = [sign for sign in title if sign.isprintable() and sign != "\\"]
    written = [sign for sign in str(read["SUMMARY"]) if sign.isprintable() and sign != "\\"]
    assert written == visible


async def test_the_page_of_a_dossier_does_not_print_the_key_of_its_calendar(db: str, now: datetime):
    """Paper shows the addresses of links that begin with http, and paper is passed on."""
    dossier = await _dossier(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get(f"/en/d/{dossier.number}")
    assert f'href="{calendar_address(dossier)}"' in page.text
    assert calendar_address(dossier).startswith("/cal/d/2026-001/")
