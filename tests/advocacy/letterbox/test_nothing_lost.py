"""What a mail about a question says reaches who has to read it, and nobody else. On both
databases.
"""

from datetime import datetime
from email.message import EmailMessage

import pytest

from advocacy.advice import actions, queries
from advocacy.advice.asking import reply_to
from advocacy.advice.forms import Handing, Place, Reply
from advocacy.advice.queries import by_id
from advocacy.advice.tables import Enquiry, EnquiryMessage
from advocacy.calls.queries import invitation
from advocacy.errors import NotFound
from advocacy.letterbox import queries as letterbox
from advocacy.letterbox.actions import assign, file_away, make_question, take_in
from advocacy.letterbox.notes import note_in
from advocacy.letterbox.rules import Kind, State, Why
from advocacy.letterbox.tables import Received
from advocacy.mail.rules import LetterState
from advocacy.mail.tables import Letter
from advocacy.overview.needs import desk_of
from advocacy.overview.rules import Need
from advocacy.people.tables import Person
from advocacy.undoing.actions import undo
from tests.advocacy.advice import questions
from tests.advocacy.calls import story
from tests.advocacy.letterbox.mailing import mail, message_id, report
from tests.browsing import browser
from tests.characters import ana, eva, giulia, luca, maja, presidency

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("db")]

MAJA = "maja.vzorec@alpennetz.example"
FALSE = b"Authentication-Results: mx.example; dmarc=fail header.from=alpennetz.example\r\n"


async def came(made: EmailMessage, now: datetime, *, above: bytes = b"") -> Received:
    return await take_in(above + made.as_bytes(), via="imap", now=now)


async def last(kind: str) -> Letter:
    return (await questions.letters(kind))[-1]


async def reply_of_maja(now: datetime, text: str = "Da.") -> EmailMessage:
    sent = await last("enquiry_desk")
    return mail(text, sender=MAJA, subject="Odg: x", In_Reply_To=message_id(sent))


async def needs(person: Person, now: datetime) -> list[Need]:
    found = (await desk_of(person, [], [], now=now)).needs
    return [each for each in found if each.path == "/letterbox"]


async def question_of(row: Received) -> Enquiry:
    return await by_id(row.enquiry or 0)


async def said(enquiry: Enquiry) -> list[tuple[str, str]]:
    return [(each.kind, each.text) for each in await queries.messages_of(enquiry.id)]


async def test_a_reply_that_went_through_a_list_waits_beside_its_question(now: datetime):
    enquiry = await questions.asked(now)
    sent = await last("enquiry_receipt")
    made = mail("In še to.", In_Reply_To=message_id(sent), List_Id="<obcina.si-07.example>")
    row = await came(made, now)
    assert (row.state, row.enquiry, note_in(row.note).why) == (
        State.WAITING, enquiry.id, Why.MACHINE,
    )  # fmt: skip
    assert await make_question(row.id, by=await maja(now), now=now) == enquiry.id
    assert (await said(enquiry))[-1] == ("question", "In še to.")
    assert await Received.exists().where(Received.state == State.NOTED)


async def test_whom_our_server_found_false_answers_for_nobody(now: datetime):
    enquiry = await questions.asked(now)
    row = await came(await reply_of_maja(now, "Ne."), now, above=FALSE)
    assert row.state == State.WAITING
    assert await questions.letters("enquiry_answer") == []
    assert len(await said(enquiry)) == 1


async def test_what_a_colleague_writes_about_a_letter_of_the_house_is_not_the_municipalitys(
    now: datetime,
):
    enquiry = await questions.asked(now)
    made = mail(
        "Was wollen die schon wieder?", sender="ana.muster@alpennetz.example",
        to=f"{MAJA}, {reply_to.address(enquiry.id)}",
        In_Reply_To=message_id(await last("enquiry_desk")),
    )  # fmt: skip
    row = await came(made, now)
    assert (row.state, row.enquiry) == (State.WAITING, enquiry.id)
    assert len(await said(enquiry)) == 1


