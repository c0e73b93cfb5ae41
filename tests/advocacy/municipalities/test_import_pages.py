import html
import io
import threading
from datetime import datetime

import openpyxl
import pytest

from advocacy.history.tables import Event
from advocacy.municipalities.tables import Contact, Municipality
from tests.browsing import browser
from tests.characters import ana, maja

pytestmark = pytest.mark.anyio
LIST = "code;name;country;language\nAT-02;Neudorf;AT;de\n"
OTHER_NAMES = (
    "Mitglieder\n\nSchlüssel;Wie sie heißt;Staatskürzel;Amtssprache\nAT-02;Neudorf;AT;de\n"
)


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


async def test_columns_with_names_of_their_own_are_asked_for(db: str, now: datetime):
    here = "/en/municipalities/import"
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get(here)
        files = {"file": ("list.csv", OTHER_NAMES.encode(), "text/csv")}
        page = await web.post(here, files=files)
        assert page.status_code == 200
        assert "Which column is which?" in page.text
        assert "Wie sie heißt" in page.text
        assert "Neudorf" in page.text
        table = html.unescape(page.text.split('name="table" value="')[1].split('"')[0])
        row = page.text.split('name="row_shown" value="')[1].split('"')[0]
        form = {"table": table, "row": row, "row_shown": row, "origin": "list.csv"}
        keys = {"column-0": "code", "column-2": "country", "column-3": "language"}
        missing = await web.post(f"{here}/columns", form | keys)
        assert missing.status_code == 422
        assert "Choose the column for: Name" in missing.text
        other = await web.post(f"{here}/columns", form | keys | {"row": "4"})
        assert "AT-02" in other.text
        plan = await web.post(f"{here}/columns", form | keys | {"column-1": "name"})
        assert "Import now" in plan.text
        assert await Municipality.count() == 0
        kept = html.unescape(plan.text.split('name="list" value="')[1].split('"')[0])
        done = await web.post(f"{here}/now", {"list": kept, "origin": "list.csv"})
        assert "1 municipality is new or changed" in done.text
        assert "Undo" in done.text
        undone = await web.post(f"/en/undo/{(await last_event()).id}")
        assert undone.status_code == 200
    assert await Municipality.count() == 0


async def test_a_workbook_is_read_beside_the_pages_of_others(
    db: str, now: datetime, monkeypatch: pytest.MonkeyPatch
):
    threads, load = list[threading.Thread](), openpyxl.load_workbook

    def loaded(*given: object, **more: object) -> object:
        threads.append(threading.current_thread())
        return load(*given, **more)

    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in (("code", "name", "country", "language"), ("AT-02", "Neudorf", "AT", "de")):
        book.active.append(row)
    book.save(out)
    monkeypatch.setattr(openpyxl, "load_workbook", loaded)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get("/en/municipalities/import")
        files = {"file": ("list.xlsx", out.getvalue(), "application/octet-stream")}
        assert "Neudorf" in (await web.post("/en/municipalities/import", files=files)).text
    assert threads
    assert threading.current_thread() not in threads


async def last_event() -> Event:
    found = await Event.objects().order_by(Event.id, ascending=False).first()
    assert found is not None
    return found


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"table": "x"},
        {"table": "1;a\n2;b", "row": "²"},
        {"table": "1;a\n2;b", "row": "99999999999"},
        {"table": "1;\n2;", "row": "1", "row_shown": "1"},
        {"table": '1;"a\n2', "row": "1"},
    ],
)
async def test_a_table_that_was_tampered_with_is_refused_not_broken(
    form: dict[str, str], db: str, now: datetime
):
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get("/en/municipalities/import")
        answer = await web.post("/en/municipalities/import/columns", form)
        assert answer.status_code in {200, 422}
        await web.get("/en/municipalities/import")
        assert (await web.post("/en/municipalities/import/now", {"list": "x"})).status_code == 422


async def test_a_workbook_of_five_thousand_rows_is_looked_at_and_taken_in(db: str, now: datetime):
    book, out = openpyxl.Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet()
    sheet.append(["Kennung", "Gemeinde", "Land", "Sprache", "E-Mail"])
    for n in range(5_000):
        sheet.append([f"AT-{n:04}", f"Ort {n}", "AT", "de", f"amt@ort{n}.example"])
    book.save(out)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get("/en/municipalities/import")
        files = {"file": ("list.xlsx", out.getvalue(), "application/octet-stream")}
        plan = await web.post("/en/municipalities/import", files=files)
        kept = html.unescape(plan.text.split('name="list" value="')[1].split('"')[0])
        await web.post("/en/municipalities/import/now", {"list": kept})
        assert await Municipality.count() == 5_000
        assert await Contact.count() == 5_000
        await web.post(f"/en/undo/{(await last_event()).id}")
        assert await Municipality.count() == 0
