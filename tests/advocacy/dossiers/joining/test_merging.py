"""Two dossiers become one: nothing is lost, all is undone as one, and whoever is faster is told."""

import json
from datetime import datetime
from typing import Any

import pytest
from piccolo.columns import ForeignKey
from piccolo.table import Table

from advocacy import database
from advocacy.calls.tables import Call
from advocacy.documents.tables import Document
from advocacy.dossiers import actions, editing, queries
from advocacy.dossiers.forms import NewWindow
from advocacy.dossiers.joining import belongings, merged, merging
from advocacy.dossiers.looking_back.past import day_of
from advocacy.dossiers.looking_back.rebuilding import acts_of, then
from advocacy.dossiers.rules import Station
from advocacy.dossiers.tables import (
    DeadlineClaim,
    Dossier,
    DossierEntry,
    Follow,
    Milestone,
    Reference,
    RelatedDossier,
    Window,
)
from advocacy.errors import Outdated
from advocacy.history.queries import first_broken
from advocacy.history.tables import Event
from advocacy.positions.tables import Position
from advocacy.undoing.actions import undo
from tests.advocacy.approvals import matters as approvals
from tests.advocacy.dossiers.joining.pair import CLOSES, DAY, new, two
from tests.advocacy.positions import matters
from tests.advocacy.triage.sample import entry
from tests.browsing import browser
from tests.characters import ana, luca, maja

pytestmark = pytest.mark.anyio


async def _everything() -> dict[str, Any]:
    """Every row of every table that people's work is in, but what grows with each act."""
    rows: dict[str, Any] = {}
    for table in database.tables():
        name = table._meta.tablename
        if name not in {"event", "lease", "person", "posted_form", "session"}:
            found = await table.select().order_by(table._meta.primary_key)
            rows[name] = [
                {key: value for key, value in row.items() if key not in {"changed", "search_text"}}
                for row in found
            ]
    return rows


def _pointers(table: type[Table]) -> list[str]:
    """The columns that name a dossier, with or without a foreign key."""
    return [
        f"{table._meta.tablename}.{column._meta.name}"
        for column in table._meta.columns
        if column._meta.name == "dossier"
        or (
            isinstance(column, ForeignKey)
            and column._foreign_key_meta.resolved_references._meta.tablename == "dossier"
        )
    ]


def test_every_column_that_points_to_a_dossier_has_its_fate():
    found = {name for table in database.tables() for name in _pointers(table)}
    assert found == set(belongings.FATES)
    uniting = {
        each.partition(".")[0] for each, fate in belongings.FATES.items() if fate == "unites"
    }
    assert uniting == set(belongings.SAME)


async def test_everything_of_the_source_is_in_the_target_and_nothing_is_deleted(
    db: str, now: datetime
):
    source, target = await two(now)
    before = await _everything()
    plan = await Milestone.select(Milestone.id, Milestone.due).order_by(Milestone.id)
    event = await merging.merge(source.id, target.id, by=await luca(now), now=now + DAY)
    after = await _everything()
    for name, rows in before.items():
        assert {row["id"] for row in rows} <= {row["id"] for row in after[name]}
    assert await Milestone.select(Milestone.id, Milestone.due).order_by(Milestone.id) == plan
    for table, count in ((Window, 2), (DossierEntry, 2), (Document, 1), (DeadlineClaim, 1)):
        assert await table.count().where(table.dossier == target.id) == count
    assert await Window.count().where(Window.dossier == source.id) == 0
    gone, whole = await queries.by_id(source.id), await queries.by_id(target.id)
    assert (gone.merged_into, gone.station, gone.closed_reason) == (
        target.id, Station.CLOSED, target.number,
    )  # fmt: skip
    assert (whole.topics, whole.countries, whole.priority) == (
        "carnivores,farming" if whole.topics.startswith("c") else "farming,carnivores", "AT,IT,SI", 1,
    )  # fmt: skip
    assert whole.summary == f"Anderes.\n\n{source.number} Wölfe\nWas wir wissen."
    numbers = {each.value for each in await queries.references_of(target.id)}
    assert numbers == {"COM(2026) 12", "EVA 2026-2550-0012", "2026/0123(COD)"}
    follows = await Follow.select(Follow.person).where(Follow.dossier == target.id)
    assert (await maja(now)).id in {row["person"] for row in follows}
    pairs = await RelatedDossier.select(RelatedDossier.dossier, RelatedDossier.other)
    assert {(row["dossier"], row["other"]) for row in pairs} == {
        (source.id, target.id), (target.id, target.id + 1),
    }  # fmt: skip
    assert (await merged.target_of(gone)) == whole
    assert await merged.read_together(target.id) == [target.id, source.id]
    told = await Event.objects().get(Event.id == event)
    assert told is not None
    assert (told.action, told.dossier, told.kind, told.object) == (
        "dossiers merged", target.id, "dossier", target.id,
    )  # fmt: skip
    assert await Event.count().where(
        Event.action == "merged into another dossier", Event.dossier == source.id
    ) == 1  # fmt: skip
    assert await first_broken() is None


