"""Mails that ask something, or add to what was asked. On both databases."""

from datetime import datetime

import pytest

from advocacy.advice import actions, queries
from advocacy.advice.asking import reply_to
from advocacy.advice.forms import NewQuestion, Reply
from advocacy.advice.tables import Enquiry, EnquiryMessage
from advocacy.calls.tables import Contribution
from advocacy.letterbox.actions import take_in
from advocacy.letterbox.notes import note_in
from advocacy.letterbox.rules import Kind, State, Why
from advocacy.letterbox.tables import Received
from advocacy.mail.tables import Letter
from tests.advocacy.advice import questions
from tests.advocacy.letterbox.mailing import REPLIES, mail, message_id
from tests.browsing import browser
from tests.characters import ana, giulia, maja

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("db")]

SENDER = "Janez Primer <office@si-07.example>"


async def came(now: datetime, text: str, **more: str) -> Received:
    return await take_in(mail(text, **more).as_bytes(), via="imap", now=now)


async def said(enquiry: Enquiry) -> list[tuple[str, str, str]]:
    return [(each.kind, each.text, each.author) for each in await queries.messages_of(enquiry.id)]


async def the_question() -> Enquiry:
    [enquiry] = await Enquiry.objects()
    return enquiry


async def letter(kind: str) -> Letter:
    return (await questions.letters(kind))[-1]


async def test_a_reply_to_the_receipt_adds_to_the_question(now: datetime):
    enquiry = await questions.asked(now)
    sent = await letter("enquiry_receipt")
    row = await came(now, "In še to.", subject="Odg: x", In_Reply_To=message_id(sent))
    assert (row.kind, row.state, row.enquiry) == (Kind.QUESTION, State.NOTED, enquiry.id)
    assert (await said(enquiry))[-1] == ("question", "In še to.", "Vzorčna vas")
    assert await Contribution.count() == 0


async def test_the_address_of_the_letter_is_enough_and_a_colleague_is_named(now: datetime):
    enquiry = await questions.asked(now)
    await actions.ask_back(enquiry.id, Reply("Koliko?", "", 1), by=await maja(now), now=now)
    to = reply_to.address(enquiry.id)
    assert to is not None
    sender = "Tine Zgled <tine@elsewhere.example>"
    row = await came(now, "Štirideset.", to=to, sender=sender, subject="Odg: x")
    assert row.state == State.NOTED
    assert (await said(enquiry))[-1] == (
        "question", "Štirideset.", "Tine Zgled ‹tine@elsewhere.example›",
    )  # fmt: skip
    assert (await questions.fresh(enquiry)).state == "open"


async def test_an_address_that_was_guessed_leads_to_no_question_of_somebody_else(now: datetime):
    enquiry = await questions.asked(now)
    to = REPLIES.replace("@", f"+q{enquiry.id}-aaaaaaaa@")
    row = await came(now, "Ja.", to=to, sender="x@y.example", subject="Frage")
    assert row.enquiry != enquiry.id
    assert len(await said(enquiry)) == 1


async def test_the_same_mail_twice_is_one_message(now: datetime):
    enquiry = await questions.asked(now)
    made = mail("In še to.", In_Reply_To=message_id(await letter("enquiry_receipt"))).as_bytes()
    for _ in range(2):
        await take_in(made, via="imap", now=now)
    assert len(await said(enquiry)) == 2


async def test_a_coordinator_who_replies_to_the_letter_has_answered(now: datetime):
    enquiry = await questions.asked(now)
    sent = await letter("enquiry_desk")
    row = await came(
        now, "Da, z nočno ogrado.", sender="maja.vzorec@alpennetz.example",
        subject="Odg: x", In_Reply_To=message_id(sent),
    )  # fmt: skip
    assert row.state == State.NOTED
    assert (await said(enquiry))[-1] == ("answer", "Da, z nočno ogrado.", "Maja Vzorec")
    assert (await letter("enquiry_answer")).recipient == "office@si-07.example"


async def test_an_answer_by_mail_to_what_has_changed_is_kept_and_does_not_leave(now: datetime):
    enquiry = await questions.asked(now)
    sent = await letter("enquiry_desk")
    await actions.add_words(enquiry.id, "Pravzaprav gre za koze.", now=now)
    row = await came(
        now, "Da, z nočno ogrado.", sender="maja.vzorec@alpennetz.example",
        subject="Odg: x", In_Reply_To=message_id(sent),
    )  # fmt: skip
    assert (row.state, note_in(row.note).why) == (State.WAITING, Why.NOT_SENT)
    assert await questions.letters("enquiry_answer") == []
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        page = await web.get(f"/en/letterbox/{row.id}")
        assert "It has not left." in page.text
        assert f"/letterbox/{row.id}" in (await web.get("/en/letterbox")).text
        assert f"/letterbox/{row.id}" in (await web.get(f"/en/advice/{enquiry.id}")).text
        await web.sign_in(await giulia(now), now)
        assert (await web.get(f"/en/letterbox/{row.id}")).status_code == 404


async def test_whoever_names_a_coordinator_as_sender_answers_nothing(now: datetime):
    enquiry = await questions.asked(now)
    sent = await letter("enquiry_receipt")  # which the municipality has
    await came(
        now, "Da.", sender="maja.vzorec@alpennetz.example", In_Reply_To=message_id(sent)
    )  # fmt: skip
    assert (await said(enquiry))[-1][0] == "question"
    assert await questions.letters("enquiry_answer") == []


async def test_a_contact_who_writes_without_our_letter_is_believed_when_our_server_says_so(
    now: datetime,
):
    await questions.asker(now)
    await questions.people(now)
    proof = (
        b"Authentication-Results: mx.example; dmarc=pass header.from=si-07.example\r\n"
        b"Received: by mx.example\r\n"
    )
    made = mail("Ali smemo ovce pustiti na planini?", sender=SENDER, subject="AW: Re: Ovce")
    await take_in(proof + made.as_bytes(), via="imap", now=now)
    enquiry = await the_question()
    assert (enquiry.subject, enquiry.language) == ("Ovce", "sl")
    assert enquiry.owner == (await maja(now)).id
    assert "Ali smemo" in (await letter("enquiry_receipt")).text


async def test_an_attachment_alone_is_a_question_too(now: datetime):
    await questions.people(now)
    made = mail("", sender="x@y.example", subject="Beschluss")
    made.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="a.pdf")
    row = await take_in(made.as_bytes(), via="imap", now=now)
    enquiry = await the_question()
    assert (row.enquiry, enquiry.subject) == (enquiry.id, "Beschluss")
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        assert f"/letterbox/{row.id}" in (await web.get(f"/en/advice/{enquiry.id}")).text


async def test_nothing_but_quotations_waits_in_the_letterbox(now: datetime):
    await questions.people(now)
    row = await came(now, "> Ja.", sender="x@y.example", subject="Frage")
    assert (row.state, note_in(row.note).why) == (State.WAITING, Why.NOTHING_TYPED)
    assert await Enquiry.count() == 0


async def test_without_anybody_of_the_house_the_mail_waits(now: datetime):
    row = await came(now, "Frage?", sender="x@y.example", subject="Frage")
    assert (row.state, row.kind) == (State.WAITING, Kind.UNKNOWN)
    assert await EnquiryMessage.count() == 0


async def test_two_machines_that_answer_each_other_soon_stop(now: datetime):
    await questions.people(now)
    asker = await questions.asker(now)
    for number in range(8):
        await actions.ask(NewQuestion(f"{number}", f"{number}"), asker, channel="mail", now=now)
    assert len(await questions.letters("enquiry_receipt")) == 5
