import re
from datetime import date, datetime

import pytest

from advocacy.calls import actions
from advocacy.calls.tables import ContributionVersion, Ring
from advocacy.mail.tables import Letter
from advocacy.municipalities.tables import Contact
from tests.advocacy.calls import story
from tests.browsing import Browser, browser
from tests.characters import ana, giulia, maja, municipality
from tests.queries_counted import counted

pytestmark = pytest.mark.anyio
HERE = "/en/c/2026-014-1/ring/si"


async def _opened(now: datetime) -> None:
    for code, name in (("SI-08", "Druga vas"), ("SI-09", "Tretja vas")):
        await municipality(code, name, "sl", "Metka Primer", now=now)
    await story.opened(now)
    await Contact.update({Contact.phone: "+386 1 234", Contact.best_time: "8–10"}).where(
        Contact.municipality.code == "SI-07"
    )


async def _contact(code: str) -> Contact:
    found = await Contact.objects().where(Contact.municipality.code == code).first()
    assert found is not None
    return found


async def _rung(web: Browser, code: str, **form: str) -> object:
    await web.get(HERE)
    return await web.post(f"{HERE}/{code}", form)


async def test_the_list_says_whom_to_ring_and_how(db: str, now: datetime):
    await _opened(now)
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        page = await web.get(HERE)
    assert "0 of 3 municipalities are rung." in page.text
    assert '<a href="tel:+3861234">+386 1 234</a>' in page.text
    assert "Best time: 8–10" in page.text
    assert "Janez Primer, mayor · Slovenian" in page.text
    assert page.text.count('data-row-key="1"') == 3
    assert "/en/c/2026-014-1/answer/SI-07" in page.text


async def test_each_outcome_is_a_button_and_leads_to_the_next_row(db: str, now: datetime):
    await _opened(now)
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        page = await _rung(web, "SI-07", outcome="reached")
        assert str(page.url).endswith("/ring/si#row-SI-08")
        assert "Vzorčna vas: Reached." in page.text
        assert "1 of 3 municipalities are rung." in page.text
        page = await _rung(web, "SI-08", outcome="no_answer")
        assert str(page.url).endswith("/ring/si#row-SI-09")
        page = await _rung(web, "SI-09", outcome="absent", until="2027-01-03")
        assert page.url.path == HERE
        assert "Back on: 3 Jan 2027" in page.text
        assert "3 of 3 municipalities are rung." in page.text
    assert [row["outcome"] for row in await Ring.select(Ring.outcome).order_by(Ring.id)] == [
        "reached", "no_answer", "absent",
    ]  # fmt: skip
    assert (await _contact("SI-09")).absent_until == date(2027, 1, 3)


async def test_an_outcome_is_undone_by_its_banner(db: str, now: datetime):
    await _opened(now)
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        page = await _rung(web, "SI-07", outcome="reached")
        event = re.search(r"/en/undo/(\d+)", page.text)
        assert event is not None
        undone = await web.post(f"/en/undo/{event[1]}")
        assert undone.url.path == HERE
        assert "0 of 3 municipalities are rung." in undone.text
    assert await Ring.count() == 0


