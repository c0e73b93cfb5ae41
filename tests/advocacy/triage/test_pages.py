from datetime import UTC, datetime, timedelta

import pytest

from advocacy.history.tables import Event
from advocacy.triage.rules import Decision
from advocacy.triage.tables import Triage
from tests.advocacy.triage.sample import NUMBER, entry, source
from tests.browsing import browser
from tests.characters import ana, luca, maja, presidency
from tests.queries_counted import counted

pytestmark = pytest.mark.anyio

CLOSES = datetime(2026, 12, 14, 22, 59, 59, tzinfo=UTC)


async def test_an_entry_shows_its_deadline_with_the_sentence_and_its_topics(db: str, now: datetime):
    number = await entry("Protection of herds", now=now, closes=CLOSES, numbers=(NUMBER,))
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get(f"/en/inbox?item={number}")
    assert page.status_code == 200
    assert "<mark>until 14 December 2026</mark>" in page.text
    assert "Monday, 14 December 2026, 24:00" in page.text
    assert "(wolves)" in page.text
    assert NUMBER in page.text
    assert "Inbox (1)" in page.text


async def test_foreign_text_says_its_language(db: str, now: datetime):
    await entry("Osnutek zakona o vodah", now=now, language="sl")
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get("/de/inbox")
    assert '<h2 id="entry-title" tabindex="-1" lang="sl">Osnutek zakona o vodah</h2>' in page.text
    assert '<strong lang="sl">Osnutek' in page.text


