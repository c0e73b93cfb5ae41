"""It leaves once more, late, is taken back; what the body answered with."""

import asyncio
import json
from datetime import datetime, timedelta

import pytest

from advocacy.dossiers.tables import Dossier, Window
from advocacy.errors import Invalid, NotFound, Outdated
from advocacy.history.tables import Event
from advocacy.outcomes import queries as outcomes
from advocacy.positions.tables import Position
from advocacy.submissions import actions, queries
from advocacy.submissions.leaving.receipts import read_file
from advocacy.submissions.rules import Channel
from advocacy.submissions.tables import HandIn, Submission, SubmissionFile
from tests.advocacy.approvals.matters import NUMBER, edited, ready
from tests.advocacy.submissions.matters import handed_in, prepared
from tests.characters import ana

pytestmark = pytest.mark.anyio


async def states() -> tuple[str, str, str, str]:
    """Of the submission, the window, the position, the dossier."""
    rows = [
        await Submission.select(Submission.state).first(),
        await Window.select(Window.state).first(),
        await Position.select(Position.state).first(),
        await Dossier.select(Dossier.station).first(),
    ]
    return tuple(next(iter(row.values())) for row in rows)


async def test_a_time_is_kept_with_its_zone_and_who_recorded_it(db: str, now: datetime):
    matter = await ready(now)
    submission = await handed_in(matter, now)
    (time,) = await queries.hand_ins(submission.id)
    assert (time.number, time.at, time.zone) == (1, now + timedelta(hours=1), "Europe/Brussels")
    assert (time.channel, time.receipt, time.late) == (Channel.PORTAL, "ABC-123", False)
    assert time.who == (await ana(now)).name


async def test_once_more_by_mail_keeps_the_first_instant(db: str, now: datetime):
    matter = await ready(now)
    first = await handed_in(matter, now)
    later = now + timedelta(days=1)
    again = await actions.hand_in(
        first.id, receipt="", at=later, channel=Channel.MAIL, mail_id="a@b.example", number=2,
        by=await ana(now), now=later,
    )  # fmt: skip
    assert again.submitted == first.submitted
    times = await queries.hand_ins(first.id)
    assert [(each.number, each.channel, each.mail_id) for each in times] == [
        (1, "portal", ""),
        (2, "mail", "<a@b.example>"),
    ]
    assert await states() == ("received", "met", "submitted", "submitted")
    assert await Event.count().where(Event.action == "handed in again") == 1


async def test_two_who_record_it_once_more_at_once_record_it_once(db: str, now: datetime):
    matter = await ready(now)
    first = await handed_in(matter, now)
    later, by = now + timedelta(days=1), await ana(now)
    answers = await asyncio.gather(
        *(
            actions.hand_in(first.id, receipt="", at=later, number=2, by=by, now=later)
            for _ in range(3)
        ),
        return_exceptions=True,
    )
    assert sum(isinstance(each, Submission) for each in answers) == 1
    assert await HandIn.count() == 2


async def test_once_more_after_the_deadline_is_late_and_the_first_still_was_in_time(
    db: str, now: datetime
):
    matter = await ready(now)
    first = await handed_in(matter, now)
    late = matter.window.closes + timedelta(hours=3)
    await actions.hand_in(first.id, receipt="", at=late, number=2, by=await ana(now), now=late)
    assert [each.late for each in await queries.hand_ins(first.id)] == [False, True]
    assert (await states())[1] == "met"
    await actions.take_back(first.id, 1, "Falsche Datei", by=await ana(now), now=late)
    assert await states() == ("submitted", "missed", "submitted", "submitted")


async def test_taken_back_it_is_adopted_again_and_may_leave_again(db: str, now: datetime):
    matter = await ready(now)
    first = await handed_in(matter, now)
    later, by = now + timedelta(hours=2), await ana(now)
    await actions.take_back(first.id, 1, " Falsches Portal ", by=by, now=later)
    assert await states() == ("withdrawn", "confirmed", "adopted", "approval")
    (time,) = await queries.hand_ins(first.id)
    assert (time.withdrawn, time.reason) == (later, "Falsches Portal")
    assert await outcomes.followed(NUMBER, "de") is None
    await actions.hand_in(first.id, receipt="", at=later, number=2, by=by, now=later)
    assert await states() == ("submitted", "met", "submitted", "submitted")
    kept = await queries.by_id(first.id)
    assert (kept.submitted, kept.receipt) == (later, "")


