from datetime import datetime, timedelta

import httpx
import pytest

from advocacy.calls import actions, queries
from advocacy.calls.tables import Contribution, ContributionVersion, Invitation
from advocacy.history.tables import Event
from advocacy.mail.tables import Letter
from advocacy.people.tables import Person
from tests.advocacy.calls import official, story
from tests.advocacy.calls.story import FORM
from tests.browsing import Browser, browser

pytestmark = pytest.mark.anyio
LATE = story.UNTIL + timedelta(hours=1)


async def facts() -> list[object]:
    """All that an answer could leave behind."""
    return [
        await Contribution.count(),
        await ContributionVersion.count(),
        await Event.count(),
        await Letter.count(),
        await Invitation.select(Invitation.state, Invitation.draft).order_by(Invitation.id),
    ]


async def test_opening_every_link_of_a_letter_ten_times_leaves_nothing(db: str, now: datetime):
    await story.opened(now)
    link = await story.link("SI-07")
    before = await facts()
    async with browser(now) as web:
        for _ in range(10):
            for end in ("", "?a=yes", "?a=partly", "?a=no", "?a=not_concerned", "?a=<b>"):
                assert (await web.get(link + end)).status_code == 200
                await web.client.head(link + end)
    assert await facts() == before


async def test_a_tapped_answer_is_chosen_and_not_sent(db: str, now: datetime):
    await story.opened(now)
    async with browser(now) as web:
        page = await web.get(await story.link("SI-07") + "?a=partly")
    assert 'value="partly" checked' in page.text
    assert page.text.count(" checked") == 3  # with the basis and the consent
    assert "Janez Primer" in page.text
    assert "Maja Vzorec" in page.text


async def test_the_page_speaks_the_language_of_the_person_until_another_is_chosen(
    db: str, now: datetime
):
    await story.opened(now)
    link = await story.link("SI-07")
    async with browser(now) as web:
        assert '<html lang="sl">' in (await web.get(link)).text
        page = await web.get(link + "?language=de")
        assert '<html lang="de">' in page.text
        assert story.SAID["de"][0] in page.text
        english = await web.get(link + "?language=en")
        assert '<h1 lang="de">' in english.text
        sent = await web.post(link + "?language=en", FORM)
        assert '<html lang="en">' in sent.text


async def test_an_answer_turns_the_page_into_its_receipt(db: str, now: datetime):
    await story.opened(now)
    link = await story.link("SI-07")
    async with browser(now) as web:
        await web.get(link)
        receipt = await web.post(link, FORM)
        for said in ("2026-014-1/SI-07", "Imamo 14 planin.", "Vzorčna vas", "14</span> ha"):
            assert said in receipt.text
        assert (await web.get(link)).text.count("2026-014-1/SI-07") >= 1
        change = await web.get(link + "?change=1")
        assert "Imamo 14 planin." in change.text
        await web.post(link, FORM | {"text": "Imamo 15 planin."})
        again = await web.get(link)
    assert "Imamo 15 planin." in again.text
    assert await ContributionVersion.count() == 2


async def test_the_same_form_posted_twice_is_one_version(db: str, now: datetime):
    await story.opened(now)
    link = await story.link("SI-07")
    async with browser(now) as web:
        await web.get(link)
        keys = web.keys()
        for text in ("Enkrat.", "Enkrat."):
            answer = await web.client.post(link, data=keys | FORM | {"text": text})
            assert (answer.status_code, answer.headers["location"]) == (303, link)
    assert await ContributionVersion.count() == 1


async def test_a_missing_answer_is_named_and_all_that_was_typed_is_kept(db: str, now: datetime):
    await story.opened(now)
    link = await story.link("SI-07")
    async with browser(now) as web:
        await web.get(link)
        page = await web.post(link, FORM | {"stance": "", "text": "Moje <b>besede</b>"})
        assert page.status_code == 422
        assert 'href="#stance"' in page.text
        assert "<title>Error:" in page.text.replace("Napaka:", "Error:")
        assert "Moje &lt;b&gt;besede&lt;/b&gt;</textarea>" in page.text
        reopened = await web.get(link)
        assert "Moje &lt;b&gt;besede&lt;/b&gt;</textarea>" in reopened.text
    assert await Contribution.count() == 0


async def test_a_text_that_is_too_long_is_kept_and_says_by_how_much(db: str, now: datetime):
    await story.opened(now)
    link = await story.link("SI-07")
    async with browser(now) as web:
        await web.get(link)
        page = await web.post(link, FORM | {"text": "x" * 5_312})
        assert page.status_code == 422
        assert "5312" in page.text
        assert "x" * 5_312 in page.text
        huge = await web.post(link, FORM | {"text": "x" * 120_000})
        assert huge.status_code == 422


