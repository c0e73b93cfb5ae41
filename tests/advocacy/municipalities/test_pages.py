import re
from datetime import date, datetime

import pytest

from advocacy.history.tables import Event
from advocacy.municipalities import actions, links
from advocacy.municipalities.tables import Contact
from tests.browsing import browser
from tests.characters import ana, giulia, maja, musterdorf, vzorcna_vas

pytestmark = pytest.mark.anyio
TINA = {"name": "Tina Vzorčnik", "email": "tina@si-07.example", "role": "clerk", "language": "sl"}
OTHER = TINA | {"name": "Nova Oseba", "email": "nova@si-07.example"}


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
        await web.post(f"/en/m/SI-07/contacts/{number}", OTHER)
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


async def test_wishes_and_language_are_one_form_with_undo(db: str, now: datetime):
    await vzorcna_vas(now)
    async with browser(now) as web:
        await web.get(await path())
        wants = {"calls": "weekly", "reminders": "now", "results": "never", "language": "it"}
        page = await web.post(await path(), wants)
        assert '<html lang="it">' in page.text
        there = await contact()
        assert (there.calls, there.reminders, there.results, there.language) == (
            "weekly", "now", "never", "it",
        )  # fmt: skip
        form = page.text.split('role="status"')[1].split("</form>")[0]
        before = dict(re.findall(r'name="(calls|reminders|results|language)" value="(\w+)"', form))
        page = await web.post(await path(), before)
        there = await contact()
        assert (there.calls, there.results, there.language) == ("now", "now", "sl")
        again = await web.post(await path(), before)
        assert again.status_code == 200
        odd = await web.post(await path(), {"calls": "hourly", "language": "xx", "results": ""})
        assert odd.status_code == 200
    there = await contact()
    assert (there.calls, there.results, there.language) == ("now", "now", "sl")


async def test_one_click_on_results_leaves_calls_alone(db: str, now: datetime):
    await vzorcna_vas(now)
    async with browser(now) as web:
        one_click = {"List-Unsubscribe": "One-Click"}
        page = await web.client.post(await path() + "/results", data=one_click)
        assert page.status_code == 200
    assert (await contact()).results == "never"
    assert await wishes() == ("now", "now")


async def test_a_region_says_for_whom_it_stands(db: str, now: datetime):
    region = {
        "code": "SI-R1", "name": "Zgornja dolina", "kind": "region", "country": "SI",
        "language": "sl", "stands_for": "12",
    }  # fmt: skip
    village = {
        "code": "SI-09", "name": "Primerno", "kind": "municipality", "country": "SI",
        "language": "sl", "represented_by": "SI-R1",
    }  # fmt: skip
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        await web.get("/en/municipalities/new")
        wrong = await web.post("/en/municipalities/new", village | {"stands_for": "3"})
        assert wrong.status_code == 422
        assert "Only a region stands for several municipalities" in wrong.text
        for new in (region, village):
            await web.get("/en/municipalities/new")
            assert (await web.post("/en/municipalities/new", new)).status_code == 200
        foreign = await web.post("/en/municipalities/new", village | {"country": "IT"})
        assert foreign.status_code in {403, 422}
        page = await web.get("/en/m/SI-R1")
        assert "12 municipalities" in page.text
        assert "Primerno" in page.text
        listed = await web.get("/en/municipalities?kind=region")
        assert "stands for 12 municipalities" in listed.text
        assert "Zgornja dolina" in (await web.get("/en/m/SI-09")).text
        for odd in ("region=%00", "kind=x", "language=zz", "trouble=%22", "region=" + "x" * 2_000):
            assert (await web.get(f"/en/municipalities?{odd}")).status_code == 200


async def test_a_changed_member_is_kept_once_and_a_late_form_is_shown_both(db: str, now: datetime):
    await vzorcna_vas(now)
    new = {"name": "Nova vas", "kind": "municipality", "country": "SI", "language": "sl"}
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get("/en/m/SI-07/edit")
        shown = page.text.split('name="shown" value="')[1].split('"')[0]
        keys = web.keys()
        for _ in range(2):
            await web.client.post("/en/m/SI-07/edit", data=keys | new | {"shown": shown})
        assert await Event.count().where(Event.action == "member changed") == 1
        await web.get("/en/m/SI-07/edit")
        late = await web.post("/en/m/SI-07/edit", new | {"name": "Druga", "shown": shown})
        assert late.status_code == 409
        assert "Nova vas" in late.text
        assert "Druga" in late.text
        await web.get("/en/m/SI-07/edit")
        page = await web.post("/en/m/SI-07/retire")
        assert "A former member" in page.text
        assert "0 municip" not in page.text
        page = await web.post("/en/m/SI-07/again")
        assert "is a member again" in page.text


async def test_trouble_with_an_address_is_said_where_it_is_mended(db: str, now: datetime):
    await vzorcna_vas(now)
    there = await contact()
    await actions.note_bounce(there.id, "550 <b>mailbox full</b>", now=now)
    await Contact.update({Contact.absent_until: date(2027, 1, 4)}, force=True)
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        page = await web.get("/en/m/SI-07")
        assert "Letters come back since: 23 Nov 2026" in page.text
        assert "&lt;b&gt;mailbox full" in page.text
        assert "Absent until:" in page.text
        assert "Letters come back" in (await web.get("/en/municipalities?trouble=broken")).text
        await web.get("/en/m/SI-07")
        asked = await web.post("/en/m/SI-07/confirm")
        assert "1 letter asks" in asked.text
        assert "Everybody here was asked within sixty days." in asked.text
        form = await web.get(f"/en/m/SI-07/contacts/{there.id}")
        assert 'value="2027-01-04"' in form.text
        odd = await web.post(f"/en/m/SI-07/contacts/{there.id}", TINA | {"absent_until": "soon"})
        assert odd.status_code == 422
