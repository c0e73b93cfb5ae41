import io
from datetime import datetime

import openpyxl
import pytest

from advocacy.history.tables import Event
from advocacy.municipalities.links import own_page
from advocacy.municipalities.tables import Contact
from advocacy.projects.tables import Project, ProjectResult, ProjectText
from tests.advocacy.positions.matters import dossier
from tests.advocacy.projects.matters import FORM, entered, members
from tests.browsing import browser
from tests.characters import ana, giulia, maja

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("db")]

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64


async def test_everybody_reads_projects_in_five_languages_without_how_to_reach_people(
    now: datetime,
):
    number = await entered(now)
    async with browser(now) as web:
        for language in ("en", "de", "fr", "it", "sl"):
            page = await web.get(f"/{language}/projects/{number}")
            assert page.status_code == 200
            assert ("Pastirji" if language == "sl" else "Hirten &amp; Hunde") in page.text
            assert "hirten@musterdorf.example" not in page.text
        assert "Hirten &amp; Hunde" in (await web.get("/en/projects?topic=farming&country=SI")).text
        assert "No project fits" in (await web.get("/en/projects?topic=energy")).text
        for odd in ("before=x", "before=99999999999", "q=%00", "topic=x", "member=%27", "state=x"):
            assert (await web.get(f"/en/projects?{odd}")).status_code == 200
        for path in ("0", "99999999999", "x", f"{number}/edit", f"{number}/results/1"):
            assert (await web.get(f"/en/projects/{path}")).status_code in {401, 404, 303, 200} - {
                200
            } or "Sign in" in (await web.get(f"/en/projects/{path}")).text
    await Project.update({Project.contact_public: True}).where(Project.id == number)
    async with browser(now) as web:
        assert "hirten@musterdorf.example" in (await web.get(f"/en/projects/{number}")).text


async def test_a_coordinator_enters_one_and_wrong_fields_keep_every_typed_word(now: datetime):
    await members(now)
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        await web.get("/en/projects/new")
        bad = await web.post(
            "/en/projects/new", FORM | {"members": "SI-98", "ends": "x", "partners": "<b>A</b>"}
        )
        assert bad.status_code == 422
        for said in ('href="#ends"', "&lt;b&gt;A&lt;/b&gt;", "SI-98"):
            assert said in bad.text
        await web.get("/en/projects/new")
        bad = await web.post("/en/projects/new", FORM | {"members": "SI-98"})
        assert (bad.status_code, 'href="#members"' in bad.text) == (422, True)
        page = await web.get("/en/projects/new")
        keys = web.keys()
        for _ in range(2):
            page = await web.client.post(
                "/en/projects/new", data=keys | FORM, follow_redirects=True
            )
        assert "Hirten &amp; Hunde" in page.text
        assert await Project.count() == 1


async def test_a_project_of_another_country_is_not_to_be_changed(now: datetime):
    number = await entered(now)
    async with browser(now) as web:
        await web.sign_in(await giulia(now), now)
        assert "/edit" not in (await web.get(f"/en/projects/{number}")).text
        assert (await web.get(f"/en/projects/{number}/edit")).status_code == 404
        for path in ("edit", "remove", "results", "results/1/remove"):
            await web.get("/en/projects/new")
            answer = await web.post(f"/en/projects/{number}/{path}", FORM)
            assert answer.status_code == 404
    assert await Event.count().where(Event.action.like("project%")) == 1


async def test_results_are_addresses_or_files_that_are_what_they_say(now: datetime):
    number = await entered(now)
    edit, results = f"/en/projects/{number}/edit", f"/en/projects/{number}/results"
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get(edit)
        bad = await web.post(results, {"result_title": "Foto"}, files={"files": ("a.pdf", PNG)})
        assert (bad.status_code, "Foto" in bad.text) == (422, True)
        await web.get(edit)
        large = {"files": ("b.pdf", b"%PDF-1.7\n" + bytes(22 * 1024 * 1024))}
        bad = await web.post(results, {"result_title": "Foto"}, files=large)
        assert (bad.status_code, "20 MB" in bad.text, "Foto" in bad.text) == (422, True, True)
        bad = await web.post(results, {"result_title": ""})
        assert (bad.status_code, 'href="#result_title"' in bad.text) == (422, True)
        await web.get(edit)
        text = {"files": ("leitfaden.txt", "Zäune setzen.".encode())}
        page = await web.post(results, {"result_title": "Leitfaden"}, files=text)
        assert "The result is kept." in page.text
        [kept] = await ProjectResult.objects()
        file = await web.get(f"{results}/{kept.id}")
        assert file.content.decode() == "Zäune setzen."
        assert file.headers["content-disposition"].startswith("attachment")
        await web.get(edit)
        await web.post(f"{results}/{kept.id}/remove", {})
        assert (await web.get(f"{results}/{kept.id}")).status_code == 404


