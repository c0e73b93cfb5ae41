"""Pages: for everybody, behind links, for the hosts."""

import io
import json
import re
from datetime import datetime, timedelta

import openpyxl
import pypdf
import pytest

from advocacy.events import actions
from advocacy.events.forms import PointForm
from advocacy.events.registering.registered import invitation_token, place_token
from advocacy.events.saying.typed import NewMinute
from advocacy.events.tables import Gathering, Point, Registration
from advocacy.history.tables import Event
from tests.advocacy.calls.story import opened
from tests.advocacy.documents.files import png
from tests.advocacy.events.matters import (
    drafted,
    guest,
    invitation,
    letters,
    published,
    registered,
    states,
    taken,
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
GUEST = {"name": "Eva Beispiel", "email": "eva@example.org", "language": "de"}


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


async def test_looking_at_a_link_takes_no_place(db: str, now: datetime):
    await vzorcna_vas(now)
    gathering = await published(now, guests=True)
    there = await invitation(gathering, ["SI-07"], now)
    await actions.guests.ask(gathering, guest(), network_address="", now=now)
    row = await Registration.objects().first()
    before = await Event.count()
    async with browser(now) as web:
        for path in (f"/g/{invitation_token(there.id)}", f"/g/place/{place_token(row.id)}"):
            for _ in range(3):
                page = await web.get(path)
            assert page.status_code == 200
            assert (await web.client.head(path)).status_code == 200
    assert (await states(gathering), await Event.count()) == (["unconfirmed"], before)


async def test_a_municipality_registers_gives_back_and_somebody_moves_up(db: str, now: datetime):
    await vzorcna_vas(now)
    gathering = await published(now, places=1)
    there = await invitation(gathering, ["SI-07"], now)
    link = f"/g/{invitation_token(there.id)}"
    async with browser(now) as web:
        page = await web.get(link)
        assert 'lang="sl"' in page.text
        assert "Janez Primer" in page.text
        page = await web.post(link, GUEST)
        assert (page.status_code, "eva@example.org" in page.text) == (200, True)
        await registered(gathering, 2, now)
        row = await Registration.objects().where(Registration.email == GUEST["email"]).first()
        page = await web.post(f"{link}/give-back/{row.id}?language=en")
        assert "The place is given back. Thank you for saying so" in page.text
        assert await states(gathering) == ["cancelled", "placed"]
        page = await web.get(f"/g/place/{place_token(row.id)}")
        assert page.status_code == 200
    assert await taken(gathering) == 1


async def test_one_municipality_gives_back_no_place_of_another(db: str, now: datetime):
    await vzorcna_vas(now)
    gathering = await published(now)
    there = await invitation(gathering, ["SI-07"], now)
    other = await registered(gathering, 1, now)
    link = f"/g/{invitation_token(there.id)}"
    async with browser(now) as web:
        await web.get(link)
        await web.post(f"{link}/give-back/{other.id}")
    assert await states(gathering) == ["placed"]


async def test_the_same_form_twice_takes_one_place(db: str, now: datetime):
    await vzorcna_vas(now)
    gathering = await published(now)
    there = await invitation(gathering, ["SI-07"], now)
    link = f"/g/{invitation_token(there.id)}"
    async with browser(now) as web:
        await web.get(link)
        keys = web.keys()
        for _ in range(2):
            await web.client.post(link, data=keys | GUEST)
    assert await taken(gathering) == 1


async def test_a_guest_asks_confirms_changes_and_gives_back(db: str, now: datetime):
    gathering = await published(now, guests=True, interpretation="sl,it")
    here = f"/de/events/{gathering.id}"
    async with browser(now) as web:
        await web.get(f"{here}/register")
        page = await web.post(f"{here}/register", GUEST)
        assert page.url.path == f"{here}/asked"
        [letter] = await letters("gathering_guest")
        link = "/g/place/" + letter.text.split("/g/place/")[1][:43]
        await web.get(link)
        await web.post(link, {"act": "confirm"})
        assert await states(gathering) == ["placed"]
        await web.post(
            link, {"act": "change", **GUEST, "name": "Eva B.", "hears": "it", "listed": "1"}
        )
        row = await Registration.objects().first()
        assert (row.name, row.hears, row.listed, row.email) == (
            "Eva B.",
            "it",
            True,
            GUEST["email"],
        )
        page = await web.post(link, {"act": "change", "name": "", "language": "de"})
        assert page.status_code == 422
        await web.post(link, {"act": "give back"})
        assert await states(gathering) == ["cancelled"]


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"email": "nobody"}, {"language": "xx"}, {"hears": "fr"}]
)
async def test_a_guest_who_mistypes_sees_where(db: str, now: datetime, wrong: dict[str, str]):
    gathering = await published(now, guests=True)
    path = f"/en/events/{gathering.id}/register"
    async with browser(now) as web:
        await web.get(path)
        page = await web.post(path, GUEST | wrong)
    assert page.status_code == 422
    assert f'href="#{next(iter(wrong))}"' in page.text
    assert await letters("gathering_guest") == []