async def test_the_files_of_an_answer_by_mail_go_along(now: datetime):
    await questions.asked(now)
    made = await reply_of_maja(now, "Glejte prilogo.")
    made.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="odlok.pdf")
    row = await came(made, now)
    assert row.state == State.NOTED
    assert '"odlok.pdf"' in (await last("enquiry_answer")).attachments


async def test_files_that_no_server_takes_hold_the_answer_back(now: datetime):
    await questions.asked(now)
    made = await reply_of_maja(now, "Glejte prilogo.")
    large = b"%PDF-1.7" + bytes(11 * 1024 * 1024)
    made.add_attachment(large, maintype="application", subtype="pdf", filename="odlok.pdf")
    row = await came(made, now)
    assert (row.state, note_in(row.note).why) == (State.WAITING, Why.FOR_THE_HOUSE)
    assert await questions.letters("enquiry_answer") == []


async def test_a_mail_with_another_file_is_another_mail(now: datetime):
    await questions.people(now)
    for name in ("1.pdf", "2.pdf", "2.pdf"):
        made = mail("", sender="x@y.example", subject="Scan")
        del made["Message-ID"]
        made["Message-ID"] = "<scan@y.example>"
        made.add_attachment(name.encode(), maintype="application", subtype="pdf", filename=name)
        made["Received"] = "by mx.example"
        await came(made, now)
    assert await Received.count() == 2


async def test_an_answer_that_has_not_left_needs_its_coordinator_who_files_it(now: datetime):
    enquiry = await questions.asked(now)
    made = await reply_of_maja(now)
    await actions.add_words(enquiry.id, "Gre za koze.", now=now)
    row = await came(made, now)
    assert row.state == State.WAITING
    for person, many in ((await maja(now), 1), (await ana(now), 1), (await giulia(now), 0)):
        assert len(await needs(person, now)) == many
    with pytest.raises(NotFound):
        await file_away(row.id, by=await giulia(now), now=now)
    await file_away(row.id, by=await maja(now), now=now)
    assert await needs(await maja(now), now) == []


async def test_an_answer_that_comes_back_is_seen_by_who_wrote_it(now: datetime):
    enquiry = await questions.asked(now)
    await actions.answer(enquiry.id, Reply("Da.", "", 1), by=await maja(now), now=now)
    await Letter.update({Letter.state: LetterState.SENT}, force=True)
    row = await take_in(
        report(message_id(await last("enquiry_answer"))), via="imap", now=now
    )  # fmt: skip
    assert (row.kind, row.state, row.enquiry) == (Kind.BOUNCE, State.WAITING, enquiry.id)
    assert len(await needs(await maja(now), now)) == 1
    assert (await queries.whole(enquiry.id)).said[-1].kind == "answer"


async def test_a_copy_of_a_letter_of_the_house_that_comes_back_is_only_noted(now: datetime):
    await questions.asked(now)
    await Letter.update({Letter.state: LetterState.SENT}, force=True)
    row = await take_in(report(message_id(await last("enquiry_desk"))), via="imap", now=now)
    assert (row.kind, row.state) == (Kind.BOUNCE, State.NOTED)


async def test_a_mail_that_became_an_answer_and_did_not_leaves_its_question_as_it_was(
    now: datetime,
):
    await story.opened(now)
    made = mail("Ali smemo?", sender="Ana Primer <ana@elsewhere.example>", subject="Vprašanje")
    row = await came(made, now)
    by = await ana(now)
    await actions.answer(row.enquiry or 0, Reply("Da.", "", 1), by=by, now=now)
    before = await question_of(row)
    event = await assign(row.id, (await story.invitation("SI-07")).id, by=by, now=now)
    await undo(event, by=by, now=now)
    after = await question_of(row)
    assert (after.state, after.waits_since, after.contribution) == ("answered", None, None)
    assert after.opened == before.opened
    assert (await invitation((await story.invitation("SI-07")).id)).given is False


