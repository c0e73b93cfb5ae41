"""What comes a moment after a merging, or at the same time: in the target, refused, never lost."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import icalendar
import pytest

from advocacy import database
from advocacy.documents import actions as documents
from advocacy.documents.forms import Description, Paper
from advocacy.documents.tables import Document
from advocacy.dossiers import actions, editing, queries
from advocacy.dossiers.calendars.dates import calendar_key
from advocacy.dossiers.forms import NewDossier, NewWindow
from advocacy.dossiers.joining import merging
from advocacy.dossiers.relations import referring, relating
from advocacy.dossiers.relations.references import Kind, Number
from advocacy.dossiers.tables import Dossier, DossierEntry, Reference, RelatedDossier
from advocacy.errors import DomainError, Outdated
from advocacy.history.tables import Event
from advocacy.people.tables import Person
from advocacy.triage.tables import Triage
from advocacy.undoing.actions import undo
from tests.advocacy.triage.sample import entry
from tests.browsing import browser
from tests.characters import ana

pytestmark = pytest.mark.anyio

CLOSES = datetime(2027, 1, 29, 22, 59, 59, tzinfo=UTC)


async def _opened(title: str, by: Person, now: datetime) -> Dossier:
    window = NewWindow(CLOSES, "Europe/Brussels", evidence="Until 29 January.")
    return await actions.open_dossier(NewDossier(title=title, window=window), by=by, now=now)


async def _pair(by: Person, now: datetime) -> tuple[Dossier, Dossier]:
    return await _opened("Wölfe", by, now), await _opened("Herdenschutz", by, now)


async def test_nothing_lands_in_a_dossier_that_has_just_been_merged(db: str, now: datetime):
    by = await ana(now)
    source, target = await _pair(by, now)
    third = await _opened("Wasser", by, now)
    await merging.merge(source.id, target.id, by=by, now=now)
    paper = Paper("a.txt", "text/plain", b"a")
    for late in (
        documents.add(source.id, [paper], Description(), by=by, now=now),
        referring.add_reference(source.id, Number(Kind.HYS, "HYS 14123"), by=by, now=now),
        relating.relate(source.id, third.number, by=by, now=now),
    ):
        with pytest.raises(Outdated):
            await late
    assert await Document.count() == await Reference.count() == await RelatedDossier.count() == 0


async def test_what_is_related_to_a_merged_dossier_is_related_to_where_it_leads(
    db: str, now: datetime
):
    by = await ana(now)
    source, target = await _pair(by, now)
    third = await _opened("Wasser", by, now)
    await merging.merge(source.id, target.id, by=by, now=now)
    await relating.relate(third.id, source.number, by=by, now=now)
    pairs = await RelatedDossier.select(RelatedDossier.dossier, RelatedDossier.other)
    assert [(row["dossier"], row["other"]) for row in pairs] == [(target.id, third.id)]


async def test_the_past_is_shown_of_two_that_were_merged_in_both_directions(db: str, now: datetime):
    by = await ana(now)
    one, two = await _pair(by, now)
    event = await merging.merge(one.id, two.id, by=by, now=now)
    await undo(event, by=by, now=now)
    await merging.merge(two.id, one.id, by=by, now=now)
    async with browser(now) as web:
        await web.sign_in(by, now)
        for each in (one, two):
            page = await web.get(f"/en/d/{each.number}?as-of=2026-11-23")
            assert page.status_code == 200


async def test_the_calendar_of_a_merged_dossier_goes_on_with_its_dates(db: str, now: datetime):
    by = await ana(now)
    source, target = await _pair(by, now)
    address = f"/cal/d/{source.number}/{calendar_key(source)}.ics"
    async with browser(now) as web:
        before = await web.get(address)
        await merging.merge(source.id, target.id, by=by, now=now)
        after = await web.get(address)

    def dates(content: bytes) -> dict[str, str]:
        events = icalendar.Calendar.from_ical(content).walk("VEVENT")
        return {str(event["uid"]): str(event["status"]) for event in events}

    assert dates(before.content).items() <= dates(after.content).items()


async def test_a_source_that_has_moved_with_its_dossier_is_not_half_taken_back(
    db: str, now: datetime
):
    by = await ana(now)
    source, target = await _pair(by, now)
    number = await entry("First source", now=now)
    event = await actions.attach([number], source.id, by=by, now=now)
    await merging.merge(source.id, target.id, by=by, now=now)
    with pytest.raises(Outdated):
        await undo(event, by=by, now=now)
    assert await DossierEntry.count().where(DossierEntry.dossier == target.id) == 1
    assert await Triage.count().where(Triage.entry == number) == 1


async def _answers(*work: Any) -> list[object]:
    told = await asyncio.gather(*work, return_exceptions=True)
    return [e for e in told if isinstance(e, Exception) and not isinstance(e, DomainError)]


async def test_changing_merging_and_taking_back_ask_in_one_order(db: str, now: datetime):
    by = await ana(now)
    for turn in range(6):
        source, target = await _pair(by, now)
        number = await entry(f"Source {turn}", now=now)
        event = await actions.attach([number], source.id, by=by, now=now)
        there = editing.as_change(await queries.by_id(source.id))
        new = editing.Change(
            **{name: getattr(there, name) for name in there.__dataclass_fields__}
            | {"title": f"Title {turn}"}
        )
        wanted = NewWindow(CLOSES, "Europe/Brussels")
        assert (
            await _answers(
                editing.change(source.id, new, base=there.fingerprint(), by=by, now=now),
                merging.merge(source.id, target.id, by=by, now=now),
                undo(event, by=by, now=now),
                actions.add_window(source.id, wanted, by=by, now=now),
            )
            == []
        )


async def test_nobody_waits_for_somebody_who_waits_for_them(db: str, now: datetime):
    """Whoever holds the dossier gets its deadlines, too: the one order of all actions."""
    by = await ana(now)
    source = await _opened("Wölfe", by, now)
    there = editing.as_change(await queries.by_id(source.id))
    changed = {name: getattr(there, name) for name in there.__dataclass_fields__}
    new = editing.Change(**changed | {"title": "Bären"})
    holds, go_on = asyncio.Event(), asyncio.Event()

    async def merging_begins() -> None:
        async with database.transaction():
            await database.one_at_a_time(f"dossier/{source.id}")
            holds.set()
            await asyncio.wait([asyncio.ensure_future(go_on.wait())], timeout=0.5)
            await database.one_at_a_time(f"deadlines/{source.id}")

    async def somebody_changes() -> object:
        await holds.wait()
        return await editing.change(source.id, new, base=there.fingerprint(), by=by, now=now)

    told = await asyncio.gather(merging_begins(), somebody_changes(), return_exceptions=True)
    assert [each for each in told if isinstance(each, Exception)] == []
    assert await Event.count().where(Event.action == "dossier changed") == 1
