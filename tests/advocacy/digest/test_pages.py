from datetime import datetime

import pytest

from advocacy.digest.links import rhythm_address
from advocacy.history.tables import Event
from advocacy.people.rules import Rhythm
from advocacy.people.tables import Person
from tests.browsing import browser
from tests.characters import ana, person

pytestmark = pytest.mark.anyio


def path_of(who: Person) -> str:
    return "/u/" + rhythm_address(who.id).split("/u/")[1]


async def rhythm_of(who: Person) -> str:
    row = await Person.select(Person.digest).where(Person.id == who.id).first()
    return str(row["digest"])


async def test_opening_the_link_changes_nothing_however_often(db: str, now: datetime):
    who = await ana(now)
    async with browser(now) as web:
        for _ in range(10):
            page = await web.get(f"{path_of(who)}?language=en")
            assert page.status_code == 200
            assert (await web.client.head(path_of(who))).status_code == 200
    assert "Every working day" in page.text
    assert await rhythm_of(who) == Rhythm.DAILY


async def test_one_click_of_a_mail_program_stops_it_without_a_cookie_and_can_be_undone(
    db: str, now: datetime
):
    who = await ana(now)
    async with browser(now) as web:
        page = await web.post(f"{path_of(who)}?language=en", {"List-Unsubscribe": "One-Click"})
        assert page.status_code == 200
        assert "no more digests" in page.text
        assert await rhythm_of(who) == Rhythm.NEVER
        assert 'name="digest" value="daily"' in page.text
        await web.post(path_of(who), {"digest": "daily"})
    assert await rhythm_of(who) == Rhythm.DAILY
    assert await Event.count().where(Event.action == "mail settings changed") == 2


async def test_the_rhythm_is_chosen_from_the_letter(db: str, now: datetime):
    who = await ana(now)
    async with browser(now) as web:
        await web.get(path_of(who))
        page = await web.post(path_of(who), {"digest": "weekly"})
        assert page.status_code == 200
        bad = await web.post(path_of(who), {"digest": "hourly"})
        assert bad.status_code == 422
    assert await rhythm_of(who) == Rhythm.WEEKLY


async def test_a_link_that_is_not_ours_opens_nothing(db: str, now: datetime):
    who = await ana(now)
    other = path_of(who).replace(f"/{who.id}-", f"/{who.id + 1}-")
    async with browser(now) as web:
        for path in (other, "/u/digest/x", "/u/digest/99999999999-x", f"/u/digest/{who.id}-"):
            assert (await web.get(path)).status_code == 404
            assert (await web.post(path, {"List-Unsubscribe": "One-Click"})).status_code == 404
    assert await rhythm_of(who) == Rhythm.DAILY


async def test_everybody_chooses_the_rhythm_among_their_own_settings(db: str, now: datetime):
    who = await ana(now)
    async with browser(now) as web:
        await web.sign_in(who, now)
        page = await web.get("/en/me")
        assert "Every Monday" in page.text
        await web.post("/en/me", {"language": "de", "keys_on": "1", "digest": "weekly"})
        assert await rhythm_of(who) == Rhythm.WEEKLY
        await web.get("/en/me")
        await web.post("/en/me", {"language": "de", "keys_on": "1"})
        assert await rhythm_of(who) == Rhythm.WEEKLY
        await web.get("/en/me")
        bad = await web.post("/en/me", {"language": "de", "keys_on": "1", "digest": "hourly"})
        assert bad.status_code == 422


async def test_a_municipality_is_not_asked(db: str, now: datetime):
    who = await person("Janez Primer", "municipality", "sl", now=now)
    async with browser(now) as web:
        await web.sign_in(who, now)
        page = await web.get("/en/me")
    assert 'name="digest"' not in page.text
