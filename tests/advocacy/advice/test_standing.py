"""Whose word counts, whose does not, and what two people do at once. On both databases."""

import asyncio
import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from advocacy.advice import actions
from advocacy.advice.asking import limits
from advocacy.advice.forms import Handing, Place, Told
from advocacy.advice.publishing import good_answers, published
from advocacy.advice.publishing.good_answers import stamp_of
from advocacy.advice.queries import Thread, whole
from advocacy.advice.tables import Enquiry, EnquiryTranslation, GoodAnswer
from advocacy.calls.rules import Stance
from advocacy.calls.tables import Contribution
from advocacy.errors import Invalid, NotAllowed, Outdated
from advocacy.history.tables import Event
from advocacy.news import queries as news
from advocacy.people.tables import Person
from advocacy.settings import settings
from advocacy.undoing.actions import undo
from tests.advocacy.advice import questions
from tests.advocacy.advice.test_actions import about_call
from tests.advocacy.calls import story
from tests.advocacy.translations.machine import machine
from tests.browsing import Browser, browser
from tests.characters import ana, giulia, luca, maja, presidency

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("db")]


async def test_whoever_has_a_question_in_hand_still_answers_no_call_for_another_country(
    now: datetime,
):
    enquiry = await about_call(now)
    member, *_ = await presidency(now)
    by = await maja(now)
    for seen, to in ((1, member), (2, await giulia(now))):
        await actions.hand_over(enquiry.id, Handing(to.id, "", seen), by=by, now=now)
        with pytest.raises(NotAllowed):
            await actions.become(enquiry.id, Stance.NO, seen=seen + 1, by=to, now=now)
        async with browser(now) as web:
            await web.sign_in(to, now)
            page = await web.get(f"/en/advice/{enquiry.id}")
            assert "Make it an answer to the call" not in page.text
    assert await Contribution.count() == 0
    await actions.become(enquiry.id, Stance.NO, seen=3, by=by, now=now)


async def test_where_it_belongs_is_not_overwritten_from_an_older_page(now: datetime):
    enquiry = await questions.asked(now)
    await questions.dossier(now)
    path = f"/en/advice/{enquiry.id}"
    old = {"do": "put", "code": "SI-07", "dossier": ""}
    async with browser(now) as web, browser(now) as other:
        await web.sign_in(await maja(now), now)
        await other.sign_in(await ana(now), now)
        was = await _hidden(web, path, "was")
        await other.get(path)
        form = old | was | {"dossier": "2026-014", "subject": "Ovce ponoči"}
        assert (await other.post(path, form)).status_code == 200
        page = await web.post(path, old | was | {"subject": "Ovce in koze"})
        assert page.status_code == 409
        assert "Ovce in koze" in page.text
    assert (await questions.fresh(enquiry)).dossier is not None


async def _hidden(web: Browser, path: str, name: str) -> dict[str, str]:
    found = re.search(rf'name="{name}" value="([^"]*)"', (await web.get(path)).text)
    assert found is not None
    return {name: found[1]}


async def test_thirty_at_once_are_not_more_than_twenty(now: datetime):
    done = await asyncio.gather(
        *(limits.count("contact:1", field="text", now=now) for _ in range(30)),
        return_exceptions=True,
    )
    assert sum(isinstance(each, Invalid) for each in done) == 10


async def test_who_has_a_link_fills_nobody_elses_mailbox_with_words(now: datetime):
    await story.opened(now)
    link = await story.link("SI-07")
    async with browser(now) as web:
        for number in range(8):
            address = "Somebody@y.example" if number % 2 else "somebody@y.example"
            form = {"text": f"Kliknite tu {number}", "asker": "Buy now", "email": address}
            await web.get(f"{link}/ask")
            assert (await web.post(f"{link}/ask", form)).status_code == 200
    receipts = await questions.letters("enquiry_receipt")
    assert len(receipts) == 5
    assert not any(
        word in f"{each.subject} {each.text} {each.html} {each.recipient_name}"
        for each in receipts
        for word in ("Kliknite", "Buy now")
    )


