"""Entries are found newest first, by any of the wordings, however many have the word."""

from datetime import datetime

import pytest

from advocacy import database
from feeds.tables import Entry
from tests.advocacy.overview import matters
from tests.browsing import browser
from tests.characters import ana

pytestmark = pytest.mark.anyio


async def _found(*wordings: list[str], newest: int | None = None) -> list[str]:
    rows = await (
        Entry.select(Entry.title)
        .where(database.finds(Entry, *wordings, newest=newest))
        .order_by(Entry.id, ascending=False)
    )
    return [row["title"] for row in rows]


async def test_one_wording_suffices_and_each_wants_all_its_words(db: str, now: datetime):
    of = await matters.source(now)
    for title in ("Wolf", "Wolf und Herde", "Herde", "Volkovi", "Bär"):
        await matters.entry(now, of, title)
    both, other = ["wolf", "herd"], ["volk"]
    assert await _found(both) == ["Wolf und Herde"]
    assert await _found(both, other) == ["Volkovi", "Wolf und Herde"]
    assert await _found(both, other, newest=5) == ["Volkovi", "Wolf und Herde"]
    assert await _found(["herd"], ["wolf"], newest=2) == ["Herde", "Wolf und Herde"]
    assert await _found(["luchs"], newest=2) == []


async def test_what_an_entry_does_not_say_any_more_is_not_found(db: str, now: datetime):
    made = await matters.entry(now, await matters.source(now), "Wolf")
    await Entry.update({Entry.search_text: "luchs"}).where(Entry.id == made.id)
    assert await _found(["wolf"], ["woelf"], newest=2) == []
    assert await _found(["luchs"], newest=2) == ["Wolf"]


async def test_the_newest_twenty_are_shown_and_more_are_named(db: str, now: datetime):
    of = await matters.source(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        for number in range(20):
            await matters.entry(now, of, f"Wolf Nummer {number:02d}")
        page = (await web.get("/en/search?q=wolf")).text
        assert "There are more." not in page
        for number in range(20, 25):
            await matters.entry(now, of, f"Wolf Nummer {number:02d}")
        page = (await web.get("/en/search?q=wolf")).text
    places = [page.find(f"Nummer {number:02d}") for number in range(24, 4, -1)]
    assert places == sorted(places)
    assert -1 not in places
    assert "Nummer 04" not in page
    assert "There are more." in page
