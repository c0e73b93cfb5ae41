"""The papers at their addresses: for whom, when, and that looking at them records nothing."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from advocacy.calls import actions, queries
from advocacy.calls.asking.whole_calls import whole
from advocacy.calls.papers import printing
from advocacy.calls.papers.council_sheet import short_code
from advocacy.calls.tables import Call, Contribution, Invitation
from advocacy.history.tables import Event
from advocacy.mail.tables import Letter
from tests.advocacy.calls import story
from tests.advocacy.calls.papers.matters import read, said
from tests.browsing import browser
from tests.characters import ana, giulia, maja, municipality, presidency
from tests.queries_counted import counted

pytestmark = pytest.mark.anyio


async def _everything() -> str:
    tables: tuple[Any, ...] = (Invitation, Contribution, Event, Letter)
    return json.dumps([await each.select().order_by(each.id) for each in tables], default=str)


async def test_the_sheet_opens_from_the_link_and_records_nothing(db: str, now: datetime) -> None:
    await story.opened(now)
    before = await _everything()
    async with browser(now) as web:
        page = await web.get(f"{await story.link('SI-07')}/sheet.pdf")
    assert page.status_code == 200
    assert page.headers["content-type"] == "application/pdf"
    assert page.headers["content-disposition"] == 'inline; filename="2026-014-1-SI-07-sheet.pdf"'
    assert page.headers["cache-control"] == "private, no-store"
    invited = await story.invitation("SI-07")
    assert "Ali predlog upošteva vašo občino?" in said(page.content)
    assert short_code(invited.id) in said(page.content)
    assert await _everything() == before


async def test_the_sheet_speaks_the_language_chosen_on_the_page(db: str, now: datetime) -> None:
    await story.opened(now)
    async with browser(now) as web:
        page = await web.get(f"{await story.link('SI-07')}/sheet.pdf?language=it")
    assert "La proposta tiene conto del Suo Comune?" in said(page.content)


async def test_the_sheet_can_be_printed_after_the_deadline_too(db: str, now: datetime) -> None:
    await story.opened(now)
    async with browser(story.UNTIL + timedelta(days=1)) as web:
        page = await web.get(f"{await story.link('SI-07')}/sheet.pdf")
    assert page.status_code == 200


async def test_before_the_call_leaves_there_is_no_paper(db: str, now: datetime) -> None:
    call = await story.checked(now)
    await actions.launch(call.id, by=await ana(now), now=now)
    async with browser(now) as web:
        for name in ("sheet.pdf", "receipt.pdf"):
            page = await web.get(f"{await story.link('SI-07')}/{name}")
            assert page.status_code == 403
        await web.sign_in(await ana(now), now)
        assert (await web.get(f"/de/c/{call.number}/sheets/si.pdf")).status_code == 403


async def test_a_link_that_is_not_ours_opens_no_paper(db: str, now: datetime) -> None:
    await story.opened(now)
    async with browser(now) as web:
        for name in ("sheet.pdf", "receipt.pdf"):
            assert (await web.get(f"/a/{'x' * 43}/{name}")).status_code == 404


async def test_the_receipt_returns_the_version_that_stands(db: str, now: datetime) -> None:
    await story.opened(now)
    invited = await story.invitation("SI-07")
    async with browser(now) as web:
        address = f"{await story.link('SI-07')}/receipt.pdf"
        assert (await web.get(address)).status_code == 404
        await actions.contribute(invited.id, story.answer("Ena."), now=now)
        await actions.contribute(invited.id, story.answer("Dve."), now=now)
        before = await _everything()
        page = await web.get(address)
        assert await _everything() == before
    assert page.headers["content-disposition"] == 'inline; filename="2026-014-1-SI-07.pdf"'
    words = said(page.content)
    assert "Dve." in words
    assert "Ena." not in words
    assert "različica 2" in words
    assert queries.token_of(invited.id) not in words
    assert short_code(invited.id) not in words


async def _invited(call: Call, code: str, name: str, now: datetime) -> Invitation:
    place = await municipality(code, name, "it" if code == "SI-02" else "sl", "Eva", now=now)
    made = Invitation(call=call.id, municipality=place.id, language=place.language)
    await made.save()
    return made


async def test_a_country_s_sheets_are_of_those_who_have_not_answered(
    db: str, now: datetime
) -> None:
    call = await story.opened(now)
    done = await _invited(call, "SI-03", "Tretja vas", now)
    await actions.contribute(done.id, story.answer(), now=now)
    await _invited(call, "SI-02", "Druga vas", now)
    before = await _everything()
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        page = await web.get(f"/sl/c/{call.number}/sheets/si.pdf")
    assert page.headers["content-disposition"] == 'inline; filename="2026-014-1-SI.pdf"'
    feet = [each.extract_text().splitlines()[-1] for each in read(page.content).pages]
    assert feet == [
        f"{call.number}/SI-02 · pagina 1 di 1", f"{call.number}/SI-07 · stran 1 od 1"
    ]  # fmt: skip
    kept = json.loads(await _everything())
    assert kept[:2] == json.loads(before)[:2]


async def test_who_may_print_them_and_what_is_no_country(db: str, now: datetime) -> None:
    call = await story.opened(now)
    address = f"/de/c/{call.number}/sheets"
    async with browser(now) as web:
        assert (await web.get(f"{address}/si.pdf")).url.path == "/de/sign-in"
    expected = [(await ana(now), 200), (await maja(now), 200), (await giulia(now), 403)]
    expected.append(((await presidency(now))[0], 404))
    for person, status in expected:
        async with browser(now) as web:
            await web.sign_in(person, now)
            assert (await web.get(f"{address}/si.pdf")).status_code == status
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        for name in ("xx.pdf", "ch.pdf", "%00", "SI'--"):
            assert (await web.get(f"{address}/{name}")).status_code == 404
        assert (await web.get("/de/c/2026-999-1/sheets/si.pdf")).status_code == 404


async def test_many_sheets_ask_the_database_no_more_than_one(db: str, now: datetime) -> None:
    call = await story.opened(now)
    there = await whole(call.number)
    asked = []
    for code in ("SI-04", "SI-05", "SI-06"):
        await _invited(call, code, "Vas", now)
        with counted() as statements:
            await printing.sheets(there, "SI")
        asked.append(len(statements))
    assert asked[0] == asked[2] == 3


async def test_page_and_letter_say_on_what_the_answer_rests(db: str, now: datetime) -> None:
    await story.opened(now)
    link = await story.link("SI-07")
    async with browser(now) as web:
        await web.get(link)
        await web.post(link, story.FORM | {"basis": "council", "decided": "2026-11-10"})
        receipt = await web.get(link + "?language=en")
    assert "Basis of the answer: Decision of the council, 10 Nov 2026" in receipt.text
    letter = await Letter.objects().where(Letter.kind == "receipt").first()
    assert letter is not None
    assert letter.text.count("10. nov. 2026") == letter.html.count("10. nov. 2026") == 1
