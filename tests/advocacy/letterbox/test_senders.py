"""Who answers for a municipality, and whom it is asked about first."""

from datetime import datetime
from email.message import EmailMessage

import pytest

from advocacy.advice.tables import Enquiry
from advocacy.calls.answering import delegating
from advocacy.calls.tables import Contribution, ContributionVersion, Delegation, Invitation
from advocacy.letterbox.actions import take_in
from advocacy.letterbox.notes import note_in
from advocacy.letterbox.rules import Kind, State, Why
from advocacy.letterbox.tables import Received
from advocacy.mail.rules import LetterState
from advocacy.mail.tables import Letter
from advocacy.municipalities.tables import Contact
from tests.advocacy.calls import story
from tests.advocacy.letterbox.mailing import mail, message_id, reply, tagged
from tests.advocacy.letterbox.outbox import begun, letter, letters, standing
from tests.browsing import browser
from tests.characters import ana

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("db")]


async def test_the_letter_it_replies_to_names_the_invitation(now: datetime):
    await begun(now)
    asked = await story.invitation("IT-01")
    sent = await letter(f"call/%/{asked.id}")
    made = mail("Sì.", sender="office@it-01.example", subject="R: x", In_Reply_To=message_id(sent))
    row = await take_in(made.as_bytes(), via="imap", now=now)
    assert (row.invitation, row.state) == (asked.id, State.TAKEN)


def by_subject(sender: str = "Office@FR-01.example", **headers: str) -> EmailMessage:
    """Not to the address of the invitation, and in answer to no letter of its call."""
    return mail("Oui.", sender=sender, subject="RE: Délai [2026-014-1]", **headers)


async def another_letter(recipient: str, now: datetime) -> Letter:
    """Of ours, about no call."""
    sent = Letter(
        key="confirm-contact/4", kind="confirm_contact", recipient=recipient, language="fr",
        subject="Adresse", text="", html="", state=LetterState.SENT, due=now, created=now,
    )  # fmt: skip
    await sent.save()
    return sent


async def test_a_mail_that_only_names_the_call_has_to_be_confirmed(now: datetime):
    await begun(now)
    row = await take_in(by_subject().as_bytes(), via="imap", now=now)
    asked = await story.invitation("FR-01")
    assert (row.invitation, row.state) == (asked.id, State.TO_CONFIRM)
    assert note_in(row.note).why is Why.UNPROVEN
    assert await Contribution.count() == 0
    [question] = await letters("to_confirm")
    assert question.recipient == "office@fr-01.example"
    assert "an address that we do not know" not in question.text
    assert await letters("kept") == []
    yes = mail("Oui.", sender="office@fr-01.example", In_Reply_To=message_id(question))
    await take_in(yes.as_bytes(), via="imap", now=now)
    version = await standing("FR-01")
    assert version is not None
    assert (version.stance, version.answered_by) == ("yes", "Luc Modèle")


async def test_the_page_of_such_a_mail_says_why_it_asks(now: datetime):
    await begun(now)
    row = await take_in(by_subject().as_bytes(), via="imap", now=now)
    async with browser(now) as web:
        shown = await web.get(f"{await story.link('FR-01')}/reply/{row.id}?language=en")
    assert "anybody could have written it" in shown.text
    assert "It came from an address that we do not know" not in shown.text


async def test_a_bounced_address_is_not_cleared_by_who_only_names_the_call(now: datetime):
    await begun(now)
    await Contact.update({Contact.bounced: now}).where(Contact.email == "office@fr-01.example")
    await take_in(by_subject().as_bytes(), via="imap", now=now)
    assert await Contact.exists().where(Contact.bounced.is_not_null())


async def test_without_somebody_to_ask_a_mail_that_only_names_the_call_waits(now: datetime):
    await begun(now)
    asked = await story.invitation("FR-01")
    await Invitation.update({Invitation.contact: None}).where(Invitation.id == asked.id)
    row = await take_in(by_subject().as_bytes(), via="imap", now=now)
    assert (row.state, note_in(row.note).why) == (State.WAITING, Why.UNPROVEN)


