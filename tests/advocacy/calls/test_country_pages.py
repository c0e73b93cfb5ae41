from datetime import date, datetime, timedelta

import pytest

from advocacy.calls import actions
from advocacy.calls.asking import call_forms
from advocacy.calls.ringing import ringing
from advocacy.calls.rules import Stance
from advocacy.calls.tables import (
    CallText,
    ContributionTranslation,
    ContributionVersion,
    RingRequest,
)
from advocacy.letterbox.tables import Received
from advocacy.mail.tables import Letter
from advocacy.municipalities.tables import Contact, Municipality
from tests.advocacy.calls import story
from tests.browsing import browser
from tests.characters import ana, eva, giulia, maja, municipality, presidency
from tests.queries_counted import counted

pytestmark = pytest.mark.anyio
HERE = "/en/countries/si"


async def _without_stance(now: datetime, code: str = "SI-07") -> int:
    silent = story.answer("Poglejte prilogo.", Stance.NOT_STATED)
    number = (await story.invitation(code)).id
    return (await actions.contribute(number, silent, channel="mail", now=now)).id


async def test_the_page_begins_with_a_sentence(db: str, now: datetime):
    await municipality("SI-08", "Druga vas", "sl", "Metka Primer", now=now)
    await story.opened(now)
    await Contact.update({Contact.confirmed: now}).where(Contact.id > 0)
    german = story.answer("")
    await actions.contribute((await story.invitation("SI-07")).id, german, now=now)
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        page = await web.get(HERE)
    assert "Slovenia: 1 of 2 have answered. Nothing to do." in page.text
    assert "Everything is done." in page.text
    assert "/en/c/2026-014-1/ring/si" in page.text
    assert "Druga vas" in page.text


async def test_everything_that_waits_is_a_row_that_leads_there(db: str, now: datetime):
    call = await story.opened(now)
    await ringing.ask(call.id, "SI", "Do četrtka", by=await ana(now), now=now)
    for code in ("SI-08", "SI-09", "SI-10"):
        await municipality(code, f"Vas {code}", "sl", "Metka Primer", now=now)
    await _without_stance(now)
    await Contact.update({Contact.confirmed: now}).where(Contact.id > 0)
    numbers = {
        code: Contact.municipality.code == code for code in ("SI-08", "SI-09", "SI-10")
    }  # fmt: skip
    for code, values in {
        "SI-08": {Contact.bounced: now, Contact.bounce: "mailbox full"},
        "SI-09": {Contact.confirmed: now - timedelta(days=366)},
        "SI-10": {Contact.absent_until: date(2027, 1, 3), Contact.absence_noted: now},
    }.items():
        row = await Contact.select(Contact.id).where(numbers[code]).first()
        assert row is not None
        await Contact.update(values).where(Contact.id == row["id"])
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        page = await web.get(HERE)
    # the wish is fulfilled by the answer; a stance, a translation and two addresses are left
    assert "4 things to do." in page.text
    assert "Assign the answer of 1 letter" in page.text
    assert "Translate 1 answer" in page.text
    assert "Mend 1 address" in page.text
    assert "mailbox full" in page.text
    assert "Have 1 address confirmed" in page.text
    assert "3 Jan 2027" in page.text


async def test_a_text_that_waits_is_shown_with_its_day_and_only_in_its_countries(
    db: str, now: datetime
):
    call = await story.drafted(now)
    await CallText.update({CallText.due: date(2026, 11, 27)}).where(
        CallText.call == call.id, CallText.language == "sl"
    )
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        page = await web.get(HERE)
        assert "Check the text of the call: Slovenian" in page.text
        assert "27 Nov 2026" in page.text
        assert "/en/c/2026-014-1/text/sl" in page.text
        assert "Slovenia: no call is running." in page.text
        french = await web.get("/en/countries/FR")
        assert "Slovenian:" not in french.text
        assert "Check the text of the call: French" in french.text


