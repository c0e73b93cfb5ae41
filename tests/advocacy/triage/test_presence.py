"""Two people see each other at an entry, for two minutes."""

import asyncio
from datetime import datetime, timedelta

import pytest

from advocacy.triage import presence
from advocacy.triage.tables import Looking
from tests.advocacy.triage.sample import entry
from tests.browsing import browser
from tests.characters import ana, luca

pytestmark = pytest.mark.anyio


async def test_whoever_looks_is_seen_by_the_other_and_not_by_herself(db: str, now: datetime):
    number, mine, other = await entry("Entry", now=now), await ana(now), await luca(now)
    await presence.look(number, other, now=now)
    await presence.look(number, mine, now=now)
    assert await presence.lookers([number], but=mine, now=now) == {number: ["Luca Beispiel"]}
    assert await presence.lookers([number], but=other, now=now) == {number: ["Ana Muster"]}
    assert await presence.lookers([], but=mine, now=now) == {}


async def test_after_two_minutes_nobody_is_seen_and_looking_again_renews(db: str, now: datetime):
    number, mine, other = await entry("Entry", now=now), await ana(now), await luca(now)
    await presence.look(number, other, now=now)
    soon, late = now + timedelta(seconds=119), now + timedelta(minutes=2)
    assert await presence.lookers([number], but=mine, now=soon) == {number: ["Luca Beispiel"]}
    assert await presence.lookers([number], but=mine, now=late) == {}
    await presence.look(number, other, now=soon)
    assert await presence.lookers([number], but=mine, now=late) == {number: ["Luca Beispiel"]}


async def test_one_person_looks_at_one_entry_however_many_pages_open_at_once(
    db: str, now: datetime
):
    ids = [await entry(f"Entry {n}", now=now) for n in range(4)]
    mine, other = await ana(now), await luca(now)
    await asyncio.gather(*(presence.look(each, other, now=now) for each in ids * 2))
    assert await Looking.count() == 1
    await presence.look(ids[2], other, now=now)
    assert await presence.lookers(ids, but=mine, now=now) == {ids[2]: ["Luca Beispiel"]}


async def test_list_and_entry_say_who_is_looking(db: str, now: datetime):
    number = await entry("Entry", now=now)
    async with browser(now) as web:
        await web.sign_in(await luca(now), now)
        page = await web.get(f"/en/inbox?item={number}")
        assert "is looking" not in page.text
    async with browser(now + timedelta(minutes=1)) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get("/en/inbox")
        assert page.text.count("Luca Beispiel is looking") == 2
