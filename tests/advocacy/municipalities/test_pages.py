from datetime import datetime

import pytest

from advocacy.municipalities import links
from advocacy.municipalities.tables import Contact, Municipality
from tests.browsing import browser
from tests.characters import ana, giulia, maja, musterdorf, vzorcna_vas

pytestmark = pytest.mark.anyio
LIST = "code;name;country;language\nAT-02;Neudorf;AT;de\n"
TINA = {"name": "Tina Vzorčnik", "email": "tina@si-07.example", "role": "clerk", "language": "sl"}


async def contact() -> Contact:
    found = await Contact.objects().order_by(Contact.id).first()
    assert found is not None
    return found


async def wishes() -> tuple[str, str]:
    there = await contact()
    return there.calls, there.reminders


async def path() -> str:
    return links.mail_settings((await contact()).id).removeprefix("http://127.0.0.1:8000")


async def test_the_directory_is_searched_and_filtered(db: str, now: datetime):
    await vzorcna_vas(now)
    await musterdorf(now)
    async with browser(now) as web:
        assert (await web.get("/en/municipalities")).url.path == "/en/sign-in"
        await web.sign_in(await ana(now), now)
        page = await web.get("/en/municipalities")
        assert "2 municipalities" in page.text
        found = await web.get("/en/municipalities?q=musterd&country=AT")
        assert "Musterdorf" in found.text
        assert "Vzorčna vas" not in found.text
        assert "No municipality fits" in (await web.get("/en/municipalities?country=FR")).text
        for odd in ("?q=%00", "?q=%22", "?country=<b>", "?after=%00", "?q=" + "x" * 3_000):
            assert (await web.get(f"/en/municipalities{odd}")).status_code == 200


async def test_an_empty_directory_says_what_to_do(db: str, now: datetime):
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        assert "Import the list" in (await web.get("/en/municipalities")).text


async def test_a_municipality_shows_people_and_calls(db: str, now: datetime):
    await vzorcna_vas(now)
    async with browser(now) as web:
        await web.sign_in(await giulia(now), now)
        page = await web.get("/en/m/SI-07-vzorcna-vas")
        assert "Janez Primer" in page.text
        assert "No calls yet" in page.text
        assert "Add a person" not in page.text
        assert (await web.get("/en/m/SI-07/contacts")).status_code == 403
        for odd in ("XX-99", "%00", "nothing"):
            assert (await web.get(f"/en/m/{odd}")).status_code == 404


async def test_a_coordinator_keeps_the_people_of_her_country(db: str, now: datetime):
    await vzorcna_vas(now)
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        await web.get("/en/m/SI-07/contacts")
        wrong = await web.post("/en/m/SI-07/contacts", TINA | {"email": "keine"})
        assert wrong.status_code == 422
        assert "Tina Vzorčnik" in wrong.text
        keys = web.keys()
        for _ in range(2):
            await web.client.post("/en/m/SI-07/contacts", data=keys | TINA)
        assert await Contact.count() == 2
        page = await web.get("/en/m/SI-07")
        assert "Undo" in page.text
        number = (await contact()).id
        page = await web.get(f"/en/m/SI-07/contacts/{number}")
        assert 'value="Janez Primer"' in page.text
        await web.post(f"/en/m/SI-07/contacts/{number}", TINA | {"name": "Nova Oseba"})
        assert (await contact()).name == "Nova Oseba"
        await web.get(f"/en/m/SI-07/contacts/{number}")
        await web.post(f"/en/m/SI-07/contacts/{number}/remove")
        assert await Contact.count() == 1


async def test_a_person_of_another_municipality_is_not_changed_from_here(db: str, now: datetime):
    await vzorcna_vas(now)
    number = (await contact()).id
    await musterdorf(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get("/en/m/AT-01/contacts")
        assert (await web.get("/en/m/AT-01/contacts/99999999999")).status_code == 404
        assert (await web.get(f"/en/m/AT-01/contacts/{number}")).status_code == 404
        await web.get("/en/m/AT-01/contacts")
        assert (await web.post(f"/en/m/AT-01/contacts/{number}", TINA)).status_code == 404
    assert (await contact()).name == "Janez Primer"


async def test_an_import_is_shown_first_and_then_done(db: str, now: datetime):
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get("/en/municipalities/import")
        shown = await web.post(
            "/en/municipalities/import", files={"file": ("list.csv", LIST.encode(), "text/csv")}
        )
        assert "AT-02" in shown.text
        assert await Municipality.count() == 0
        kept = shown.text.split('name="list" value="')[1].split('"')[0]
        done = await web.post("/en/municipalities/import/now", {"list": kept})
        assert "1 municipality is new or changed" in done.text
    assert await Municipality.count() == 1


async def test_an_import_that_cannot_be_meant_names_rows_and_columns(db: str, now: datetime):
    bad = LIST + "XX;;AT;de\n"
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get("/en/municipalities/import")
        shown = await web.post(
            "/en/municipalities/import", files={"file": ("list.csv", bad.encode(), "text/csv")}
        )
        assert shown.status_code == 422
        assert '<td class="num">3</td><td>code</td>' in shown.text
        empty = await web.post("/en/municipalities/import")
        assert empty.status_code == 422
    assert await Municipality.count() == 0


async def test_only_the_secretariat_imports(db: str, now: datetime):
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        assert (await web.get("/en/municipalities/import")).status_code == 404


async def test_opening_the_mail_settings_changes_nothing(db: str, now: datetime):
    await vzorcna_vas(now)
    async with browser(now) as web:
        for end in ("", "/calls", "/reminders"):
            for _ in range(5):
                assert (await web.get(await path() + end)).status_code == 200
    assert await wishes() == ("now", "now")


async def test_one_click_without_a_cookie_switches_that_type_off_at_once(db: str, now: datetime):
    await vzorcna_vas(now)
    one_click = {"List-Unsubscribe": "One-Click"}
    async with browser(now) as web:
        page = await web.client.post(await path() + "/reminders", data=one_click)
        assert page.status_code == 200
        assert '<html lang="sl">' in page.text
        assert await wishes() == ("now", "never")
        await web.client.post(await path() + "/calls", data=one_click)
        assert await wishes() == ("never", "never")
        undone = await web.post(await path(), {"calls": "now"})
        assert undone.status_code == 200
    assert await wishes() == ("now", "never")


async def test_a_wrong_key_switches_nothing_off(db: str, now: datetime):
    await vzorcna_vas(now)
    right = await path()
    async with browser(now) as web:
        for wrong in (right[:-1], "/u/1-x", "/u/x", "/u/²-x", "/u/99999999999-x"):
            answer = await web.client.post(wrong, data={"List-Unsubscribe": "One-Click"})
            assert answer.status_code == 404
        assert (await web.client.post(right + "/else", data={})).status_code == 404
    assert await wishes() == ("now", "now")


async def test_a_switch_is_one_button(db: str, now: datetime):
    await vzorcna_vas(now)
    async with browser(now) as web:
        await web.get(await path())
        await web.post(await path(), {"calls": "never"})
    assert await wishes() == ("never", "now")
