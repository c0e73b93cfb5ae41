from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from advocacy.errors import Invalid, NotAllowed, Outdated
from advocacy.history.tables import Event
from advocacy.municipalities import actions, members, queries
from advocacy.municipalities.forms import Member, NewContact
from advocacy.municipalities.queries import Wanted
from advocacy.municipalities.rules import Trouble
from advocacy.municipalities.tables import Contact, Municipality
from advocacy.people.tables import Person
from advocacy.undoing.actions import undo
from tests.advocacy.calls.story import invitation, opened
from tests.characters import ana, giulia, maja, presidency, vzorcna_vas
from tests.queries_counted import counted

pytestmark = pytest.mark.anyio
VALLEY = Member("SI-R1", "Zgornja dolina", "SI", "sl", kind="region", stands_for=12)
VILLAGE = Member("SI-09", "Primerno", "SI", "sl", kind="municipality", population=900)


async def there(code: str) -> Municipality:
    return await queries.by_code(code)


async def rows() -> list[dict[str, object]]:
    """Without what they are found by, which follows from the rest."""
    return [row | {"search_text": ""} for row in await Municipality.select()]


async def test_a_region_stands_for_those_it_represents(db: str, now: datetime):
    by = await maja(now)
    await actions.add_member(VALLEY, by=by, now=now)
    await actions.add_member(replace(VILLAGE, represented_by="SI-R1"), by=by, now=now)
    valley = await there("SI-R1")
    assert [row["code"] for row in await queries.represented(valley.id)] == ["SI-09"]
    rows = {row["code"]: row for row in (await queries.listed(now=now)).rows}
    assert rows["SI-R1"]["stands_for"] == 12
    assert rows["SI-09"]["region_name"] == "Zgornja dolina"


async def test_only_a_region_represents_and_none_can_stop_while_it_does(db: str, now: datetime):
    by = await ana(now)
    await vzorcna_vas(now)
    with pytest.raises(Invalid) as error:
        await actions.add_member(replace(VILLAGE, represented_by="SI-07"), by=by, now=now)
    assert set(error.value.fields) == {"represented_by"}
    await actions.add_member(VALLEY, by=by, now=now)
    await actions.add_member(replace(VILLAGE, represented_by="SI-R1"), by=by, now=now)
    plain = replace(VALLEY, kind="municipality", stands_for=None)
    with pytest.raises(Invalid) as error:
        await actions.change_member("SI-R1", plain, by=by, now=now)
    assert set(error.value.fields) == {"kind"}


async def test_a_code_belongs_to_one_member(db: str, now: datetime):
    await vzorcna_vas(now)
    with pytest.raises(Invalid) as error:
        await actions.add_member(replace(VILLAGE, code="SI-07"), by=await ana(now), now=now)
    assert set(error.value.fields) == {"code"}


async def test_members_are_kept_by_those_in_charge(db: str, now: datetime):
    await vzorcna_vas(now)
    for stranger in (await giulia(now), (await presidency(now))[0]):
        with pytest.raises(NotAllowed):
            await actions.add_member(VILLAGE, by=stranger, now=now)
        with pytest.raises(NotAllowed):
            await actions.change_member("SI-07", VILLAGE, by=stranger, now=now)
    with pytest.raises(NotAllowed):  # nor moves she one into a country that is not hers
        moved = replace(VILLAGE, country="IT")
        await actions.change_member("SI-07", moved, by=await maja(now), now=now)
    with pytest.raises(NotAllowed):
        await actions.retire("SI-07", by=await maja(now), now=now)


async def test_every_act_on_a_member_can_be_undone(db: str, now: datetime):
    by = await ana(now)
    await vzorcna_vas(now)
    before = await rows()
    added = await actions.add_member(VILLAGE, by=by, now=now)
    changed = await actions.change_member("SI-07", replace(VILLAGE, name="Nova"), by=by, now=now)
    retired = await actions.retire("SI-07", by=by, now=now)
    for event in (retired, changed, added):
        await undo(event, by=by, now=now)
    assert await rows() == before


async def test_who_is_faster_is_not_written_over(db: str, now: datetime):
    member = await vzorcna_vas(now)
    shown = members.seen(member)
    first = replace(VILLAGE, name="Prva vas")
    event = await actions.change_member("SI-07", first, shown=shown, by=await maja(now), now=now)
    with pytest.raises(Outdated) as error:
        late = replace(VILLAGE, name="Druga vas")
        await actions.change_member("SI-07", late, shown=shown, by=await ana(now), now=now)
    assert "Prva vas" in error.value.theirs
    assert "Druga vas" in error.value.mine
    assert (await there("SI-07")).name == "Prva vas"
    await actions.change_member("SI-07", replace(first, name="Tretja"), by=await ana(now), now=now)
    with pytest.raises(Outdated):
        await undo(event, by=await ana(now), now=now)


async def test_a_member_that_was_asked_is_retired_not_removed(db: str, now: datetime):
    by = await ana(now)
    event = await actions.add_member(VILLAGE, by=by, now=now)
    await opened(now)
    assert await invitation("SI-09")
    with pytest.raises(Outdated):
        await undo(event, by=by, now=now)
    await actions.retire("SI-09", by=by, now=now)
    shown = await queries.listed(Wanted(trouble=Trouble.RETIRED), now=now)
    assert [row["code"] for row in shown.rows] == ["SI-09"]
    with pytest.raises(Outdated):
        await actions.retire("SI-09", by=by, now=now)