async def test_save_and_finish_later_works_without_javascript(db: str, now: datetime):
    await story.opened(now)
    link = await story.link("SI-07")
    async with browser(now) as web:
        await web.get(link)
        saved = await web.post(link, FORM | {"text": "Na pol", "save": "1"})
        assert saved.status_code == 200
        assert "Na pol</textarea>" in saved.text
        assert "9.40" in saved.text
    assert await Contribution.count() == 0


async def test_typing_is_saved_by_itself(db: str, now: datetime):
    await story.opened(now)
    link = await story.link("SI-07")
    async with browser(now) as web:
        page = await web.get(link)
        assert f'data-draft="{link}/draft"' in page.text
        answer = await web.client.post(
            f"{link}/draft", data=web.keys() | {"text": "Sproti", "stance": "no"}
        )
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/plain")
        assert "9.40" in answer.text
        again = await web.get(link)
    assert "Sproti</textarea>" in again.text
    assert 'value="no" checked' in again.text


async def test_after_the_deadline_the_answer_stands_and_late_words_are_kept(db: str, now: datetime):
    await story.opened(now)
    link = await story.link("SI-07")
    async with browser(now) as web:
        await web.get(link)
        await web.post(link, FORM)
        await web.get(link + "?change=1")
        keys = web.keys()
    async with browser(LATE) as web:
        page = await web.client.post(link, data=keys | FORM | {"text": "Prepozno."})
        assert page.status_code == 422
        assert "Prepozno.</textarea>" in page.text
        receipt = await web.get(link)
        assert "Imamo 14 planin." in receipt.text
        assert "Prepozno." in receipt.text
        assert "change=1" not in receipt.text
        assert "/withdraw" not in receipt.text
    assert await ContributionVersion.count() == 1


async def test_after_the_deadline_a_first_answer_is_taken_and_marked(db: str, now: datetime):
    await story.opened(now)
    link = await story.link("SI-07")
    async with browser(LATE) as web:
        page = await web.get(link)
        assert "<textarea" in page.text
        await web.post(link, FORM)
    assert await Contribution.select(Contribution.late) == [{"late": True}]


async def test_withdrawing_keeps_the_words_in_the_form(db: str, now: datetime):
    await story.opened(now)
    link = await story.link("SI-07")
    async with browser(now) as web:
        await web.get(link)
        await web.post(link, FORM)
        page = await web.post(f"{link}/withdraw")
        assert "Imamo 14 planin.</textarea>" in page.text
        assert "This answer was withdrawn." in (await web.get(link + "?language=en")).text
        await web.post(link, FORM)
        assert "This answer was withdrawn." not in (await web.get(f"{link}?language=en")).text
        await web.post(f"{link}/withdraw")
    assert await Contribution.select(Contribution.state) == [{"state": "withdrawn"}]


async def test_the_name_can_be_hidden_with_one_button(db: str, now: datetime):
    await story.opened(now)
    link = await story.link("SI-07")
    async with browser(now) as web:
        await web.get(link)
        await web.post(link, FORM)
        await web.post(f"{link}/name", {"name_public": "0"})
    assert await Contribution.select(Contribution.name_public) == [{"name_public": False}]


async def test_somebody_else_may_answer_with_the_same_link(db: str, now: datetime):
    await story.opened(now)
    link = await story.link("SI-07")
    async with browser(now) as web:
        await web.get(link)
        await web.post(link, FORM | {"answered_by": "Tina Vzorčnik", "role": "clerk"})
    said = await ContributionVersion.select(
        ContributionVersion.answered_by, ContributionVersion.role
    )
    assert said == [{"answered_by": "Tina Vzorčnik", "role": "clerk"}]


async def test_the_page_of_one_municipality_shows_nothing_of_another(db: str, now: datetime):
    await story.opened(now)
    await actions.contribute(
        (await story.invitation("AT-01")).id, story.answer("Geheimes aus Musterdorf"), now=now
    )
    async with browser(now) as web:
        page = await web.get(await story.link("SI-07"))
        assert "Geheimes" not in page.text
        assert "Musterdorf" not in page.text
        await web.post(await story.link("SI-07"), FORM)
        assert web.page is not None
        assert "Musterdorf" not in web.page.text


