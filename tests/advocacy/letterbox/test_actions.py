"""A mail comes, and becomes what it is. On both databases."""

from datetime import date, datetime, timedelta

import pytest

from advocacy.calls.answering import delegating, enclosing
from advocacy.calls.answering.contributing import contribute
from advocacy.calls.queries import invitation
from advocacy.calls.rules import InvitationState, Stance
from advocacy.calls.tables import Contribution, ContributionVersion, Delegation
from advocacy.letterbox.actions import take_in
from advocacy.letterbox.notes import note_in
from advocacy.letterbox.rules import LARGEST, Kind, State, Why
from advocacy.letterbox.tables import Received
from advocacy.mail.rules import LetterState
from advocacy.mail.tables import Letter
from advocacy.municipalities.tables import Contact
from tests.advocacy.calls import story
from tests.advocacy.calls.answering import files
from tests.advocacy.letterbox.mailing import mail, message_id, reply, report, tagged

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("db")]


async def begun(now: datetime) -> None:
    """A call is open, and its letters are out."""
    await story.opened(now)
    await Letter.update({Letter.state: LetterState.SENT, Letter.sent: now}, force=True)


async def letters(kind: str) -> list[Letter]:
    return await Letter.objects().where(Letter.kind == kind).order_by(Letter.id)


async def letter(key: str) -> Letter:
    found = await Letter.objects().where(Letter.key.like(key)).first()
    assert found is not None
    return found


async def standing(code: str = "SI-07") -> ContributionVersion | None:
    return (await invitation((await story.invitation(code)).id)).version


async def test_a_reply_is_an_answer_and_the_letter_says_how_it_was_understood(now: datetime):
    await begun(now)
    row = await take_in((await reply("Deloma. Imamo 14 planin.")).as_bytes(), via="imap", now=now)
    version = await standing()
    assert version is not None
    assert (version.stance, version.text, version.channel, version.language) == (
        "partly", "Deloma. Imamo 14 planin.", "mail", "sl",
    )  # fmt: skip
    assert (version.answered_by, version.role, version.basis) == ("Janez Primer", "mayor", "mayor")
    assert (row.state, row.kind, row.version) == (State.TAKEN, Kind.REPLY, 1)
    assert (await story.invitation("SI-07")).state == InvitationState.ANSWERED
    [told] = await letters("understood")
    assert told.recipient == "office@si-07.example"
    assert "«Deloma. Imamo 14 planin.»" in told.text
    assert "/a/" in told.text
    assert await letters("receipt") == []


async def test_the_same_mail_twice_is_one_act(now: datetime):
    await begun(now)
    made = await reply("Deloma. Imamo 14 planin.")
    first = await take_in(made.as_bytes(), via="imap", now=now)
    made["Received"] = "by another server"
    second = await take_in(made.as_bytes(), via="pipe", now=now)
    third = await take_in((await reply("Deloma. Imamo 14 planin.")).as_bytes(), via="imap", now=now)
    assert first.id == second.id != third.id
    assert await ContributionVersion.count() == 1
    assert len(await letters("understood")) == 1


async def test_a_second_reply_is_the_next_version_and_what_else_was_answered_stays(now: datetime):
    await begun(now)
    asked = await story.invitation("SI-07")
    answer = story.answer(stance=Stance.YES)
    answer.answers.update({"3": "120"})  # type: ignore[attr-defined]
    await contribute(asked.id, answer, now=now)
    await take_in((await reply("Ne. Premislili smo si.")).as_bytes(), via="imap", now=now)
    version = await standing()
    assert version is not None
    assert (version.number, version.stance, version.answers) == (2, "no", '{"3": "120"}')


