import io
import re
from datetime import datetime, timedelta

import icalendar
import openpyxl
import pytest

from advocacy import texts
from advocacy.bodies import known
from advocacy.calls.rules import ContributionState
from advocacy.calls.tables import Contribution
from advocacy.dossiers.rules import Station
from advocacy.exports.sheets import SHEETS
from advocacy.people.rules import Role
from advocacy.people.tables import Person
from advocacy.spreadsheets.writing import as_csv
from tests.advocacy.approvals.matters import ready
from tests.advocacy.overview import matters
from tests.browsing import Browser, browser
from tests.characters import ana, giulia, maja, musterdorf, person, presidency, vzorcna_vas
from tests.queries_counted import counted

pytestmark = pytest.mark.anyio


async def _address(web: Browser) -> str:
    await web.get("/en/me/calendar")
    page = await web.post("/en/me/calendar")
    return "/cal/" + page.text.split("/cal/")[1].split('"')[0]


def _titles(content: bytes) -> list[str]:
    calendar = icalendar.Calendar.from_ical(content)
    return sorted(str(event["summary"]) for event in calendar.walk("VEVENT"))


async def test_a_calendar_needs_its_secret_and_shows_it_once(db: str, now: datetime):
    await matters.window(now, await matters.dossier(now), draft=5)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        address = await _address(web)
        assert address not in (await web.get("/en/me/calendar")).text
    async with browser(now) as outside:
        file = await outside.get(address)
        assert file.headers["content-type"].startswith("text/calendar")
        # In Ana's language: what stands before the colon is the translators' business.
        about = [title.split(": ")[1] for title in _titles(file.content)]
        assert about == ["2026-014 Großraubtiere", "2026-014 Großraubtiere"]
        for wrong in ("/cal/x.ics", "/cal/.ics", address.removesuffix(".ics")):
            assert (await outside.get(wrong)).status_code == 404
    token = address.split("/")[2].removesuffix(".ics")
    assert not await Person.exists().where(Person.calendar_hash == token)


async def test_a_new_address_makes_the_old_one_dead(db: str, now: datetime):
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        first, second = await _address(web), await _address(web)
        assert (await web.get(first)).status_code == 404
        assert (await web.get(second)).status_code == 200
        await web.get("/en/me/calendar")
        await web.post("/en/me/calendar/drop")
        assert (await web.get(second)).status_code == 404


async def test_a_coordinator_gets_the_own_countries_and_a_member_none(db: str, now: datetime):
    await matters.window(now, await matters.dossier(now, "2026-001", "Slowenien", countries="SI"))
    await matters.window(now, await matters.dossier(now, "2026-002", "Italien", countries="IT"))
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        titles = _titles((await web.get(await _address(web))).content)
    assert [title.split(": ")[1] for title in titles] == ["2026-001 Slowenien"]
    mayor = await person("Janez Primer", Role.MUNICIPALITY, "sl", now=now)
    async with browser(now) as web:
        await web.sign_in(mayor, now)
        assert (await web.get("/en/me/calendar")).status_code == 404


async def test_what_was_closed_is_cancelled_for_a_month_and_then_gone(db: str, now: datetime):
    of = await matters.dossier(now, station=Station.CLOSED)
    await matters.window(now, of, days=60)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        address = await _address(web)
        event = icalendar.Calendar.from_ical((await web.get(address)).content).walk("VEVENT")[0]
        assert str(event["status"]) == "CANCELLED"
    async with browser(now + timedelta(days=31)) as web:
        assert _titles((await web.get(address)).content) == []


async def test_someone_who_left_has_no_calendar(db: str, now: datetime):
    office = await ana(now)
    async with browser(now) as web:
        await web.sign_in(office, now)
        address = await _address(web)
        await Person.update({Person.active: False}).where(Person.id == office.id)
        assert (await web.get(address)).status_code == 404


