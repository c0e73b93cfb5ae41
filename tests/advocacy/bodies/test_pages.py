from datetime import datetime

import pytest

from advocacy.bodies import known, queries
from advocacy.bodies.tables import Body, Meeting, Presidency, Procedure
from advocacy.dossiers import actions as dossiers
from advocacy.dossiers.forms import NewDossier
from tests.browsing import Browser, browser
from tests.characters import ana, luca, maja, presidency
from tests.queries_counted import counted

pytestmark = pytest.mark.anyio
COUNCIL = {"name_en": "Council of Mayors", "level": "alpine", "zone": "Europe/Rome"}
HERE = "/en/bodies/permanent-committee"


async def test_the_bodies_of_today_are_listed_past_ones_on_request(db: str, now: datetime):
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        assert "No body is known yet" in (await web.get("/en/bodies")).text
        await known.seed(now)
        page = await web.get("/en/bodies")
        for words in ("Alpine Conference", "Presidency: Italy", "Presidency: Bayern", "Monaco"):
            assert words in page.text
        assert "Transport Working Group" not in page.text
        assert "New body" not in page.text
        past = await web.get("/en/bodies?past=1")
        assert "Transport Working Group" in past.text
        assert "Not valid today" in past.text
        assert "Preveritveni odbor" in (await web.get("/sl/bodies")).text


async def test_a_body_shows_all_that_is_known_of_it(db: str, now: datetime):
    await known.seed(now)
    await dossiers.open_dossier(
        NewDossier(title="Herdenschutz", body="permanent-committee"), by=await ana(now), now=now
    )
    async with browser(now) as web:
        await web.sign_in((await presidency(now))[0], now)
        page = (await web.get(HERE)).text
        for words in (
            "Presidency today", "Italy", "as of the body above it", "Alpine Conference",
            "Stalni odbor Alpske konvencije", "Alpine Biodiversity Board", "Meeting 81", "Roma",
            "26 March 2025", "No meeting ahead is known", "Alpenkonvention Art. 8", "Herdenschutz",
            "2026-001", "French, German, Italian and Slovenian",
        ):  # fmt: skip
            assert words in page, words
        for words in ("Change body", "Add a meeting", "/edit"):
            assert words not in page
        swiss = (await web.get("/de/bodies/ch-federal")).text
        assert "92 Tage" in swiss or "92 days" in swiss
        assert "15. Juli bis 15. August" in swiss
        alps = (await web.get("/en/bodies/eusalp-general-assembly")).text
        assert "Austria and Liechtenstein" in alps
        assert "focus, innovate, improve" in alps


async def test_the_secretariat_keeps_the_bodies_and_nobody_else(db: str, now: datetime):
    await known.seed(now)
    [rome] = await Meeting.objects().where(Meeting.number == "81")
    forms = (
        "/en/bodies/new", f"{HERE}/edit", f"{HERE}/meetings/new", f"{HERE}/meetings/{rome.id}",
        f"{HERE}/presidencies/new", f"{HERE}/procedures/new",
        f"{HERE}/procedures/permanent-committee-meeting",
    )  # fmt: skip
    async with browser(now) as web:
        assert (await web.get("/en/bodies")).url.path == "/en/sign-in"
        await web.sign_in(await maja(now), now)
        await web.get("/en/bodies")
        for path in forms:
            assert (await web.get(path)).status_code == 404
        for path in (*forms, f"{HERE}/meetings/{rome.id}/call-off"):
            await web.get("/en/me")  # has forms, and so the keys of forms
            assert (await web.post(path, COUNCIL)).status_code == 404
    assert await Body.count() == len(known.BODIES)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        for path in forms:
            assert (await web.get(path)).status_code == 200
        for odd in (
            "/en/bodies/nobody", "/en/bodies/%00", f"{HERE}/meetings/999999999999999999999",
            f"{HERE}/presidencies/0", f"{HERE}/procedures/alpine-decision",
            f"/en/bodies/commission/meetings/{rome.id}",
        ):  # fmt: skip
            assert (await web.get(odd)).status_code == 404, odd


