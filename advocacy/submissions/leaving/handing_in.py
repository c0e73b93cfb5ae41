"""It has left: the first time, or once more by another way."""

from datetime import datetime

from advocacy import database
from advocacy.approvals.queries import Ground
from advocacy.dossiers.actions import advance
from advocacy.dossiers.rules import Station
from advocacy.errors import Outdated
from advocacy.history.actions import record
from advocacy.people.tables import Person
from advocacy.positions.rules import PositionState
from advocacy.submissions import queries, rules
from advocacy.submissions.adopted import held_still
from advocacy.submissions.leaving.receipts import ReceiptFile, keep_file
from advocacy.submissions.leaving.times import mark_deadline, move_position, stand, times_of
from advocacy.submissions.rules import Channel, SubmissionState
from advocacy.submissions.tables import HandIn, Submission


async def hand_in(
    submission_id: int,
    *,
    receipt: str,
    at: datetime,
    by: Person,
    now: datetime,
    channel: Channel | None = None,
    mail_id: str = "",
    file: ReceiptFile | None = None,
    number: int | None = None,
) -> Submission:
    """It left at the instant `at`; after the deadline that is recorded as it was: late.

    `channel` None: as prepared. `number`: which time this is; None: the first, and Outdated if
    it has left already. Files made with other signatories than today's are what left: they stay.
    """
    async with database.transaction():
        submission = await queries.by_id(submission_id)
        await database.one_at_a_time(f"round/{submission.round}")
        held, ground = await held_still(submission.round)
        submission = await queries.by_id(submission_id)
        if submission.text_hash != held.text_hash:
            raise Outdated("The text has changed since it was adopted. It needs a new round.")
        state = SubmissionState(submission.state)
        known = await times_of(submission)
        rules.check_hand_in(
            state, at=at, adopted=held.ended or held.opened, now=now, known=len(known),
            number=number,
        )  # fmt: skip
        time = HandIn(
            submission=submission.id,
            number=len(known) + 1,
            at=at,
            zone=ground.zone,
            channel=channel or submission.channel,
            receipt=rules.check_receipt(receipt),
            mail_id=rules.check_mail_id(mail_id),
            late=rules.is_late(at, ground.window.closes if ground.window else None),
            person=by.id,
            recorded=now,
        )
        await time.save()
        if file is not None:
            await keep_file(submission.id, time, file)
        await stand(submission)
        if state not in rules.HANDED_IN:
            await move_position(ground, PositionState.ADOPTED, PositionState.SUBMITTED)
            await advance(ground.dossier.id, Station.SUBMITTED, by=by, now=now)
        await _settle_deadline(submission.id, ground, by=by, now=now)
        await _record(submission, time, ground, file, by=by, now=now)
    return await queries.by_id(submission_id)


async def _settle_deadline(
    submission_id: int, ground: Ground, *, by: Person, now: datetime
) -> None:
    """The first time that counts decides, whichever was written down first."""
    first = (await queries.by_id(submission_id)).submitted
    late = first is None or rules.is_late(first, ground.window.closes if ground.window else None)
    await mark_deadline(ground, late=late, by=by, now=now)


async def _record(
    submission: Submission,
    time: HandIn,
    ground: Ground,
    file: ReceiptFile | None,
    *,
    by: Person,
    now: datetime,
) -> None:
    files = await queries.files_of(submission.id)
    await record(
        "handed in" if time.number == 1 else "handed in again",
        kind="submission",
        object=submission.id,
        by=by,
        now=now,
        dossier=ground.dossier.id,
        details={
            "number": time.number,
            "at": time.at.isoformat(),
            "zone": time.zone,
            "late": time.late,
            "channel": time.channel,
            "receipt": time.receipt,
            "mail_id": time.mail_id,
            "receipt file": {file.name: file.sha256} if file else {},
            "text_hash": submission.text_hash,
            "files": {row["name"]: row["sha256"] for row in files},
        },
    )
