"""A link in a letter is one person's, also after that person has gone."""

from datetime import datetime

import pytest

from advocacy.municipalities.contacts import add_contact, remove_contact, want_letters
from advocacy.municipalities.forms import NewContact
from advocacy.municipalities.importing import import_file
from advocacy.municipalities.links import PAGE, contact_of, key_of
from advocacy.municipalities.queries import by_code
from advocacy.municipalities.rules import Rhythm
from advocacy.municipalities.tables import Contact
from advocacy.undoing.actions import undo
from tests.advocacy.events.matters import invitation, letters, published
from tests.characters import ana, musterdorf, vzorcna_vas

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("db")]


async def test_the_link_of_somebody_who_has_gone_never_opens_another_page(now: datetime):
    await vzorcna_vas(now)
    [gone] = await Contact.objects()
    key = key_of(gone.id, PAGE)
    event = await remove_contact(gone.id, by=await ana(now), now=now)
    text = "code;name;country;language;email\nAT-01;Musterdorf;AT;de;amt@musterdorf.example\n"
    await import_file(text.encode(), "list.csv", now=now)
    new = NewContact("Anna Neu", "anna@musterdorf.example", language="de")
    await add_contact(await by_code("AT-01"), new, by=await ana(now), now=now)
    assert await Contact.count() == 2
    assert not await Contact.exists().where(Contact.id == contact_of(key, PAGE))
    await undo(event, by=await ana(now), now=now)
    again = await Contact.objects().where(Contact.id == contact_of(key, PAGE)).first()
    assert again is not None
    assert again.email == gone.email


async def test_an_invitation_to_somebody_who_has_gone_or_wants_no_news_does_not_leave(
    now: datetime,
):
    await vzorcna_vas(now)
    await musterdorf(now)
    gathering = await published(now)
    await invitation(gathering, ["SI-07", "AT-01"], now)
    first, second = await Contact.objects().order_by(Contact.id)
    await remove_contact(first.id, by=await ana(now), now=now)
    await want_letters(second.id, {"news": Rhythm.NEVER}, now=now)
    assert {each.state for each in await letters("gathering_invitation")} == {"stopped"}
