import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from advocacy import deadlines
from advocacy.bodies import known
from advocacy.deadlines import Milestone as Kind
from advocacy.dossiers import actions, editing, listing, queries
from advocacy.dossiers.forms import NewDossier, NewWindow
from advocacy.dossiers.rules import DeadlineState, Station
from advocacy.dossiers.tables import Dossier, DossierEntry, Milestone, Window
from advocacy.errors import Invalid, NotFound, Outdated
from advocacy.history import queries as history
from advocacy.history.queries import first_broken, of_object
from advocacy.history.tables import Event
from advocacy.people.tables import Person
from advocacy.triage.queries import decision_on
from advocacy.triage.tables import Triage
from advocacy.undoing.actions import undo
from feeds.reading.sameness import Matter
from tests.advocacy.triage.sample import NUMBER, entry
from tests.characters import ana, luca
from tests.queries_counted import counted

pytestmark = pytest.mark.anyio

CLOSES = datetime(2027, 1, 29, 22, 59, 59, tzinfo=UTC)


def _new(
    title: str = "Herdenschutz", closes: datetime | None = CLOSES, **values: object
) -> NewDossier:
    window = NewWindow(closes, "Europe/Brussels", evidence="Until 29 January.") if closes else None
    return NewDossier(title=title, window=window, **values)  # type: ignore[arg-type]


async def _event(kind: str, number: int) -> int:
    return int((await of_object(kind, number))[0]["id"])


async def test_opening_makes_dossier_window_plan_source_and_decision(db: str, now: datetime):
    by = await ana(now)
    await known.seed(now)
    source = await entry("Protection of herds", now=now, closes=CLOSES)
    new = _new(
        body="commission", procedure="have-your-say", countries=("AT", "SI"), topics=("carnivores",)
    )
    dossier = await actions.open_dossier(new, entry_id=source, by=by, now=now)
    assert (dossier.number, dossier.station, dossier.lead) == ("2026-001", Station.OPENED, by.id)
    [window] = await queries.windows_of(dossier.id)
    assert (window.closes, window.evidence, window.entry) == (CLOSES, "Until 29 January.", source)
    milestones = await queries.milestones_of([window.id])
    assert [each.kind for each in milestones][:2] == [Kind.CALL_OUT, Kind.ANSWERS_IN]
    assert all(each.due < CLOSES for each in milestones)
    assert [row["entry"] for row in await queries.sources_of(dossier.id)] == [source]
    decision = await decision_on(source)
    assert decision is not None
    assert decision["decision"] == "dossier"
    assert await first_broken() is None


async def test_a_refused_opening_leaves_nothing(db: str, now: datetime):
    source = await entry("Entry", now=now)
    by = await ana(now)
    for wrong in (_new(body="nobody"), _new(procedure="none"), _new(lead=4242)):
        with pytest.raises(Invalid):
            await actions.open_dossier(wrong, entry_id=source, by=by, now=now)
    with pytest.raises(NotFound):
        await actions.open_dossier(_new(), entry_id=4242, by=by, now=now)
    for table in (Dossier, Window, Milestone, DossierEntry, Triage):
        assert await table.count() == 0


async def test_an_entry_opens_one_dossier(db: str, now: datetime):
    source = await entry("Entry", now=now)
    by = await ana(now)
    await actions.open_dossier(_new(), entry_id=source, by=by, now=now)
    with pytest.raises(Outdated):
        await actions.open_dossier(_new(), entry_id=source, by=by, now=now)
    assert await Dossier.count() == 1


async def test_twenty_at_once_get_twenty_numbers_in_sequence(db: str, now: datetime):
    by = await ana(now)
    made = await asyncio.gather(
        *(actions.open_dossier(_new(f"Matter {n}", None), by=by, now=now) for n in range(20))
    )
    assert sorted(each.number for each in made) == [f"2026-{n:03d}" for n in range(1, 21)]
    assert await first_broken() is None


async def test_numbers_begin_anew_each_year_and_pass_a_thousand(db: str, now: datetime):
    by = await ana(now)
    first = await actions.open_dossier(_new(closes=None), by=by, now=now)
    await Dossier.update({Dossier.number: "2026-999"}).where(Dossier.id == first.id)
    second = await actions.open_dossier(_new(closes=None), by=by, now=now)
    third = await actions.open_dossier(_new(closes=None), by=by, now=now)
    new_year = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)  # 0:30 in Brussels
    fourth = await actions.open_dossier(_new(closes=None), by=by, now=new_year)
    assert [each.number for each in (second, third, fourth)] == [
        "2026-1000",
        "2026-1001",
        "2027-001",
    ]