async def test_the_staff_takes_tables_with_it(db: str, now: datetime):
    office = await ana(now)
    of = await matters.dossier(now, title="=Großraubtiere", station=Station.CALL)
    asked = await matters.call(now, await matters.window(now, of), by=office)
    await matters.invite(asked, await vzorcna_vas(now), state="answered")
    await matters.invite(asked, await musterdorf(now))
    async with browser(now) as web:
        await web.sign_in(await giulia(now), now)
        members = await web.get("/en/export/municipalities.csv")
        assert members.headers["content-type"] == "text/csv; charset=utf-8"
        assert members.headers["content-disposition"] == 'attachment; filename="municipalities.csv"'
        lines = members.content.decode("utf-8-sig").splitlines()
        assert lines[0].startswith("code;name;kind;country")
        assert "Vzorčna vas" in lines[2]
        assert "Janez Primer" in lines[2]
        dossiers = await web.get("/en/export/dossiers.csv")
        assert "2026-014;'=Großraubtiere;de;Asking the municipalities" in dossiers.text
        assert "2026-12-15T09:40+01:00" in dossiers.text
        file = (await web.get("/en/export/calls/2026-014-1.xlsx")).content
        page = openpyxl.load_workbook(io.BytesIO(file)).worksheets[0]
        assert [cell.value for cell in page["A"]] == ["code", "Code", "AT-01", "SI-07"]
        for wrong in ("people.csv", "dossiers.exe", "dossiers", "calls/2026-999-1.csv", "calls/x"):
            assert (await web.get(f"/en/export/{wrong}")).status_code == 404


async def test_others_do_not(db: str, now: datetime):
    async with browser(now) as web:
        await web.sign_in((await presidency(now))[0], now)
        for name in ("municipalities.csv", "inbox.xlsx", "answers.tsv", "calls/2026-014-1.csv"):
            assert (await web.get(f"/en/export/{name}")).status_code == 404


@pytest.mark.parametrize("language", texts.LANGUAGES)
async def test_every_table_is_offered_and_opens_in_each_format(
    db: str, now: datetime, language: str
):
    office = await ana(now)
    await known.seed(now)
    of = await matters.dossier(now, station=Station.CALL)
    asked = await matters.call(now, await matters.window(now, of, draft=5), by=office)
    await matters.invite(asked, await vzorcna_vas(now), state="answered")
    await matters.entry(now, await matters.source(now), "Wölfe")
    await matters.position(now, of, by=office)
    async with browser(now) as web:
        await web.sign_in(office, now)
        page = (await web.get(f"/{language}/exports")).text
        for name in SHEETS:
            assert f"/{language}/export/{name}.xlsx" in page
            file = (await web.get(f"/{language}/export/{name}.xlsx")).content
            book = openpyxl.load_workbook(io.BytesIO(file))
            assert book.sheetnames == [name, "Read me"]
            keys, *_ = book[name].iter_rows(values_only=True)
            written = (await web.get(f"/{language}/export/{name}.csv")).content.decode("utf-8-sig")
            assert written.splitlines()[0].split(";") == list(keys)
            pasted = (await web.get(f"/{language}/export/{name}.tsv")).text.splitlines()
            assert len(pasted) == book[name].max_row - 1
            assert {line.count("\t") for line in pasted} == {len(keys) - 1}


async def test_each_takes_only_what_is_theirs_to_see(db: str, now: datetime):
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        offered = re.findall(r"/en/export/(\w+)\.xlsx", (await web.get("/en/exports")).text)
    assert offered == [name for name, each in SHEETS.items() if Role.COORDINATOR in each.roles]
    assert "inbox" not in offered
    assert "answers" in offered


async def test_a_longer_table_asks_no_more(db: str, now: datetime):
    await vzorcna_vas(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get("/en/export/municipalities.csv")
        with counted() as with_one:
            await web.get("/en/export/municipalities.csv")
        await musterdorf(now)
        with counted() as with_two:
            await web.get("/en/export/municipalities.csv")
    assert len(with_two) == len(with_one)


async def test_the_words_of_an_answer_that_was_taken_back_are_in_no_table(db: str, now: datetime):
    matter = await ready(now)
    taken_back = matter.answers[0].id
    for name in ("answers", "passages"):
        assert "Stroške zaščite" in as_csv(await SHEETS[name].write(await ana(now))).decode()
    await Contribution.update({Contribution.state: ContributionState.WITHDRAWN}).where(
        Contribution.id == taken_back
    )
    for name in ("answers", "passages"):
        table = as_csv(await SHEETS[name].write(await ana(now))).decode()
        assert "Stroške zaščite" not in table
        assert "SI-07" in table
