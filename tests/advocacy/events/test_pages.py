"""Pages: for everybody, behind links, for the hosts."""

import json
import re
from datetime import datetime, timedelta

import pytest

from advocacy.events import actions
from advocacy.events.registering.registered import invitation_token
from advocacy.events.saying.typed import NewMinute
from advocacy.events.tables import Gathering
from tests.advocacy.events.matters import (
    drafted,
    invitation,
    published,
    registered,
    states,
    workshop,
)
from tests.browsing import browser
from tests.characters import ana, eva, maja, presidency, vzorcna_vas
from tests.queries_counted import counted

pytestmark = pytest.mark.anyio

FORM = {
    "kind": "workshop", "language": "de", "title_de": "Herdenschutz", "summary_de": "Zäune.",
    "begins": "13.12.2026 09:00", "ends": "13.12.2026 17:00", "zone": "Europe/Vienna",
    "places": "40", "languages": "de,sl", "country": "AT", "topics": "farming",
    "contact": "office@alpennetz.example",
}  # fmt: skip


async def test_a_gathering_is_typed_published_and_read_by_everybody(db: str, now: datetime):
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get("/en/events/new")
        page = await web.post("/en/events/new", FORM)
        assert page.status_code == 200
        assert "Nobody but the house sees it yet" in page.text
        [row] = await Gathering.objects()
        assert (row.state, row.places, row.languages) == ("draft", 40, "de,sl")
        page = await web.post(f"/en/events/{row.id}/publish")
        assert "The gathering is published" in page.text
    async with browser(now) as web:
        for language in ("en", "de", "fr", "it", "sl"):
            page = await web.get(f"/{language}/events/{row.id}")
            assert (page.status_code, "Herdenschutz" in page.text) == (200, True)
        assert 'lang="de"' in (await web.get(f"/fr/events/{row.id}")).text
        assert "Herdenschutz" in (await web.get("/sl/events")).text


async def test_the_same_form_twice_is_one_gathering(db: str, now: datetime):
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get("/en/events/new")
        keys = web.keys()
        for _ in range(2):
            await web.client.post("/en/events/new", data=keys | FORM)
    assert await Gathering.count() == 1


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"begins": "yesterday"}, "begins"),
        ({"begins": ""}, "begins"),
        ({"ends": "12.12.2026 08:00"}, "ends"),
        ({"title_de": ""}, "title_de"),
        ({"title_de": "x" * 301}, "title_de"),
        ({"summary_sl": "Brez naslova"}, "title_sl"),
        ({"places": "-3"}, "places"),
        ({"places": "９９"}, "places"),
        ({"places": "99999999999"}, "places"),
        ({"kind": "party"}, "kind"),
        ({"zone": "Mars/Olympus"}, "zone"),
        ({"country": "XX"}, "country"),
        ({"latitude": "95"}, "latitude"),
        ({"latitude": "nan"}, "latitude"),
        ({"latitude": "46.5"}, "longitude"),
        ({"address": "javascript:alert(1)"}, "address"),
        ({"contact": "a@b\r\nBcc: c"}, "contact"),
        ({"topics": "nonsense"}, "topics"),
        ({"register_until": "24.12.2026"}, "register_until"),
    ],
)
async def test_what_cannot_be_meant_is_named_and_every_word_stays(
    db: str, now: datetime, typed: dict[str, str], field: str
):
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get("/en/events/new")
        page = await web.post("/en/events/new", FORM | typed)
    assert page.status_code == 422
    assert f'href="#{field}"' in page.text
    assert "Zäune." in page.text
    assert await Gathering.count() == 0