async def rows_of(by: Person, rows: list[Member], now: datetime) -> int:
    _, event = await actions.take_in(rows, origin="list.csv", by=by, now=now)
    assert event is not None
    return event


async def test_an_import_is_taken_back_whole(db: str, now: datetime):
    by = await ana(now)
    await vzorcna_vas(now)
    before = (await rows(), await Contact.select())
    tina = NewContact("Tina Vzorčnik", "tina@si-07.example")
    listed = [
        Member("SI-07", "Vzorčna vas", "SI", "sl", population=1_300, contact=tina),
        VALLEY,
        replace(VILLAGE, represented_by="SI-R1", contact=replace(tina, email="t@si-09.example")),
    ]
    event = await rows_of(by, listed, now)
    assert (await there("SI-09")).represented_by == (await there("SI-R1")).id
    origins = await Contact.select(Contact.origin).where(Contact.name == tina.name)
    assert origins == [{"origin": "list.csv"}] * 2
    await undo(event, by=by, now=now)
    assert (await rows(), await Contact.select()) == before


async def test_an_import_is_not_taken_back_over_a_later_change(db: str, now: datetime):
    by = await ana(now)
    event = await rows_of(by, [VALLEY, VILLAGE], now)
    await actions.change_member("SI-09", replace(VILLAGE, name="Drugače"), by=by, now=now)
    with pytest.raises(Outdated) as error:
        await undo(event, by=by, now=now)
    assert "SI-09" in str(error.value)
    assert await Municipality.count() == 2
    row = await Event.objects().where(Event.id == event).first()
    assert row is not None
    with pytest.raises(NotAllowed):
        await actions.UNDO[row.action](row, await maja(now), now)


async def test_a_dry_run_says_value_by_value_what_changes(db: str, now: datetime):
    await vzorcna_vas(now)
    await actions.add_member(VILLAGE, by=await ana(now), now=now)
    row = Member("SI-07", "Vzorčna vas", "SI", "sl", population=1_300)
    plan = await actions.dry_run([row])
    assert [(each.column, each.before, each.after) for each in plan.changes] == [
        ("population", "1200", "1300")
    ]
    assert plan.missing == ("SI-09",)


async def test_a_column_that_is_not_in_the_list_changes_nothing(db: str, now: datetime):
    await actions.add_member(VALLEY, by=await ana(now), now=now)
    row = Member("SI-R1", "Zgornja dolina", "SI", "sl")
    assert (await actions.dry_run([row])).done.same == ("SI-R1",)


async def test_five_thousand_rows_are_a_handful_of_statements(db: str, now: datetime):
    rows = [Member(f"AT-{n:05}", f"Ort {n}", "AT", "de") for n in range(1_000)]
    with counted() as asked:
        await rows_of(await ana(now), rows, now)
    assert len(asked) < 40
    assert await Municipality.count() == 1_000
    with counted() as asked:
        await actions.take_in(rows, by=await ana(now), now=now)
    assert len(asked) < 20


async def test_what_needs_mending_is_found(db: str, now: datetime):
    await vzorcna_vas(now)
    await actions.add_member(VILLAGE, by=await ana(now), now=now)
    contact = await Contact.objects().first()
    assert contact is not None

    async def found(trouble: Trouble, at: datetime = now) -> list[str]:
        rows = (await queries.listed(Wanted(trouble=trouble), now=at)).rows
        return [row["code"] for row in rows]

    assert await found(Trouble.BROKEN) == []
    assert await found(Trouble.NOBODY) == ["SI-09"]
    await actions.note_bounce(contact.id, "mailbox full", now=now)
    assert await found(Trouble.BROKEN) == ["SI-07"]
    assert await found(Trouble.UNCONFIRMED) == []
    assert await found(Trouble.UNCONFIRMED, now + timedelta(days=366)) == ["SI-07"]
    await actions.confirm(contact.id, now=now + timedelta(days=300))
    assert await found(Trouble.UNCONFIRMED, now + timedelta(days=366)) == []


@pytest.mark.parametrize(
    ("wanted", "codes"),
    [
        (Wanted(kind="region"), ["SI-R1"]),
        (Wanted(language="sl"), ["SI-07", "SI-R1"]),
        (Wanted(region="Gorenjska"), ["SI-R1"]),
        (Wanted(country="SI", query="dolina"), ["SI-R1"]),
        (Wanted(language="fr"), []),
    ],
)
async def test_the_directory_is_narrowed(wanted: Wanted, codes: list[str], db: str, now: datetime):
    await vzorcna_vas(now)
    await actions.add_member(replace(VALLEY, region="Gorenjska"), by=await ana(now), now=now)
    assert [row["code"] for row in (await queries.listed(wanted, now=now)).rows] == codes


async def test_half_an_act_leaves_nothing(db: str, now: datetime, monkeypatch: pytest.MonkeyPatch):
    async def fails(*_: object, **__: object) -> int:
        raise RuntimeError

    await vzorcna_vas(now)
    by, before = await ana(now), await Municipality.select()
    monkeypatch.setattr("advocacy.municipalities.members.record", fails)
    with pytest.raises(RuntimeError):
        await actions.add_member(VILLAGE, by=by, now=now)
    with pytest.raises(RuntimeError):
        await actions.change_member("SI-07", VILLAGE, by=by, now=now)
    assert await Municipality.select() == before
    assert await Event.count() == 0
