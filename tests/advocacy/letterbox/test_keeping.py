"""Every mail is kept, once, whatever it is."""

from datetime import datetime

import pytest

from advocacy.calls.tables import Contribution, ContributionVersion
from advocacy.letterbox.actions import take_in
from advocacy.letterbox.notes import note_in
from advocacy.letterbox.rules import LARGEST, State, Why
from advocacy.letterbox.tables import Received
from tests.advocacy.letterbox.mailing import reply
from tests.advocacy.letterbox.outbox import begun, letters

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("db")]


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


async def test_a_mail_without_words_and_files_waits(now: datetime):
    await begun(now)
    row = await take_in((await reply("> Dober dan\n")).as_bytes(), via="imap", now=now)
    assert (row.state, note_in(row.note).why) == (State.WAITING, Why.NOTHING_TYPED)
