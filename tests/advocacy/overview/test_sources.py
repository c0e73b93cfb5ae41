from datetime import datetime, timedelta

import pytest

from advocacy.history.tables import Event
from advocacy.overview.actions import UNDO
from feeds.tables import Entry, Poll, Source
from tests.advocacy.overview import matters
from tests.browsing import browser
from tests.characters import ana, maja, presidency
from tests.queries_counted import counted

pytestmark = pytest.mark.anyio

LIST = b"""<?xml version="1.0"?><opml version="2.0"><body>
<outline text="Eins" xmlUrl="https://one.example/feed"/>
<outline text="Zwei" xmlUrl="https://two.example/feed"/>
<outline text="Schlecht" xmlUrl="ftp://bad.example/feed"/>
</body></opml>"""


async def test_only_the_secretariat_sees_the_board(db: str, now: datetime):
    of = await matters.source(now)
    for who in (await maja(now), (await presidency(now))[0]):
        async with browser(now) as web:
            await web.sign_in(who, now)
            for path in ("/en/sources", f"/en/sources/{of.id}", "/en/sources/list.opml"):
                assert (await web.get(path)).status_code == 404
            for path in ("/en/sources", "/en/sources/import", f"/en/sources/{of.id}/pause"):
                await web.get("/en/me")
                assert (await web.post(path)).status_code == 404
    assert (await Source.objects().first()).state == "active"


async def test_the_board_says_what_was_kept_what_failed_and_what_is_next(db: str, now: datetime):
    good = await matters.source(now, "Gute Quelle", last_success=now, rhythm_reason="every day")
    await Poll(
        source=good.id, started=now, ended=now, outcome="fetched", fetched=12, new=2, changed=1
    ).save()
    await matters.source(now, "Schlechte Quelle", failures=2, last_error="The server is silent.")
    old = now - timedelta(days=60)
    await matters.source(now, "Stille Quelle", last_success=now, last_new=old, gap=3600)
    await matters.source(now, "Pause", state="paused")
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get("/en/sources")
        rows = page.text.split("<tbody>")[1].split("</tbody>")[0].split("</tr>")
    assert ">12</td>" in rows[0]
    assert ">3</td>" in rows[0]
    assert "in order" in rows[0]
    assert "every day" in rows[0]
    assert "paused" in rows[1]
    assert "failed 2 times" in rows[2]
    assert "The server is silent." in rows[2]
    assert "unusually quiet" in rows[3]


async def test_three_sources_ask_as_much_as_one(db: str, now: datetime):
    await matters.source(now, "Eins")
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get("/en/sources")
        with counted() as with_one:
            await web.get("/en/sources")
        await matters.source(now, "Zwei")
        await matters.source(now, "Drei")
        with counted() as with_three:
            await web.get("/en/sources")
    assert len(with_three) == len(with_one)


async def test_a_source_is_added_once_however_often_the_form_is_sent(db: str, now: datetime):
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get("/en/sources")
        form = web.keys() | {"address": "https://one.example/feed", "kind": "feed", "name": "Eins"}
        for _ in range(2):
            page = await web.post("/en/sources", form)
            assert page.url.path.startswith("/en/sources/")
            assert "Eins" in page.text
    assert await Source.count() == 1
    assert await Event.count().where(Event.action == "source added") == 1


async def test_a_wrong_address_is_named_and_stays_in_its_field(db: str, now: datetime):
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        for address in ("", "ftp://one.example/", "javascript:alert(1)", "http://127.0.0.1:8000/"):
            await web.get("/en/sources")
            page = await web.post("/en/sources", {"address": address, "kind": "auto"})
            assert page.status_code == 422
            assert 'href="#address"' in page.text
            assert "<title>Error:" in page.text
            assert not address or f'value="{address}"' in page.text
        bad = await web.post(
            "/en/sources", {"address": "https://a.example", "kind": "gopher", "language": "xx"}
        )
        assert bad.status_code == 422
        assert 'href="#kind"' in bad.text
        assert 'href="#language"' in bad.text
    assert await Source.count() == 0


async def test_a_pause_can_be_undone(db: str, now: datetime):
    of = await matters.source(now)
    office = await ana(now)
    async with browser(now) as web:
        await web.sign_in(office, now)
        await web.get("/en/sources")
        page = await web.post(f"/en/sources/{of.id}/pause")
        assert "The source is paused." in page.text
    event = await Event.objects().where(Event.action == "source paused").first()
    assert (await Source.objects().first()).state == "paused"
    assert await UNDO[event.action](event, office, now) == "/sources"
    assert (await Source.objects().first()).state == "active"
    assert await Event.count().where(Event.undoes == event.id) == 1


async def test_visiting_by_hand_says_what_was_wrong(db: str, now: datetime):
    of = await matters.source(now, address="http://127.0.0.1:9/feed")
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get("/en/sources")
        page = await web.post(f"/en/sources/{of.id}/poll")
        assert "Visited without success:" in page.text
        assert (await web.post("/en/sources/999/poll")).status_code == 404
        await web.get("/en/sources")
        assert (await web.post("/en/sources/99999999999999/pause")).status_code == 404
    assert await Poll.count().where(Poll.source == of.id) == 1
    assert await Entry.count() == 0


async def test_a_list_is_imported_with_what_was_refused_and_exported_again(db: str, now: datetime):
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get("/en/sources")
        page = await web.post("/en/sources/import", files={"file": ("list.opml", LIST)})
        assert "2 added, 0 known already, 1 refused." in page.text
        assert "ftp://bad.example/feed" in page.text
        out = await web.get("/en/sources/list.opml")
        assert out.headers["content-disposition"] == 'attachment; filename="alphorn.opml"'
        assert b"https://two.example/feed" in out.content
        await web.get("/en/sources")
        for content in (b"", b"not a list", b"<html></html>"):
            page = await web.post("/en/sources/import", files={"file": ("x", content)})
            assert page.status_code == 422
            assert 'href="#file"' in page.text
    assert await Source.count() == 2


async def test_one_source_shows_its_last_ten_visits(db: str, now: datetime):
    of = await matters.source(now)
    for place in range(12):
        at = now + timedelta(hours=place)
        visit = Poll(source=of.id, started=at, ended=at, outcome="failed")
        visit.error = f"No. {place}."
        await visit.save()
    await matters.entry(now, of, "Eine Meldung")
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get(f"/en/sources/{of.id}")
        assert (await web.get("/en/sources/12345")).status_code == 404
    assert [f"No. {place}." in page.text for place in (1, 2, 11)] == [False, True, True]
    assert "Eine Meldung" in page.text