async def test_thanks_for_the_receipt_do_not_replace_the_answer(now: datetime):
    await begun(now)
    await take_in((await reply("Da, imamo 14 planin.")).as_bytes(), via="imap", now=now)
    row = await take_in((await reply("Najlepša hvala!")).as_bytes(), via="imap", now=now)
    version = await standing()
    assert version is not None
    assert (version.number, version.stance) == (1, "yes")
    assert (row.state, note_in(row.note).why) == (State.WAITING, Why.ADDS)
    [told] = await letters("kept")
    assert told.recipient == "office@si-07.example"


async def test_a_reply_without_yes_or_no_is_kept_and_asks_which(now: datetime):
    await begun(now)
    await take_in((await reply("Imamo 14 planin.")).as_bytes(), via="imap", now=now)
    version = await standing()
    assert version is not None
    assert (version.stance, version.text) == ("not_stated", "Imamo 14 planin.")
    [told] = await letters("understood")
    assert "?a=partly" in told.text


async def test_the_letter_it_replies_to_names_the_invitation(now: datetime):
    await begun(now)
    asked = await story.invitation("IT-01")
    sent = await letter(f"call/%/{asked.id}")
    made = mail("Sì.", sender="office@it-01.example", subject="R: x", In_Reply_To=message_id(sent))
    row = await take_in(made.as_bytes(), via="imap", now=now)
    assert (row.invitation, row.state) == (asked.id, State.TAKEN)


async def test_the_call_in_the_subject_and_a_known_sender_name_the_invitation(now: datetime):
    await begun(now)
    made = mail("Oui.", sender="Office@FR-01.example", subject="RE: Délai [2026-014-1]")
    row = await take_in(made.as_bytes(), via="imap", now=now)
    assert (row.invitation, row.state) == ((await story.invitation("FR-01")).id, State.TAKEN)


@pytest.mark.parametrize(
    ("to", "sender", "subject"),
    [
        ("antwort+1-aaaaaaaa@alpennetz.example", "x@y.example", "Frist"),
        ("antwort@alpennetz.example", "x@y.example", "AW: Frist [2026-014-1]"),
        ("antwort@alpennetz.example", "office@si-07.example", "AW: Frist [2026-999-1]"),
    ],
)
async def test_what_belongs_nowhere_waits_and_nobody_is_written_to(
    to: str, sender: str, subject: str, now: datetime
):
    await begun(now)
    row = await take_in(
        mail("Ja.", to=to, sender=sender, subject=subject).as_bytes(), via="imap", now=now
    )
    assert (row.state, row.kind, row.text) == (State.WAITING, Kind.UNKNOWN, "Ja.")
    assert note_in(row.note).why is Why.NO_INVITATION
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


async def test_one_address_gets_one_automatic_letter_a_day(now: datetime):
    await begun(now)
    for text in ("Da.", "Ne.", "Deloma."):
        made = await reply(text, sender="ana@elsewhere.example")
        await take_in(made.as_bytes(), via="imap", now=now)
    assert len(await letters("kept")) == 1
    made = await reply("Nobenega.", sender="ana@elsewhere.example")
    await take_in(made.as_bytes(), via="imap", now=now + timedelta(hours=25))
    assert len(await letters("kept")) == 2


async def test_two_machines_that_answer_each_other_soon_stop(now: datetime):
    await begun(now)
    for number in range(20):
        made = await reply(f"Da, številka {number}.")
        await take_in(made.as_bytes(), via="imap", now=now + timedelta(minutes=number))
    assert len(await letters("understood")) == 5
    assert await ContributionVersion.count() == 20


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


async def test_an_automatic_reply_is_an_absence_and_nobody_is_written_to(now: datetime):
    await begun(now)
    asked = await story.invitation("SI-07")
    sent = await letter(f"call/%/{asked.id}")
    made = mail(
        "Odsoten sem, nazaj 7. 12. 2026.", subject="Samodejni odgovor: Rok",
        In_Reply_To=message_id(sent), Auto_Submitted="auto-replied",
    )  # fmt: skip
    before = await Letter.count()
    row = await take_in(made.as_bytes(), via="imap", now=now)
    contact = await Contact.objects().where(Contact.email == "office@si-07.example").first()
    assert contact is not None
    assert contact.absent_until == date(2026, 12, 7)
    assert (row.kind, row.state, note_in(row.note).reason) == (
        Kind.ABSENCE,
        State.NOTED,
        "2026-12-07",
    )
    assert (await story.invitation("SI-07")).state == InvitationState.ABSENT
    assert await Contribution.count() == 0
    assert await Letter.count() == before


