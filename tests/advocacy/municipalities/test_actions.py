from dataclasses import replace
from datetime import datetime

import pytest

from advocacy.errors import NotAllowed
from advocacy.history.tables import Event
from advocacy.municipalities import actions, queries, rules
from advocacy.municipalities.actions import Imported
from advocacy.municipalities.forms import Member, NewContact
from advocacy.municipalities.queries import Wanted
from advocacy.municipalities.rules import Rhythm
from advocacy.municipalities.tables import Contact, Municipality
from advocacy.spreadsheets.reading import BadTable
from tests.characters import ana, giulia, maja, presidency, vzorcna_vas
from tests.queries_counted import counted

pytestmark = pytest.mark.anyio
JANEZ = NewContact("Janez Primer", "office@si-07.example", language="sl")
ROW = Member("SI-07", "Vzorčna vas", "SI", "sl", population=1_300, contact=JANEZ)


def test_who_may_edit_which_country():
    assert rules.may_edit("secretariat", [], country="SI")
    assert rules.may_edit("coordinator", ["SI"], country="SI")
    assert not rules.may_edit("coordinator", ["IT", ""], country="SI")
    assert not rules.may_edit("presidency", ["SI"], country="SI")


def test_decoration_behind_a_code_changes_nothing():
    assert rules.code_in_address("si-07-vzorcna-vas") == "SI-07"
    assert rules.code_in_address("SI-07") == "SI-07"
    assert rules.code_in_address("vzorcna-vas") is None


async def test_an_import_adds_changes_and_leaves(db: str, now: datetime):
    await maja(now)
    before = await vzorcna_vas(now)
    new = Member("SI-08", "Primerno", "SI", "sl", contact=replace(JANEZ, email="x@si-08.example"))
    rows = [ROW, new]
    by = await ana(now)
    assert await actions.compare(rows) == Imported(new=("SI-08",), changed=("SI-07",))
    assert await Municipality.count() == 1
    await actions.import_rows(rows, by=by, now=now)
    assert await actions.import_rows(rows, by=by, now=now) == Imported(same=("SI-07", "SI-08"))
    kept = await queries.by_code("SI-07")
    assert (kept.id, kept.population, kept.topics) == (before.id, 1_300, before.topics)
    primerno = await queries.by_code("SI-08")
    assert primerno.coordinator == (await maja(now)).id
    assert await Contact.count() == 2
    assert await Event.count().where(Event.action == "members imported") == 1


async def test_one_bad_row_and_nothing_is_imported(db: str, now: datetime):
    text = "code;name;country;language\nAT-01;Musterdorf;AT;de\nAT-02;;AT;de\n"
    with pytest.raises(BadTable):
        await actions.import_file(text.encode(), "list.csv", now=now)
    assert await Municipality.count() == 0


async def test_a_known_address_keeps_its_wishes_about_letters(db: str, now: datetime):
    await vzorcna_vas(now)
    await Contact.update({Contact.reminders: "never"}, force=True)
    await actions.import_rows([ROW], by=None, now=now)
    assert await Contact.select(Contact.reminders) == [{"reminders": "never"}]


async def test_contacts_are_kept_by_those_in_charge(db: str, now: datetime):
    member = await vzorcna_vas(now)
    new = NewContact("Tina Vzorčnik", "tina@si-07.example", "clerk", "", "sl")
    for stranger in (await giulia(now), (await presidency(now))[0]):
        with pytest.raises(NotAllowed):
            await actions.add_contact(member, new, by=stranger, now=now)
    await actions.add_contact(member, new, by=await maja(now), now=now)
    assert await Contact.count() == 2


async def test_what_is_done_to_a_contact_can_be_undone(db: str, now: datetime):
    member = await vzorcna_vas(now)
    by = await ana(now)
    before = await Contact.select()
    new = NewContact("Tina Vzorčnik", "tina@si-07.example", "clerk", "1", "sl")
    number = before[0]["id"]
    for event_id in (
        await actions.change_contact(number, new, by=by, now=now),
        await actions.add_contact(member, replace(new, email="t@si-07.example"), by=by, now=now),
    )[::-1]:
        event = await Event.objects().where(Event.id == event_id).first()
        assert event is not None
        assert await actions.UNDO[event.action](event, by, now) == "/m/SI-07"
    assert await Contact.select() == before
    event_id = await actions.remove_contact(number, by=by, now=now)
    assert await Contact.count() == 0
    event = await Event.objects().where(Event.id == event_id).first()
    assert event is not None
    await actions.UNDO[event.action](event, by, now)
    again = await Contact.select()
    assert [row | {"id": number} for row in again] == before


async def test_switching_letters_off_twice_is_once(db: str, now: datetime):
    await vzorcna_vas(now)
    contact = await Contact.objects().first()
    assert contact is not None
    for _ in range(2):
        await actions.want_letters(contact.id, {"reminders": Rhythm.NEVER}, now=now)
    assert await Event.count().where(Event.action == "mail settings changed") == 1


async def test_the_list_is_paged_and_takes_as_many_queries_for_three_as_for_one(
    db: str, now: datetime
):
    rows = [Member(f"AT-{n:03}", f"Ort {n}", "AT", "de") for n in range(queries.PAGE + 2)]
    await actions.import_rows(rows[:1], by=None, now=now)
    with counted() as one:
        await queries.listed(now=now)
    await actions.import_rows(rows, by=None, now=now)
    with counted() as many:
        first = await queries.listed(now=now)
    assert len(one) == len(many)
    assert first.total == queries.PAGE + 2
    second = await queries.listed(after=first.further or "", now=now)
    codes = [row["code"] for row in (*first.rows, *second.rows)]
    assert codes == [row.code for row in rows]
    assert second.further is None


async def test_a_member_is_found_without_its_hooks(db: str, now: datetime):
    await actions.import_rows([ROW], by=None, now=now)
    for query in ("vzorcna", "SI-07", "primer janez"):
        assert [
            row["code"] for row in (await queries.listed(Wanted(query=query), now=now)).rows
        ] == ["SI-07"]
    assert (await queries.listed(Wanted(query="musterdorf"), now=now)).rows == []
    assert (await queries.listed(Wanted(query="…"), now=now)).rows == []
    assert (await queries.listed(Wanted(country="IT"), now=now)).rows == []
