"""A reply becomes an answer, and the letter back says how it was understood."""

from datetime import datetime, timedelta

import pytest

from advocacy.calls.answering import enclosing
from advocacy.calls.answering.contributing import contribute
from advocacy.calls.rules import InvitationState, Stance
from advocacy.calls.tables import Contribution
from advocacy.letterbox.actions import take_in
from advocacy.letterbox.notes import note_in
from advocacy.letterbox.rules import Kind, State, Why
from tests.advocacy.calls import story
from tests.advocacy.calls.answering import files
from tests.advocacy.letterbox.mailing import message_id, reply
from tests.advocacy.letterbox.outbox import begun, letter, letters, standing

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("db")]


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
    assert "„Deloma. Imamo 14 planin.“" in told.text
    assert "/a/" in told.text
    assert await letters("receipt") == []


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
