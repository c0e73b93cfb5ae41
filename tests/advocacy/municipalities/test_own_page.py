from datetime import datetime, timedelta

import pytest

from advocacy.history.tables import Event
from advocacy.mail.tables import Letter
from advocacy.municipalities import links, queries
from advocacy.municipalities.tables import Contact
from advocacy.outcomes.actions import report_back
from advocacy.outcomes.tables import ReportBack
from advocacy.submissions.tables import Submission
from tests.advocacy.approvals.matters import COSTS, ready
from tests.advocacy.calls.story import invitation, link, opened
from tests.advocacy.submissions.matters import handed_in
from tests.browsing import HERE, browser
from tests.characters import ana, maja, musterdorf, vzorcna_vas

pytestmark = pytest.mark.anyio


async def contact_of(code: str) -> Contact:
    found = await Contact.objects().where(Contact.municipality.code == code).first()
    assert found is not None
    return found


async def path(code: str = "SI-07") -> str:
    return links.own_page((await contact_of(code)).id).removeprefix(HERE)


async def everything() -> tuple[object, ...]:
    return (
        await Contact.select(), await Event.count(), await Letter.count(),
        await ReportBack.count(),
    )  # fmt: skip


async def reported(now: datetime) -> Submission:
    matter = await ready(now)
    await maja(now)
    return await handed_in(matter, now)


async def test_what_is_open_comes_first_with_the_link_to_answer(db: str, now: datetime):
    await opened(now)
    async with browser(now) as web:
        page = await web.get(await path())
        assert page.status_code == 200
        assert '<html lang="sl">' in page.text
        assert await link("SI-07") in page.text
        assert "Herdenschutz sl" in page.text
        for code in ("AT-01", "IT-01", "FR-01"):
            assert await link(code) not in page.text
        assert "Musterdorf" not in page.text


async def test_another_language_is_one_tap_away(db: str, now: datetime):
    await opened(now)
    async with browser(now) as web:
        page = await web.get(await path() + "?language=it")
        assert '<html lang="it">' in page.text
        assert "Herdenschutz it" in page.text
        for number in ("0", "x", "99", "²", "99999999999"):
            assert (await web.get(f"{await path()}?page={number}")).status_code == 200
        odd = await web.get(await path() + "?language=%00")
        assert '<html lang="sl">' in odd.text


async def test_a_page_without_calls_says_what_comes(db: str, now: datetime):
    await vzorcna_vas(now)
    async with browser(now) as web:
        page = await web.get(await path() + "?language=en")
        assert "Nothing is open at the moment" in page.text
        assert "Nothing yet." in page.text


async def test_it_reads_what_became_of_its_words_and_of_nobody_elses(db: str, now: datetime):
    await reported(now)
    async with browser(now) as web:
        page = await web.get(await path() + "?language=en")
        assert COSTS in page.text
        assert "Taken up in paragraph 2." in page.text
        assert "Volle Kostendeckung" in page.text
        assert "No outcome yet" in page.text or "Open" in page.text
        for foreign in ("Die Teilfinanzierung", "Il costo supera", "Valdesempio", "Villexemple"):
            assert foreign not in page.text
        await web.sign_in(await ana(now), now)
        staff = await web.get("/en/m/SI-07")
        assert "Taken up in paragraph 2." in staff.text
        assert "Il costo supera" not in staff.text


async def test_opening_it_records_nothing(db: str, now: datetime):
    await reported(now)
    before = await everything()
    async with browser(now) as web:
        for _ in range(3):
            await web.get(await path())
            await web.client.head(await path())
            assert (await web.get(await path() + "/right")).status_code == 405
    assert await everything() == before


async def test_a_wrong_key_shows_nothing(db: str, now: datetime):
    await opened(now)
    right = await path()
    settings = links.mail_settings((await contact_of("SI-07")).id).rpartition("/")[2]
    async with browser(now) as web:
        for wrong in (right[:-1], "/m/1-x", "/m/²-x", "/m/99999999999-x", f"/m/{settings}"):
            assert (await web.get(wrong)).status_code == 404
        await Contact.delete(force=True)
        assert (await web.get(right)).status_code == 404


async def test_everything_is_right_is_one_button(db: str, now: datetime):
    await vzorcna_vas(now)
    async with browser(now) as web:
        await web.get(await path())
        page = await web.post(await path() + "/right", {})
        assert page.status_code == 200
        assert 'role="status"' in page.text
    assert (await contact_of("SI-07")).confirmed == now


async def test_one_changes_only_what_is_ones_own(db: str, now: datetime):
    await vzorcna_vas(now)
    words = {"name": "Janez Primer ml.", "phone": "1", "language": "sl", "email": "x@evil.example"}
    async with browser(now) as web:
        page = await web.get(await path())
        shown = page.text.split('name="shown" value="')[1].split('"')[0]
        wrong = await web.post(await path() + "/me", words | {"name": "", "shown": shown})
        assert wrong.status_code == 422
        keys = web.keys() | words | {"shown": shown}
        for _ in range(2):
            await web.client.post(await path() + "/me", data=keys)
        await web.get(await path())
        stale = await web.post(await path() + "/me", words | {"name": "Z", "shown": shown})
        assert stale.status_code == 409
    known = await contact_of("SI-07")
    assert (known.name, known.phone, known.email) == (
        "Janez Primer ml.", "1", "office@si-07.example",
    )  # fmt: skip
    assert await Event.count().where(Event.action == "contact changed") == 1


