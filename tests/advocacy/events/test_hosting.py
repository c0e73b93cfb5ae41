"""For the hosts: list and badges, invitations, the programme and its minutes."""

import io
import re
from datetime import datetime

import openpyxl
import pypdf
import pytest

from advocacy.events import actions
from advocacy.events.forms import PointForm
from advocacy.events.saying.typed import NewMinute
from advocacy.events.tables import Point
from tests.advocacy.calls.story import opened
from tests.advocacy.documents.files import png
from tests.advocacy.events.matters import (
    guest,
    letters,
    published,
    registered,
)
from tests.browsing import browser
from tests.characters import ana, vzorcna_vas

pytestmark = pytest.mark.anyio


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
    await actions.minutes.write(gathering.id, NewMinute("Nur für uns", "de"), by=by, now=now)
    async with browser(now) as web:
        page = await web.get(f"/de/events/{gathering.id}")
        for secret in ("Intern geheim", dossier.number, "Nur für uns"):
            assert secret not in page.text
        await web.sign_in(by, now)
        page = await web.get(f"/de/events/{gathering.id}")
        assert ("Intern geheim" in page.text, "Nur für uns" in page.text) == (True, True)
