"""A list of dossiers comes in from a spreadsheet: whole, or not at all."""

import base64
import io
from datetime import UTC, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy import texts
from advocacy.bodies import known
from advocacy.dossiers.importing import HEADINGS, LAYOUT, import_file, plan
from advocacy.dossiers.tables import Dossier, Milestone, Window
from advocacy.exports.sheets import SHEETS
from advocacy.spreadsheets.reading import BadTable, folded
from advocacy.spreadsheets.writing import as_csv, as_xlsx
from tests.advocacy.overview import matters
from tests.browsing import browser
from tests.characters import ana, giulia
from tests.queries_counted import counted

pytestmark = pytest.mark.anyio

GOOD = (
    "title;language;deadline;body;procedure number;countries;topics;lead\n"
    "Schutz der Herden;de;14.12.2026 18:00;commission;2026/0123(COD);AT,SI;carnivores;"
    "ana.muster@alpennetz.example\n"
    "Transit am Brenner;de;;;;AT,IT;;\n"
)


def _told(error: BadTable) -> list[tuple[int, str, str]]:
    return [(each.row, each.column, str(each.message)) for each in error.problems]


async def test_a_row_opens_a_dossier_with_its_deadline_and_plan(db: str, now: datetime):
    office = await ana(now)
    await known.seed(now)
    done = await import_file(GOOD.encode(), "list.csv", by=office, now=now)
    assert (done.opened, done.extended, done.same) == (
        ("Schutz der Herden", "Transit am Brenner"),
        (),
        (),
    )
    rows = await Dossier.select(
        Dossier.number, Dossier.title, Dossier.countries, Dossier.lead, Dossier.body.key
    ).order_by(Dossier.id)
    assert rows == [
        {
            "number": "2026-001", "title": "Schutz der Herden", "countries": "AT,SI",
            "lead": office.id, "body.key": "commission",
        },
        {
            "number": "2026-002", "title": "Transit am Brenner", "countries": "AT,IT",
            "lead": office.id, "body.key": None,
        },
    ]  # fmt: skip
    [window] = await Window.select(Window.closes, Window.zone)
    assert window["closes"] == datetime(2026, 12, 14, 17, tzinfo=UTC)
    assert await Milestone.exists()


async def test_looking_writes_nothing(db: str, now: datetime):
    office = await ana(now)
    await known.seed(now)
    found = await plan(GOOD.encode(), "list.csv", by=office, now=now)
    assert found.opened == ("Schutz der Herden", "Transit am Brenner")
    assert await Dossier.count() == 0


async def test_one_bad_row_and_nothing_is_written_but_each_fault_is_named(db: str, now: datetime):
    office = await ana(now)
    await known.seed(now)
    await matters.dossier(now, "2026-009", "Gibt es schon")
    await Dossier.update({Dossier.procedure_number: "2026/0009(COD)"}).where(
        Dossier.number == "2026-009"
    )
    bad = GOOD + (
        ";de;31.2.2027;;;;;\n"
        "Vorbei;de;1.3.2026;;;;;\n"
        "Schon da;de;;nobody;2026/0009(COD);;;who@example.org\n"
    )
    with pytest.raises(BadTable) as raised:
        await import_file(bad.encode(), "list.csv", by=office, now=now)
    told = _told(raised.value)
    assert [(row, column) for row, column, _ in told] == [
        (4, "title"),
        (4, "deadline"),
        (5, "deadline"),
        (5, "past"),
        (6, "procedure_number"),
        (6, "body"),
        (6, "lead"),
    ]
    assert told[2][2] == "The deadline 1.3.2026 is in the past. Did you mean 1.3.2027?"
    assert told[4][2] == "2026-009 has the same procedure number."
    assert await Dossier.count() == 1


async def test_a_row_with_a_number_sets_a_further_deadline_once(db: str, now: datetime):
    office = await ana(now)
    await matters.dossier(now)
    rows = "number;title;deadline\n2026-014;Großraubtiere;14.12.2026\n"
    first = await import_file(rows.encode(), "list.csv", by=office, now=now)
    again = await import_file(rows.encode(), "list.csv", by=office, now=now)
    assert (first.extended, first.same) == (("2026-014",), ())
    assert (again.extended, again.same) == ((), ("2026-014",))
    assert await Window.count() == 1