async def test_only_those_who_agreed_stand_on_the_list_that_participants_get(
    db: str, now: datetime
):
    gathering = await published(now, places=9, address="https://treffen.example/raum")
    by = await ana(now)
    for number, listed in ((1, True), (2, False), (3, True)):
        await actions.placing.register_for(
            gathering.id, guest(number, listed=listed), municipality=None, by=by, now=now
        )
    row = await Registration.objects().order_by(Registration.id).first()
    async with browser(now) as web:
        page = await web.get(f"/g/place/{place_token(row.id)}")
        assert ("Gast 3" in page.text, "Gast 2" in page.text) == (True, False)
        assert "https://treffen.example/raum" in page.text
        page = await web.get(f"/de/events/{gathering.id}")
        assert "treffen.example" not in page.text
        assert "Gast" not in page.text
        assert (
            "treffen.example" not in (await web.get(f"/de/events/{gathering.id}/calendar.ics")).text
        )


async def test_the_hosts_get_the_list_and_the_badges(db: str, now: datetime):
    gathering = await published(now, places=2)
    by = await ana(now)
    evil = guest(1, name="=HYPERLINK(1)", note="Rollstuhl")
    await actions.placing.register_for(gathering.id, evil, municipality=None, by=by, now=now)
    for number in (2, 3):
        await registered(gathering, number, now)
    async with browser(now) as web:
        await web.sign_in(by, now)
        page = await web.get(f"/en/events/{gathering.id}/participants.xlsx")
        sheet = openpyxl.load_workbook(io.BytesIO(page.content)).worksheets[0]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
        assert [row[0] for row in rows] == ["=HYPERLINK(1)", "Gast 2", "Gast 3"]
        assert sheet["A3"].data_type == "s"
        assert [row[9] for row in rows] == ["Has a place", "Has a place", "On the waiting list"]
        page = await web.get(f"/en/events/{gathering.id}/participants.csv")
        assert "'=HYPERLINK(1)" in page.text
        page = await web.get(f"/en/events/{gathering.id}/badges.pdf")
        text = pypdf.PdfReader(io.BytesIO(page.content)).pages[0].extract_text()
    assert ("Gast 2" in text, "Gast 3" in text) == (True, False)


async def test_invitations_are_looked_at_before_they_leave(db: str, now: datetime):
    await vzorcna_vas(now)
    gathering = await published(now)
    path = f"/en/events/{gathering.id}/invite"
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get(path)
        page = await web.post(path, {"act": "look"})
        assert page.status_code == 422
        page = await web.post(path, {"act": "look", "countries": "SI"})
        assert "1 municipality would be invited" in page.text
        assert await letters("gathering_invitation") == []
        page = await web.post(path, {"act": "send", "countries": "SI"})
        assert "1 municipality is invited." in page.text
    assert len(await letters("gathering_invitation")) == 1


