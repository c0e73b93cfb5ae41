"""The times it has left, and what they make of the submission, the text and the deadline."""

from datetime import datetime

from advocacy.approvals.queries import Ground
from advocacy.dossiers.actions import mark_missed, meet_deadline
from advocacy.dossiers.rules import DeadlineState
from advocacy.dossiers.tables import Window
from advocacy.errors import Outdated
from advocacy.people.tables import Person
from advocacy.positions.rules import PositionState
from advocacy.positions.tables import Position
from advocacy.submissions import rules
from advocacy.submissions.rules import FileKind, Left, Standing
from advocacy.submissions.tables import HandIn, Submission, SubmissionFile


async def times_of(submission: Submission) -> list[HandIn]:
    """In their order. Of what was handed in before each time was kept, the one that is known."""
    found = await HandIn.objects().where(HandIn.submission == submission.id).order_by(HandIn.number)
    if found or submission.submitted is None:
        return list(found)
    first = HandIn(
        submission=submission.id,
        number=1,
        at=submission.submitted,
        zone="Europe/Brussels",
        channel=submission.channel,
        receipt=submission.receipt,
        late=False,
        person=submission.person,
        recorded=submission.submitted,
    )
    await first.save()
    return [first]


async def stand(submission: Submission) -> Standing:
    """Write down what the times make of it. Inside the transaction that changed one of them."""
    files = await SubmissionFile.select(SubmissionFile.hand_in).where(
        SubmissionFile.submission == submission.id, SubmissionFile.kind == FileKind.RECEIPT
    )
    with_file = {row["hand_in"] for row in files}
    found = rules.standing(
        [
            Left(each.at, each.receipt, each.id in with_file, each.withdrawn is not None)
            for each in await times_of(submission)
        ]
    )
    changed = await (
        Submission.update(
            {
                Submission.state: found.state,
                Submission.submitted: found.submitted,
                Submission.receipt: found.receipt,
            }
        )
        .where(Submission.id == submission.id, Submission.state == submission.state)
        .returning(Submission.id)
    )
    if not changed:
        raise Outdated("Somebody has recorded it meanwhile. Please look at the list.")
    return found


async def move_position(ground: Ground, before: PositionState, after: PositionState) -> None:
    moved = await (
        Position.update({Position.state: after})
        .where(
            Position.id == ground.position.id,
            Position.state == before,
            Position.version == ground.version.number,
        )
        .returning(Position.id)
    )
    if not moved:
        raise Outdated("The text has changed since it was adopted. It needs a new round.")


async def mark_deadline(ground: Ground, *, late: bool, by: Person, now: datetime) -> None:
    window = ground.window
    if window is None:
        return
    # The night's job may have come before somebody wrote down that it had left in time; and what
    # had met it may have been taken back.
    settled = {True: DeadlineState.MET, False: DeadlineState.MISSED}[late]
    right = {True: DeadlineState.MISSED, False: DeadlineState.MET}[late]
    if window.state == settled:
        await Window.update({Window.state: right, Window.changed: now}).where(
            Window.id == window.id, Window.state == settled
        )
    elif late:
        await mark_missed(now)
    else:
        await meet_deadline(window.id, by=by, now=now)