async def test_titles_are_escaped(db: str, now: datetime):
    await entry("<script>alert(1)</script>", now=now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get("/en/inbox")
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert(1)" in page.text


async def test_a_decision_leads_to_the_next_entry_with_an_undo(db: str, now: datetime):
    second, first = await entry("Second", now=now), await entry("First", now=now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get("/en/inbox")
        page = await web.post("/en/inbox/decide", {"entry": first, "do": "dismiss", "next": second})
        assert str(page.url).endswith(f"/en/inbox?item={second}")
        assert "1 entry: Dismissed" in page.text
        assert "1 of 2 decided today" in page.text
        [event] = await Event.select(Event.id).where(Event.kind == "entry")
        assert f'action="/en/undo/{event["id"]}"' in page.text
        page = await web.post(f"/en/undo/{event['id']}")
        assert await Triage.count() == 0
        assert "First" in page.text


async def test_the_other_reasons_are_offered_after_dismissing(db: str, now: datetime):
    number = await entry("Entry", now=now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get("/en/inbox")
        page = await web.post("/en/inbox/decide", {"entry": number, "do": "dismiss"})
        assert f'action="/en/inbox/{number}/reason"' in page.text
        page = await web.post(f"/en/inbox/{number}/reason", {"reason": "too late"})
        assert "Too late" in page.text
        assert (await web.post(f"/en/inbox/{number}/reason", {"reason": "none"})).status_code == 422
    [row] = await Triage.select(Triage.reason)
    assert row["reason"] == "too late"


async def test_the_same_form_twice_is_one_act(db: str, now: datetime):
    number = await entry("Entry", now=now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get("/en/inbox")
        keys = web.keys()
        first = await web.post("/en/inbox/decide", {"entry": number, "do": "dismiss"})
        again = await web.post("/en/inbox/decide", keys | {"entry": number, "do": "dismiss"})
    assert (first.status_code, again.status_code) == (200, 200)
    assert await Event.count().where(Event.kind == "entry") == 1


async def test_a_second_decision_shows_the_first(db: str, now: datetime):
    number = await entry("Entry", now=now)
    async with browser(now) as web:
        await web.sign_in(await luca(now), now)
        await web.get("/en/inbox")
        await web.post("/en/inbox/decide", {"entry": number, "do": "dismiss"})
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get("/en/me")
        page = await web.post("/en/inbox/decide", {"entry": number, "do": "later"})
        assert page.status_code == 409
        assert "Luca Beispiel dismissed this (Not our topic) · 23 Nov 2026, 09:40" in page.text
        assert f"/en/inbox?item={number}" in page.text
    [row] = await Triage.select(Triage.decision)
    assert row["decision"] == Decision.DISMISSED


async def test_several_at_once(db: str, now: datetime):
    ids = [await entry(f"Entry {n}", now=now) for n in range(3)]
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get("/en/inbox")
        page = await web.post("/en/inbox/decide", {"entry": ids[:2], "do": "later"})
        assert "2 entries: Later" in page.text
        page = await web.get("/en/inbox/later")
        assert page.text.count("comes back:") == 2
        assert "Entry 0" in (await web.get(f"/en/inbox?item={ids[0]}")).text


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"do": "dismiss"},
        {"entry": "x", "do": "dismiss"},
        {"entry": "1", "do": "explode"},
        {"entry": "99999999999999999999", "do": "dismiss"},
        {"entry": "-1", "do": "dismiss"},
        {"entry": ",".join(str(n) for n in range(1, 500)), "do": "dismiss"},
    ],
)
async def test_a_form_that_says_nothing_is_refused(db: str, now: datetime, form: dict[str, str]):
    await entry("Entry", now=now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get("/en/inbox")
        assert (await web.post("/en/inbox/decide", form)).status_code == 422
    assert await Triage.count() == 0


async def test_garbage_in_addresses_is_never_a_fault_of_ours(db: str, now: datetime):
    await entry("Entry", now=now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        for path, status in {
            "/en/inbox?item=x": 200,
            "/en/inbox?item=99999999999999999999": 200,
            "/en/inbox?item=424242": 404,
            "/en/inbox?after=%00&source=%00&language=%00": 200,
            "/en/inbox/decided?before=x": 200,
            "/en/inbox/later?after=x": 200,
            "/en/inbox/99999999999999999999/open": 404,
            "/en/inbox/x/open": 404,
        }.items():
            assert (await web.get(path)).status_code == status, path


async def test_only_the_secretariat_sees_the_inbox(db: str, now: datetime):
    number = await entry("Entry", now=now)
    for person in (await maja(now), (await presidency(now))[0]):
        async with browser(now) as web:
            await web.sign_in(person, now)
            for path in ("", "/decided", "/later", f"/{number}/open"):
                assert (await web.get(f"/en/inbox{path}")).status_code == 404
            await web.get("/en/me")
            form = {"entry": number, "do": "dismiss"}
            assert (await web.post("/en/inbox/decide", form)).status_code == 404
    assert await Triage.count() == 0


async def test_an_empty_inbox_says_why_and_what_next(db: str, now: datetime):
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get("/en/inbox")
        assert "The inbox is empty" in page.text
        assert "Add a source" in page.text
        number = await entry("Entry", now=now)
        await web.get("/en/inbox")
        page = await web.post("/en/inbox/decide", {"entry": number, "do": "dismiss"})
        assert "1 entry decided today:" in page.text
        assert "Dismissed 1" in page.text
        assert "Next visit to a source: 09:40" in page.text
        page = await web.get("/en/inbox?language=sl")
        assert "No entry in the inbox fits this filter." in page.text
        assert "Nothing has been put off." in (await web.get("/en/inbox/later")).text


async def test_decided_entries_stand_with_who_when_why_and_undo(db: str, now: datetime):
    number = await entry("Entry", now=now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get("/en/inbox/decided")
        assert "Nothing has been decided yet." in page.text
        await web.get("/en/inbox")
        await web.post("/en/inbox/decide", {"entry": number, "do": "dismiss"})
        page = await web.get("/en/inbox/decided")
        assert "Ana Muster · 23 Nov 2026, 09:40" in page.text
        assert "/en/undo/" in page.text
    async with browser(now + timedelta(days=31)) as web:
        await web.sign_in(await ana(now), now + timedelta(days=31))
        assert "/en/undo/" not in (await web.get("/en/inbox/decided")).text


async def test_keys_stand_in_a_dialog_and_on_the_buttons(db: str, now: datetime):
    await entry("Entry", now=now)
    await entry("Another", now=now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = (await web.get("/en/inbox")).text
    assert '<dialog id="keys"' in page
    assert all(f'data-key="{key}"' in page for key in ["1", "3", "4", "h", "v", "x", "j"])
    assert "Switch keys off" in page


async def test_a_broken_source_is_announced(db: str, now: datetime):
    broken = await source("Broken", now=now, failures=3)
    await entry("Entry", now=now, of=broken)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        assert "1 source cannot be read at the moment" in (await web.get("/en/inbox")).text


async def test_the_page_costs_the_same_with_one_and_with_three_entries(db: str, now: datetime):
    await entry("One entry", now=now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get("/en/inbox")
        with counted() as one:
            await web.get("/en/inbox")
        await entry("Two entries", now=now)
        await entry("Three entries", now=now)
        await web.get("/en/inbox")  # what each may repeat is looked for once
        with counted() as three:
            await web.get("/en/inbox")
    assert len(one) == len(three)


async def test_decided_entries_cost_the_same_with_one_and_with_three(db: str, now: datetime):
    ids = [await entry(f"Entry {n}", now=now) for n in range(3)]
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get("/en/inbox")
        await web.post("/en/inbox/decide", {"entry": ids[0], "do": "dismiss"})
        await web.get("/en/inbox/decided")
        with counted() as one:
            await web.get("/en/inbox/decided")
        await web.get("/en/inbox")
        await web.post("/en/inbox/decide", {"entry": ids[1:], "do": "dismiss"})
        await web.get("/en/inbox/decided")
        with counted() as three:
            await web.get("/en/inbox/decided")
    assert len(one) == len(three)