async def test_opening_is_taken_back_while_nothing_else_has_happened(db: str, now: datetime):
    by = await ana(now)
    source = await entry("Entry", now=now)
    dossier = await actions.open_dossier(_new(), entry_id=source, by=by, now=now)
    path = await undo(await _event("dossier", dossier.id), by=by, now=now)
    assert path == f"/inbox?item={source}"
    for table in (Dossier, Window, Milestone, DossierEntry, Triage):
        assert await table.count() == 0
    assert await first_broken() is None


async def test_opening_stays_when_something_has_been_done_since(db: str, now: datetime):
    by = await ana(now)
    dossier = await actions.open_dossier(_new(), by=by, now=now)
    event = await _event("dossier", dossier.id)
    await actions.advance(dossier.id, Station.CALL, by=by, now=now)
    with pytest.raises(Outdated):
        await undo(event, by=by, now=now)
    assert await Dossier.count() == 1


async def test_attaching_and_taking_it_back(db: str, now: datetime):
    by = await ana(now)
    dossier = await actions.open_dossier(_new(), by=by, now=now)
    ids = [await entry(f"Entry {n}", now=now) for n in range(3)]
    event = await actions.attach(ids, dossier.id, how="duplicate", by=by, now=now)
    assert {row["decision"] for row in await Triage.select(Triage.decision)} == {"duplicate"}
    assert len(await queries.sources_of(dossier.id)) == 3
    await undo(event, by=by, now=now)
    assert await queries.sources_of(dossier.id) == []
    assert await Triage.count() == 0


async def test_advancing_is_idempotent_and_meets_its_milestones(db: str, now: datetime):
    by = await ana(now)
    dossier = await actions.open_dossier(_new(), by=by, now=now)
    assert await actions.advance(dossier.id, Station.CALL, by=by, now=now) is not None
    assert await actions.advance(dossier.id, Station.CALL, by=by, now=now) is None
    met = await Milestone.select(Milestone.kind).where(Milestone.met.is_not_null())
    assert met == [{"kind": "call_out"}]
    with pytest.raises(Outdated):
        await actions.advance(dossier.id, Station.RESULT, by=None, now=now)


async def test_of_many_who_advance_at_once_one_does(db: str, now: datetime):
    by = await ana(now)
    dossier = await actions.open_dossier(_new(), by=by, now=now)
    steps = [actions.advance(dossier.id, Station.CALL, by=by, now=now) for _ in range(6)]
    told = await asyncio.gather(*steps, return_exceptions=True)
    assert sum(isinstance(each, int) for each in told) == 1
    assert all(each is None or isinstance(each, int | Outdated) for each in told)
    assert await Event.count().where(Event.action == "dossier advanced") == 1


async def test_closing_keeps_the_reason_and_is_taken_back_to_the_station_before(
    db: str, now: datetime
):
    by = await ana(now)
    dossier = await actions.open_dossier(_new(), by=by, now=now)
    await actions.advance(dossier.id, Station.CALL, by=by, now=now)
    event = await actions.close(dossier.id, "Not for us", by=by, now=now)
    closed = await queries.by_id(dossier.id)
    assert (closed.station, closed.closed_reason) == (Station.CLOSED, "Not for us")
    assert event is not None
    await undo(event, by=by, now=now)
    again = await queries.by_id(dossier.id)
    assert (again.station, again.closed_reason) == (Station.CALL, "")
    await actions.close(dossier.id, "Not for us", by=by, now=now)
    await actions.reopen(dossier.id, by=by, now=now)
    assert (await queries.by_id(dossier.id)).station == Station.OPENED


async def test_other_countries_have_other_holidays_and_so_another_plan(db: str, now: datetime):
    by = await ana(now)
    window = NewWindow(datetime(2026, 12, 14, 17, tzinfo=UTC), "Europe/Brussels")
    dossier = await actions.open_dossier(
        NewDossier("Herden", countries=("AT",), window=window), by=by, now=now
    )

    async def plan() -> dict[str, datetime]:
        return {row["kind"]: row["due"] for row in await Milestone.select()}

    austrian = await plan()
    there = editing.as_change(dossier)
    event = await actions.change(
        dossier.id, replace(there, countries=("CH",)), base=there.fingerprint(), by=by, now=now
    )
    assert await plan() == {
        each.kind: each.due.astimezone(UTC)
        for each in deadlines.back_plan(
            window.closes, zone=window.zone, countries=("CH",), opens=None, now=now
        ).milestones
    }
    assert await plan() != austrian
    assert event is not None
    await undo(event, by=by, now=now)
    assert await plan() == austrian