async def signed_in(web: Browser, now: datetime, path: str) -> Browser:
    await web.sign_in(await ana(now), now)
    await web.get(path)
    return web


async def test_a_body_is_added_once_however_often_the_form_is_posted(db: str, now: datetime):
    async with browser(now) as web:
        await signed_in(web, now, "/en/bodies/new")
        form = web.keys() | COUNCIL
        for _ in range(2):
            page = await web.client.post("/en/bodies/new", data=form, follow_redirects=True)
            assert page.url.path == "/en/bodies/council-of-mayors"
    assert await Body.count() == 1


async def test_an_end_before_the_begin_names_both_fields(db: str, now: datetime):
    async with browser(now) as web:
        await signed_in(web, now, "/en/bodies/new")
        typed = {"valid_from": "1.6.2026", "valid_to": "31.5.2026", "seat": "Bovec"}
        page = await web.post("/en/bodies/new", COUNCIL | typed)
        assert page.status_code == 422
        assert 'href="#valid_from"' in page.text
        assert 'href="#valid_to"' in page.text
        assert "It ends on 31.5.2026, before it begins on 1.6.2026" in page.text
        assert 'value="Bovec"' in page.text
    assert await Body.count() == 0


async def test_the_second_to_save_sees_both_versions(db: str, now: datetime):
    await known.seed(now)
    async with browser(now) as hers, browser(now) as his:
        await signed_in(hers, now, f"{HERE}/edit")
        await his.sign_in(await luca(now), now)
        page = await his.get(f"{HERE}/edit")
        assert 'value="Stalni odbor Alpske konvencije"' in page.text
        base = page.text.split('name="base" value="')[1].split('"')[0]
        typed = COUNCIL | {"parent": "alpine-conference", "base": base}
        page = await hers.post(f"{HERE}/edit", typed | {"seat": "Bovec"})
        assert "The body is changed." in page.text
        page = await his.post(f"{HERE}/edit", typed | {"seat": "Budoia"})
        assert page.status_code == 409
        assert "Bovec" in page.text
        assert "Budoia" in page.text
    assert (await queries.by_key("permanent-committee")).seat == "Bovec"


async def test_saving_what_is_shown_changes_nothing(db: str, now: datetime):
    await known.seed(now)
    async with browser(now) as web:
        await signed_in(web, now, f"{HERE}/edit")
        for path in (
            f"{HERE}/edit",
            f"{HERE}/procedures/permanent-committee-meeting",
            "/sl/bodies/commission/procedures/have-your-say",
            "/en/bodies/ch-federal/procedures/ch-consultation",
        ):
            page = (await web.get(path)).text
            shown = await _fields(web, page)
            page = await web.post(path, shown)
            assert page.status_code == 200
            assert 'class="banner' not in page.text, path
    assert await Body.count().where(Body.changed.is_not_null()) == 0
    assert await Procedure.count().where(Procedure.changed.is_not_null()) == 0


async def _fields(web: Browser, page: str) -> dict[str, str]:
    """What a browser would send back, untouched."""
    from lxml import html

    form = html.fromstring(page).xpath("//main//form[contains(@class, 'stack')]")[0]
    return {name: value for name, value in form.form_values() if not name.startswith("_")}


async def test_a_presidency_that_overlaps_is_refused_with_both_fields(db: str, now: datetime):
    await known.seed(now)
    path = "/en/bodies/eusalp-general-assembly/presidencies/new"
    async with browser(now) as web:
        await signed_in(web, now, path)
        form = {"holders": "SI", "begins": "1.12.2026", "ends": "31.12.2027"}
        page = await web.post(path, form)
        assert page.status_code == 422
        assert "Bayern presides from 1.1.2026 to 31.12.2026" in page.text
        page = await web.post(path, form | {"begins": "1.1.2027", "holders": "fr, it"})
        assert "The presidency is added." in page.text
        assert "France and Italy" in page.text
        [row] = await Presidency.objects().where(Presidency.holders == "FR,IT")
        edit = f"/en/bodies/eusalp-general-assembly/presidencies/{row.id}"
        shown = await _fields(web, (await web.get(edit)).text)
        page = await web.post(edit, shown | {"motto": "together"})
        assert "together" in page.text


