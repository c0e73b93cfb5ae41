"""Changed since I last looked: others' acts, from visit to visit."""

import asyncio
from datetime import datetime, timedelta

import pytest

from advocacy.dossiers import actions
from advocacy.dossiers.forms import NewDossier
from advocacy.dossiers.looking_back import seen
from advocacy.dossiers.rules import Station
from advocacy.dossiers.tables import Dossier, DossierSeen
from advocacy.history.tables import Event
from tests.browsing import browser
from tests.characters import ana, luca
from tests.queries_counted import counted

pytestmark = pytest.mark.anyio

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


async def _dossier(now: datetime, title: str = "Herdenschutz") -> Dossier:
    return await actions.open_dossier(NewDossier(title=title), by=await luca(now), now=now)


async def _last() -> int:
    row = await Event.select(Event.id).order_by(Event.id, ascending=False).first()
    return int(row["id"])


async def test_a_first_visit_has_nothing_to_compare_with_however_often_the_page_is_loaded(
    db: str, now: datetime
):
    dossier, person = await _dossier(now), await ana(now)
    for minutes in (0, 1, 20):
        told = await seen.since(
            dossier.id, person.id, event=await _last(), now=now + minutes * MINUTE
        )
        assert (told.at, told.count) == (None, 0)


async def test_the_marker_stays_for_the_visit_and_goes_with_the_next(db: str, now: datetime):
    dossier, person = await _dossier(now), await ana(now)
    before = await _last()
    await seen.look(dossier.id, person.id, event=before, now=now)
    await actions.advance(dossier.id, Station.CALL, by=await luca(now), now=now + HOUR)
    last = await _last()
    for minutes in (0, 5, 29, 50):  # each look within half an hour of the one before
        found = await seen.look(
            dossier.id, person.id, event=last, now=now + 2 * HOUR + minutes * MINUTE
        )
        assert found == (before, now)
    later = now + 2 * HOUR + 81 * MINUTE
    found = await seen.look(dossier.id, person.id, event=last, now=later)
    assert found == (last, now + 2 * HOUR + 50 * MINUTE)
    assert await seen.changes_since(dossier.id, last) == 0
    assert await seen.changes_since(dossier.id, before) == 1


async def test_ones_own_acts_are_no_changes(db: str, now: datetime):
    dossier, person = await _dossier(now), await ana(now)
    await seen.look(dossier.id, person.id, event=await _last(), now=now)
    await actions.advance(dossier.id, Station.CALL, by=person, now=now + HOUR)
    await actions.advance(dossier.id, Station.DRAFT, by=await luca(now), now=now + HOUR)
    await actions.advance(dossier.id, Station.CALL, by=None, now=now + HOUR)
    told = await seen.since(dossier.id, person.id, event=await _last(), now=now + 2 * HOUR)
    assert (told.count, [each["who"] for each in told.changes]) == (
        2, ["Alphorn", "Luca Beispiel"],
    )  # fmt: skip
    assert {each["section"] for each in told.changes} == {"facts"}


async def test_two_tabs_at_once_see_the_same_line(db: str, now: datetime):
    dossier, person = await _dossier(now), await ana(now)
    before = await _last()
    await seen.look(dossier.id, person.id, event=before, now=now)
    await actions.advance(dossier.id, Station.CALL, by=await luca(now), now=now + HOUR)
    last = await _last()
    looks = [seen.look(dossier.id, person.id, event=last, now=now + 2 * HOUR) for _ in range(6)]
    assert await asyncio.gather(*looks) == [(before, now)] * 6
    assert await DossierSeen.count() == 1


async def test_an_older_page_of_the_history_does_not_set_the_reader_back(db: str, now: datetime):
    dossier, person = await _dossier(now), await ana(now)
    await seen.look(dossier.id, person.id, event=7, now=now)
    await seen.look(dossier.id, person.id, event=3, now=now + 2 * HOUR)
    assert await seen.look(dossier.id, person.id, event=7, now=now + 4 * HOUR) == (
        7, now + 2 * HOUR,
    )  # fmt: skip


async def test_what_is_unread_in_many_dossiers_is_one_query(db: str, now: datetime):
    person = await ana(now)
    dossiers = [await _dossier(now, f"Matter {n}") for n in range(4)]
    for each in dossiers[:3]:
        await seen.look(each.id, person.id, event=await _last(), now=now)
    for each in (dossiers[0], dossiers[1], dossiers[3]):
        await actions.advance(each.id, Station.CALL, by=await luca(now), now=now + HOUR)
    await actions.advance(dossiers[0].id, Station.DRAFT, by=await luca(now), now=now + HOUR)
    await actions.advance(dossiers[2].id, Station.CALL, by=person, now=now + HOUR)
    with counted() as asked:
        news = await seen.unread(person.id, [each.id for each in dossiers])
    assert news == {dossiers[0].id: 2, dossiers[1].id: 1}
    assert len(asked) <= 1
    assert await seen.unread(person.id, []) == {}


async def test_the_page_says_what_changed_and_head_reads_nothing(db: str, now: datetime):
    dossier = await _dossier(now - 3 * HOUR)
    async with browser(now - 2 * HOUR) as web:
        await web.sign_in(await ana(now), now - 2 * HOUR)
        await web.client.head(f"/en/d/{dossier.number}")
        assert await DossierSeen.count() == 0
        page = await web.get(f"/en/d/{dossier.number}")
        assert "You have not read this dossier before." in page.text
    await actions.advance(dossier.id, Station.CALL, by=await luca(now), now=now - HOUR)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        for _ in range(2):
            page = await web.get(f"/en/d/{dossier.number}")
            assert "1 change since your last visit" in page.text
            assert "Luca Beispiel" in page.text
            assert "Here you stopped reading" in page.text
    assert await DossierSeen.count() == 1
