import asyncio
from datetime import datetime

import pytest

from advocacy.dossiers import actions, following
from advocacy.dossiers.forms import NewDossier
from advocacy.dossiers.tables import Follow
from advocacy.errors import NotFound
from tests.browsing import browser
from tests.characters import ana, eva, luca, maja

pytestmark = pytest.mark.anyio


async def test_whoever_leads_a_new_dossier_follows_it_and_may_leave_it(db: str, now: datetime):
    lead = await maja(now)
    new = NewDossier(title="Herdenschutz", lead=lead.id)
    dossier = await actions.open_dossier(new, by=await ana(now), now=now)
    assert await following.followers(dossier.id) == [lead.id]
    assert await following.followed_by(lead.id) == {dossier.id}
    await following.unfollow(dossier.id, lead.id)
    assert await following.followers(dossier.id) == []
    assert not await following.is_following(dossier.id, lead.id)


async def test_following_twice_or_at_once_is_following(db: str, now: datetime):
    dossier = await actions.open_dossier(NewDossier(title="A"), by=await ana(now), now=now)
    person = await luca(now)
    await asyncio.gather(*(following.follow(dossier.id, person.id, now=now) for _ in range(5)))
    assert await following.is_following(dossier.id, person.id)
    assert await Follow.count().where(Follow.person == person.id) == 1
    with pytest.raises(NotFound):
        await following.follow(4242, person.id, now=now)


async def test_a_coordinator_follows_a_dossier_outside_the_own_countries(db: str, now: datetime):
    new = NewDossier(title="Herdenschutz", countries=("FR",))
    dossier = await actions.open_dossier(new, by=await ana(now), now=now)
    person = await eva(now)
    async with browser(now) as web:
        await web.sign_in(person, now)
        await web.get(f"/en/d/{dossier.number}")
        page = await web.post(f"/en/d/{dossier.number}/follow")
        assert page.status_code == 200
        assert "You follow this dossier" in page.text
        assert await following.is_following(dossier.id, person.id)
        page = await web.post(f"/en/d/{dossier.number}/unfollow")
        assert page.status_code == 200
        assert not await following.is_following(dossier.id, person.id)
        assert (await web.post("/en/d/2026-999/follow")).status_code == 404


async def test_nobody_follows_who_is_not_signed_in(db: str, now: datetime):
    await actions.open_dossier(NewDossier(title="A"), by=await ana(now), now=now)
    async with browser(now) as web:
        await web.get("/en/d/2026-001")
        page = await web.post("/en/d/2026-001/follow")
    assert await Follow.count() == 1
    assert "/sign-in" in str(page.url)