@pytest.mark.parametrize(
    ("header", "after"),
    [
        ("mx.example; spf=none; dmarc=pass (p=none) header.from=fr-01.example", State.TAKEN),
        ("mx.example; dmarc=pass header.from=elsewhere.example", State.TO_CONFIRM),
        ("mx.example; dmarc=none header.from=fr-01.example", State.TO_CONFIRM),
        (
            'mx.example; spf=pass smtp.mailfrom="; dmarc=pass header.from=fr-01.example"',
            State.TO_CONFIRM,
        ),
    ],
)
async def test_what_our_server_found_true_needs_no_confirmation(
    header: str, after: State, now: datetime
):
    await begun(now)
    made = f"Authentication-Results: {header}\r\nReceived: by mx.example\r\n".encode()
    row = await take_in(made + by_subject().as_bytes(), via="imap", now=now)
    assert row.state == after


async def test_what_the_mail_says_of_itself_proves_nothing(now: datetime):
    await begun(now)
    said = "mx.example; dmarc=pass header.from=fr-01.example"
    made = by_subject(Authentication_Results=said).as_bytes()
    row = await take_in(b"Received: by mx.example\r\n" + made, via="imap", now=now)
    assert row.state == State.TO_CONFIRM


@pytest.mark.parametrize(
    ("recipient", "after"),
    [("office@fr-01.example", State.TAKEN), ("office@it-01.example", State.TO_CONFIRM)],
)
async def test_who_answers_another_letter_that_they_had_is_known(
    recipient: str, after: State, now: datetime
):
    await begun(now)
    sent = await another_letter(recipient, now)
    row = await take_in(by_subject(In_Reply_To=message_id(sent)).as_bytes(), via="imap", now=now)
    assert row.state == after


@pytest.mark.parametrize(
    ("to", "sender", "subject"),
    [
        ("antwort+1-aaaaaaaa@alpennetz.example", "x@y.example", "Frist"),
        ("antwort@alpennetz.example", "x@y.example", "AW: Frist [2026-014-1]"),
        ("antwort@alpennetz.example", "office@si-07.example", "AW: Frist [2026-999-1]"),
    ],
)
async def test_what_belongs_nowhere_is_a_question_to_the_secretariat_and_nobody_is_written_to(
    to: str, sender: str, subject: str, now: datetime
):
    await begun(now)
    row = await take_in(
        mail("Ja.", to=to, sender=sender, subject=subject).as_bytes(), via="imap", now=now
    )
    assert (row.state, row.kind, row.text) == (State.NOTED, Kind.QUESTION, "Ja.")
    enquiry = await Enquiry.objects().where(Enquiry.id == row.enquiry).first()
    assert enquiry is not None
    assert (enquiry.municipality, enquiry.email) == (None, row.sender)
    assert enquiry.owner == (await ana(now)).id
    # to the address of a contact, which anybody may have put in: their words are not sent there
    told = await letters("enquiry_receipt")
    assert [each.recipient for each in told] == [sender] * (sender == "office@si-07.example")
    assert [each for each in told if "Ja." in each.text] == []
    assert await letters("kept") == []
    assert await Contribution.count() == 0


async def test_an_unknown_sender_is_kept_and_the_municipality_is_asked(now: datetime):
    await begun(now)
    made = await reply("Deloma.", sender="Ana Primer <ana@elsewhere.example>")
    row = await take_in(made.as_bytes(), via="imap", now=now)
    assert (row.state, note_in(row.note).why) == (State.TO_CONFIRM, Why.OTHER_SENDER)
    assert await Contribution.count() == 0
    [asked], [told] = await letters("to_confirm"), await letters("kept")
    assert (asked.recipient, told.recipient) == ("office@si-07.example", "ana@elsewhere.example")
    assert f"/reply/{row.id}" in asked.text
    assert "/a/" not in told.text + told.html  # the link is the municipality's
    assert "Deloma" not in told.text


