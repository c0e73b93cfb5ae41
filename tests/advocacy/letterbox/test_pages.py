"""The letterbox as people of the house see it, and the question to the municipality."""

from datetime import datetime

import pytest

from advocacy.calls.queries import token_of
from advocacy.calls.tables import Contribution
from advocacy.letterbox.actions import take_in
from advocacy.letterbox.queries import waiting
from advocacy.letterbox.rules import State
from advocacy.letterbox.tables import Received
from tests.advocacy.calls import story
from tests.advocacy.calls.answering import files
from tests.advocacy.letterbox.mailing import mail, reply
from tests.browsing import browser
from tests.characters import ana, giulia, maja, presidency
from tests.queries_counted import counted

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("db")]


async def lost(now: datetime, text: str = "Deloma.") -> Received:
    made = mail(
        text, sender="Tine Primer <tine@elsewhere.example>", subject="Odgovor <b>na</b> klic"
    )
    return await take_in(made.as_bytes(), via="imap", now=now)


async def to_confirm(now: datetime, code: str = "SI-07") -> Received:
    made = await reply("Deloma. Imamo 14 planin.", code, sender="tine@elsewhere.example")
    made.add_attachment(files.pdf(), maintype="application", subtype="pdf", filename="Sklep č.pdf")
    return await take_in(made.as_bytes(), via="imap", now=now)


