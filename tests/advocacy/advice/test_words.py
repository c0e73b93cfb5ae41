"""What people write: nothing of it is code, and none of it is lost. On both databases."""

import asyncio
from datetime import datetime, timedelta

import pytest

from advocacy.advice import actions, queries
from advocacy.advice.forms import Handing, NewQuestion, Reply
from advocacy.advice.publishing import good_answers
from advocacy.advice.tables import Enquiry
from advocacy.dossiers.tables import Dossier
from advocacy.errors import Outdated
from advocacy.history.tables import Event
from advocacy.letterbox.actions import take_in
from advocacy.municipalities.tables import Contact
from advocacy.news import queries as news
from advocacy.undoing.actions import undo
from tests.advocacy.advice import questions
from tests.advocacy.letterbox.mailing import mail, message_id
from tests.browsing import browser
from tests.characters import ana, luca, maja

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("db")]

CODE = "<script>alert(1)</script>\r\nBcc: x@y.example"


async def test_what_somebody_types_is_text_on_pages_and_in_letters(now: datetime):
    await questions.people(now)
    asker = await questions.asker(now)
    enquiry = await actions.ask(NewQuestion(CODE, CODE), asker, now=now)
    reply = Reply(f"{CODE} In še nekaj besed o ovcah na planini.", CODE, 1)
    await actions.answer(enquiry.id, reply, by=await maja(now), now=now)
    for kind in ("enquiry_receipt", "enquiry_desk", "enquiry_answer"):
        [letter] = await questions.letters(kind)
        assert "\n" not in letter.subject
        assert "<script>" not in letter.html
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        for path in (
            f"/q/{queries.token_of(enquiry.id)}", f"/en/advice/{enquiry.id}",
            "/en/advice?show=done", await questions.own_page(now),
        ):  # fmt: skip
            page = await web.get(path)
            assert "alert(1)" in page.text
            assert "<script>alert" not in page.text


async def test_the_same_words_about_a_closed_question_open_it(now: datetime):
    enquiry = await questions.asked(now)
    await actions.close(enquiry.id, seen=1, by=await maja(now), now=now)
    await actions.add_words(enquiry.id, questions.TEXT, now=now + timedelta(days=1))
    after = await questions.fresh(enquiry)
    assert (after.state, after.waits_since) == ("open", now + timedelta(days=1))


async def test_a_mail_that_comes_while_it_is_closed_or_handed_over_is_there(now: datetime):
    enquiry = await questions.asked(now)
    [sent] = await questions.letters("enquiry_receipt")
    by, others = await maja(now), (await luca(now), await ana(now))
    seen = 1
    for number in range(6):
        made = mail(f"Še {number}.", In_Reply_To=message_id(sent)).as_bytes()
        closes = number % 2 == 0
        act = (
            actions.close(enquiry.id, seen=seen, by=by, now=now)
            if closes
            else actions.hand_over(
                enquiry.id, Handing(others[number // 2 % 2].id, "", seen), by=by, now=now
            )
        )
        done = await asyncio.gather(take_in(made, via="imap", now=now), act, return_exceptions=True)
        assert not isinstance(done[0], BaseException)
        seen = await queries.last_number(enquiry.id)
        said = [each.text for each in await queries.messages_of(enquiry.id)]
        assert f"Še {number}." in said
        assert (await questions.fresh(enquiry)).state == "open"
        assert isinstance(done[1], int | Outdated)
    assert await Enquiry.count() == 1


async def test_a_published_answer_has_the_topics_of_its_dossier(now: datetime):
    dossier = await questions.dossier(now)
    await Dossier.update({Dossier.topics: "carnivores,farming"}).where(Dossier.id == dossier.id)
    enquiry = await questions.asked(now, dossier=dossier.id)
    by = await maja(now)
    await actions.answer(enquiry.id, await questions.reply(enquiry), by=by, now=now)
    answer = await good_answers.draft(enquiry.id, by=by, now=now)
    await good_answers.publish(answer.id, sure=True, by=by, now=now)
    [item] = await news._answers("sl", news.BEGINNING, now + timedelta(days=1), 5)
    assert item.topics == {"carnivores", "farming"}
    assert await Event.exists().where(Event.action == "good answer published")


async def test_an_answer_goes_where_the_contact_is_reached_today(now: datetime):
    enquiry = await questions.asked(now)
    await Contact.update({Contact.email: "new@si-07.example"}).where(Contact.id == enquiry.contact)
    reply = await questions.reply(enquiry)
    await actions.answer(enquiry.id, reply, by=await maja(now), now=now)
    [letter] = await questions.letters("enquiry_answer")
    assert letter.recipient == "new@si-07.example"
    assert (await questions.fresh(enquiry)).email == "new@si-07.example"


async def test_what_was_closed_once_more_is_not_opened_by_undoing_the_first_time(now: datetime):
    enquiry = await questions.asked(now)
    by = await maja(now)
    first = await actions.close(enquiry.id, seen=1, by=by, now=now)
    await actions.reopen(enquiry.id, seen=1, by=by, now=now + timedelta(hours=1))
    await actions.close(enquiry.id, seen=1, by=by, now=now + timedelta(hours=2))
    with pytest.raises(Outdated):
        await undo(first, by=by, now=now + timedelta(hours=3))
    assert (await questions.fresh(enquiry)).state == "closed"