async def test_a_stale_form_shows_both_versions(db: str, now: datetime):
    gathering = await published(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get(f"/en/events/{gathering.id}/edit")
        base = re.search(r'name="base" value="([^"]*)"', page.text)[1]
        form = FORM | {"base": base, "title_de": "Meine"}
        await actions.edit(
            gathering.id, workshop(now, places=9), base=base, by=await ana(now), now=now
        )
        page = await web.post(f"/en/events/{gathering.id}/edit", form)
    assert page.status_code == 409
    assert "Meine" in page.text
    assert "places: 9" in page.text


async def test_the_form_reads_back_what_it_shows(db: str, now: datetime):
    gathering = await published(now, register_until=now + timedelta(days=10), guests=True)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get(f"/en/events/{gathering.id}/edit")
        names = re.findall(r'<input id="(\w+)" name="\w+" type="\w+" value="([^"]*)"', page.text)
        boxes = re.findall(
            r'type="(?:checkbox|radio)" name="(\w+)" value="([^"]*)"[^>]*checked', page.text
        )
        texts = re.findall(r'<textarea id="(\w+)"[^>]*>([^<]*)</textarea>', page.text)
        chosen = re.findall(r'(?s)<select id="(\w+)".*?value="([^"]*)" selected', page.text)
        base = re.findall(r'name="(base)" value="([^"]*)"', page.text)
        form: dict[str, str] = {}
        for name, value in [*names, *texts, *chosen, *boxes, *base]:
            form[name] = f"{form[name]},{value}" if name in form else value
        page = await web.post(f"/en/events/{gathering.id}/edit", form)
    assert (page.status_code, re.findall(r'<li><a href="#(\w+)"', page.text)) == (200, [])
    row = await Gathering.objects().where(Gathering.id == gathering.id).first()
    assert row.version == 1


async def test_drafts_are_for_the_house(db: str, now: datetime):
    gathering = await drafted(now)
    async with browser(now) as web:
        assert (await web.get(f"/en/events/{gathering.id}")).status_code == 404
        assert (await web.get(f"/en/events/{gathering.id}/calendar.ics")).status_code == 404
        assert "Herdenschutz" not in (await web.get("/en/events")).text
        assert "Herdenschutz" not in (await web.get("/feeds/de/events.xml")).text
        await web.sign_in((await presidency(now))[0], now)
        assert (await web.get(f"/en/events/{gathering.id}")).status_code == 200
        assert (await web.get(f"/en/events/{gathering.id}/edit")).status_code == 404


async def test_a_coordinator_of_another_country_finds_no_pages_of_the_hosts(db: str, now: datetime):
    gathering = await published(now)
    row = await registered(gathering, 1, now)
    here = f"/en/events/{gathering.id}"
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        tails = ("edit", "invite", "registrations", "minutes", "points/new", "badges.pdf",
                 "participants.xlsx")  # fmt: skip
        assert {(await web.get(f"{here}/{tail}")).status_code for tail in tails} == {404}
        await web.get("/en/me")
        posted = await web.post(f"{here}/registrations/{row.id}/give-back")
        assert posted.status_code == 404
        assert (await web.get(f"{here}/registrations")).status_code == 404
        await web.sign_in(await eva(now), now)
        assert (await web.get(f"{here}/registrations")).status_code == 200
    assert await states(gathering) == ["placed"]


@pytest.mark.parametrize(
    "path",
    [
        "/en/events/99", "/en/events/99999999999999999999", "/en/events?after=abc",
        "/en/events?after=99999999999", "/en/events?topic=%00&country=zz&kind=x&q=%00",
        "/en/events/1/register", "/g/abc", "/g/place/abc", "/cal/events/de/xx.ics",
        "/feeds/de/events.xml?country=zz", "/cal/events/zz/si.ics",
    ],
)  # fmt: skip
async def test_garbage_in_an_address_is_no_error_of_ours(db: str, now: datetime, path: str):
    async with browser(now) as web:
        assert (await web.get(path)).status_code in {200, 404}


async def test_lists_ask_the_same_for_one_row_and_for_three(db: str, now: datetime):
    await vzorcna_vas(now)
    first = await published(now)
    await invitation(first, ["SI-07"], now)
    await registered(first, 1, now)
    paths = ("/en/events", f"/en/events/{first.id}/registrations", f"/en/events/{first.id}",
             "/en/m/SI-07", "/feeds/de/events.xml", "/cal/events/de/all.ics",
             f"/en/events/{first.id}/minutes", "/en/export/registrations.csv")  # fmt: skip
    by = await ana(now)
    async with browser(now) as web:
        await web.sign_in(by, now)
        for path in paths:
            await web.get(path)
        asked = {}
        for path in paths:
            with counted() as one:
                await web.get(path)
            asked[path] = len(one)
        for number in (2, 3):
            other = await published(now, places=9)
            await invitation(other, ["SI-07"], now)
            await registered(first, number, now)
            for text in ("a", "b"):
                await actions.minutes.write(first.id, NewMinute(text, "de"), by=by, now=now)
        await actions.minutes.write(first.id, NewMinute("c", "de"), by=by, now=now)
        for path in paths:
            with counted() as three:
                await web.get(path)
            assert (path, len(three)) == (path, asked[path])


async def test_lists_are_paged_by_key(db: str, now: datetime):
    for _ in range(25):
        await published(now)
    async with browser(now) as web:
        page = await web.get("/en/events")
        shown = re.findall(r"/en/events/(\d+)\"", page.text)
        further = re.search(r"after=(\d+)", page.text)[1]
        page = await web.get(f"/en/events?after={further}")
        rest = re.findall(r"/en/events/(\d+)\"", page.text)
    assert (len(shown), len(rest)) == (20, 5)
    assert set(shown) & set(rest) == set()


async def test_words_in_any_language_find_a_gathering(db: str, now: datetime):
    await published(now)
    async with browser(now) as web:
        assert "Herdenschutz" in (await web.get("/de/events?q=varovanje")).text
        assert "Herdenschutz" not in (await web.get("/de/events?q=seilbahn")).text
        assert "Herdenschutz" in (await web.get("/de/search?q=herdenschutz")).text
        assert "Herdenschutz" in (await web.get("/de/events?topic=farming&country=AT")).text
        assert "Herdenschutz" not in (await web.get("/de/events?topic=forest")).text


async def test_calendars_and_feeds_speak_their_language(db: str, now: datetime):
    gathering = await published(now)
    async with browser(now) as web:
        page = await web.get("/cal/events/sl/at.ics")
        assert "SUMMARY:Varovanje čred poleti" in page.text
        assert page.headers["content-type"].startswith("text/calendar")
        again = await web.client.get(
            "/cal/events/sl/at.ics", headers={"if-none-match": page.headers["etag"]}
        )
        assert again.status_code == 304
        assert "VEVENT" not in (await web.get("/cal/events/sl/si.ics")).text
        assert "Varovanje" in (await web.get("/feeds/sl/events.xml?country=at&topic=farming")).text
        assert "Varovanje" not in (await web.get("/feeds/sl/events.xml?country=si")).text
        await actions.call_off(gathering.id, "Schnee", by=await ana(now), now=now)
        assert "STATUS:CANCELLED" in (await web.get("/cal/events/sl/at.ics")).text


async def test_a_municipality_finds_its_invitations_on_its_own_page(db: str, now: datetime):
    from advocacy.municipalities import links
    from advocacy.municipalities.tables import Contact

    await vzorcna_vas(now)
    gathering = await published(now)
    there = await invitation(gathering, ["SI-07"], now)
    contact = await Contact.objects().first()
    async with browser(now) as web:
        page = await web.get(f"/m/{links.key_of(contact.id, links.PAGE)}")
        assert f"/g/{invitation_token(there.id)}" in page.text
        await web.sign_in(await ana(now), now)
        page = await web.get("/en/m/SI-07")
        assert (f"/en/events/{gathering.id}" in page.text, "/g/" in page.text) == (True, False)


async def test_the_secret_of_a_link_stands_nowhere_but_in_the_letter(db: str, now: datetime):
    await vzorcna_vas(now)
    gathering = await published(now)
    there = await invitation(gathering, ["SI-07"], now)
    token = invitation_token(there.id)
    from advocacy.events.tables import GatheringInvitation
    from advocacy.logs import without_secrets

    rows = await GatheringInvitation.select()
    assert token not in json.dumps(rows, default=str)
    assert without_secrets(f"GET /g/{token}?language=sl") == "GET /g/…?language=sl"
    assert without_secrets(f"POST /g/place/{token}") == "POST /g/place/…"
    assert without_secrets(f"POST /g/{token}/give-back/7") == "POST /g/…/give-back/7"