async def test_points_files_and_minutes_are_kept_on_their_pages(db: str, now: datetime):
    gathering = await published(now)
    here = f"/en/events/{gathering.id}"
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get(f"{here}/points/new")
        form = {"title_de": "Zäune", "begins": "10:30", "latitude": "46,5", "longitude": "13.8"}
        page = await web.post(f"{here}/points/new", form)
        assert ("Zäune" in page.text, "way-map" in page.text) == (True, True)
        [point] = await Point.objects()
        assert point.begins.isoformat() == "2026-12-13T09:30:00+00:00"
        page = await web.get(f"{here}/points/1")
        base = re.search(r'name="base" value="([^"]*)"', page.text)[1]
        page = await web.post(f"{here}/points/1", form | {"begins": "03:00", "base": base})
        assert page.status_code == 422
        await web.get(here)
        page = await web.post(
            f"{here}/files", {"file_title": "Folien"}, files={"files": ("folie.png", png())}
        )
        assert "Folien" in page.text
        page = await web.post(f"{here}/files", {}, files={"files": ("x.png", b"MZ no picture")})
        assert page.status_code == 422
        await web.get(f"{here}/minutes")
        page = await web.post(f"{here}/minutes", {"text": "Gut.", "language": "de", "point": "1"})
        assert "Gut." in page.text
        page = await web.post(f"{here}/minutes", {"text": "", "language": "de", "point": "7"})
        assert page.status_code == 422


async def test_a_file_is_saved_and_never_shown(db: str, now: datetime):
    from advocacy.documents.forms import papers

    gathering = await published(now)
    by = await ana(now)
    handed = papers([("folie.png", png())])
    await actions.files.add(gathering.id, handed, public=True, by=by, now=now)
    async with browser(now) as web:
        page = await web.get(f"/de/events/{gathering.id}/files/1")
    assert page.content == png()
    assert page.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in page.headers["content-security-policy"]


async def test_a_line_becomes_an_answer_by_one_button(db: str, now: datetime):
    await opened(now)
    gathering = await published(now)
    by = await ana(now)
    point = PointForm({"de": "Zäune"}, dossier="2026-014")
    await actions.programme.add(gathering.id, point, by=by, now=now)
    here = f"/en/events/{gathering.id}/minutes"
    line = {"text": "Tri dni.", "language": "sl", "point": "1", "code": "SI-07", "stance": "yes"}
    async with browser(now) as web:
        await web.sign_in(by, now)
        await web.get(here)
        await web.post(here, line)
        page = await web.post(f"{here}/1/become", {"what": "contribution", "basis": "mayor"})
        assert "It is an answer of the municipality now." in page.text
        assert "Became an answer" in page.text
        again = await web.post(f"{here}/1/become", {"what": "news"})
        assert again.status_code == 409
        page = await web.get("/en/c/2026-014-1/results")
        assert "Tri dni." in page.text


async def test_a_point_names_its_matter_in_the_language_of_the_page(db: str, now: datetime):
    await opened(now)
    gathering = await published(now)
    point = PointForm({"de": "Zäune"}, dossier="2026-014")
    await actions.programme.add(gathering.id, point, by=await ana(now), now=now)
    async with browser(now) as web:
        page = await web.get(f"/fr/events/{gathering.id}")
        assert ("Herdenschutz fr" in page.text, "Herdenschutz de" in page.text) == (True, False)
        page = await web.get(f"/en/events/{gathering.id}")
        assert 'lang="de">Herdenschutz de' in page.text


async def test_what_the_house_says_of_a_dossier_is_not_for_everybody(db: str, now: datetime):
    gathering = await published(now)
    by = await ana(now)
    from advocacy.dossiers.actions import open_dossier
    from advocacy.dossiers.forms import NewDossier

    dossier = await open_dossier(NewDossier(title="Intern geheim"), by=by, now=now)
    point = PointForm({"de": "Zäune"}, dossier=dossier.number)
    await actions.programme.add(gathering.id, point, by=by, now=now)
    await actions.minutes.write(gathering.id, await _line("Nur für uns", now), by=by, now=now)
    async with browser(now) as web:
        page = await web.get(f"/de/events/{gathering.id}")
        for secret in ("Intern geheim", dossier.number, "Nur für uns"):
            assert secret not in page.text
        await web.sign_in(by, now)
        page = await web.get(f"/de/events/{gathering.id}")
        assert ("Intern geheim" in page.text, "Nur für uns" in page.text) == (True, True)


async def _line(text: str, now: datetime) -> NewMinute:
    return NewMinute(text, "de")


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
                await actions.minutes.write(first.id, await _line(text, now), by=by, now=now)
        await actions.minutes.write(first.id, await _line("c", now), by=by, now=now)
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
