"""The buttons as forms: everything goes without a script."""

from datetime import UTC, datetime, timedelta

import pytest

from advocacy.dossiers.tables import Dossier, DossierEntry, Window
from advocacy.history.tables import Event
from advocacy.triage.rules import Decision
from advocacy.triage.tables import Triage
from tests.advocacy.triage.sample import NUMBER, SENTENCE, entry
from tests.browsing import Browser, browser
from tests.characters import ana

pytestmark = pytest.mark.anyio

CLOSES = datetime(2026, 12, 14, 22, 59, 59, tzinfo=UTC)
DECIDE = "/en/inbox/decide"


async def _dossier(web: Browser, number: int) -> str:
    """Opened from an entry by the panel."""
    await web.get("/en/inbox")
    await web.post(DECIDE, {"entry": number, "do": "open", "title": "Herds", "deadline": ""})
    [row] = await Dossier.select(Dossier.number).order_by(Dossier.id, ascending=False).limit(1)
    return str(row["number"])


async def _decisions() -> dict[int, str]:
    rows = await Triage.select(Triage.entry, Triage.decision)
    return {row["entry"]: row["decision"] for row in rows}


async def test_the_panel_is_filled_in_with_what_was_read(db: str, now: datetime):
    number = await entry("Protection of herds", now=now, closes=CLOSES, numbers=(NUMBER,))
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = (await web.get(f"/en/inbox?item={number}")).text
    assert '<input id="title" name="title" type="text" value="Protection of herds"' in page
    assert '<input id="deadline" name="deadline" type="text" value="14.12.2026"' in page
    assert '<input type="checkbox" name="topics" value="carnivores" checked>' in page
    assert f'href="/en/inbox/{number}/open"' in page


async def test_three_fields_open_a_dossier_and_lead_back_to_the_next_entry(db: str, now: datetime):
    following = await entry("Next", now=now, closes=CLOSES + timedelta(days=1))
    number = await entry("Protection of herds", now=now, closes=CLOSES, numbers=(NUMBER,))
    form = {
        "entry": number, "do": "open", "title": "Herds and wolves", "deadline": "14.12.2026",
        "topics": ["carnivores", "farming"], "next": following, "list": "deadline=1",
    }  # fmt: skip
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get("/en/inbox")
        page = await web.post(DECIDE, form)
        assert str(page.url).endswith(f"/en/inbox?deadline=1&item={following}")
        assert "Created: 2026-001 Herds and wolves" in page.text
        [event] = await Event.select(Event.id).where(Event.action == "dossier opened")
        [dossier] = await Dossier.select()
        assert (dossier["title"], dossier["topics"]) == ("Herds and wolves", "farming,carnivores")
        assert (dossier["procedure_number"], dossier["language"]) == (NUMBER, "en")
        [window] = await Window.select()
        assert (window["closes"], window["evidence"]) == (CLOSES, SENTENCE)
        assert await _decisions() == {number: Decision.DOSSIER}
        await web.post(f"/en/undo/{event['id']}")
        assert (await _decisions(), await Dossier.count()) == ({}, 0)


async def test_another_deadline_than_the_one_read_has_no_sentence(db: str, now: datetime):
    number = await entry("Herds", now=now, closes=CLOSES)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get("/en/inbox")
        form = {"entry": number, "do": "open", "title": "Herds", "deadline": "15.12.2026"}
        await web.post(DECIDE, form)
    [window] = await Window.select()
    assert (window["closes"], window["evidence"]) == (CLOSES + timedelta(days=1), "")