async def test_a_colleague_whom_the_municipality_asked_answers_for_it(now: datetime):
    await begun(now)
    asked = await story.invitation("SI-07")
    await Delegation(
        invitation=asked.id, email="Tajnik@si-07.example", language="sl", at=now, leaves=now
    ).save()
    made = await reply("Da.", sender="Tine Primer <tajnik@si-07.example>")
    await take_in(made.as_bytes(), via="imap", now=now)
    version = await standing()
    assert version is not None
    assert (version.answered_by, version.role, version.basis) == ("Tine Primer", "other", "office")
    assert {each.recipient for each in await letters("understood")} == {
        "office@si-07.example", "tajnik@si-07.example",
    }  # fmt: skip


async def test_the_colleague_of_the_page_may_reply_to_their_letter(now: datetime):
    await begun(now)
    asked = await story.invitation("SI-07")
    await delegating.ask(asked.id, "tajnik@si-07.example", "Prosim.", now=now)
    sent = await letter("delegation/%")
    await Letter.update({Letter.state: LetterState.SENT}).where(Letter.id == sent.id)
    made = mail("Da.", sender="tajnik@si-07.example", subject="x", In_Reply_To=message_id(sent))
    row = await take_in(made.as_bytes(), via="imap", now=now)
    assert (row.state, row.invitation) == (State.TAKEN, asked.id)


async def test_a_sender_whom_our_server_found_false_has_to_be_confirmed(now: datetime):
    await begun(now)
    made = await reply(
        "Ne.", Authentication_Results="mx.example; dmarc=fail header.from=si-07.example"
    )
    assert (await take_in(made.as_bytes(), via="imap", now=now)).state == State.TO_CONFIRM


async def test_yes_by_mail_confirms_and_no_rejects(now: datetime):
    await begun(now)
    for code, said, after in (("SI-07", "Da.", State.TAKEN), ("IT-01", "No.", State.FILED)):
        made = await reply("Deloma.", code, sender="ana@elsewhere.example")
        row = await take_in(made.as_bytes(), via="imap", now=now)
        sent = await letter(f"mail/{row.id}/to-confirm")
        yes = await reply(said, code, In_Reply_To=message_id(sent))
        confirmation = await take_in(yes.as_bytes(), via="imap", now=now)
        assert (confirmation.kind, confirmation.state) == (Kind.CONFIRMATION, State.NOTED)
        found = await Received.objects().where(Received.id == row.id).first()
        assert found is not None
        assert found.state == after
    [version] = await ContributionVersion.objects()
    assert (version.stance, version.answered_by) == ("partly", "ana@elsewhere.example")


async def test_an_answer_of_their_own_to_the_question_is_their_answer(now: datetime):
    await begun(now)
    made = await reply("Da.", sender="ana@elsewhere.example")
    row = await take_in(made.as_bytes(), via="imap", now=now)
    sent = await letter(f"mail/{row.id}/to-confirm")
    own = await reply("Deloma, in sicer takole.", In_Reply_To=message_id(sent))
    assert (await take_in(own.as_bytes(), via="imap", now=now)).state == State.TAKEN
    version = await standing()
    assert version is not None
    assert (version.stance, version.answered_by) == ("partly", "Janez Primer")


async def test_the_sender_cannot_confirm_their_own_mail(now: datetime):
    await begun(now)
    made = await reply("Da.", sender="ana@elsewhere.example")
    row = await take_in(made.as_bytes(), via="imap", now=now)
    sent = await letter(f"mail/{row.id}/to-confirm")
    again = await reply("Da.", sender="ana@elsewhere.example", In_Reply_To=message_id(sent))
    await take_in(again.as_bytes(), via="imap", now=now)
    assert await Contribution.count() == 0


async def test_a_reply_shows_that_the_address_works(now: datetime):
    await begun(now)
    await Contact.update({Contact.bounced: now, Contact.bounce: "full"}).where(
        Contact.email == "office@si-07.example"
    )
    await take_in((await reply("Da.")).as_bytes(), via="imap", now=now)
    contact = await Contact.objects().where(Contact.email == "office@si-07.example").first()
    assert contact is not None
    assert (contact.bounced, contact.bounce) == (None, "")


def test_the_tag_of_an_address_is_not_guessed():
    assert tagged(1) != tagged(2)