async def test_a_coordinator_undoes_no_act_of_somebody_else(db: str, now: datetime):
    await _opened(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await _rung(web, "SI-07", outcome="reached")
        event = re.search(r"/en/undo/(\d+)", page.text)
    assert event is not None
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        await web.get("/en/me")
        assert (await web.post(f"/en/undo/{event[1]}")).status_code == 404
    assert await Ring.count() == 1


async def test_a_wrong_contact_is_mended_in_the_list(db: str, now: datetime):
    await _opened(now)
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        page = await _rung(web, "SI-07", outcome="wrong_contact")
        assert "mend=SI-07" in str(page.url)
        assert 'name="reach"' in page.text
        wrong = await web.post(f"{HERE}/SI-07/contact", {"name": "Micka", "reach": "x@"})
        assert wrong.status_code == 422
        assert 'href="#reach"' in wrong.text
        assert 'value="x@"' in wrong.text
        odd = await web.post(f"{HERE}/SI-07/contact", {"name": "Micka", "reach": "ne vem"})
        assert odd.status_code == 422
        typed = {"name": "Micka Primer", "reach": "+386 41 999"}
        page = await web.post(f"{HERE}/SI-07/contact", typed)
        assert "Micka Primer is kept." in page.text
        mended = await _contact("SI-07")
        assert (mended.name, mended.phone, mended.email, mended.best_time) == (
            "Micka Primer", "+386 41 999", "office@si-07.example", "8–10",
        )  # fmt: skip
        event = re.search(r"/en/undo/(\d+)", page.text)
        assert event is not None
        await web.post(f"/en/undo/{event[1]}")
        assert (await _contact("SI-07")).phone == "+386 1 234"
        await web.get(f"{HERE}?mend=SI-07")
        await web.post(f"{HERE}/SI-07/contact", {"name": "", "reach": "nov@si-07.example"})
    mended = await _contact("SI-07")
    assert (mended.name, mended.email) == ("Janez Primer", "nov@si-07.example")


async def test_a_wrong_day_is_said_at_its_row_and_nothing_is_kept(db: str, now: datetime):
    await _opened(now)
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        for odd in ("2020-01-01", "31.2.2027", "jutri", "1.1"):
            page = await _rung(web, "SI-08", outcome="absent", until=odd)
            assert page.status_code == 422
            assert 'href="#until-SI-08"' in page.text
        page = await _rung(web, "SI-08", outcome="absent", until="3.1.2027")
        assert page.status_code == 200
    assert await Ring.count() == 1


async def test_the_same_form_twice_is_one_try(db: str, now: datetime):
    await _opened(now)
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        await web.get(HERE)
        form = web.keys() | {"outcome": "reached"}
        for _ in range(2):
            await web.client.post(f"{HERE}/SI-07", data=form)
    assert await Ring.count() == 1


async def test_the_list_is_narrowed_and_stays_so(db: str, now: datetime):
    await _opened(now)
    await actions.save_draft((await story.invitation("SI-09")).id, {"text": "Mi"}, now)
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        drafted = await web.get(f"{HERE}?show=drafted")
        assert ("Tretja vas" in drafted.text, "Druga vas" in drafted.text) == (True, False)
        assert "Nobody on the list fits" in (await web.get(f"{HERE}?show=absent")).text
        page = await _rung(web, "SI-07", outcome="reached", show="not_rung")
        assert "show=not_rung" in str(page.url)
        assert 'id="row-SI-07"' not in page.text
        assert (await web.get(f"{HERE}?show=<b>")).status_code == 200


async def test_nobody_left_is_said(db: str, now: datetime):
    await story.opened(now)
    await actions.contribute((await story.invitation("SI-07")).id, story.answer(), now=now)
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        assert "there is nobody to ring" in (await web.get(HERE)).text
        await web.get("/en/me")
        gone = await web.post(f"{HERE}/SI-07", {"outcome": "reached"})
        assert gone.status_code == 404


async def test_odd_addresses_are_no_pages(db: str, now: datetime):
    await story.checked(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        assert (await web.get(HERE)).status_code == 404  # it has not left yet
        for odd in ("c/2026-014-1/ring/zz", "c/2026-999-1/ring/si", "c/%00/ring/si"):
            assert (await web.get(f"/en/{odd}")).status_code == 404
        for odd in ("SI-07", "XX-1", "%00"):
            await web.get("/en/me")
            assert (await web.post(f"{HERE}/{odd}", {"outcome": "sung"})).status_code == 404


async def test_the_list_takes_as_many_queries_for_three_rows_as_for_one(db: str, now: datetime):
    await _opened(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get("/en/c/2026-014-1/ring/it")
        with counted() as one:
            await web.get("/en/c/2026-014-1/ring/it")
        with counted() as three:
            await web.get(HERE)
    assert len(one) == len(three)


FORM = {
    "channel": "phone",
    "answered_by": "Janez Primer",
    "role": "mayor",
    "stance": "no",
    "text": "Po telefonu: ne.",
    "basis": "mayor",
    "base": "0",
}
ANSWER = "/en/c/2026-014-1/answer/SI-07"


async def test_which_answer_counts_is_asked_when_two_met(db: str, now: datetime):
    await story.opened(now)
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        await web.get(ANSWER)
        await actions.contribute((await story.invitation("SI-07")).id, story.answer(), now=now)
        page = await web.post(ANSWER, FORM)
        assert page.status_code == 409
        assert "Which answer counts?" in page.text
        assert "Imamo 14 planin." in page.text
        assert page.text.count("Po telefonu: ne.") == 2
        assert "(on this page)" in page.text
        await web.post(ANSWER, FORM | {"base": "1"})
    rows = await ContributionVersion.select(
        ContributionVersion.number, ContributionVersion.channel, ContributionVersion.text
    ).order_by(ContributionVersion.number)
    assert [(row["number"], row["channel"]) for row in rows] == [(1, "web"), (2, "phone")]


async def test_the_receipt_of_a_phoned_answer_says_by_whom_it_was_typed(db: str, now: datetime):
    await story.opened(now)
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        await web.get(ANSWER)
        await web.post(ANSWER, FORM)
    letter = await Letter.objects().where(Letter.kind == "receipt").first()
    assert letter is not None
    assert letter.recipient == "office@si-07.example"
    assert "Maja Vzorec" in letter.text.split("Po telefonu")[0]


async def test_files_come_along_with_an_answer_on_paper(db: str, now: datetime):
    await story.opened(now)
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        await web.get(ANSWER)
        files = {"files": ("odgovor.txt", b"Na papirju: ne.\n", "text/plain")}
        done = await web.post(ANSWER, FORM | {"channel": "paper"}, files=files)
        assert done.status_code == 200
        version = await ContributionVersion.objects().first()
        assert version is not None
        assert version.enclosures != "[]"
        page = await web.get(ANSWER)
        assert "odgovor.txt" in page.text
        link = re.search(r'href="(/en/c/2026-014-1/answer/SI-07/files/\d+)"', page.text)
        assert link is not None
        got = await web.get(link[1])
        assert got.content == b"Na papirju: ne.\n"
    async with browser(now) as web:
        await web.sign_in(await giulia(now), now)
        assert (await web.get(link[1])).status_code == 403
