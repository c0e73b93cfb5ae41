from datetime import UTC, datetime, timedelta

import icalendar
import pytest

from advocacy.dossiers import actions, queries
from advocacy.dossiers.calendar import CalendarEvent, calendar
from advocacy.dossiers.forms import NewDossier, NewWindow
from advocacy.dossiers.handlers.looking import CALENDAR
from advocacy.dossiers.tables import Dossier
from advocacy.people.tokens import derived_token
from tests.browsing import browser
from tests.characters import ana

pytestmark = pytest.mark.anyio

LATE = datetime(2027, 2, 26, 22, 59, 59, tzinfo=UTC)


async def _dossier(now: datetime, *, closes: datetime | None = LATE, **values: object) -> Dossier:
    window = NewWindow(closes, "Europe/Brussels", evidence="Until 26 February.") if closes else None
    new = NewDossier(title="Herdenschutz", window=window, **values)  # type: ignore[arg-type]
    return await actions.open_dossier(new, by=await ana(now), now=now)


async def test_the_calendar_is_for_those_who_have_its_address(db: str, now: datetime):
    dossier = await _dossier(now)
    token = derived_token(CALENDAR, dossier.id)
    async with browser(now) as web:
        for path in (f"2026-001/{'x' * 43}.ics", f"2026-001/{token}", f"2026-002/{token}.ics",
                     "2026-001/%C5%A1.ics", f"x/{token}.ics"):  # fmt: skip
            assert (await web.get(f"/cal/d/{path}")).status_code == 404, path
        answer = await web.get(f"/cal/d/2026-001/{token}.ics")
    assert answer.headers["content-type"].startswith("text/calendar")
    read = icalendar.Calendar.from_ical(answer.content)
    deadline = next(event for event in read.walk("VEVENT") if "window" in event["UID"])
    assert deadline["DTSTART"].dt == LATE
    assert deadline["SEQUENCE"] == 0
    assert "/d/2026-001" in deadline["DESCRIPTION"]
    assert len(read.walk("VEVENT")) == 8
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in answer.text


async def test_a_moved_date_is_the_same_event_with_a_higher_sequence(db: str, now: datetime):
    dossier = await _dossier(now)
    [window] = await queries.windows_of(dossier.id)
    token = derived_token(CALENDAR, dossier.id)
    async with browser(now) as web:
        before = icalendar.Calendar.from_ical(
            (await web.get(f"/cal/d/2026-001/{token}.ics")).content
        )
        later = NewWindow(LATE + timedelta(days=14), "Europe/Brussels")
        await actions.move_deadline(window.id, later, by=await ana(now), now=now)
        answer = await web.get(f"/cal/d/2026-001/{token}.ics", headers={"accept-language": "en"})
    after = icalendar.Calendar.from_ical(answer.content)
    uids = [{str(event["UID"]) for event in each.walk("VEVENT")} for each in (before, after)]
    assert uids[0] == uids[1]
    moved = next(event for event in after.walk("VEVENT") if "window" in event["UID"])
    assert (moved["SEQUENCE"], moved["DTSTART"].dt) == (1, LATE + timedelta(days=14))
    assert "(moved from 26.2.)" in moved["SUMMARY"]


def test_a_calendar_says_the_same_twice_and_escapes_what_people_write(now: datetime):
    event = CalendarEvent("a@b", now, "One;two,three\nBEGIN:VEVENT", "x", "https://x", 3, now, True)
    content = calendar("Name", [event])
    assert content == calendar("Name", [event])
    [read] = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert read["SUMMARY"] == "One;two,three\nBEGIN:VEVENT"
    assert (read["STATUS"], read["SEQUENCE"]) == ("CANCELLED", 3)
