from datetime import datetime, timedelta

import pytest

from advocacy.calls import actions
from advocacy.calls.asking import call_forms
from advocacy.calls.tables import Call, CallText, ContributionVersion, Invitation
from advocacy.mail.rules import LetterState
from advocacy.mail.tables import Letter
from tests.advocacy.calls import story
from tests.browsing import Browser, browser
from tests.characters import ana, giulia, maja, presidency
from tests.queries_counted import counted

pytestmark = pytest.mark.anyio
HERE = "/en/c/2026-014-1"


async def test_a_call_is_drafted_checked_and_sent(db: str, now: datetime):
    await story.people(now)
    await story.members(now)
    await story.window(now)
    typed = call_forms.as_typed(story.new_call())
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get("/en/d/2026-014/call")
        assert "4 municipalities" in page.text
        page = await web.post("/en/d/2026-014/call", typed)
        assert str(page.url).endswith(HERE)
        assert "Send to 4 municipalities" in page.text
        refused = await web.post(f"{HERE}/launch")
        assert refused.status_code == 422
        assert "Slovenian: the text is not checked. Waits for Maja Vzorec." in refused.text
        assert 'href="#check-sl"' in refused.text
        for language in story.SAID:
            await web.get(HERE)
            await web.post(f"{HERE}/check/{language}")
        await web.get(HERE)
        held = await web.post(f"{HERE}/launch")
        assert "Stop" in held.text
        assert await Letter.count().where(Letter.kind == "call") == 4
        stopped = await web.post(f"{HERE}/stop")
        assert "No letter has left" in stopped.text
        await web.post(f"{HERE}/launch")
        await web.get(HERE)
        sent = await web.post(f"{HERE}/send")
        assert str(sent.url).endswith(f"{HERE}/results")
    assert await Call.select(Call.state) == [{"state": "open"}]
    waiting = await Letter.count().where(Letter.kind == "call", Letter.state == LetterState.WAITING)
    assert waiting == 4


async def test_the_count_is_updated_without_keeping_anything(db: str, now: datetime):
    await story.people(now)
    await story.members(now)
    await story.window(now)
    typed = call_forms.as_typed(story.new_call()) | {"countries": "SI", "recount": "1"}
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get("/en/d/2026-014/call")
        page = await web.post("/en/d/2026-014/call", typed | {"title-de": "Noch nicht fertig"})
    assert "1 municipality" in page.text
    assert "Noch nicht fertig" in page.text
    assert 'name="title-sl"' in page.text
    assert await Call.count() == 0


async def test_what_is_wrong_with_a_call_is_said_and_nothing_typed_is_lost(db: str, now: datetime):
    await story.people(now)
    await story.members(now)
    await story.window(now)
    typed = call_forms.as_typed(story.new_call()) | {"title-de": "", "until_day": "2020-01-01"}
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get("/en/d/2026-014/call")
        page = await web.post("/en/d/2026-014/call", typed)
    assert page.status_code == 422
    assert 'href="#title-de"' in page.text
    assert 'href="#until_day"' in page.text
    assert story.SAID["sl"][0] in page.text


async def test_a_call_is_changed_and_a_stale_form_is_refused(db: str, now: datetime):
    await story.drafted(now)
    typed = call_forms.as_typed(story.new_call())
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get(f"{HERE}/edit")
        assert 'name="version" value="1"' in page.text
        await web.post(f"{HERE}/edit", typed | {"version": "1", "title-de": "Neuer Titel"})
        stale = await web.post(f"{HERE}/edit", typed | {"version": "1", "title-de": "Alter"})
        assert stale.status_code == 409
        assert "Neuer Titel" in stale.text
        assert "Alter" in stale.text


async def test_a_coordinator_writes_and_checks_the_text_of_her_language(db: str, now: datetime):
    await story.drafted(now, words={"de": story.words("de")})
    typed = call_forms.typed_words(story.words("sl"), "sl")
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        page = await web.get(f"{HERE}/text/sl")
        assert "Berücksichtigt der" in page.text
        base = page.text.split('name="base" value="')[1].split('"')[0]
        done = await web.post(f"{HERE}/text/sl", typed | {"base": base, "checked": "1"})
        assert "checked by Maja Vzorec" in done.text
        stale = await web.post(f"{HERE}/text/sl", typed | {"base": base, "title-sl": "Drugo"})
        assert stale.status_code == 409
    text = await CallText.objects().where(CallText.language == "sl").first()
    assert text is not None
    assert text.checked == now