async def test_a_number_that_nobody_has_and_the_same_row_twice_are_told(db: str, now: datetime):
    office = await ana(now)
    await matters.dossier(now)
    rows = (
        "number;title;deadline\n"
        "2026-014;Großraubtiere;14.12.2026\n"
        "2026-999;Unbekannt;14.12.2026\n"
        "2026-014;Großraubtiere;14.12.2026\n"
    )
    with pytest.raises(BadTable) as raised:
        await plan(rows.encode(), "list.csv", by=office, now=now)
    assert _told(raised.value) == [
        (3, "number", "There is no dossier 2026-999"),
        (4, "deadline", "The same stands in row 2"),
    ]


@pytest.mark.parametrize("language", texts.LANGUAGES)
async def test_what_goes_out_comes_in_again_and_changes_nothing(
    db: str, now: datetime, language: str
):
    office = await ana(now)
    await known.seed(now)
    await import_file(GOOD.encode(), "list.csv", by=office, now=now)
    with texts.speaking(language):
        sheet = await SHEETS["dossiers"].write(office)
    for content, name in ((as_csv(sheet), "dossiers.csv"), (as_xlsx(sheet), "dossiers.xlsx")):
        again = await plan(content, name, by=office, now=now)
        assert (again.opened, again.extended) == ((), ())
        assert again.same == ("2026-002", "2026-001")


async def test_the_number_of_queries_does_not_grow_with_the_rows(db: str, now: datetime):
    office = await ana(now)
    await known.seed(now)
    rows = [f"Sache {place};14.12.2026" for place in range(40)]

    async def asked(count: int) -> int:
        content = "\n".join(["title;deadline", *rows[:count]]).encode()
        with counted() as queries:
            await plan(content, "list.csv", by=office, now=now)
        return len(queries)

    assert await asked(40) == await asked(1)


async def test_through_the_pages(db: str, now: datetime):
    office = await ana(now)
    await known.seed(now)
    async with browser(now) as web:
        await web.sign_in(office, now)
        await web.get("/en/dossiers/import")
        looked = await web.client.post(
            "/en/dossiers/import", data=web.keys(), files={"file": ("list.csv", GOOD.encode())}
        )
        assert looked.status_code == 200
        assert "Schutz der Herden · Transit am Brenner" in looked.text
        assert await Dossier.count() == 0
        file = base64.b64encode(GOOD.encode()).decode()
        page = await web.post("/en/dossiers/import/now", {"file": file, "name": "list.csv"})
        assert "2 dossiers are new." in page.text
        assert await Dossier.count() == 2
        await web.get("/en/dossiers/import")
        bad = await web.post("/en/dossiers/import/now", {"file": "no base64", "name": "list.csv"})
        assert bad.status_code == 422
    async with browser(now) as web:
        await web.sign_in(await giulia(now), now)
        assert (await web.get("/en/dossiers/import")).status_code == 404


@given(st.sampled_from(sorted(HEADINGS)))
def test_no_heading_means_two_columns(key: str):
    assert {LAYOUT.columns[folded(alias)] for alias in HEADINGS[key]} == {key}


@pytest.mark.parametrize("language", texts.LANGUAGES)
async def test_every_column_that_we_write_is_known_when_it_comes_back(
    db: str, now: datetime, language: str
):
    with texts.speaking(language):
        sheet = await SHEETS["dossiers"].write(await ana(now))
    read = {key: LAYOUT.columns.get(folded(heading)) for key, heading in sheet.columns.items()}
    assert read == {key: key for key in sheet.columns}


async def test_a_workbook_with_a_broken_row_names_its_row(db: str, now: datetime):
    office = await ana(now)
    book = openpyxl.Workbook()
    for cells in (["title", "deadline"], ["Gut", datetime(2026, 12, 14)], ["", "irgendwann"]):
        book.active.append(cells)
    file = io.BytesIO()
    book.save(file)
    with pytest.raises(BadTable) as raised:
        await plan(file.getvalue(), "list.xlsx", by=office, now=now)
    assert [(row, column) for row, column, _ in _told(raised.value)] == [
        (3, "title"),
        (3, "deadline"),
    ]