@pytest.fixture
def translating(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with machine() as server:
        server.wait = 1.0
        monkeypatch.setenv("ALPHORN_TRANSLATOR_URL", server.url)
        settings.cache_clear()
        yield
    monkeypatch.undo()
    settings.cache_clear()


@pytest.mark.usefixtures("translating")
async def test_while_a_machine_translates_others_go_on(now: datetime):
    enquiry = await questions.asked(now)
    await actions.answer(enquiry.id, await questions.reply(enquiry), by=await maja(now), now=now)
    answer = await good_answers.draft(enquiry.id, by=await maja(now), now=now)
    form = {"do": "machine", "number": "1", "language": "de"}
    for path, said in (
        (f"/en/advice/{enquiry.id}", "A machine has drafted the translation."),
        (f"/en/advice/answers/{answer.id}?text=fr", "A machine has drafted the text."),
    ):
        async with browser(now) as web:
            await web.sign_in(await ana(now), now)
            await web.get(path)
            pressed = asyncio.create_task(web.post(path, form))
            await asyncio.sleep(0.3)
            async with asyncio.timeout(0.5):
                await Person.update({Person.phone: "1"}).where(Person.id == enquiry.owner)
            assert said in (await pressed).text
    assert await EnquiryTranslation.count() == 1
    for action in ("question translated", "good answer changed"):
        [event] = await Event.objects().where(Event.action == action)
        assert event.who == "Ana Muster"


async def _published(now: datetime) -> tuple[Enquiry, GoodAnswer]:
    enquiry = await questions.asked(now)
    await actions.answer(enquiry.id, await questions.reply(enquiry), by=await maja(now), now=now)
    answer = await good_answers.draft(enquiry.id, by=await maja(now), now=now)
    await good_answers.publish(answer.id, sure=False, by=await maja(now), now=now)
    return enquiry, answer


async def _write(answer: GoodAnswer, language: str, text: str, now: datetime) -> None:
    shown = stamp_of((await published.whole(answer.id)).texts.get(language))
    told = Told("Ali smemo?", text)
    by = await ana(now)
    await good_answers.save_text(answer.id, language, told, shown=shown, by=by, now=now)


async def test_what_everybody_reads_names_nobody_because_of_a_later_change(now: datetime):
    _, answer = await _published(now)
    for language in ("sl", "de"):
        with pytest.raises(Invalid):
            await _write(answer, language, "V Vzorčni vasi da.", now)
    await _write(answer, "sl", "Da, povsod.", now)
    event = await good_answers.take_back(answer.id, by=await ana(now), now=now)
    await _write(answer, "sl", "V Vzorčni vasi da.", now + timedelta(minutes=1))
    with pytest.raises(Outdated):
        await undo(event, by=await ana(now), now=now + timedelta(minutes=2))
    assert (await published.listed("sl")).rows == []


async def test_a_colleague_who_wrote_by_mail_and_the_code_give_it_away(now: datetime):
    enquiry = await questions.asked(now)
    author = "Tine Zgled ‹tine@elsewhere.example›"
    await actions.add_words(enquiry.id, "Še to.", author=author, channel="mail", now=now)
    thread: Thread = await whole(enquiry.id)
    reply = await questions.reply(enquiry, "Da, g. Zgled, v SI-07 smete. Pišite: tine@elsewhere.")
    await actions.answer(enquiry.id, reply, by=await maja(now), now=now)
    answer = await good_answers.draft(thread.stored.id, by=await maja(now), now=now)
    [given] = await good_answers.given_away(await published.whole(answer.id))
    assert {"Zgled", "SI-07"} <= set(given.words)


async def test_the_news_lead_to_the_answer_on_its_page(now: datetime):
    _, answer = await _published(now)
    items = await news._answers("sl", news.BEGINNING, now + timedelta(days=1), 5)
    path, _, anchor = items[0].path.partition("#")
    async with browser(now) as web:
        page = await web.get(f"/sl{path}")
        assert f'id="{anchor}"' in page.text
    assert answer.id


async def test_words_of_the_house_are_found_after_it_was_put_elsewhere(now: datetime):
    enquiry = await questions.asked(now)
    reply = await questions.reply(enquiry, "Elektromreža zadostuje.")
    await actions.answer(enquiry.id, reply, by=await maja(now), now=now)
    before = (await questions.fresh(enquiry)).search_text
    await actions.put(enquiry.id, Place("SI-07", "", "Ovce"), by=await luca(now), now=now)
    after = (await questions.fresh(enquiry)).search_text
    assert "elektromrez" in before.lower()
    assert "elektromrez" in after.lower()
