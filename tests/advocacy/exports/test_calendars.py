"""Calendars of persons and countries: what stands in them, and that a date stays one event."""

import asyncio
import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advocacy import database
from advocacy.bodies.tables import Body, Meeting
from advocacy.deadlines import Milestone as Kind
from advocacy.dossiers import actions, queries
from advocacy.dossiers.deadlines import milestones
from advocacy.dossiers.forms import NewDossier, NewWindow
from advocacy.dossiers.rules import DeadlineState, Station
from advocacy.dossiers.tables import Dossier, Window
from advocacy.errors import DomainError
from advocacy.exports.calendars import calendar_of, calendar_of_dossier
from advocacy.migrating import migrate
from advocacy.people.tables import Person
from advocacy.positions.rules import PositionState
from advocacy.undoing.actions import undo
from tests.advocacy.overview import matters
from tests.browsing import browser
from tests.characters import ana, maja, musterdorf
from tests.conftest import NOW
from tests.queries_counted import counted


def _events(content: bytes) -> dict[str, icalendar.Event]:
    """By the part of the UID before the host: each has one event."""
    events = icalendar.Calendar.from_ical(content).walk("VEVENT")
    found = {str(event["UID"]).split("@")[0]: event for event in events}
    assert len(found) == len(events)
    return found


async def _meeting(now: datetime, key: str, country: str = "", **more: object) -> None:
    body = Body(key=key, names=f'{{"en": "{key}"}}', level="alpine", country=country,
                zone="Europe/Vienna", changed=now)  # fmt: skip
    await body.save()
    values = {"begins": date(2026, 12, 1), "ends": date(2026, 12, 2), "changed": now} | more
    await Meeting(body=body.id, number="81", **values).save()  # type: ignore[arg-type]


@pytest.mark.anyio
async def test_person_and_dossier_name_one_date_by_one_uid(db: str, now: datetime):
    of = await matters.dossier(now)
    await matters.window(now, of, draft=5)
    person = _events(await calendar_of(await ana(now), now=now))
    dossier = _events(await calendar_of_dossier(of, now=now))
    assert set(person) == set(dossier) == {"window-1", "milestone-1-draft"}


@pytest.mark.anyio
async def test_meetings_and_their_documents_are_whole_days_and_called_off_for_a_month(
    db: str, now: datetime
):
    await _meeting(now, "board", documents_until=date(2026, 11, 27), sequence=2)
    await _meeting(now, "rome", "IT")
    events = _events(await calendar_of(await maja(now), now=now))
    assert set(events) == {"meeting-1", "meeting-1-documents"}  # not Italy's
    meeting = events["meeting-1"]
    assert (meeting["DTSTART"].dt, meeting["DTEND"].dt) == (date(2026, 12, 1), date(2026, 12, 3))
    assert (meeting["SEQUENCE"], str(meeting["STATUS"])) == (2, "CONFIRMED")
    assert events["meeting-1-documents"]["DTSTART"].dt == date(2026, 11, 27)
    await Meeting.update({Meeting.state: "called_off"}, force=True)
    off = _events(await calendar_of(await maja(now), now=now))
    assert {str(event["STATUS"]) for event in off.values()} == {"CANCELLED"}
    assert _events(await calendar_of(await maja(now), now=now + timedelta(days=31))) == {}


@pytest.mark.anyio
async def test_the_calendar_of_a_country_holds_only_what_is_public(db: str, now: datetime):
    office = await ana(now)
    called = await matters.dossier(now, "2026-001", "Intern", station=Station.CALL)
    asked = await matters.call(now, await matters.window(now, called, draft=5), by=office)
    await matters.invite(asked, await musterdorf(now))
    await matters.window(now, await matters.dossier(now, "2026-002", "Geheim"))
    italy = await matters.dossier(now, "2026-003", "Italien", countries="IT")
    await matters.window(now, italy)
    await matters.position(now, italy, by=office, state=PositionState.ADOPTED)
    await _meeting(now, "board")
    async with browser(now) as web:
        slovenia = await web.get("/cal/en/si.ics")
        assert slovenia.headers["cache-control"].startswith("public")
        assert set(_events(slovenia.content)) == {"window-1", "meeting-1"}
        assert (
            str(_events(slovenia.content)["window-1"]["SUMMARY"]) == "Deadline: Schutz der Herden"
        )
        for internal in ("Intern", "Geheim", "/d/", "milestone"):
            assert internal not in slovenia.text
        assert set(_events((await web.get("/cal/it.ics")).content)) == {
            "window-1", "window-3", "meeting-1",
        }  # fmt: skip
        tag = slovenia.headers["etag"]
        again = await web.get("/cal/en/si.ics", headers={"if-none-match": tag})
        assert again.status_code == 304


