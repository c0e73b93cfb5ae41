import json
from datetime import datetime
from typing import Any

import pytest

from advocacy.errors import Outdated
from advocacy.history.tables import Event
from advocacy.overview import actions
from advocacy.overview.forms import as_change
from advocacy.undoing.actions import undo
from feeds.sources import shipped
from feeds.tables import Source
from tests.advocacy.overview import matters
from tests.browsing import Browser, browser
from tests.characters import ana, luca

pytestmark = pytest.mark.anyio
TYPED = {
    "name": "Deželni svet",
    "language": "sl",
    "zone": "Europe/Ljubljana",
    "countries": ["SI", "AT"],
    "selector": "main .novice",
}


async def page_source(now: datetime, **more: Any) -> Source:
    return await matters.source(
        now, "Svet", kind="page", settings='{"selector": "#a", "own": 1}', etag='"e"', **more
    )


async def the_source() -> Source:
    found = await Source.objects().first()
    assert found is not None
    return found


async def typed_into(web: Browser, of: Source, **more: Any) -> dict[str, Any]:
    page = await web.get(f"/en/sources/{of.id}/edit")
    base = page.text.split('name="base" value="')[1].split('"')[0]
    return {**TYPED, "base": base, **more}


async def test_the_settings_are_changed_and_the_document_is_read_anew(db: str, now: datetime):
    of = await page_source(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.post(f"/en/sources/{of.id}/edit", await typed_into(web, of))
        assert "The settings of the source are kept." in page.text
        assert "Undo" in page.text
    after = await the_source()
    assert (after.name, after.language, after.zone) == ("Deželni svet", "sl", "Europe/Ljubljana")
    assert after.countries == "SI,AT"
    assert json.loads(after.settings) == {"selector": "main .novice", "language": "sl", "own": 1}
    assert (after.etag, after.next_due) == (None, now)


async def test_another_name_is_no_reason_to_read_the_document_anew(db: str, now: datetime):
    of = await page_source(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        kept = {"language": "", "selector": "#a"}
        await web.post(f"/en/sources/{of.id}/edit", await typed_into(web, of, **kept))
    after = await the_source()
    assert (after.name, after.etag) == ("Deželni svet", '"e"')


async def test_a_change_is_in_the_history_and_can_be_undone_once(db: str, now: datetime):
    of, office = await page_source(now), await ana(now)
    before = as_change(of)
    async with browser(now) as web:
        await web.sign_in(office, now)
        await web.post(f"/en/sources/{of.id}/edit", await typed_into(web, of))
    event = await Event.objects().where(Event.action == "source changed").first()
    assert event is not None
    assert await undo(event.id, by=office, now=now) == f"/sources/{of.id}"
    assert as_change(await the_source()) == before
    with pytest.raises(Outdated):
        await undo(event.id, by=office, now=now)


async def test_two_people_change_at_once_and_the_second_sees_both_versions(db: str, now: datetime):
    of = await page_source(now)
    async with browser(now) as first, browser(now) as second:
        await first.sign_in(await ana(now), now)
        await second.sign_in(await luca(now), now)
        mine = await typed_into(first, of, name="Mein Name")
        theirs = await typed_into(second, of, name="Il loro nome")
        await second.post(f"/en/sources/{of.id}/edit", theirs)
        page = await first.post(f"/en/sources/{of.id}/edit", mine)
    assert page.status_code == 409
    assert "Il loro nome" in page.text
    assert "Mein Name" in page.text
    assert (await the_source()).name == "Il loro nome"


async def test_nothing_changed_is_no_act(db: str, now: datetime):
    of, office = await page_source(now), await ana(now)
    same = as_change(of)
    assert await actions.change(of.id, same, base="", by=office, now=now) is None
    assert await Event.count().where(Event.action == "source changed") == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "x" * 301),
        ("language", "xx"),
        ("zone", "Mars/Olympus"),
        ("countries", ["SI", "ZZ"]),
        ("selector", "main >>> ["),
        ("selector", "p::before::after"),
        ("selector", "x" * 301),
    ],
)
async def test_what_cannot_be_meant_is_named_and_what_was_typed_stays(
    db: str, now: datetime, field: str, value: Any
):
    of = await page_source(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        form = await typed_into(web, of, **{field: value})
        page = await web.post(f"/en/sources/{of.id}/edit", form)
    assert page.status_code == 422
    assert f'href="#{field}"' in page.text
    assert f'id="{field}"' in page.text
    assert "main .novice" in page.text or field == "selector"
    assert (await the_source()).name == "Svet"


async def test_the_usual_rhythm_forgets_the_failures_and_makes_it_due(db: str, now: datetime):
    of = await matters.source(now, failures=9, first_failure=now, last_error="Silence.")
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        assert "Usual rhythm" in (await web.get(f"/en/sources/{of.id}")).text
        page = await web.post(f"/en/sources/{of.id}/rhythm")
        assert "in its usual rhythm" in page.text
        assert "Usual rhythm" not in page.text
    after = await the_source()
    assert (after.failures, after.first_failure, after.last_error) == (0, None, "")
    assert await Event.count().where(Event.action == "source rhythm restored") == 1
    await Source.update({Source.state: "paused"}).where(Source.id == of.id)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get(f"/en/sources/{of.id}")
        assert (await web.post(f"/en/sources/{of.id}/rhythm")).status_code == 409


async def test_the_list_for_the_alps_says_what_is_verified_and_what_is_watched(
    db: str, now: datetime
):
    known = next(each for each in shipped() if each.is_verified)
    await matters.source(now, known.name, kind=known.kind)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get("/en/sources/list")
    assert page.status_code == 200
    text = page.text
    assert text.count(">verified<") == sum(each.is_verified for each in shipped())
    assert text.count(">not verified<") == sum(not each.is_verified for each in shipped())
    assert text.count("watched already") == 1
    assert text.count('name="name"') == len(shipped()) - 1


async def test_chosen_sources_of_the_list_are_added_once(db: str, now: datetime):
    chosen = [each for each in shipped() if each.is_verified and each.kind != "page"][:2]
    names = [each.name for each in chosen]
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get("/en/sources/list")
        page = await web.post("/en/sources/list", {"name": names})
        assert "2 sources are watched from now on." in page.text
        await web.get("/en/sources/list")
        page = await web.post("/en/sources/list", {"name": names})
        assert "0 sources are watched from now on." in page.text
    rows = await Source.select(Source.name, Source.kind).order_by(Source.id)
    assert sorted((row["name"], row["kind"]) for row in rows) == sorted(
        (each.name, each.kind) for each in chosen
    )
    assert await Event.count().where(Event.action == "sources imported") == 1


async def test_choosing_nothing_or_something_else_from_the_list_adds_nothing(
    db: str, now: datetime
):
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        for names in ([], ["Nowhere"], [f"Nowhere {number}" for number in range(21)]):
            await web.get("/en/sources/list")
            page = await web.post("/en/sources/list", {"name": names})
            assert page.status_code == 422
            assert 'href="#name"' in page.text
            assert 'id="name"' in page.text
    assert await Source.count() == 0