async def test_only_the_secretariat_sends_and_outsiders_see_no_call(db: str, now: datetime):
    await story.checked(now)
    async with browser(now) as web:
        assert (await web.get(HERE)).url.path == "/en/sign-in"
        await web.sign_in(await maja(now), now)
        page = await web.get(HERE)
        assert "Send to" not in page.text
        await web.get("/en/me")
        assert (await web.post(f"{HERE}/launch")).status_code == 404
        assert (await web.get("/en/d/2026-014/call")).status_code == 404
    async with browser(now) as web:
        await web.sign_in((await presidency(now))[0], now)
        assert (await web.get(HERE)).status_code == 404
    assert await Invitation.count() == 0


async def test_the_results_begin_with_a_sentence(db: str, now: datetime):
    call = await story.opened(now)
    await actions.contribute((await story.invitation("SI-07")).id, story.answer(), now=now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get(f"{HERE}/results")
        assert "1 of 4 municipalities have answered (25%)." in page.text
        assert '<g class="svn" data-step="4">' in page.text
        assert '<progress value="1" max="1"' in page.text
        assert '<blockquote class="kept" lang="sl">Imamo 14 planin.</blockquote>' in page.text
        missing = await web.get(f"{HERE}/results?state=unanswered")
        assert "Imamo 14 planin." not in missing.text
        assert "Musterdorf" in missing.text
        assert "Nobody fits" in (await web.get(f"{HERE}/results?state=absent")).text
        for odd in ("?state=<b>", "?country=ZZ", "?after=%00", "?after=zzz"):
            assert (await web.get(f"{HERE}/results{odd}")).status_code == 200
    assert call.number == "2026-014-1"


async def test_the_results_take_as_many_queries_for_three_answers_as_for_one(
    db: str, now: datetime
):
    await story.opened(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await actions.contribute((await story.invitation("SI-07")).id, story.answer(), now=now)
        await web.get(f"{HERE}/results")
        with counted() as one:
            await web.get(f"{HERE}/results")
        for code in ("AT-01", "IT-01"):
            await actions.contribute((await story.invitation(code)).id, story.answer(), now=now)
        with counted() as three:
            await web.get(f"{HERE}/results")
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


async def _answer_for(web: Browser, code: str) -> int:
    await web.get(f"{HERE}/answer/{code}")
    return (await web.post(f"{HERE}/answer/{code}", FORM)).status_code


async def test_a_coordinator_answers_by_phone_for_her_own_country_only(db: str, now: datetime):
    await story.opened(now)
    async with browser(now) as web:
        await web.sign_in(await giulia(now), now)
        assert await _answer_for(web, "SI-07") == 403
        assert await ContributionVersion.count() == 0
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        assert await _answer_for(web, "SI-07") == 200
        assert "by phone, Janez Primer" in (await web.get(f"{HERE}/results")).text
        assert (await web.get(f"{HERE}/answer/XX-99")).status_code == 404


async def test_an_answer_by_phone_meets_the_one_that_came_meanwhile(db: str, now: datetime):
    await story.opened(now)
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        await web.get(f"{HERE}/answer/SI-07")
        await actions.contribute((await story.invitation("SI-07")).id, story.answer(), now=now)
        page = await web.post(f"{HERE}/answer/SI-07", FORM)
        assert page.status_code == 409
        assert "Imamo 14 planin." in page.text
        assert "Po telefonu: ne.</textarea>" in page.text
        done = await web.post(f"{HERE}/answer/SI-07", FORM | {"base": "1"})
        assert done.status_code == 200
    assert await ContributionVersion.count() == 2


async def test_a_phoned_answer_without_a_stance_keeps_what_was_typed(db: str, now: datetime):
    await story.opened(now)
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        await web.get(f"{HERE}/answer/SI-07")
        page = await web.post(f"{HERE}/answer/SI-07", FORM | {"stance": ""})
    assert page.status_code == 422
    assert "Po telefonu: ne.</textarea>" in page.text


async def test_a_held_call_shows_when_it_leaves(db: str, now: datetime):
    call = await story.checked(now)
    await actions.launch(call.id, by=await ana(now), now=now)
    async with browser(now + timedelta(minutes=1)) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get(HERE)
        assert "09:50" in page.text
        for odd in ("2026-999-1", "%00", "x" * 5_000, "<b>"):
            assert (await web.get(f"/en/c/{odd}")).status_code == 404
            assert (await web.get(f"/en/c/{odd}/results")).status_code == 404
        assert (await web.get(f"{HERE}/answer/%00")).status_code == 404