@pytest.mark.anyio
async def test_a_country_speaks_the_language_of_its_address_else_its_own(db: str, now: datetime):
    async with browser(now) as web:
        assert "X-WR-CALNAME:Alpennetz: Slovenija" in (await web.get("/cal/si.ics")).text
        assert "Slovénie" in (await web.get("/cal/fr/si.ics")).text
        for wrong in ("/cal/SI.ics", "/cal/xx.ics", "/cal/xx/si.ics", "/cal/de/xx.ics",
                      "/cal/de/si", "/cal/de/.ics", "/cal/mc.ics"):  # fmt: skip
            assert (await web.get(wrong)).status_code == 404, wrong


@pytest.mark.anyio
async def test_queries_do_not_grow_with_the_dates(db: str, now: datetime):
    office = await ana(now)

    async def asked() -> int:
        with counted() as queries:
            await calendar_of(office, now=now)
        return len(queries)

    async def moved(place: int) -> None:
        of = await matters.dossier(now, f"2026-{place:03d}")
        window = await matters.window(now, of, days=60, draft=9)
        later = NewWindow(now + timedelta(days=80), "Europe/Brussels")
        await actions.move_deadline(window.id, later, by=office, now=now)
        await _meeting(now, f"board{place}")

    await moved(1)
    with_one = await asked()
    await moved(2)
    await moved(3)
    assert await asked() == with_one <= 8


ACTS = ("move", "undo", "by hand", "fast lane", "withdraw", "restore", "close", "reopen")


@settings(max_examples=12)
@given(st.lists(st.tuples(st.sampled_from(ACTS), st.integers(2, 90)), max_size=9))
def test_whatever_is_done_a_date_stays_one_event_whose_sequence_never_falls(
    steps: list[tuple[str, int]],
):
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_lived_through(steps, f"sqlite:///{Path(folder)}/house.db"))


async def _lived_through(steps: list[tuple[str, int]], address: str) -> None:
    async with database.started(address):
        await migrate()
        office = await ana(NOW)
        new = NewWindow(NOW + timedelta(days=50), "Europe/Brussels")
        dossier = await actions.open_dossier(
            NewDossier(title="Herdenschutz", window=new), by=office, now=NOW
        )
        [window] = await queries.windows_of(dossier.id)
        last: dict[str, int] = {}
        events: list[int] = []
        for place, (act, days) in enumerate(steps):
            now = NOW + timedelta(hours=place)
            try:
                events += await _act(act, days, dossier, window.id, office, events, now)
            except DomainError:
                continue
            again = await queries.by_id(dossier.id)
            shown = _events(await calendar_of_dossier(again, now=now))
            assert set(last) <= set(shown)
            for uid, event in shown.items():
                assert event["SEQUENCE"] >= last.get(uid, 0), (uid, act)
                last[uid] = event["SEQUENCE"]


async def _act(  # noqa: PLR0917  one step of a life
    act: str, days: int, dossier: Dossier, window: int, by: Person, events: list[int], now: datetime
) -> list[int]:
    """Ids of acts that can be taken back."""
    if act == "move":
        new = NewWindow(now + timedelta(days=days), "Europe/Brussels")
        return [await actions.move_deadline(window, new, by=by, now=now)]
    if act == "undo" and events:
        await undo(events.pop(), by=by, now=now)
    elif act == "by hand":
        due = now + timedelta(days=1)
        await milestones.set_milestones(window, {Kind.SUBMIT: due}, by=by, now=now)
    elif act == "fast lane":
        await milestones.take_fast_lane(window, by=by, now=now)
    elif act in {"withdraw", "restore"}:
        state = DeadlineState.WITHDRAWN if act == "withdraw" else DeadlineState.CONFIRMED
        await Window.update({Window.state: state, Window.changed: now}).where(Window.id == window)
    elif act == "close":
        await actions.close(dossier.id, "No time", by=by, now=now)
    elif act == "reopen":
        await actions.reopen(dossier.id, by=by, now=now)
    return []