async def test_taken_back_it_may_be_changed_and_then_does_not_leave_unapproved(
    db: str, now: datetime
):
    matter = await ready(now)
    first = await handed_in(matter, now)
    later, by = now + timedelta(hours=2), await ana(now)
    await actions.take_back(first.id, 1, "Fehler in § 2", by=by, now=later)
    await edited(matter, later)
    with pytest.raises(Outdated):
        await actions.hand_in(first.id, receipt="", at=later, number=2, by=by, now=later)
    with pytest.raises(Outdated):
        await actions.prepare(first.round, channel=Channel.MAIL, language="de", by=by, now=later)


async def test_it_is_taken_back_once_with_a_reason_and_only_what_left(db: str, now: datetime):
    matter = await ready(now)
    first = await handed_in(matter, now)
    by = await ana(now)
    with pytest.raises(Invalid):
        await actions.take_back(first.id, 1, " ", by=by, now=now)
    with pytest.raises(NotFound):
        await actions.take_back(first.id, 2, "x", by=by, now=now)
    await actions.take_back(first.id, 1, "x", by=by, now=now)
    with pytest.raises(Outdated):
        await actions.take_back(first.id, 1, "x", by=by, now=now)
    assert await Event.count().where(Event.action == "hand-in taken back") == 1


async def test_the_receipt_may_be_a_file_beside_the_package(db: str, now: datetime):
    matter = await ready(now)
    submission = await prepared(matter, now)
    by = await ana(now)
    file = await read_file("../Bestätigung.txt", b"Eingegangen")
    await actions.hand_in(submission.id, receipt="", at=now, file=file, by=by, now=now)
    assert (await states())[0] == "received"
    (time,) = await queries.hand_ins(submission.id)
    assert time.files == ("1-Bestätigung.txt",)
    await actions.record_receipt(submission.id, "", file=file, by=by, now=now)
    (time,) = await queries.hand_ins(submission.id)
    assert time.files == ("1-Bestätigung.txt", "1-Bestätigung-2.txt")
    assert "1-Bestätigung.txt" not in [row["name"] for row in await queries.files_of(submission.id)]
    event = await Event.objects().where(Event.action == "handed in").first()
    assert json.loads(event.details)["receipt file"] == {"Bestätigung.txt": file.sha256}


async def test_a_program_is_no_receipt(db: str, now: datetime):
    with pytest.raises(Invalid) as refused:
        await read_file("receipt.pdf", b"MZ\x90\x00" + b"\x00" * 200)
    assert set(refused.value.fields) == {"file"}


async def test_what_left_and_its_receipts_stay_when_the_files_are_made_again(
    db: str, now: datetime
):
    matter = await ready(now)
    submission = await prepared(matter, now)
    by = await ana(now)
    file = await read_file("answer.txt", b"received")
    await actions.hand_in(submission.id, receipt="", at=now, file=file, by=by, now=now)
    await actions.take_back(submission.id, 1, "x", by=by, now=now)
    await actions.prepare(submission.round, channel=Channel.MAIL, language="de", by=by, now=now)
    await actions.prepare(submission.round, channel=Channel.MAIL, language="de", by=by, now=now)
    names = {row["name"] for row in await SubmissionFile.select(SubmissionFile.name)}
    made = {row["name"] for row in await queries.files_of(submission.id)}
    assert names == {"1-answer.txt"} | {f"1-{name}" for name in made} | made
    [first] = await queries.hand_ins(submission.id)
    assert set(first.files) == names - made


async def test_a_receipt_belongs_to_its_time(db: str, now: datetime):
    matter = await ready(now)
    submission = await prepared(matter, now)
    by = await ana(now)
    for number in (1, 2):
        await actions.hand_in(submission.id, receipt="", at=now, number=number, by=by, now=now)
    await actions.record_receipt(submission.id, "erste", number=1, by=by, now=now)
    await actions.record_receipt(submission.id, "letzte", by=by, now=now)
    times = await queries.hand_ins(submission.id)
    assert [each.receipt for each in times] == ["erste", "letzte"]
    with pytest.raises(NotFound):
        await actions.record_receipt(submission.id, "x", number=7, by=by, now=now)


async def test_what_was_handed_in_before_times_were_kept_is_the_first_time(db: str, now: datetime):
    matter = await ready(now)
    submission = await handed_in(matter, now)
    await HandIn.delete(force=True)
    await actions.take_back(submission.id, 1, "x", by=await ana(now), now=now)
    assert (await states())[0] == "withdrawn"