async def test_a_text_that_was_checked_waits_again_when_the_original_changes(
    db: str, now: datetime
):
    call = await story.checked(now)
    changed = story.new_call(
        words={each: story.words(each) for each in ("fr", "it", "sl")}
        | {"de": call_forms.Words("Neu", "Warum Sie.", "Worum.", dict(enumerate("abc", 1)))}
    )
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        assert "Check the text" not in (await web.get(HERE)).text
        await actions.change_call(call.id, changed, base_version=1, by=await ana(now), now=now)
        assert "The original has changed since it was checked" in (await web.get(HERE)).text


async def test_a_stance_is_assigned_with_one_click(db: str, now: datetime):
    await story.opened(now)
    number = await _without_stance(now)
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        await web.get(HERE)
        page = await web.post(f"{HERE}/stance/{number}", {"stance": "partly"})
        assert "Vzorčna vas: Partly." in page.text
        assert "Answers by mail without yes or no" not in page.text
        event = page.text.split("/en/undo/")[1].split('"')[0]
        undone = await web.post(f"/en/undo/{event}")
        assert undone.status_code == 200
        assert "Answers by mail without yes or no" in (await web.get(HERE)).text
    stances = await ContributionVersion.select(ContributionVersion.stance).order_by(
        ContributionVersion.number
    )
    assert [row["stance"] for row in stances][:2] == ["not_stated", "partly"]


async def test_a_coordinator_acts_only_in_the_own_countries(db: str, now: datetime):
    call = await story.opened(now)
    number = await _without_stance(now)
    async with browser(now) as web:
        await web.sign_in(await giulia(now), now)
        page = await web.get(HERE)
        assert page.status_code == 200
        assert "/stance/" not in page.text
        assert "/ring/si" not in page.text
        await web.get("/en/me")
        assert (await web.post(f"{HERE}/stance/{number}", {"stance": "no"})).status_code == 403
        await web.get("/en/me")
        italian = f"/en/countries/it/stance/{number}"
        assert (await web.post(italian, {"stance": "no"})).status_code == 403
        assert (await web.get(f"{HERE}/answers/{number}")).status_code == 403
        assert (await web.get(f"/en/c/{call.number}/ring/si")).status_code == 403
        await web.get("/en/me")
        assert (await web.post(f"/en/c/{call.number}/ring/si/SI-07")).status_code == 403
    assert await ContributionVersion.count() == 1


async def test_the_presidency_reads_and_outsiders_do_not(db: str, now: datetime):
    await story.opened(now)
    async with browser(now) as web:
        assert (await web.get(HERE)).url.path == "/en/sign-in"
        await web.sign_in((await presidency(now))[0], now)
        page = await web.get(HERE)
        assert page.status_code == 200
        assert "/ring/si" not in page.text