async def test_taking_an_attachment_back_withdraws_the_deadline_it_proposed_and_says_so(
    db: str, now: datetime
):
    by = await ana(now)
    number = await entry("Protection of herds", now=now, closes=CLOSES)
    dossier = await actions.open_dossier(NewDossier("Herden"), by=by, now=now)
    event = await actions.attach([number], dossier.id, by=by, now=now)
    [window] = await Window.select(Window.id, Window.state)
    assert window["state"] == DeadlineState.PROPOSED
    await undo(event, by=by, now=now)
    [window] = await Window.select(Window.id, Window.state)
    assert window["state"] == DeadlineState.WITHDRAWN
    acts = await history.of_object("window", window["id"])
    assert [act["action"] for act in acts] == ["deadline withdrawn", "deadline proposed"]


async def test_a_stale_change_shows_both_versions_and_loses_nothing(db: str, now: datetime):
    dossier = await actions.open_dossier(_new(), by=await ana(now), now=now)
    seen = editing.as_change(dossier)
    theirs = type(seen)(**{**_values(seen), "title": "Schutz der Herden"})
    mine = type(seen)(**{**_values(seen), "summary": "Mine"})
    event = await actions.change(
        dossier.id, theirs, base=seen.fingerprint(), by=await luca(now), now=now
    )
    with pytest.raises(Outdated) as collision:
        await actions.change(dossier.id, mine, base=seen.fingerprint(), by=await ana(now), now=now)
    assert "Schutz der Herden" in collision.value.theirs
    assert "Mine" in collision.value.mine
    assert (await queries.by_id(dossier.id)).title == "Schutz der Herden"
    assert event is not None
    await undo(event, by=await ana(now), now=now)
    assert editing.as_change(await queries.by_id(dossier.id)) == seen


def _values(change: object) -> dict[str, object]:
    return {name: getattr(change, name) for name in change.__dataclass_fields__}  # type: ignore[attr-defined]


async def test_a_dossier_is_suggested_by_its_number_then_by_its_title(db: str, now: datetime):
    by = await ana(now)
    await actions.open_dossier(
        _new("Regulation on the protection of herds", language="en"), by=by, now=now
    )
    numbered = await actions.open_dossier(_new("Anderes", procedure_number=NUMBER), by=by, now=now)
    title = "Regulation on the protection of herds"
    by_number = await queries.suggestion(Matter(title, "en", (NUMBER,), ""))
    assert by_number is not None
    assert (by_number[0]["number"], by_number[1].reason) == (numbered.number, "number")
    by_title = await queries.suggestion(Matter(title, "en", (), ""))
    assert by_title is not None
    assert (by_title[0]["number"], by_title[1].reason) == ("2026-001", "title")
    assert await queries.suggestion(Matter("Water", "en", (), "")) is None


async def test_the_list_filters_and_finds_whatever_the_accent(db: str, now: datetime):
    by = await ana(now)
    await actions.open_dossier(
        _new("Großraubtiere", countries=("AT", "SI"), topics=("ag1",)), by=by, now=now
    )
    await actions.open_dossier(
        _new("Wasser", countries=("IT",), topics=("ag10", "water")), by=by, now=now
    )

    async def titles(**filters: str) -> list[str]:
        rows = await listing.listed(listing.Asked(**filters), language="de", now=now)
        return [row["title"] for row in rows]

    assert await titles() == ["Wasser", "Großraubtiere"]
    assert await titles(country="SI") == ["Großraubtiere"]
    assert await titles(topic="ag1") == ["Großraubtiere"]
    assert await titles(station="closed") == []
    assert await titles(search="grossraub") == ["Großraubtiere"]
    assert await titles(search="!!!") == []


async def test_the_list_costs_the_same_with_one_and_with_three_dossiers(db: str, now: datetime):
    by: Person = await ana(now)
    await actions.open_dossier(_new(), by=by, now=now)
    with counted() as one:
        [row] = await listing.listed(listing.Asked(), now=now)
    assert row["closes"] == CLOSES
    for name in ("Two", "Three"):
        await actions.open_dossier(_new(name), by=by, now=now)
    with counted() as three:
        assert len(await listing.listed(listing.Asked(), now=now)) == 3
    assert len(one) == len(three)