@pytest.mark.parametrize("side", ["target", "source"])
async def test_merging_is_undone_as_one_and_only_once(db: str, now: datetime, side: str):
    source, target = await two(now)
    before = await _everything()
    event = await merging.merge(source.id, target.id, by=await luca(now), now=now + DAY)
    row = await Event.select(Event.details).where(Event.id == event).first()
    event = event if side == "target" else json.loads(row["details"])["event"]
    await undo(event, by=await luca(now), now=now + DAY)
    assert await _everything() == before
    with pytest.raises(Outdated, match="undone already"):
        await undo(event, by=await luca(now), now=now + DAY)
    assert await _everything() == before
    again = await merging.merge(source.id, target.id, by=await luca(now), now=now + 2 * DAY)
    await undo(again, by=await luca(now), now=now + 2 * DAY)
    assert await _everything() == before


async def test_undo_is_refused_with_its_reason_when_somebody_has_worked_since(
    db: str, now: datetime
):
    source, target = await two(now)
    event = await merging.merge(source.id, target.id, by=await luca(now), now=now)
    third = await entry("Third source", now=now)
    await actions.attach([third], source.id, by=await ana(now), now=now + DAY)
    assert await DossierEntry.count().where(DossierEntry.dossier == target.id) == 3
    before = await _everything()
    with pytest.raises(Outdated, match="Ana Muster has worked on one of the two since"):
        await undo(event, by=await luca(now), now=now + DAY)
    assert await _everything() == before


async def test_a_merged_dossier_leads_on_through_several_and_takes_nothing_any_more(
    db: str, now: datetime
):
    by = await ana(now)
    one, two, three = [
        await actions.open_dossier(new(f"Matter {n}"), by=by, now=now) for n in range(3)
    ]
    await merging.merge(one.id, two.id, by=by, now=now)
    await merging.merge(two.id, three.id, by=by, now=now)
    last = await merged.target_of(await queries.by_id(one.id))
    assert last is not None
    assert last.number == three.number
    assert await queries.windows_of(three.id) != []
    assert len(await queries.windows_of(three.id)) == 3
    for refused in (
        actions.add_window(one.id, NewWindow(CLOSES, "Europe/Brussels"), by=by, now=now),
        actions.reopen(one.id, by=by, now=now),
        merging.merge(one.id, three.id, by=by, now=now),
        merging.merge(three.id, one.id, by=by, now=now),
        merging.merge(three.id, three.id, by=by, now=now),
    ):
        with pytest.raises(Outdated):
            await refused
    there = editing.as_change(await queries.by_id(one.id))
    changed = type(there)(
        **{name: getattr(there, name) for name in there.__dataclass_fields__} | {"title": "New"}
    )
    with pytest.raises(Outdated, match=three.number):
        await actions.change(one.id, changed, base=there.fingerprint(), by=by, now=now)
    assert await merged.read_together(three.id) == [three.id, two.id, one.id]


