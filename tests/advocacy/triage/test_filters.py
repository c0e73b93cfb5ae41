"""The inbox by country, source, language, topic and deadline, in two orders, page by page."""

from datetime import datetime, timedelta

import pytest

from advocacy.triage import heading, queries
from advocacy.triage.forms import Filters
from tests.advocacy.triage.sample import entry, source
from tests.browsing import browser
from tests.characters import ana

pytestmark = pytest.mark.anyio


async def _pages(filters: Filters, now: datetime) -> list[int]:
    seen: list[int] = []
    after = ""
    while True:
        shown = await queries.inbox(filters, after=after, now=now, limit=2)
        seen += [row.id for row in shown.rows]
        after = shown.after
        if not after:
            return seen


async def _many(now: datetime) -> dict[str, int]:
    alps = await source("Alps", now=now, countries="AT,SI")
    gov = await source("gov.si", now=now, countries="SI")
    eu = await source("Have Your Say", now=now, countries="EU")
    soon, late = now + timedelta(days=2), now + timedelta(days=20)
    return {
        "a": await entry("a", now=now, of=alps, closes=late, topics=("water",)),
        "b": await entry("b", now=now, of=gov, language="sl", topics=("air", "water")),
        "c": await entry("c", now=now, of=eu, closes=soon, topics=()),
        "d": await entry("d", now=now, of=gov, closes=now - timedelta(days=1), topics=("air",)),
        "e": await entry("e", now=now, of=alps, topics=("water",)),
    }


@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        (Filters(), "caedb"),
        (Filters(newest=True), "edcba"),
        (Filters(country="SI"), "aedb"),
        (Filters(country="AT"), "ae"),
        (Filters(country="S"), ""),
        (Filters(country="SI", newest=True), "edba"),
        (Filters(country="AT", source="gov.si"), ""),
        (Filters(source="gov.si"), "db"),
        (Filters(topic="water"), "aeb"),
        (Filters(topic="water", newest=True), "eba"),
        (Filters(topic="air", language="sl"), "b"),
        (Filters(topic="carnivores"), ""),
        (Filters(deadline=True), "ca"),
        (Filters(deadline=True, newest=True), "ca"),
        (Filters(deadline=True, country="AT"), "a"),
    ],
)
async def test_what_is_shown_and_in_which_order(
    db: str, now: datetime, filters: Filters, wanted: str
):
    ids = await _many(now)
    names = {number: name for name, number in ids.items()}
    assert "".join(names[number] for number in await _pages(filters, now)) == wanted


async def test_two_hundred_stand_on_a_page_if_wanted(db: str, now: datetime):
    for n in range(60):
        await entry(f"Entry {n}", now=now)
    assert len((await queries.inbox(Filters(), now=now)).rows) == 50
    assert len((await queries.inbox(Filters(many=True), now=now)).rows) == 60


async def test_countries_and_sources_that_exist_can_be_chosen(db: str, now: datetime):
    await _many(now)
    choices = await heading.choices()
    assert choices.countries == ["AT", "EU", "SI"]
    assert sorted(choices.sources) == ["Alps", "Have Your Say", "gov.si"]


async def test_filters_stay_through_links_decisions_and_pages(db: str, now: datetime):
    ids = await _many(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get("/en/inbox?country=SI&sort=newest")
        assert f'href="/en/inbox?country=SI&amp;sort=newest&amp;item={ids["d"]}"' in page.text
        shown = "country=SI&sort=newest"
        page = await web.post(
            "/en/inbox/decide",
            {"entry": ids["e"], "do": "dismiss", "next": ids["d"], "list": shown},
        )
        assert str(page.url).endswith(f"/en/inbox?{shown}&item={ids['d']}")
        page = await web.get("/en/inbox?topic=carnivores")
        assert "No entry in the inbox fits this filter." in page.text
        page = await web.get("/en/inbox?after=1")
        assert "Nothing further in this list." in page.text
        page = await web.get("/en/inbox?sort=newest&after=2026-12-14T00:00_9")
        assert page.status_code == 200
