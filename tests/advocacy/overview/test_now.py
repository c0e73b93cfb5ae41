from datetime import datetime, timedelta

import pytest

from advocacy import database
from advocacy.dossiers.rules import DeadlineState, Station
from advocacy.dossiers.tables import DeadlineClaim, Dossier, DossierEntry
from advocacy.history.actions import record
from advocacy.positions.rules import PositionState
from advocacy.submissions.rules import SubmissionState
from advocacy.submissions.tables import Submission
from tests.advocacy.overview import matters
from tests.advocacy.overview.needs import acts_on
from tests.browsing import browser
from tests.characters import ana, luca, maja, musterdorf, presidency, vzorcna_vas
from tests.queries_counted import counted

pytestmark = pytest.mark.anyio


async def test_the_secretariat_sees_everything_by_the_moment_of_its_consequence(
    db: str, now: datetime
):
    office = await ana(now)
    of = await matters.source(now)
    await matters.entry(now, of, "Wölfe", deadline=now + timedelta(days=2))
    await matters.entry(now, of, "Ohne Frist")
    opened = await matters.dossier(now, "2026-001", "Eröffnet")
    await matters.window(now, opened, days=40, call_out=5)
    called = await matters.dossier(now, "2026-002", "Gefragt", station=Station.CALL)
    asked = await matters.call(
        now, await matters.window(now, called, days=30), "2026-002-1", by=office, days=6
    )
    await matters.invite(asked, await musterdorf(now))
    drafted = await matters.dossier(now, "2026-003", "Im Entwurf", station=Station.DRAFT)
    await matters.window(now, drafted, days=30, draft=4, presidency=9)
    await matters.position(now, drafted, by=office)
    adopted = await matters.dossier(now, "2026-004", "Beschlossen", station=Station.APPROVAL)
    await matters.window(now, adopted, days=1)
    await matters.position(now, adopted, by=office, state=PositionState.ADOPTED)
    moved = await matters.dossier(now, "2026-005", "Verschoben", station=Station.SUBMITTED)
    await matters.window(now, moved, days=3, state=DeadlineState.MOVED)
    async with browser(now) as web:
        await web.sign_in(office, now)
        page = await web.get("/en/now")
    assert page.status_code == 200
    assert "Good morning, Ana. Six things need you now." in page.text
    assert acts_on(page) == [
        "Submit the position",
        "Sort 1 entry with a deadline",
        "Confirm the deadline",
        "Ask the municipalities",
        "Ask again who has not answered",
        "Send the position to the presidency",
    ]
    assert "0 of 1 municipality has answered" in page.text


async def test_at_most_seven_rows_are_shown_and_the_rest_is_counted(db: str, now: datetime):
    office = await ana(now)
    for place in range(9):
        of = await matters.dossier(now, f"2026-{place:03d}", f"Sache {place}")
        await matters.window(now, of, days=30 + place)
    async with browser(now) as web:
        await web.sign_in(office, now)
        page = await web.get("/en/now")
    assert len(acts_on(page)) == 7
    assert "9 things need you now." in page.text
    assert "2 further things are less urgent." in page.text


async def test_all_rows_are_there_on_request(db: str, now: datetime):
    office = await ana(now)
    for place in range(9):
        of = await matters.dossier(now, f"2026-{place:03d}", f"Sache {place}")
        await matters.window(now, of, days=30 + place)
    async with browser(now) as web:
        await web.sign_in(office, now)
        page = await web.get("/en/now?all=1")
    assert len(acts_on(page)) == 9
    assert "less urgent" not in page.text


async def test_what_a_colleague_leads_waits_for_the_colleague(db: str, now: datetime):
    office, colleague = await ana(now), await luca(now)
    mine = await matters.dossier(now, "2026-001", "Meines")
    await matters.window(now, mine, days=30)
    theirs = await matters.dossier(now, "2026-002", "Seines")
    await matters.window(now, theirs, days=20)
    of_a_coordinator = await matters.dossier(now, "2026-003", "Majas")
    await matters.window(now, of_a_coordinator, days=40)
    coordinator = await maja(now)
    for matter, lead in ((mine, office), (theirs, colleague), (of_a_coordinator, coordinator)):
        await Dossier.update({Dossier.lead: lead.id}).where(Dossier.id == matter.id)
    async with browser(now) as web:
        await web.sign_in(office, now)
        page = await web.get("/en/now")
    own, waiting = page.text.split("Waiting for others (1)")
    assert ("Meines" in own, "Majas" in own, "Seines" in own) == (True, True, False)
    assert "Luca Beispiel: Ask the municipalities" in waiting
    assert "Seines" in waiting


async def test_what_others_did_lately_is_told_for_information_and_demands_nothing(
    db: str, now: datetime
):
    office, colleague = await ana(now), await luca(now)
    matter = await matters.dossier(now)
    acts = (
        ("dossier opened", colleague, now - timedelta(days=1)),
        ("deadline moved", colleague, now - timedelta(days=8)),
        ("dossier closed", office, now - timedelta(hours=2)),
        ("position saved", colleague, now - timedelta(hours=1)),
    )
    for action, by, at in acts:
        async with database.transaction():
            await record(action, kind="dossier", object=matter.id, dossier=matter.id, by=by, now=at)
    async with browser(now) as web:
        await web.sign_in(office, now)
        page = await web.get("/en/now")
    [told] = page.text.split("For information")[1:]
    assert "Luca Beispiel · dossier opened" in told.split("</section>")[0]
    assert told.count("Luca Beispiel") == 1
    assert "Nothing needs you now." in page.text