async def test_a_closed_dossier_is_opened_before_another_goes_into_it(db: str, now: datetime):
    source, target = await two(now)
    by = await ana(now)
    await actions.close(target.id, "Not for us", by=by, now=now)
    with pytest.raises(Outdated, match="closed: open it again first"):
        await merging.merge(source.id, target.id, by=by, now=now)
    await merging.merge(target.id, source.id, by=by, now=now)
    assert (await queries.by_id(source.id)).station == Station.OPENED


async def test_the_position_moves_where_there_is_none_and_brings_its_station(
    db: str, now: datetime
):
    it = await matters.written(now)
    target = await actions.open_dossier(new("Herdenschutz"), by=await ana(now), now=now)
    await Call.update({Call.state: "closed"}, force=True)
    await merging.merge(it.dossier.id, target.id, by=await ana(now), now=now)
    position = await Position.objects().get(Position.id == it.position.id)
    assert position is not None
    assert position.dossier == target.id
    assert (await queries.by_id(target.id)).station == Station.DRAFT
    assert (await matters_queries().by_number(it.dossier.number)).id == position.id


async def test_of_two_positions_the_sources_stays_with_the_calls_it_rests_on(
    db: str, now: datetime
):
    it = await matters.written(now)
    by = await ana(now)
    target = await matters.dossier(now, number="2026-020", station="opened")
    await matters.actions.start(target.id, language="de", title="Anderes", by=by, now=now)
    free = await actions.add_window(
        it.dossier.id, NewWindow(CLOSES, "Europe/Brussels"), by=by, now=now
    )
    with pytest.raises(Outdated, match="still running"):
        await merging.merge(it.dossier.id, target.id, by=by, now=now)
    await Call.update({Call.state: "closed"}, force=True)
    later = now + 30 * DAY
    before = await _everything()
    event = await merging.merge(it.dossier.id, target.id, by=by, now=later)
    position = await Position.objects().get(Position.id == it.position.id)
    assert position is not None
    assert position.dossier == it.dossier.id
    assert [each.id for each in await queries.windows_of(target.id)] == [free.id]
    assert len(await queries.windows_of(it.dossier.id)) == 1
    marks = set(await matters_queries().passages_of(it.dossier.id))
    assert marks == set(it.marks.values())
    await undo(event, by=by, now=later)
    assert await _everything() == before


def matters_queries() -> Any:
    from advocacy.positions import queries as positions

    return positions


async def test_nothing_is_merged_while_a_round_is_open_or_letters_wait(db: str, now: datetime):
    ready = await approvals.ready(now)
    by = await ana(now)
    other = await actions.open_dossier(new("Herdenschutz"), by=by, now=now)
    await Call.update({Call.state: "held"}, force=True)
    for pair in ((ready.dossier.id, other.id), (other.id, ready.dossier.id)):
        with pytest.raises(Outdated, match="about to leave"):
            await merging.merge(*pair, by=by, now=now)
    await Call.update({Call.state: "closed"}, force=True)
    await approvals.opened(ready, now)
    for pair in ((ready.dossier.id, other.id), (other.id, ready.dossier.id)):
        with pytest.raises(Outdated, match="presidency is deciding"):
            await merging.merge(*pair, by=by, now=now)


