"""What is done to a contact is taken back whole, and not when somebody has gone on with it."""

from datetime import datetime

import pytest

from advocacy.calls.tables import Invitation
from advocacy.errors import Outdated
from advocacy.history.tables import Event
from advocacy.municipalities import actions, queries
from advocacy.municipalities.forms import NewContact
from advocacy.municipalities.rules import Rhythm
from advocacy.municipalities.tables import Contact
from advocacy.undoing.actions import undo
from tests.advocacy.calls import story
from tests.characters import ana, vzorcna_vas

pytestmark = pytest.mark.anyio
TINA = NewContact("Tina Vzorčnik", "tina@si-07.example", "clerk", "", "sl")


async def number_of(name: str) -> int:
    [row] = await Contact.select(Contact.id).where(Contact.name == name)
    return int(row["id"])


async def contact_of(code: str) -> int | None:
    row = await Invitation.select(Invitation.contact).where(Invitation.municipality.code == code)
    return row[0]["contact"]


async def test_whoever_was_removed_by_mistake_is_asked_again_in_every_call(db: str, now: datetime):
    await story.opened(now)
    by, janez = await ana(now), await number_of("Janez Primer")
    event = await actions.remove_contact(janez, by=by, now=now)
    assert await contact_of("SI-07") is None
    assert await undo(event, by=by, now=now) == "/m/SI-07"
    assert await contact_of("SI-07") == janez
    assert await contact_of("AT-01") not in {None, janez}


async def test_who_was_written_to_instead_meanwhile_stays(db: str, now: datetime):
    await story.opened(now)
    by, janez = await ana(now), await number_of("Janez Primer")
    event = await actions.remove_contact(janez, by=by, now=now)
    asked = await story.invitation("SI-07")
    await actions.add_contact(await queries.by_code("SI-07"), TINA, by=by, now=now)
    tina = await number_of(TINA.name)
    await Invitation.update({Invitation.contact: tina}).where(Invitation.id == asked.id)
    await undo(event, by=by, now=now)
    assert await contact_of("SI-07") == tina


async def test_an_added_contact_goes_again_as_long_as_nobody_went_on_with_it(
    db: str, now: datetime
):
    member, by = await vzorcna_vas(now), await ana(now)
    event = await actions.add_contact(member, TINA, by=by, now=now)
    await undo(event, by=by, now=now)
    assert [row["name"] for row in await Contact.select(Contact.name)] == ["Janez Primer"]


@pytest.mark.parametrize("what", ["changed", "wish", "removed"])
async def test_an_added_contact_that_was_changed_since_stays(what: str, db: str, now: datetime):
    member, by = await vzorcna_vas(now), await ana(now)
    event = await actions.add_contact(member, TINA, by=by, now=now)
    tina = await number_of(TINA.name)
    if what == "changed":
        new = NewContact("Tina Vzorčnik", "tina@si-07.example", "clerk", "+386 1", "sl")
        await actions.change_contact(tina, new, by=by, now=now)
    elif what == "wish":
        await actions.want_letters(tina, {"calls": Rhythm.NEVER}, now=now)
    else:
        await actions.remove_contact(tina, by=by, now=now)
    before = await Contact.count()
    with pytest.raises(Outdated, match="has changed this person"):
        await undo(event, by=by, now=now)
    assert await Contact.count() == before


async def test_an_added_contact_that_was_asked_since_stays(db: str, now: datetime):
    await story.opened(now)
    by = await ana(now)
    event = await actions.add_contact(await queries.by_code("SI-07"), TINA, by=by, now=now)
    tina = await number_of(TINA.name)
    asked = await story.invitation("SI-07")
    await Invitation.update({Invitation.contact: tina}).where(Invitation.id == asked.id)
    with pytest.raises(Outdated, match="written to since"):
        await undo(event, by=by, now=now)
    assert await contact_of("SI-07") == tina


async def test_what_was_added_before_this_was_noted_can_be_taken_back(db: str, now: datetime):
    member, by = await vzorcna_vas(now), await ana(now)
    event = await actions.add_contact(member, TINA, by=by, now=now)
    found = await Event.objects().where(Event.id == event).first()
    assert found is not None
    tina = await number_of(TINA.name)
    found.details = f'{{"contact": {tina}, "code": "SI-07"}}'
    await actions.UNDO["contact added"](found, by, now)
    assert not await Contact.exists().where(Contact.id == tina)
