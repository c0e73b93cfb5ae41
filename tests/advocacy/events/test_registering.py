"""Behind links: a municipality and a guest take a place, change and give back."""

from datetime import datetime

import pytest

from advocacy.events import actions
from advocacy.events.registering.registered import invitation_token, place_token
from advocacy.events.tables import Registration
from advocacy.history.tables import Event
from tests.advocacy.events.matters import (
    guest,
    invitation,
    letters,
    published,
    registered,
    states,
    taken,
)
from tests.browsing import browser
from tests.characters import ana, vzorcna_vas

pytestmark = pytest.mark.anyio

GUEST = {"name": "Eva Beispiel", "email": "eva@example.org", "language": "de"}


async def test_looking_at_a_link_takes_no_place(db: str, now: datetime):
    await vzorcna_vas(now)
    gathering = await published(now, guests=True)
    there = await invitation(gathering, ["SI-07"], now)
    await actions.guests.ask(gathering, guest(), network_address="", now=now)
    row = await Registration.objects().first()
    before = await Event.count()
    async with browser(now) as web:
        for path in (f"/g/{invitation_token(there.id)}", f"/g/place/{place_token(row.id)}"):
            for _ in range(3):
                page = await web.get(path)
            assert page.status_code == 200
            assert (await web.client.head(path)).status_code == 200
    assert (await states(gathering), await Event.count()) == (["unconfirmed"], before)


async def test_a_municipality_registers_gives_back_and_somebody_moves_up(db: str, now: datetime):
    await vzorcna_vas(now)
    gathering = await published(now, places=1)
    there = await invitation(gathering, ["SI-07"], now)
    link = f"/g/{invitation_token(there.id)}"
    async with browser(now) as web:
        page = await web.get(link)
        assert 'lang="sl"' in page.text
        assert "Janez Primer" in page.text
        page = await web.post(link, GUEST)
        assert (page.status_code, "eva@example.org" in page.text) == (200, True)
        await registered(gathering, 2, now)
        row = await Registration.objects().where(Registration.email == GUEST["email"]).first()
        page = await web.post(f"{link}/give-back/{row.id}?language=en")
        assert "The place is given back. Thank you for saying so" in page.text
        assert await states(gathering) == ["cancelled", "placed"]
        page = await web.get(f"/g/place/{place_token(row.id)}")
        assert page.status_code == 200
    assert await taken(gathering) == 1


async def test_one_municipality_gives_back_no_place_of_another(db: str, now: datetime):
    await vzorcna_vas(now)
    gathering = await published(now)
    there = await invitation(gathering, ["SI-07"], now)
    other = await registered(gathering, 1, now)
    link = f"/g/{invitation_token(there.id)}"
    async with browser(now) as web:
        await web.get(link)
        await web.post(f"{link}/give-back/{other.id}")
    assert await states(gathering) == ["placed"]


async def test_the_same_form_twice_takes_one_place(db: str, now: datetime):
    await vzorcna_vas(now)
    gathering = await published(now)
    there = await invitation(gathering, ["SI-07"], now)
    link = f"/g/{invitation_token(there.id)}"
    async with browser(now) as web:
        await web.get(link)
        keys = web.keys()
        for _ in range(2):
            await web.client.post(link, data=keys | GUEST)
    assert await taken(gathering) == 1


async def test_a_guest_asks_confirms_changes_and_gives_back(db: str, now: datetime):
    gathering = await published(now, guests=True, interpretation="sl,it")
    here = f"/de/events/{gathering.id}"
    async with browser(now) as web:
        await web.get(f"{here}/register")
        page = await web.post(f"{here}/register", GUEST)
        assert page.url.path == f"{here}/asked"
        [letter] = await letters("gathering_guest")
        link = "/g/place/" + letter.text.split("/g/place/")[1][:43]
        await web.get(link)
        await web.post(link, {"act": "confirm"})
        assert await states(gathering) == ["placed"]
        await web.post(
            link, {"act": "change", **GUEST, "name": "Eva B.", "hears": "it", "listed": "1"}
        )
        row = await Registration.objects().first()
        assert (row.name, row.hears, row.listed, row.email) == (
            "Eva B.",
            "it",
            True,
            GUEST["email"],
        )
        page = await web.post(link, {"act": "change", "name": "", "language": "de"})
        assert page.status_code == 422
        await web.post(link, {"act": "give back"})
        assert await states(gathering) == ["cancelled"]


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"email": "nobody"}, {"language": "xx"}, {"hears": "fr"}]
)
async def test_a_guest_who_mistypes_sees_where(db: str, now: datetime, wrong: dict[str, str]):
    gathering = await published(now, guests=True)
    path = f"/en/events/{gathering.id}/register"
    async with browser(now) as web:
        await web.get(path)
        page = await web.post(path, GUEST | wrong)
    assert page.status_code == 422
    assert f'href="#{next(iter(wrong))}"' in page.text
    assert await letters("gathering_guest") == []


async def test_only_those_who_agreed_stand_on_the_list_that_participants_get(
    db: str, now: datetime
):
    gathering = await published(now, places=9, address="https://treffen.example/raum")
    by = await ana(now)
    for number, listed in ((1, True), (2, False), (3, True)):
        await actions.placing.register_for(
            gathering.id, guest(number, listed=listed), municipality=None, by=by, now=now
        )
    row = await Registration.objects().order_by(Registration.id).first()
    async with browser(now) as web:
        page = await web.get(f"/g/place/{place_token(row.id)}")
        assert ("Gast 3" in page.text, "Gast 2" in page.text) == (True, False)
        assert "https://treffen.example/raum" in page.text
        page = await web.get(f"/de/events/{gathering.id}")
        assert "treffen.example" not in page.text
        assert "Gast" not in page.text
        assert (
            "treffen.example" not in (await web.get(f"/de/events/{gathering.id}/calendar.ics")).text
        )