async def test_days_before_the_merging_are_shown_as_they_were_in_both(db: str, now: datetime):
    source, target = await two(now)
    by = await ana(now)
    event = await merging.merge(source.id, target.id, by=by, now=now + 2 * DAY)
    [moved] = [each for each in await queries.windows_of(target.id) if each.id == 1]
    await actions.move_deadline(
        moved.id, NewWindow(CLOSES + 9 * DAY, "Europe/Brussels"), by=by, now=now + 4 * DAY
    )
    assert event

    async def on(dossier: Dossier, days: int) -> tuple[Any, ...]:
        fresh = await queries.by_id(dossier.id)
        shown = await then(fresh, await acts_of(fresh), day_of(now + days * DAY))
        closes = [row["closes"] for row in shown.windows]
        return shown.facts["summary"], shown.facts["station"], closes, len(shown.sources)

    joined = f"Anderes.\n\n{source.number} Wölfe\nWas wir wissen."
    assert await on(source, 1) == ("Was wir wissen.", "opened", [CLOSES], 2)
    assert await on(source, 2) == ("Was wir wissen.", "closed", [], 0)
    assert await on(target, 1) == ("Anderes.", "opened", [CLOSES], 0)
    assert await on(target, 3) == (joined, "opened", [CLOSES, CLOSES], 2)
    assert await on(target, 4) == (joined, "opened", [CLOSES + 9 * DAY, CLOSES], 2)
    acts = await acts_of(target)
    shown = await then(await queries.by_id(target.id), acts, day_of(now + 3 * DAY))
    assert {act.dossier for act in shown.acts} == {source.id, target.id}


async def test_two_with_one_procedure_number_are_offered_to_be_merged(db: str, now: datetime):
    by = await ana(now)
    one = await actions.open_dossier(
        new("Wölfe", procedure_number="2026/0123(COD)"), by=by, now=now
    )
    two = await actions.open_dossier(new("Bären"), by=by, now=now)
    assert await merging.twins_of(one) == []
    await Reference(dossier=two.id, kind="cod", value="2026/0123(COD)").save()
    assert [each.number for each in await merging.twins_of(one)] == [two.number]
    assert [each.number for each in await merging.twins_of(two)] == [one.number]
    await merging.merge(one.id, two.id, by=by, now=now)
    assert await merging.twins_of(await queries.by_id(two.id)) == []


async def test_the_check_comes_first_and_the_old_number_leads_on(db: str, now: datetime):
    source, target = await two(now)
    async with browser(now) as web:
        await web.sign_in(await luca(now), now)
        page = await web.get(f"/en/d/{source.number}/merge")
        assert "Number of the dossier that remains" in page.text
        for wrong in ("nothing", "2026-999", "2026-", source.number, "9" * 400):
            page = await web.get(f"/en/d/{source.number}/merge?into={wrong}")
            assert page.status_code == 422
        page = await web.get(f"/en/d/{source.number}/merge?into={target.number}-words")
        assert "2 sources move" in page.text
        form = web.keys() | {"into": target.number}
        page = await web.post(f"/en/d/{source.number}/merge", form)
        assert str(page.url).endswith(f"/en/d/{target.number}")
        assert "is merged into this dossier" in page.text
        again = await web.client.post(f"/en/d/{source.number}/merge", data=form)
        assert again.status_code == 303
        assert await Event.count().where(Event.action == "dossiers merged") == 1
        page = await web.get(f"/en/d/{source.number}")
        assert str(page.url).endswith(f"/en/d/{target.number}")
        page = await web.get(f"/en/dossiers?q={source.number}")
        assert str(page.url).endswith(f"/en/d/{target.number}")
        page = await web.get(f"/en/d/{source.number}/merge?into={target.number}")
        assert str(page.url).endswith(f"/en/d/{target.number}")
        page = await web.get(f"/en/d/{source.number}?as-of=2026-11-23")
        assert "Wölfe" in page.text


async def test_only_the_secretariat_merges(db: str, now: datetime):
    source, target = await two(now)
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        assert (await web.get(f"/en/d/{source.number}/merge")).status_code == 404
        page = await web.post(f"/en/d/{source.number}/merge", {"into": target.number})
        assert page.status_code in {403, 404}
    assert (await queries.by_id(source.id)).merged_into is None