async def test_a_meeting_is_added_moved_and_called_off(db: str, now: datetime):
    await known.seed(now)
    async with browser(now) as web:
        await signed_in(web, now, f"{HERE}/meetings/new")
        wrong = await web.post(f"{HERE}/meetings/new", {"begins": "4.3.", "number": "85"})
        assert wrong.status_code == 422
        assert 'value="85"' in wrong.text
        page = await web.post(
            f"{HERE}/meetings/new", {"begins": "4.3.2027", "ends": "5.3.2027", "number": "85"}
        )
        assert "Meetings ahead" in page.text
        assert "Meeting 85" in page.text
        [row] = await Meeting.objects().where(Meeting.number == "85")
        path = f"{HERE}/meetings/{row.id}"
        shown = await _fields(web, (await web.get(path)).text)
        await web.post(path, shown | {"begins": "11.3.2027", "ends": "12.3.2027"})
        await web.get(path)
        page = await web.post(f"{path}/call-off")
        assert "Called off" in page.text
        [row] = await Meeting.objects().where(Meeting.number == "85")
        assert (row.sequence, row.state) == (2, "called_off")
        await web.get(path)
        page = await web.post(f"{path}/restore")
        assert "takes place after all" in page.text


async def test_a_stage_more_without_javascript(db: str, now: datetime):
    await known.seed(now)
    path = f"{HERE}/procedures/new"
    async with browser(now) as web:
        await signed_in(web, now, path)
        form = {
            "name_en": "Written procedure", "rows": "2", "stage_0_name": "Silence",
            "stage_0_days": "14", "stage_0_input": "1", "stage_1_name": "Decision",
        }  # fmt: skip
        page = await web.post(path, form | {"do": "row"})
        assert page.status_code == 200
        assert 'name="rows" value="4"' in page.text
        assert 'value="Silence"' in page.text
        page = await web.post(path, form | {"stage_0_days": "two weeks"})
        assert page.status_code == 422
        assert 'href="#stage_0_days"' in page.text
        page = await web.post(path, form)
        assert "Written procedure" in page.text
        assert "14 days" in page.text
    assert await Procedure.exists().where(Procedure.key == "written-procedure")


async def test_pages_cost_the_same_with_more_of_everything(db: str, now: datetime):
    await known.seed(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        small = await _cost(web, "/en/bodies/commission")
        large = await _cost(web, "/en/bodies/alpine-conference")
        assert large == small
        assert await _cost(web, "/en/bodies") == await _cost(web, "/en/bodies?past=1")


async def _cost(web: Browser, path: str) -> int:
    await web.get(path)
    with counted() as asked:
        assert (await web.get(path)).status_code == 200
    return len(asked)


async def test_a_new_dossier_is_offered_the_bodies_of_today_by_level(db: str, now: datetime):
    await known.seed(now)
    async with browser(now) as web:
        await signed_in(web, now, "/en/dossiers/new")
        page = await web.get("/en/dossiers/new")
        for words in ('<optgroup label="The Alps"', 'value="commission"', 'data-first-of="body"'):
            assert words in page.text
        assert 'value="transport-group"' not in page.text
        typed = {"title": "Herds", "body": "commission", "procedure": "opinion"}
        page = await web.post("/en/dossiers/new", typed)
        assert page.status_code == 422
        assert "This procedure is one of another body: Committee of the Regions" in page.text
        first = page.text.split("data-first-of")[1].split("data-key-of=")[1]
        assert first.startswith('"commission"')
        for wrong in ({"body": "transport-group"}, {"procedure": "nothing", "body": ""}):
            page = await web.post("/en/dossiers/new", typed | wrong)
            assert page.status_code == 422
        page = await web.post("/en/dossiers/new", typed | {"procedure": "have-your-say"})
        assert "Created: 2026-001" in page.text