async def test_an_objection_reaches_the_coordinator_once(db: str, now: datetime):
    await reported(now)
    number = (await invitation("SI-07")).id
    async with browser(now) as web:
        page = await web.get(await path() + "?language=en")
        there = f"{await path()}/objection/{number}"
        empty = await web.post(f"{there}?language=en", {"objection": "  "})
        assert empty.status_code == 422
        assert "Say in your own words" in empty.text
        keys = web.keys() | {"objection": "To nismo mi. <b>Nikoli</b>"}
        for _ in range(2):
            await web.client.post(there, data=keys)
        page = await web.get(await path() + "?language=en")
        assert "Is being looked at" in page.text
        assert "To nismo mi. &lt;b&gt;" in page.text
    [letter] = await Letter.objects().where(Letter.kind == "misrepresented")
    assert letter.recipient == "maja.vzorec@alpennetz.example"
    assert "To nismo mi." in letter.text
    assert "office@si-07.example" in letter.headers
    assert await Event.count().where(Event.action == "misrepresentation reported") == 1


async def test_nobody_objects_to_what_another_was_told(db: str, now: datetime):
    await reported(now)
    other = (await invitation("AT-01")).id
    async with browser(now) as web:
        for number in (other, 0, 99_999_999_999):
            await web.get(await path())
            answer = await web.post(f"{await path()}/objection/{number}", {"objection": "Nein"})
            assert answer.status_code == 404
    assert await Event.count().where(Event.action == "misrepresentation reported") == 0


async def test_the_coordinator_settles_an_objection_and_may_take_that_back(db: str, now: datetime):
    await reported(now)
    number = (await invitation("SI-07")).id
    async with browser(now) as web:
        await web.get(await path())
        await web.post(f"{await path()}/objection/{number}", {"objection": "To nismo mi."})
        assert len(await queries.open_objections(["SI"])) == 1
        assert await queries.open_objections(["IT"]) == []
        await web.sign_in(await maja(now), now)
        page = await web.get("/en/m/SI-07")
        assert "Waits for an answer" in page.text
        event = (await queries.open_objections())[0].event
        page = await web.post(f"/en/m/SI-07/objections/{event}")
        assert "The objection is settled." in page.text
        assert await queries.open_objections() == []
        again = await web.post(f"/en/m/SI-07/objections/{event}")
        assert again.status_code == 409
        await web.get("/en/m/SI-07")
        done = await Event.objects().where(Event.action == "misrepresentation settled").first()
        assert done is not None
        await web.post(f"/en/undo/{done.id}")
        assert len(await queries.open_objections(["SI"])) == 1


async def test_a_calendar_has_the_deadlines_of_this_municipality(db: str, now: datetime):
    await opened(now)
    key = (await path()).removeprefix("/m/")
    async with browser(now) as web:
        answer = await web.get(f"/cal/m/{key}.ics")
        assert answer.headers["content-type"].startswith("text/calendar")
        assert "DTSTART:20261204T170000Z" in answer.text
        assert "Herdenschutz sl" in answer.text
        tag = answer.headers["etag"]
        same = await web.get(f"/cal/m/{key}.ics", headers={"if-none-match": tag})
        assert same.status_code == 304
        for wrong in (key[:-1], "1-x", "at"):
            assert (await web.get(f"/cal/m/{wrong}.ics")).status_code == 404


async def test_results_come_once_a_week_or_never_as_one_wishes(db: str, now: datetime):
    submission = await reported(now)
    await Contact.update({Contact.results: "weekly"}).where(
        Contact.id == (await contact_of("SI-07")).id
    )
    await Contact.update({Contact.results: "never"}).where(
        Contact.id == (await contact_of("AT-01")).id
    )
    later = now + timedelta(hours=2)
    assert await report_back(submission.id, by=await ana(now), now=later) == 3
    letters = {
        each.language: each for each in await Letter.objects().where(Letter.kind == "report_back")
    }
    assert set(letters) == {"sl", "it", "fr"}
    assert letters["sl"].due == datetime.fromisoformat("2026-11-30T08:00:00+01:00")
    assert letters["it"].due == later
    assert links.own_page((await contact_of("SI-07")).id) in letters["sl"].text
    assert "/results>" in letters["sl"].headers
    assert await report_back(submission.id, by=await ana(now), now=later) == 0
    async with browser(now) as web:
        page = await web.get(await path("AT-01") + "?language=en")
        assert "Die Teilfinanzierung genügt." in page.text
        assert await musterdorf(now)
