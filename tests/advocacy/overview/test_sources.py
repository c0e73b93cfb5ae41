import re
from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest
from markupsafe import escape

from advocacy.history.tables import Event
from advocacy.overview import labels
from advocacy.overview.actions import UNDO
from advocacy.overview.health import Health
from feeds.parsing import KINDS
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


async def visit(of: Source, at: datetime, outcome: str, **more: Any) -> None:
    await Poll(source=of.id, started=at, ended=at, outcome=outcome, **more).save()


def rows_of(page: str) -> list[dict[str, str]]:
    """The board as it is read: name, state and all words of each row."""
    if "<tbody>" not in page:
        return []
    found = []
    for row in page.split("<tbody>")[1].split("</tbody>", maxsplit=1)[0].split("</tr>")[:-1]:
        name = re.search(r"<a [^>]*>(.*?)</a>", row)
        state = re.search(r'<span class="tag[^>]*>(.*?)</span>', row)
        text = " ".join(unescape(re.sub("<[^>]*>", " ", row)).split())
        assert name and state
        found.append({"name": name[1], "state": state[1], "text": text, "html": row})
    return found


async def test_only_the_secretariat_sees_the_board(db: str, now: datetime):
    of = await matters.source(now)
    for who in (await maja(now), (await presidency(now))[0]):
        async with browser(now) as web:
            await web.sign_in(who, now)
            paths = ("", f"/{of.id}", f"/{of.id}/edit", "/list", "/list.opml")
            for path in (f"/en/sources{each}" for each in paths):
                assert (await web.get(path)).status_code == 404
            acts = (
                "",
                "/import",
                "/list",
                *(f"/{of.id}/{act}" for act in ("pause", "rhythm", "edit")),
            )
            for path in (f"/en/sources{each}" for each in acts):
                await web.get("/en/me")
                assert (await web.post(path)).status_code == 404
    assert (await Source.objects().first()).state == "active"


async def test_the_board_says_what_was_kept_what_failed_and_what_is_next(db: str, now: datetime):
    good = await matters.source(
        now, "Gute Quelle", last_success=now, rhythm_reason="every day", gap=86_400,
        created=now - timedelta(days=90), last_new=now,
    )  # fmt: skip
    for hours, count in ((9, 30), (8, 31), (7, 30), (1, 29)):
        await visit(good, now - timedelta(hours=hours), "fetched", fetched=count, new=2, changed=1)
    bad = await matters.source(now, "Schlechte Quelle", failures=3, last_error="Silence.")
    await visit(bad, now, "failed")
    old = now - timedelta(days=60)
    quiet = await matters.source(now, "Stille Quelle", last_success=now, last_new=old, gap=3600)
    await visit(quiet, now, "unchanged")
    await matters.source(now, "Pause", state="paused", state_reason="paused by hand")
    await matters.source(now, "Neu")
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get("/en/sources")
    assert "2 of 5 sources need a look." in page.text
    rows = rows_of(page.text)
    assert [row["name"] for row in rows] == [
        *("Schlechte Quelle", "Stille Quelle", "Neu", "Gute Quelle", "Pause"),
    ]
    assert [row["state"] for row in rows] == [
        *("keeps failing", "unusually quiet", "not visited yet", "read", "paused"),
    ]
    assert "Silence." in rows[0]["text"]
    assert "Nothing new for 60 days" in rows[1]["text"]
    assert "29 usual: 30" in rows[3]["text"]
    assert "3 usual: 3" in rows[3]["text"]
    assert "8 usual: 7" in rows[3]["text"]
    assert "every day" in rows[3]["text"]


OUTCOMES = ("gone", "blocked", "login", "shell", "page", "unreadable", "empty")


