"""What machines write: absences, letters that came back, lists; and machines that answer us."""

from datetime import date, datetime, timedelta

import pytest

from advocacy.calls.rules import InvitationState
from advocacy.calls.tables import Contribution, ContributionVersion
from advocacy.letterbox.actions import take_in
from advocacy.letterbox.notes import note_in
from advocacy.letterbox.rules import Kind, State, Why
from advocacy.mail.rules import LetterState
from advocacy.mail.tables import Letter
from advocacy.municipalities.tables import Contact
from tests.advocacy.calls import story
from tests.advocacy.letterbox.mailing import mail, message_id, reply, report
from tests.advocacy.letterbox.outbox import begun, letter, letters

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("db")]


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


async def test_an_absence_that_our_server_found_false_changes_nothing(now: datetime):
    await begun(now)
    made = mail(
        "Nazaj 7. 12. 2026.", subject="Samodejni odgovor: Rok", Auto_Submitted="auto-replied",
        Authentication_Results="mx.example; dmarc=fail header.from=si-07.example",
    )  # fmt: skip
    row = await take_in(made.as_bytes(), via="imap", now=now)
    assert (row.kind, row.state) == (Kind.ABSENCE, State.FILED)
    assert not await Contact.exists().where(Contact.absence_noted.is_not_null())