async def test_what_waits_is_listed_with_why_and_what_it_says(now: datetime):
    await story.opened(now)
    asked, row = await lost(now), await to_confirm(now)
    await take_in((await reply("Da.", "IT-01")).as_bytes(), via="imap", now=now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get("/en/letterbox")
        assert f"/en/letterbox/{row.id}" in page.text
        assert "Somebody who is no contact of the municipality answered." in page.text
        assert "“Da.”" not in page.text
        page = await web.get("/en/letterbox?show=all")
        assert "“Da.”" in page.text
        assert "Odgovor &lt;b&gt;na&lt;/b&gt; klic" in page.text
        page = await web.get(f"/en/letterbox/{asked.id}")
        assert "Question to us" in page.text
        assert f"/en/advice/{asked.enquiry}" in page.text


async def test_an_empty_letterbox_says_why(now: datetime):
    await story.people(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        assert "No mail waits." in (await web.get("/en/letterbox")).text
        assert "No mailbox is set" in (await web.get("/en/letterbox?show=all")).text


async def test_a_coordinator_sees_only_their_countries(now: datetime):
    await story.opened(now)
    row, other = await lost(now), await to_confirm(now, "IT-01")
    own = await to_confirm(now)
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        page = await web.get("/en/letterbox")
        assert f"/letterbox/{own.id}" in page.text
        for hidden in (row, other):
            assert f"/letterbox/{hidden.id}" not in page.text
            for path in ("", "/source.eml", "/files/1"):
                assert (await web.get(f"/en/letterbox/{hidden.id}{path}")).status_code == 404
            await web.get(f"/en/letterbox/{own.id}")
            posted = await web.post(f"/en/letterbox/{hidden.id}", {"do": "file"})
            assert posted.status_code == 404
    assert [each.id for each in await waiting(["SI"])] == [own.id]
    assert [each.id for each in await waiting(None)] == [other.id, own.id]
    assert await waiting([]) == []


async def test_nobody_else_sees_it(now: datetime):
    await story.opened(now)
    row = await lost(now)
    president, *_ = await presidency(now)
    async with browser(now) as web:
        await web.sign_in(president, now)
        for path in ("/en/letterbox", f"/en/letterbox/{row.id}"):
            assert (await web.get(path)).status_code == 404


async def test_a_mail_is_found_its_place_and_that_is_undone(now: datetime):
    await story.opened(now)
    row = await lost(now)
    asked = await story.invitation("SI-07")
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        for wanted in ("SI-07", "vzorcna"):
            page = await web.get(f"/en/letterbox/{row.id}?member={wanted}")
            assert f'name="invitation" value="{asked.id}"' in page.text
        assert "No call was sent" in (await web.get(f"/en/letterbox/{row.id}?member=xyz")).text
        await web.get(f"/en/letterbox/{row.id}?member=SI-07")
        page = await web.post(f"/en/letterbox/{row.id}", {"do": "assign", "invitation": asked.id})
        assert "It is kept as an answer." in page.text
        assert "Taken as an answer" in page.text
        undo = page.text.partition('action="/en/undo/')[2].partition('"')[0]
        page = await web.post(f"/en/undo/{undo}")
        assert "Noted" in page.text
    [contribution] = await Contribution.objects()
    assert contribution.state == "withdrawn"


async def test_the_same_form_twice_is_one_act_and_an_old_page_changes_nothing(now: datetime):
    await story.opened(now)
    row = await to_confirm(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get(f"/en/letterbox/{row.id}")
        keys = web.keys()
        for _ in range(2):
            page = await web.post(f"/en/letterbox/{row.id}", keys | {"do": "file"})
            assert page.status_code == 200
        old = {"_csrf_token": keys["_csrf_token"], "do": "file"}
        page = await web.post(f"/en/letterbox/{row.id}", old)
        assert page.status_code == 409


async def test_what_cannot_be_meant_is_said(now: datetime):
    await story.opened(now)
    row = await lost(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        for form in (
            {},
            {"do": "assign"},
            {"do": "assign", "invitation": "9" * 30},
            {"do": "confirm"},
        ):
            await web.get(f"/en/letterbox/{row.id}?member=SI-07")
            page = await web.post(f"/en/letterbox/{row.id}", form)
            assert page.status_code == 422
        await web.get(f"/en/letterbox/{row.id}?member=SI-07")
        page = await web.post(f"/en/letterbox/{row.id}", {"do": "assign", "invitation": "99999"})
        assert page.status_code == 404
        for path in ("?before=x", "?before=" + "9" * 30, "?before=0"):
            assert (await web.get(f"/en/letterbox{path}")).status_code == 200
        for path in ("0", "9" * 30, f"{row.id}/files/0", f"{row.id}/files/{'9' * 30}"):
            assert (await web.get(f"/en/letterbox/{path}")).status_code == 404


async def test_files_and_source_are_downloads_that_no_browser_opens(now: datetime):
    await story.opened(now)
    row = await to_confirm(now)
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        file = await web.get(f"/en/letterbox/{row.id}/files/1")
        assert file.content == files.pdf()
        assert file.headers["content-type"] == "application/octet-stream"
        assert file.headers["content-disposition"] == (
            "attachment; filename=\"Sklep--.pdf\"; filename*=UTF-8''Sklep%20%C4%8D.pdf"
        )
        assert file.headers["content-security-policy"] == "default-src 'none'; sandbox"
        source = await web.get(f"/en/letterbox/{row.id}/source.eml")
        assert source.content == row.content
        assert source.headers["content-disposition"].startswith("attachment")


async def test_the_question_to_the_municipality_is_answered_only_by_a_press(now: datetime):
    await story.opened(now)
    row = await to_confirm(now)
    path = f"/a/{token_of((await story.invitation('SI-07')).id)}/reply/{row.id}"
    async with browser(now) as web:
        for _ in range(3):
            page = await web.get(f"{path}?language=en")
            assert "Does this answer speak for you?" in page.text
            assert "Imamo 14 planin." in page.text
        await web.client.head(path)
        assert await Contribution.count() == 0
        await web.post(path, {"do": "confirm"})
        again = await web.post(path, {"do": "confirm"})
        assert again.status_code == 200
    [contribution] = await Contribution.objects()
    assert contribution.version == 1


async def test_rejected_it_is_no_answer(now: datetime):
    await story.opened(now)
    row = await to_confirm(now)
    path = f"/a/{token_of((await story.invitation('SI-07')).id)}/reply/{row.id}"
    async with browser(now) as web:
        await web.get(path)
        await web.post(path, {"do": "reject"})
        assert "Rejected. Thank you!" in (await web.get(f"{path}?language=en")).text
    assert await Contribution.count() == 0
    found = await Received.objects().where(Received.id == row.id).first()
    assert found is not None
    assert found.state == State.FILED


async def test_a_link_shows_no_mail_of_another_municipality(now: datetime):
    await story.opened(now)
    row = await to_confirm(now)
    other = token_of((await story.invitation("IT-01")).id)
    async with browser(now) as web:
        for path in (f"/a/{other}/reply/{row.id}", f"/a/{'x' * 43}/reply/{row.id}"):
            assert (await web.get(path)).status_code == 404


async def test_the_list_asks_as_often_for_three_rows_as_for_one(now: datetime):
    await story.opened(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await to_confirm(now)
        with counted() as few:
            await web.get("/en/letterbox")
        for code in ("IT-01", "AT-01"):
            await to_confirm(now, code)
        with counted() as many:
            await web.get("/en/letterbox")
    assert len(many) == len(few)


async def test_the_list_is_read_page_by_page(now: datetime, monkeypatch: pytest.MonkeyPatch):
    await story.opened(now)
    monkeypatch.setattr("advocacy.letterbox.queries.PAGE", 2)
    rows = [await to_confirm(now, code) for code in ("SI-07", "AT-01", "FR-01")]
    async with browser(now) as web:
        await web.sign_in(await giulia(now), now)
        assert "elsewhere.example" not in (await web.get("/en/letterbox")).text
        await web.sign_in(await ana(now), now)
        page = await web.get("/en/letterbox")
        assert f"before={rows[1].id}" in page.text
        further = await web.get(f"/en/letterbox?before={rows[1].id}")
        assert f'/letterbox/{rows[0].id}"' in further.text
        assert f'/letterbox/{rows[2].id}"' not in further.text