async def test_a_source_that_names_another_date_needs_a_decision_before_the_earlier_one(
    db: str, now: datetime
):
    office = await ana(now)
    matter = await matters.dossier(now, station=Station.SUBMITTED)
    known = await matters.window(now, matter, days=22)
    said = await matters.entry(now, await matters.source(now), "Frist verlängert")
    await DossierEntry(dossier=matter.id, entry=said.id, at=now).save()
    await DeadlineClaim(
        dossier=matter.id, window=known.id, entry=said.id, closes=now + timedelta(days=40),
        zone=matters.BRUSSELS, quote="bis 2. Januar", raised=now,
    ).save()  # fmt: skip
    async with browser(now) as web:
        await web.sign_in(office, now)
        page = await web.get("/en/now")
    assert acts_on(page) == ["Decide which deadline holds"]
    assert "Europäische Kommission names another date: 2 Jan 2027" in page.text
    assert 'href="/en/d/2026-014#deadlines"' in page.text
    assert "in 22 days" in page.text


async def test_a_text_is_written_once_however_many_windows_its_dossier_has(db: str, now: datetime):
    office = await ana(now)
    drafted = await matters.dossier(now, station=Station.DRAFT)
    await matters.window(now, drafted, days=50, presidency=40)
    await matters.window(now, drafted, days=20, presidency=9)
    await matters.position(now, drafted, by=office)
    async with browser(now) as web:
        await web.sign_in(office, now)
        page = await web.get("/en/now")
    assert acts_on(page) == ["Send the position to the presidency"]
    assert "in 9 days" in page.text


async def test_my_own_dossiers_show_where_they_stand(db: str, now: datetime):
    office = await ana(now)
    matter = await matters.dossier(now, station=Station.CALL)
    done = await matters.dossier(now, "2026-009", "Erledigt", station=Station.RESULT)
    for each in (matter, done):
        await Dossier.update({Dossier.lead: office.id}).where(Dossier.id == each.id)
    async with browser(now) as web:
        await web.sign_in(office, now)
        page = await web.get("/en/now")
    mine = page.text.split("My dossiers")[1]
    assert ("2026-014" in mine, "Erledigt" in mine) == (True, False)
    assert '<li aria-current="step">Call' in mine


async def test_a_submission_without_report_back_and_a_failing_source_are_not_forgotten(
    db: str, now: datetime
):
    office = await ana(now)
    of = await matters.dossier(now, station=Station.SUBMITTED)
    held = await matters.held_round(
        now,
        await matters.position(now, of, by=office, state=PositionState.SUBMITTED),
        await presidency(now),
        by=office,
    )
    await Submission(
        round=held.id, state=SubmissionState.SUBMITTED, text_hash="f" * 64, channel="mail",
        language="de", submitted=now, prepared=now,
    ).save()  # fmt: skip
    await matters.source(now, "Stumme Quelle", failures=3, first_failure=now)
    await matters.source(now, "Einmal gestört", failures=1, first_failure=now)
    async with browser(now) as web:
        await web.sign_in(office, now)
        page = await web.get("/en/now")
    assert acts_on(page) == ["Look at 1 source that fails", "Report back"]
    assert "0 of 3 members of the presidency have decided" in page.text
    assert "Waiting for others (1)" in page.text


async def test_a_new_office_is_told_that_nothing_is_to_do(db: str, now: datetime):
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get("/en/now")
    assert "Nothing needs you now." in page.text
    assert "No dossier has a deadline" in page.text


async def test_nobody_sees_it_without_signing_in(db: str, now: datetime):
    async with browser(now) as web:
        page = await web.get("/en/now")
        assert page.url.path == "/en/sign-in"


async def test_the_number_of_queries_does_not_grow_with_the_matters(db: str, now: datetime):
    office, members = await ana(now), await presidency(now)

    async def matter(place: int) -> None:
        of = await matters.dossier(now, f"2026-{place:03d}", f"Sache {place}", station=Station.CALL)
        opening = await matters.window(now, of, days=20 + place, draft=3, answers_in=9)
        asked = await matters.call(now, opening, f"2026-{place:03d}-1", by=office)
        await matters.invite(asked, await vzorcna_vas(now))
        await matters.invite(asked, await musterdorf(now))
        text = await matters.position(now, of, by=office, binding="sl")
        await matters.held_round(now, text, members, by=office)
        of_source = await matters.source(now, f"Quelle {place}", failures=4, first_failure=now)
        await matters.entry(now, of_source, "Neu", deadline=now + timedelta(days=place))

    async def queries() -> list[int]:
        counts = []
        for who in (office, await maja(now), members[0]):
            async with browser(now) as web:
                await web.sign_in(who, now)
                await web.get("/en/now")
                with counted() as asked:
                    await web.get("/en/now")
            counts.append(len(asked))
        return counts

    await matter(1)
    with_one = await queries()
    await matter(2)
    await matter(3)
    assert await queries() == with_one
    assert max(with_one) <= 27
