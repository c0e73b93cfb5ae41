"""What needs coordinators, the presidency, deputies and municipalities now."""

from datetime import datetime, timedelta

import pytest

from advocacy.approvals.tables import Ballot
from advocacy.calls.rules import CallState
from advocacy.calls.tables import CallText, RingRequest
from advocacy.dossiers.rules import Station
from advocacy.people.rules import Role
from advocacy.positions.rules import PositionState
from tests.advocacy.overview import matters
from tests.advocacy.overview.needs import acts_on
from tests.browsing import browser
from tests.characters import ana, giulia, maja, musterdorf, person, presidency, vzorcna_vas

pytestmark = pytest.mark.anyio


async def test_a_coordinator_sees_the_own_language_and_the_own_countries(db: str, now: datetime):
    office = await ana(now)
    of = await matters.dossier(now, station=Station.CALL)
    opening = await matters.window(now, of)
    running = await matters.call(now, opening, by=office)
    await matters.invite(running, await vzorcna_vas(now))
    await matters.invite(running, await musterdorf(now))
    await matters.call(
        now, opening, "2026-014-2", by=office, state=CallState.DRAFT, days=9, title="Zweite",
        unchecked=("sl", "fr"),
    )  # fmt: skip
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        slovene = await web.get("/en/now")
    async with browser(now) as web:
        await web.sign_in(await giulia(now), now)
        italian = await web.get("/en/now")
    assert acts_on(slovene) == ["Ring 1 municipality", "Check the text of the call"]
    assert "Nothing needs you now." in italian.text


async def test_a_coordinator_translates_what_binds_and_is_not_checked(db: str, now: datetime):
    office = await ana(now)
    of = await matters.dossier(now, station=Station.DRAFT)
    await matters.window(now, of, translations=4)
    await matters.position(now, of, by=office, binding="de,sl")
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        page = await web.get("/en/now")
    assert acts_on(page) == ["Translate the position"]
    assert "1 paragraph is not checked" in page.text


async def test_the_presidency_sees_the_ballots_not_yet_cast(db: str, now: datetime):
    office, members = await ana(now), await presidency(now)
    of = await matters.dossier(now, station=Station.APPROVAL)
    await matters.window(now, of)
    text = await matters.position(now, of, by=office, state=PositionState.IN_ROUND)
    await matters.held_round(now, text, members[:2], by=office)
    async with browser(now) as web:
        await web.sign_in(members[0], now)
        page = await web.get("/en/now")
        assert acts_on(page) == ["Decide on the position"]
        assert "/en/p/2026-014/approve" in page.text
        assert "Participation" not in page.text
    async with browser(now) as web:
        await web.sign_in(members[2], now)
        assert "Nothing needs you now." in (await web.get("/en/now")).text


async def test_a_deputy_sees_the_ballot_it_stands_in_for_until_it_is_cast(db: str, now: datetime):
    office, members, deputy = await ana(now), await presidency(now), await maja(now)
    of = await matters.dossier(now, station=Station.APPROVAL)
    await matters.window(now, of)
    text = await matters.position(now, of, by=office, state=PositionState.IN_ROUND)
    await matters.held_round(now, text, members[:1], by=office)
    await Ballot.update({Ballot.deputy: deputy.id}, force=True)
    async with browser(now) as web:
        await web.sign_in(deputy, now)
        page = await web.get("/en/now")
        assert "Decide on the position" in acts_on(page)
        assert f"You stand in for {members[0].name}." in page.text
        await Ballot.update({Ballot.choice: "approve"}, force=True)
        assert "Decide on the position" not in acts_on(await web.get("/en/now"))


async def test_a_municipality_gets_a_plain_page_and_no_matters_of_the_house(db: str, now: datetime):
    of = await matters.dossier(now)
    await matters.window(now, of)
    mayor = await person("Janez Primer", Role.MUNICIPALITY, "sl", now=now)
    async with browser(now) as web:
        await web.sign_in(mayor, now)
        page = await web.get("/en/now")
        assert page.status_code == 200
        assert "Großraubtiere" not in page.text


async def test_a_coordinator_sees_who_asks_to_ring_and_until_when_a_text_is_wanted(
    db: str, now: datetime
):
    office = await ana(now)
    opening = await matters.window(now, await matters.dossier(now, station=Station.CALL))
    running = await matters.call(now, opening, by=office)
    await matters.invite(running, await vzorcna_vas(now))
    wanted = await matters.call(
        now, opening, "2026-014-2", by=office, state=CallState.DRAFT, days=9, unchecked=("sl", "fr")
    )
    await CallText.update({CallText.due: now.date() + timedelta(days=2)}).where(
        CallText.call == wanted.id
    )
    await RingRequest(call=running.id, country="SI", person=office.id, at=now).save()
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        page = await web.get("/en/now")
    assert acts_on(page) == ["Check the text of the call", "Ring 1 municipality"]
    assert "25 Nov 2026" in page.text
    assert "Ana Muster asks you to ring." in page.text
    assert 'href="/en/c/2026-014-1/ring/si"' in page.text
    assert 'href="/en/c/2026-014-2/text/sl"' in page.text
    assert 'href="/en/countries/si"' in page.text


async def test_a_text_that_a_colleague_was_asked_for_is_the_colleagues(db: str, now: datetime):
    office = await ana(now)
    opening = await matters.window(now, await matters.dossier(now))
    drafted = await matters.call(now, opening, by=office, state=CallState.DRAFT, unchecked=("sl",))
    italian = await giulia(now)
    await CallText.update({CallText.asked: italian.id}).where(CallText.call == drafted.id)
    seen = []
    for person_here in (await maja(now), italian):
        async with browser(now) as web:
            await web.sign_in(person_here, now)
            page = await web.get("/en/now")
            seen.append("Check the text of the call: Slovenian" in page.text)
    assert seen == [False, True]