async def test_beside_a_dossier_it_is_accepted_or_refused(now: datetime):
    matter = await dossier(now)
    matter.topics = "farming"
    await matter.save()
    number = await entered(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get("/en/d/2026-014")
        assert "Projects that may help here" in page.text
        page = await web.post("/en/d/2026-014/projects", {"project": number, "do": "belongs"})
        assert f"[@P{number}]" in page.text
        for typed, status in (
            ({"project": "x", "do": "no"}, 404),
            ({"project": "99999999999", "do": "no"}, 404),
            ({"project": "4242", "do": "no"}, 404),
            ({"project": number, "do": ""}, 422),
        ):
            await web.get("/en/d/2026-014")
            answer = await web.post("/en/d/2026-014/projects", typed)
            assert answer.status_code == status


async def test_a_municipality_finds_its_projects_and_somebody_to_ask_on_its_own_page(
    now: datetime,
):
    await entered(now, led_by="IT-01", members=())
    [contact] = await Contact.objects().where(Contact.email == "office@si-07.example")
    async with browser(now) as web:
        page = await web.get(own_page(contact.id).removeprefix("http://127.0.0.1:8000"))
        assert page.status_code == 200
        assert "Pastirji in psi" in page.text
        assert "hirten@musterdorf.example" in page.text


LIST = """language;title;title_sl;code;topics;members;led_by;begins
de;Hirten;Pastirji;A1;farming, carnivores;SI-07;AT-01;2026-01-01
it;Bus a chiamata;;;transport;IT-01;;
"""


async def test_a_list_is_looked_through_first_then_taken_in_and_taken_back_as_one(now: datetime):
    await members(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get("/en/projects/import")
        page = await web.post("/en/projects/import", {}, files={"file": ("a.csv", LIST.encode())})
        assert "Nothing is written yet" in page.text
        assert await Project.count() == 0
        listed = page.text.split('name="list" value="')[1].split('"')[0]
        page = await web.post("/en/projects/import/now", {"list": listed})
        assert "2 projects are new or changed." in page.text
        assert await ProjectText.count() == 3
        event = page.text.split("/undo/")[1].split('"')[0]
        await web.get("/en/projects/import")
        again = await web.post("/en/projects/import", {}, files={"file": ("a.csv", LIST.encode())})
        assert "As before" in again.text
        await web.get("/en/projects/import")
        await web.post(f"/en/undo/{event}", {})
        assert "No project is entered yet" in (await web.get("/en/projects")).text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("language;title\nde;\n", "<td>title</td>"),
        ("language;title;members\nde;A;SI-98\n", "SI-98"),
        ("language;title;begins\nde;A;1.1.2026\n", "begins"),
        ("language;title;code\nde;A;X1\nde;B;X1\n", "This code stands in row 2 too"),
        ("language;title\n", "There is no row below the headings"),
        ("title\nA\n", "language"),
        ("", "file"),
    ],
)
async def test_a_list_with_one_bad_row_names_it_and_takes_in_nothing(
    now: datetime, text: str, said: str
):
    await members(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get("/en/projects/import")
        page = await web.post("/en/projects/import", {}, files={"file": ("a.csv", text.encode())})
        assert (page.status_code, said in page.text) == (422, True)
        assert await Project.count() == 0


async def test_the_table_that_is_taken_out_is_taken_in_again(now: datetime):
    await entered(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        book = (await web.get("/en/export/projects.xlsx")).content
        sheet = openpyxl.load_workbook(io.BytesIO(book)).worksheets[0]
        assert "Hirten & Hunde" in {cell.value for row in sheet.iter_rows() for cell in row}
        await web.get("/en/projects/import")
        page = await web.post("/en/projects/import", {}, files={"file": ("p.xlsx", book)})
        assert page.status_code == 200
        assert "<dt>As before</dt><dd>1</dd>" in page.text