async def test_every_outcome_has_a_word_of_its_own_and_says_what_to_do(db: str, now: datetime):
    for outcome in OUTCOMES:
        state = "gone" if outcome == "gone" else "active"
        of = await matters.source(now, outcome, failures=1, state=state)
        await visit(of, now, outcome)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        rows = rows_of((await web.get("/en/sources")).text)
    assert [row["name"] for row in rows] == list(OUTCOMES)
    assert [row["state"] for row in rows] == [str(labels.OUTCOMES[each]) for each in OUTCOMES]
    assert all(escape(str(labels.EXPLAINED[row["name"]])) in row["html"] for row in rows)
    assert len({row["state"] for row in rows}) == len(OUTCOMES)


def test_whatever_a_visit_or_a_source_can_be_has_word_colour_and_explanation():
    for each in Health:
        assert each in labels.HEALTH
        assert each in labels.COLOURS
        assert each in labels.EXPLAINED
    assert set(labels.OUTCOMES) <= set(labels.COLOURS)
    assert {"auto", *KINDS} == set(labels.KINDS)


async def test_one_failure_needs_no_look_and_a_stop_by_itself_does(db: str, now: datetime):
    once = await matters.source(now, "Einmal", failures=1)
    await visit(once, now, "failed")
    await matters.source(now, "Ende", state="paused", state_reason="It has moved in a circle.")
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get("/en/sources")
        assert "1 of 2 sources needs a look." in page.text
        assert [row["state"] for row in rows_of(page.text)] == ["stopped by itself", "failed"]
        assert "It has moved in a circle." in page.text
        ended = await Source.objects().where(Source.name == "Ende").first()
        page = await web.get(f"/en/sources/{ended.id}")
        assert "Put aside" in page.text
        await web.post(f"/en/sources/{ended.id}/pause")
        page = await web.get("/en/sources")
    assert "No source needs a look; 2 are watched." in page.text


async def test_our_own_outage_is_said_once_on_top_and_of_no_source(db: str, now: datetime):
    for name in ("Eins", "Zwei"):
        of = await matters.source(now, name)
        await visit(of, now - timedelta(hours=2), "unchanged")
    for of in await Source.objects():
        await visit(of, now - timedelta(hours=1), "outage")
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get("/en/sources")
    assert page.text.count("Nothing can be reached from here at the moment.") == 1
    assert "Since: Monday, 23 November 2026, 08:40" in page.text
    assert [row["state"] for row in rows_of(page.text)] == ["nothing new", "nothing new"]


async def test_the_board_is_filtered_by_state_country_kind_and_language(db: str, now: datetime):
    await matters.source(now, "Eins", countries="AT,SI", kind="feed", language="de")
    await matters.source(now, "Zwei", countries="IT", kind="ical", language="it")
    bad = await matters.source(now, "Drei", countries="SI", kind="feed", language="sl")
    await visit(bad, now, "blocked")
    shown = {
        "country=SI": ["Drei", "Eins"],
        "kind=ical": ["Zwei"],
        "language=de": ["Eins"],
        "show=look": ["Drei"],
        "show=look&country=IT": [],
        "show=paused": [],
        "country=XX&kind=nonsense&show=%00": ["Drei", "Eins", "Zwei"],
    }
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        for query, names in shown.items():
            page = await web.get(f"/en/sources?{query}")
            assert page.status_code == 200
            assert "1 of 3 sources needs a look." in page.text
            assert [row["name"] for row in rows_of(page.text)] == names


async def test_three_sources_ask_as_much_as_one(db: str, now: datetime):
    await visit(await matters.source(now, "Eins"), now, "fetched", fetched=3)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get("/en/sources")
        with counted() as with_one:
            await web.get("/en/sources")
        await visit(await matters.source(now, "Zwei"), now, "blocked")
        await visit(await matters.source(now, "Drei"), now, "fetched", fetched=3)
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
        await visit(of, at, "failed", error=f"No. {place}.", reason=f"because {place}")
    await matters.entry(now, of, "Eine Meldung")
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get(f"/en/sources/{of.id}")
        assert (await web.get("/en/sources/12345")).status_code == 404
    assert [f"No. {place}." in page.text for place in (1, 2, 11)] == [False, True, True]
    assert "Eine Meldung" in page.text
    assert "because 11" in page.text