async def test_a_past_deadline_stays_on_the_page_with_what_may_have_been_meant(
    db: str, now: datetime
):
    await entry("Other", now=now)
    number = await entry("Herds", now=now, closes=CLOSES)
    form = {
        "entry": number, "do": "open", "part": "entry", "title": "My own words",
        "deadline": "14.11.2026", "topics": "water", "list": "language=en",
    }  # fmt: skip
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get("/en/inbox")
        page = await web.post(DECIDE, form)
        assert page.status_code == 422
        assert "The deadline 14.11.2026 is in the past. Did you mean 14.12.2026?" in page.text
        assert 'href="#deadline"' in page.text
        assert 'value="My own words"' in page.text
        assert '<input type="checkbox" name="topics" value="water" checked>' in page.text
        assert '<details class="opening" id="opening" open>' in page.text
        assert "<title>Error:" in page.text
        assert (await web.post(DECIDE, form | {"title": ""})).status_code == 422
        assert await Dossier.count() == 0
        await web.post(DECIDE, form | {"past": "yes"})
        assert await Dossier.count() == 1


async def test_a_dossier_is_opened_from_one_entry(db: str, now: datetime):
    ids = [await entry(f"Entry {n}", now=now) for n in range(2)]
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get("/en/inbox")
        page = await web.post(DECIDE, {"entry": ids, "do": "open", "title": "Herds"})
        assert page.status_code == 422
        assert await _decisions() == {}
        form = {"entry": 424242, "do": "open", "title": "Herds"}
        assert (await web.post(DECIDE, form)).status_code == 404


async def test_the_selection_is_attached_to_a_dossier_as_one_act(db: str, now: datetime):
    first = await entry("First", now=now)
    ids = [await entry(f"Entry {n}", now=now) for n in range(3)]
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        number = await _dossier(web, first)
        page = await web.post(DECIDE, {"entry": ids, "do": "attach", "dossier": number})
        assert f"3 entries: Belongs to a dossier: {number} Herds" in page.text
        assert await DossierEntry.count() == 4
        [event] = await Event.select(Event.id).where(Event.action == "entry attached")
        await web.post(f"/en/undo/{event['id']}")
        assert await _decisions() == {first: Decision.DOSSIER}
        assert await DossierEntry.count() == 1


