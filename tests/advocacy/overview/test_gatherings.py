"""Gatherings that wait for who keeps them."""

from datetime import datetime, timedelta

import pytest

from advocacy import texts
from advocacy.events import actions
from advocacy.events.saying.typed import NewMinute
from advocacy.overview.gatherings import to_keep
from tests.advocacy.events.matters import drafted, published
from tests.browsing import browser
from tests.characters import ana, luca
from tests.queries_counted import counted

pytestmark = pytest.mark.anyio


async def told(now: datetime, *people: int) -> list[tuple[str, str, str, datetime]]:
    with texts.speaking("sl"):
        needs = await to_keep(people, now=now)
    return [(each.about, each.language, each.path, each.at) for each in needs]


async def test_a_draft_has_to_be_published_four_weeks_before(db: str, now: datetime):
    row = await drafted(now)
    mine = (await ana(now)).id
    due = row.begins - timedelta(days=28)
    wanted = [("Varovanje čred poleti", "sl", f"/events/{row.id}", due)]
    assert await told(now, mine) == wanted
    assert await told(row.begins - timedelta(days=91), mine) == []
    assert await told(row.begins, mine) == []
    assert await told(now, (await luca(now)).id) == []
    await actions.publish(row.id, by=await ana(now), now=now)
    assert await told(now, mine) == []


async def test_what_was_said_is_written_down_within_two_weeks(db: str, now: datetime):
    row = await published(now)
    mine = (await ana(now)).id
    assert await told(row.ends - timedelta(seconds=1), mine) == []
    wanted = ("Varovanje čred poleti", "sl", f"/events/{row.id}/minutes")
    assert await told(row.ends, mine) == [(*wanted, row.ends + timedelta(days=14))]
    assert await told(row.ends + timedelta(days=60), mine) == []
    said = NewMinute("Tri dni.", "sl")
    await actions.minutes.write(row.id, said, by=await ana(now), now=row.ends)
    assert await told(row.ends, mine) == []


async def test_the_first_page_shows_it_and_leads_there(db: str, now: datetime):
    row = await published(now)
    after = row.ends + timedelta(hours=1)
    async with browser(after) as web:
        await web.sign_in(await ana(now), after)
        page = await web.get("/sl/now")
    assert f"/sl/events/{row.id}/minutes" in page.text


async def test_ten_gatherings_ask_as_little_as_one(db: str, now: datetime):
    mine = (await ana(now)).id
    asked = []
    for number in (1, 9):
        for _ in range(number):
            await drafted(now)
        with counted() as queries:
            await to_keep([mine], now=now)
        asked.append(len(queries))
    assert asked == [2, 2]