async def test_an_unknown_link_helps_on(db: str, now: datetime):
    await story.opened(now)
    link = await story.link("SI-07")
    async with browser(now) as web:
        for wrong in ("/a/x", link[:-1], link[:-1] + ("A" if link[-1] != "A" else "B")):
            page = await web.get(wrong)
            assert page.status_code == 404
            assert 'href="/a"' in page.text


async def test_the_deadline_comes_as_a_calendar_file(db: str, now: datetime):
    await story.opened(now)
    async with browser(now) as web:
        file = await web.get(await story.link("SI-07") + "/deadline.ics")
    assert file.headers["content-type"].startswith("text/calendar")
    assert "DTSTART:20261204T170000Z" in file.text


async def code_of(code: str) -> str:
    short = queries.code_of((await story.invitation(code)).id)
    return f"{short[:4]}-{short[4:]}".lower()


async def test_the_short_code_of_the_sheet_opens_the_form(db: str, now: datetime):
    await story.opened(now)
    async with browser(now) as web:
        await web.get("/a")
        page = await web.post("/a", {"code": f" {await code_of('SI-07')} "})
    assert "2026-014-1/SI-07" in page.text


async def _try(web: Browser, code: str) -> httpx.Response:
    await web.get("/a")
    return await web.post("/a", {"code": code})


async def test_a_wrong_code_says_what_codes_look_like_and_tries_are_limited(db: str, now: datetime):
    await story.opened(now)
    right = await code_of("SI-07")
    async with browser(now) as web:
        page = await _try(web, "K7M2-QXD")
        assert page.status_code == 422
        assert "K7M2-QXD" in page.text
        for _ in range(9):
            assert (await _try(web, "AAAA-AAAA")).status_code == 422
        locked = await _try(web, right)
        assert locked.status_code == 422
        assert "office@alpennetz.example" in locked.text
    async with browser(now + timedelta(hours=1, seconds=1)) as web:
        assert "2026-014-1/SI-07" in (await _try(web, right)).text


async def test_an_office_behind_one_address_enters_as_many_right_codes_as_it_has(
    db: str, now: datetime
):
    await story.opened(now)
    right = await code_of("SI-07")
    async with browser(now) as web:
        for _ in range(11):
            assert "2026-014-1/SI-07" in (await _try(web, right)).text


async def test_each_paragraph_of_the_official_text_can_be_commented_on(db: str, now: datetime):
    await official.attach(await story.opened(now), now)
    link = await story.link("SI-07")
    async with browser(now) as web:
        page = await web.get(link)
        for _, text in official.PARAGRAPHS:
            assert text in page.text
        assert page.text.count('lang="en"') >= 4
        assert '<details class="official">' in page.text
        wrong = await web.post(link, FORM | {"comment-2": "x" * 5_001, "comment-3": "Prezgodaj."})
        assert wrong.status_code == 422
        assert 'href="#comment-2"' in wrong.text
        assert '<details class="official" open>' in wrong.text
        assert "Prezgodaj.</textarea>" in wrong.text
        receipt = await web.post(link, FORM | {"comment-1": "Da.", "comment-3": "Prezgodaj."})
        assert receipt.text.index(">Da.<") < receipt.text.index(">Prezgodaj.<")
        change = await web.get(link + "?change=1")
        assert "Prezgodaj.</textarea>" in change.text
    letter = await Letter.objects().where(Letter.kind == "receipt").first()
    assert letter is not None
    assert "Prezgodaj." in letter.text and "Prezgodaj." in letter.html


async def test_the_code_of_the_sheet_says_that_somebody_has_it_in_hand(db: str, now: datetime):
    await story.opened(now)
    async with browser(now) as web:
        await web.get("/a")
        await web.post("/a", {"code": await code_of("SI-07")})
    assert (await story.invitation("SI-07")).opened == now


async def test_a_code_is_taken_from_a_browser_without_cookies(db: str, now: datetime):
    await story.opened(now)
    async with browser(now) as web:
        page = await web.client.post("/a", data={"code": await code_of("SI-07")})
        assert (page.status_code, page.headers["location"]) == (303, await story.link("SI-07"))
        assert not web.client.cookies


async def test_who_is_locked_out_gets_a_telephone_number(db: str, now: datetime):
    await story.opened(now)
    await Person.update({Person.phone: "+386 40 000 000"}).where(Person.name == "Maja Vzorec")
    async with browser(now) as web:
        for _ in range(10):
            page = await _try(web, "AAAA-AAAA")
            assert "+386" not in page.text
        locked = await _try(web, "AAAA-AAAA")
    assert "Maja Vzorec" in locked.text
    assert 'href="tel:+38640000000"' in locked.text