@pytest.mark.parametrize("dossier", ["", "2026-999", "x", "2026-001; DROP"])
async def test_a_dossier_that_is_not_there_is_named_at_its_field(
    db: str, now: datetime, dossier: str
):
    number = await entry("Entry", now=now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get("/en/inbox")
        form = {"entry": number, "do": "attach", "dossier": dossier, "part": "entry"}
        page = await web.post(DECIDE, form)
    assert page.status_code == 422
    assert 'href="#dossier"' in page.text
    assert await _decisions() == {}


async def test_the_selection_is_dismissed_with_a_reason(db: str, now: datetime):
    ids = [await entry(f"Entry {n}", now=now) for n in range(3)]
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get("/en/inbox")
        form = {"entry": ids, "do": "dismiss", "reason": "only information"}
        page = await web.post(DECIDE, form)
    assert "3 entries: Dismissed (Only information)" in page.text
    assert {row["reason"] for row in await Triage.select()} == {"only information"}


async def test_an_entry_waits_until_a_chosen_day(db: str, now: datetime):
    ids = [await entry(f"Entry {n}", now=now) for n in range(2)]
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get("/en/inbox")
        page = await web.post(DECIDE, {"entry": ids, "do": "on a day", "day": "2026-12-01"})
        assert "2 entries: Later (1 Dec 2026)" in page.text
    rows = await Triage.select(Triage.until)
    assert {row["until"] for row in rows} == {datetime(2026, 12, 1, 5, tzinfo=UTC)}


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("", "Enter a day like 14.12.2026"),
        ("soon", "Enter a day like 14.12.2026"),
        ("31.2.2027", "Enter a day like 14.12.2026"),
        ("2026-11-22", "The day 22.11.2026 is not ahead. Choose tomorrow or later."),
        ("2026-11-23", "The day 23.11.2026 is not ahead. Choose tomorrow or later."),
        ("2096-11-23", "Choose a day within a year"),
    ],
)
async def test_a_day_that_cannot_be_meant_keeps_page_words_and_selection(
    db: str, now: datetime, day: str, said: str
):
    number = await entry("Entry", now=now)
    other = await entry("Other", now=now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get("/en/inbox")
        form = {"entry": number, "do": "on a day", "day": day}
        page = await web.post(DECIDE, form | {"part": "entry", "list": "sort=newest"})
        assert page.status_code == 422
        assert said in page.text
        assert f'name="day" type="date" value="{day}" aria-invalid="true"' in page.text
        assert 'name="list" value="sort=newest"' in page.text
        more = {"part": "selection", "item": other}
        page = await web.post(DECIDE, form | more)
        assert 'href="#selected-day"' in page.text
        assert f'name="entry" value="{number}" checked' in page.text
    assert await _decisions() == {}


async def test_a_selection_of_nothing_or_of_too_much_is_refused_on_the_page(db: str, now: datetime):
    await entry("Entry", now=now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get("/en/inbox")
        page = await web.post(DECIDE, {"do": "dismiss", "part": "selection"})
        assert page.status_code == 422
        assert "Select at least one entry" in page.text
        many = ",".join(str(n) for n in range(1, 202))
        page = await web.post(DECIDE, {"do": "dismiss", "part": "selection", "entry": many})
        assert "Select at most 200 entries" in page.text


async def test_two_hundred_entries_are_one_act_and_one_undo(db: str, now: datetime):
    ids = [await entry(f"Entry {n}", now=now) for n in range(200)]
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get("/en/inbox")
        await web.post(DECIDE, {"entry": ids, "do": "later"})
        assert len(await _decisions()) == 200
        [event] = await Event.select(Event.id).where(Event.action == "entry put off")
        await web.post(f"/en/undo/{event['id']}")
        assert await _decisions() == {}


async def test_keys_are_switched_off_on_the_page_and_it_is_remembered(db: str, now: datetime):
    number = await entry("Entry", now=now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get("/en/inbox?language=en")
        assert '<body data-keys="on">' in page.text
        here = f"/en/inbox?language=en&item={number}"
        page = await web.post("/en/me", {"language": "de", "keys_on": "0", "to": here})
        assert str(page.url).endswith(here)
        assert "data-keys" not in page.text.split("<main")[0]
        assert "Switch keys on" in page.text
        assert "<body>" in (await web.get("/en/inbox")).text


async def test_where_a_refused_decision_stands_is_the_inbox_when_it_is_read(db: str, now: datetime):
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        assert str((await web.get("/en/inbox/decide")).url).endswith("/en/inbox")


async def test_decisions_are_found_by_person_day_and_kind(db: str, now: datetime):
    mine = await ana(now)
    ids = [await entry(f"Entry {n}", now=now) for n in range(3)]
    async with browser(now) as web:
        await web.sign_in(mine, now)
        await web.get("/en/inbox")
        await web.post(DECIDE, {"entry": ids[0], "do": "dismiss"})
        await web.post(DECIDE, {"entry": ids[1], "do": "duplicate"})
    tomorrow = now + timedelta(days=1)
    async with browser(tomorrow) as web:
        await web.sign_in(mine, tomorrow)
        await web.get("/en/inbox")
        await web.post(DECIDE, {"entry": ids[2], "do": "dismiss"})
        shown = {
            "": [0, 1, 2],
            "?decision=dismissed": [0, 2],
            "?day=2026-11-23": [0, 1],
            "?day=24.11.2026": [2],
            "?day=2026-11-24&decision=duplicate": [],
            f"?person={mine.id}": [0, 1, 2],
            f"?person={mine.id + 1}": [],
            "?day=soon&person=x&decision=exploded": [0, 1, 2],
        }
        for query, wanted in shown.items():
            page = await web.get(f"/en/inbox/decided{query}")
            assert [n for n in range(3) if f"Entry {n}<" in page.text] == wanted, query
