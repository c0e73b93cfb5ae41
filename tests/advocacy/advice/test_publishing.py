"""A good answer through the pages: made anonymous, published, read by everybody."""

from datetime import datetime

import pytest

from advocacy.advice import actions
from advocacy.advice.tables import GoodAnswer
from tests.advocacy.advice import questions
from tests.browsing import Browser, browser
from tests.characters import giulia, maja, presidency

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("db")]


async def published(web: Browser, now: datetime) -> GoodAnswer:
    enquiry = await questions.asked(now, dossier=(await questions.dossier(now)).id)
    reply = await questions.reply(enquiry, "V Vzorčni vasi da.")
    await actions.answer(enquiry.id, reply, by=await maja(now), now=now)
    await web.sign_in(await maja(now), now)
    await web.get(f"/en/advice/{enquiry.id}")
    page = await web.post(f"/en/advice/{enquiry.id}", {"do": "publish"})
    path = page.url.path
    assert "“Vzorčni”" in page.text
    page = await web.post(path, {"do": "publish"})
    assert page.status_code == 422
    form = {"do": "save", "question": "Ali smejo ovce ostati zunaj?", "answer": "Da, z ogrado."}
    shown = page.text.partition('name="shown" value="')[2].partition('"')[0]
    page = await web.post(path, form | {"shown": shown.replace("&#43;", "+")})
    assert "“Vzorčni”" not in page.text
    page = await web.post(path, {"do": "publish"})
    assert "Everybody can read it." in page.text
    [answer] = await GoodAnswer.objects()
    return answer


async def test_an_answer_is_made_anonymous_published_and_read_by_everybody(now: datetime):
    async with browser(now) as web:
        await published(web, now)
        await web.client.aclose()
    async with browser(now) as guest:
        for path in ("/sl/d/2026-014/questions", "/sl/questions", "/en/questions"):
            page = await guest.get(path)
            assert "Ali smejo ovce ostati zunaj?" in page.text
            assert "Vzorč" not in page.text
        assert (await guest.get("/en/questions?before=x")).status_code == 200
        found = await guest.get("/en/search?q=ovce")
        assert "Ali smejo" in found.text or found.status_code != 200


async def test_nobody_learns_of_a_dossier_without_published_answers(now: datetime):
    await questions.dossier(now)
    async with browser(now) as guest:
        for number in ("2026-014", "2026-999"):
            assert (await guest.get(f"/en/d/{number}/questions")).status_code == 404


async def test_only_who_may_see_the_question_changes_its_answer(now: datetime):
    async with browser(now) as web:
        answer = await published(web, now)
        await web.sign_in(await giulia(now), now)
        assert (await web.get(f"/en/advice/answers/{answer.id}")).status_code == 404
        member, *_ = await presidency(now)
        await web.sign_in(member, now)
        assert (await web.get(f"/en/advice/answers/{answer.id}")).status_code == 404