async def test_a_letter_that_came_back_is_marked_and_so_is_its_address(now: datetime):
    await begun(now)
    asked = await story.invitation("SI-07")
    sent = await letter(f"call/%/{asked.id}")
    row = await take_in(report(message_id(sent)), via="imap", now=now)
    contact = await Contact.objects().where(Contact.email == "office@si-07.example").first()
    assert contact is not None
    assert (contact.bounced, contact.bounce) == (now, "550 5.1.1 user unknown")
    assert (row.kind, row.state, row.invitation) == (Kind.BOUNCE, State.NOTED, asked.id)
    marked = await letter(sent.key)
    assert (marked.state, marked.error) == (LetterState.BOUNCED, "550 5.1.1 user unknown")


async def test_a_delay_changes_nothing(now: datetime):
    await begun(now)
    sent = await letter("call/%")
    row = await take_in(report(message_id(sent), action="delayed"), via="imap", now=now)
    assert (row.kind, row.state) == (Kind.DELAY, State.NOTED)
    assert (await letter(sent.key)).state == LetterState.SENT


async def test_a_report_about_no_letter_of_ours_waits(now: datetime):
    await begun(now)
    row = await take_in(report("<1@elsewhere.example>"), via="imap", now=now)
    assert (row.kind, row.state, note_in(row.note).why) == (
        Kind.BOUNCE, State.WAITING, Why.WHICH_LETTER,
    )  # fmt: skip


async def test_a_newsletter_is_filed_and_a_list_that_answers_is_shown(now: datetime):
    await begun(now)
    row = await take_in(
        mail("Novice", Precedence="bulk", subject="Novice").as_bytes(), via="imap", now=now
    )
    assert (row.kind, row.state) == (Kind.OTHER, State.FILED)
    row = await take_in((await reply("Da.", List_Id="<x.example>")).as_bytes(), via="imap", now=now)
    assert (row.state, note_in(row.note).why) == (State.WAITING, Why.MACHINE)
    assert await letters("kept") == []


async def test_files_come_along_and_what_is_refused_is_named(now: datetime):
    await begun(now)
    made = await reply("Deloma.")
    made.add_attachment(files.pdf(), maintype="application", subtype="pdf", filename="Sklep.pdf")
    made.add_attachment(
        b"MZ\x90\x00" + b"\0" * 200,
        maintype="application",
        subtype="octet-stream",
        filename="setup.exe",
    )
    await take_in(made.as_bytes(), via="imap", now=now)
    version = await standing()
    assert version is not None
    [kept] = await enclosing.of_version(version)
    assert (kept.name, kept.media_type) == ("Sklep.pdf", "application/pdf")
    [told] = await letters("understood")
    assert "Sklep.pdf" in told.text
    assert "setup.exe" in told.text


async def test_after_the_deadline_a_first_answer_is_late_and_a_given_one_stands(now: datetime):
    await begun(now)
    await take_in((await reply("Da.")).as_bytes(), via="imap", now=now)
    over = story.UNTIL + timedelta(days=1)
    row = await take_in((await reply("Ne, vendarle ne.")).as_bytes(), via="imap", now=over)
    assert (row.state, row.text, note_in(row.note).why) == (
        State.KEPT,
        "Ne, vendarle ne.",
        Why.OVER,
    )
    assert len(await letters("kept")) == 1
    late = await take_in((await reply("Sì.", "IT-01")).as_bytes(), via="imap", now=over)
    assert late.state == State.TAKEN
    contribution = await Contribution.objects().where(Contribution.id == late.contribution).first()
    assert contribution is not None
    assert contribution.late