async def test_who_has_the_question_in_hand_reads_its_mail_and_files(now: datetime):
    enquiry = await questions.asked(now)
    sent = await last("enquiry_receipt")
    row = await came(mail("In še to.", In_Reply_To=message_id(sent)), now)
    to = await giulia(now)
    path = f"/en/letterbox/{row.id}"
    async with browser(now) as web:
        await web.sign_in(to, now)
        assert (await web.get(path)).status_code == 404
        await actions.hand_over(enquiry.id, Handing(to.id, "", 2), by=await maja(now), now=now)
        assert path in (await web.get(f"/en/advice/{enquiry.id}")).text
        assert (await web.get(path)).status_code == 200
        await web.sign_in(await eva(now), now)
        assert (await web.get(path)).status_code == 404


async def test_the_presidency_reads_the_mail_of_a_question_in_its_hand_and_settles_nothing(
    now: datetime,
):
    enquiry = await questions.asked(now)
    sent = await last("enquiry_receipt")
    row = await came(mail("In še to.", In_Reply_To=message_id(sent)), now)
    to, other = (await presidency(now))[:2]
    await actions.hand_over(enquiry.id, Handing(to.id, "", 2), by=await maja(now), now=now)
    path = f"/en/letterbox/{row.id}"
    async with browser(now) as web:
        await web.sign_in(to, now)
        page = await web.get(path)
        assert (page.status_code, 'name="do"' in page.text) == (200, False)
        assert (await web.get(f"{path}/source.eml")).status_code == 200
        await web.get("/en/me")
        assert (await web.post(path, {"do": "file"})).status_code == 404
        assert (await web.get("/en/letterbox")).status_code == 404
        await web.sign_in(other, now)
        assert (await web.get(path)).status_code == 404


async def test_no_receipt_goes_to_a_machine_whose_mail_is_made_a_question(now: datetime):
    await questions.people(now)
    made = mail("Novice", sender="noreply@y.example", subject="x", Precedence="bulk")
    row = await came(made, now)
    await make_question(row.id, by=await ana(now), now=now)
    assert await questions.letters("enquiry_receipt") == []
    assert await EnquiryMessage.count() == 1


async def test_an_address_that_somebody_else_may_have_put_in_gets_none_of_their_words(
    now: datetime,
):
    await questions.asker(now)
    await questions.people(now)
    sender = "Buy now <office@si-07.example>"
    row = await came(mail("Kliknite tu.", sender=sender, subject="www.lure.example"), now)
    assert row.enquiry is not None
    receipt = await last("enquiry_receipt")
    assert receipt.recipient == "office@si-07.example"
    for word in ("lure", "Buy now", "Kliknite"):
        for part in (receipt.subject, receipt.text, receipt.html, receipt.recipient_name):
            assert word not in part


async def test_a_mail_that_waits_nowhere_in_particular_needs_the_secretariat(now: datetime):
    await questions.people(now)
    await came(mail("> Ja.", sender="x@y.example", subject="Frage"), now)
    [need] = await needs(await luca(now), now)
    assert need.size == 1
    assert await needs(await maja(now), now) == []
    assert await letterbox.waiting(None) != []
    async with browser(now) as web:
        await web.sign_in(await luca(now), now)
        assert "Read 1 letter that waits" in (await web.get("/en/now")).text


async def test_told_who_asks_the_letters_go_out_in_their_language(now: datetime):
    await questions.asker(now)
    await questions.people(now)
    row = await came(mail("OK?", sender="x@y.example", subject="x"), now)
    assert (await question_of(row)).language != "sl"
    place = Place("SI-07", "", "x")
    await actions.put(row.enquiry or 0, place, by=await ana(now), now=now)
    assert (await question_of(row)).language == "sl"
