"""Entries are found newest first, by any of the wordings, however many have the word."""

import re
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


async def test_pages_of_entries_follow_one_another_without_gap_or_repeat(db: str, now: datetime):
    of = await matters.source(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        for number in range(45):
            await matters.entry(now, of, f"Wolf Nummer {number:02d}")
        pages, before = [], ""
        while before is not None:
            page = (await web.get(f"/en/search?q=wolf&in=entries{before}")).text
            pages.append([int(found) for found in re.findall(r"Nummer (\d\d)</a>", page)])
            further = re.search(r'before=(\d+)" rel="next"', page)
            before = f"&before={further[1]}" if further else None
    assert [number for page in pages for number in page] == list(reversed(range(45)))
    assert [len(page) for page in pages] == [20, 20, 5]


async def test_with_a_key_the_newest_below_it_are_found(db: str, now: datetime):
    of = await matters.source(now)
    ids = [(await matters.entry(now, of, f"Wolf {number}")).id for number in range(5)]
    rows = await Entry.select(Entry.id).where(
        database.finds(Entry, ["wolf"], newest=2, before=ids[3])
    )
    assert sorted(row["id"] for row in rows) == ids[1:3]