async def test_a_mail_without_words_and_files_waits(now: datetime):
    await begun(now)
    row = await take_in((await reply("> Dober dan\n")).as_bytes(), via="imap", now=now)
    assert (row.state, note_in(row.note).why) == (State.WAITING, Why.NOTHING_TYPED)


async def test_an_answer_below_our_unmarked_letter_is_found(now: datetime):
    await begun(now)
    asked = await story.invitation("AT-01")
    sent = await letter(f"call/%/{asked.id}")
    body = (
        f"Von: A <a@b.example>\nGesendet: heute\nAn: x\nBetreff: y\n\n{sent.text}\n\nNein, weil.\n"
    )
    made = await reply(body, "AT-01", In_Reply_To=message_id(sent))
    row = await take_in(made.as_bytes(), via="imap", now=now)
    assert (row.text, row.stance) == ("Nein, weil.", "no")


async def test_bytes_that_are_no_mail_are_kept_as_they_came(now: datetime):
    for content in (
        b"",
        b"\0\xff\xfe",
        b"From: =?x?q?=00?= <a@b.example>\r\nSubject: \0\r\n\r\n\0x",
    ):
        row = await take_in(content, via="pipe", now=now)
        found = await Received.objects().where(Received.id == row.id).first()
        assert found is not None
        assert (bytes(found.content), found.state) == (content, State.WAITING)


async def test_of_a_very_large_mail_the_beginning_is_kept_and_its_text_taken(now: datetime):
    await begun(now)
    made = (await reply("Deloma.")).as_bytes() + b"\r\n" * (LARGEST // 2)
    row = await take_in(made, via="pipe", now=now)
    assert row.state == State.TAKEN
    assert note_in(row.note).larger
    assert len(row.content) < 2_000_000
    assert len(await letters("understood")) == 1


async def test_a_mail_that_cannot_be_worked_on_is_kept_and_waits(
    now: datetime, monkeypatch: pytest.MonkeyPatch
):
    async def broken(*_: object, **__: object) -> None:
        raise RuntimeError("broken")

    await begun(now)
    monkeypatch.setattr("advocacy.letterbox.taking.take", broken)
    row = await take_in((await reply("Da.")).as_bytes(), via="imap", now=now)
    assert (row.state, note_in(row.note).why, row.text) == (State.WAITING, Why.FAILED, "Da.")
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


async def test_the_colleague_of_the_page_may_reply_to_their_letter(now: datetime):
    await begun(now)
    asked = await story.invitation("SI-07")
    await delegating.ask(asked.id, "tajnik@si-07.example", "Prosim.", now=now)
    sent = await letter("delegation/%")
    await Letter.update({Letter.state: LetterState.SENT}).where(Letter.id == sent.id)
    made = mail("Da.", sender="tajnik@si-07.example", subject="x", In_Reply_To=message_id(sent))
    row = await take_in(made.as_bytes(), via="imap", now=now)
    assert (row.state, row.invitation) == (State.TAKEN, asked.id)


def test_the_tag_of_an_address_is_not_guessed():
    assert tagged(1) != tagged(2)


async def test_an_absence_that_our_server_found_false_changes_nothing(now: datetime):
    await begun(now)
    made = mail(
        "Nazaj 7. 12. 2026.", subject="Samodejni odgovor: Rok", Auto_Submitted="auto-replied",
        Authentication_Results="mx.example; dmarc=fail header.from=si-07.example",
    )  # fmt: skip
    row = await take_in(made.as_bytes(), via="imap", now=now)
    assert (row.kind, row.state) == (Kind.ABSENCE, State.FILED)
    assert not await Contact.exists().where(Contact.absence_noted.is_not_null())