async def test_odd_addresses_are_no_pages(db: str, now: datetime):
    await story.opened(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        for odd in ("zz", "%00", "x" * 999, "si/answers/0", "si/answers/99999999999"):
            assert (await web.get(f"/en/countries/{odd}")).status_code == 404
        for odd in ("?q=%00", "?after=<b>", "?q=" + "x" * 999):
            assert (await web.get(f"{HERE}{odd}")).status_code == 200
        await web.get("/en/me")
        assert (await web.post(f"{HERE}/stance/1", {"stance": "no"})).status_code == 404


async def test_a_coordinator_of_three_countries_switches_between_them(db: str, now: datetime):
    await story.people(now)
    async with browser(now) as web:
        await web.sign_in(await eva(now), now)
        page = await web.get("/en/countries")
        assert page.url.path == "/en/countries/at"
        assert "/en/countries/de" in page.text
        assert "/en/countries/li" in page.text
        assert "No municipality of this country is a member yet." in page.text
        overview = await web.get("/en/now")
        assert "/en/countries/li" in overview.text


async def test_the_page_takes_as_many_queries_for_three_as_for_one(db: str, now: datetime):
    for code in ("SI-08", "SI-09"):
        await municipality(code, "Druga vas", "sl", "Metka Primer", now=now)
    await Municipality.update({Municipality.region: "Gorenjska"}).where(
        Municipality.code == "SI-08"
    )
    await story.opened(now)
    await actions.contribute((await story.invitation("SI-07")).id, story.answer(), now=now)
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        await web.get(HERE)
        with counted() as one:
            page = await web.get(HERE)
        assert "Gorenjska" in page.text
        for code in ("SI-08", "SI-09"):
            await actions.contribute((await story.invitation(code)).id, story.answer(), now=now)
        with counted() as three:
            page = await web.get(HERE)
        assert "Translate 3 answers" in page.text
    assert len(one) == len(three)


async def test_answers_are_understood_one_after_the_other(db: str, now: datetime):
    await municipality("SI-08", "Druga vas", "sl", "Metka Primer", now=now)
    await story.opened(now)
    first, second = [
        (
            await actions.contribute((await story.invitation(code)).id, story.answer(said), now=now)
        ).id
        for code, said in (("SI-07", "Volkovi."), ("SI-08", "Imamo 14 planin."))
    ]
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        page = await web.get(f"{HERE}/answers/{first}")
        assert '<blockquote class="kept" lang="sl">Volkovi.</blockquote>' in page.text
        assert '<dt lang="sl">Volkovi</dt><dd lang="de">Wolf</dd>' in page.text
        assert "1 more answer waits." in page.text
        empty = await web.post(f"{HERE}/answers/{first}", {"version": "1", "text": " "})
        assert empty.status_code == 422
        typed = {"version": "1", "text": "Wölfe.", "was": "", "checked": "1"}
        page = await web.post(f"{HERE}/answers/{first}", typed)
        assert str(page.url).endswith(f"/answers/{second}")
        assert "The translation of Vzorčna vas is checked." in page.text
        typed = {"version": "1", "text": "Wir haben 14 Almen.", "was": "", "checked": "1"}
        page = await web.post(f"{HERE}/answers/{second}", typed)
        assert page.url.path == HERE
        stale = await web.post(f"{HERE}/answers/{second}", typed | {"text": "Anderes"})
        assert stale.status_code == 409
        assert "Anderes</textarea>" in stale.text
        assert "Wir haben 14 Almen." in stale.text
    assert await ContributionTranslation.count() == 2


async def test_the_secretariat_asks_for_help_with_ringing(db: str, now: datetime):
    await story.opened(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get("/en/me")
        page = await web.post("/en/c/2026-014-1/ask-to-ring", {"country": "SI", "note": "Prosim"})
        assert "Maja Vzorec is asked to ring." in page.text
        await web.get("/en/me")
        again = await web.post("/en/c/2026-014-1/ask-to-ring", {"country": "SI"})
        assert again.status_code == 409
    assert await RingRequest.count() == 1
    assert await Letter.count().where(Letter.kind == "ring_wanted") == 1
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        page = await web.get(HERE)
        assert "Ana Muster asks you to ring." in page.text
        assert "1 thing to do." in page.text
        assert "Ana Muster asks you to ring." in (await web.get("/en/now")).text
        await web.get("/en/me")
        mine = await web.post("/en/c/2026-014-1/ask-to-ring", {"country": "SI"})
        assert mine.status_code == 404


async def test_mails_that_wait_are_a_row_for_their_country_only(db: str, now: datetime):
    await story.opened(now)
    asked = await story.invitation("SI-07")
    await Received(
        sha256="0" * 64, via="imap", kind="reply", state="waiting", invitation=asked.id,
        content=b"Deloma.", text="Deloma.", at=now,
    ).save()  # fmt: skip
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        assert "Read 1 letter that waits" in (await web.get(HERE)).text
        assert "Read 1 letter that waits" in (await web.get("/en/now")).text
    async with browser(now) as web:
        await web.sign_in(await giulia(now), now)
        assert "letter that waits" not in (await web.get("/en/countries/it")).text
        assert "letter that waits" not in (await web.get("/en/now")).text
