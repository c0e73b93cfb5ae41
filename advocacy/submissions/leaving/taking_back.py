"""The office takes back from the body what it had handed in, or what it never handed in."""

from datetime import datetime

from advocacy import database
from advocacy.approvals import queries as rounds
from advocacy.approvals.queries import Ground
from advocacy.dossiers.actions import advance
from advocacy.dossiers.deadlines.windows import step
from advocacy.dossiers.rules import DeadlineState, Station
from advocacy.errors import NotFound, Outdated
from advocacy.history.actions import record
from advocacy.people.tables import Person
from advocacy.positions.rules import PositionState
from advocacy.submissions import queries, rules
from advocacy.submissions.leaving.times import mark_deadline, move_position, stand, times_of
from advocacy.submissions.rules import SubmissionState
from advocacy.submissions.tables import HandIn, Submission


async def take_back(
    submission_id: int, number: int, reason: str, *, by: Person, now: datetime
) -> None:
    """The time of that number. What left is never deleted: it stays, with the reason.

    When nothing stands any more the text is adopted and not handed in; it may be handed in again,
    or changed and put to a new round.
    """
    said = rules.check_reason(reason)
    async with database.transaction():
        submission = await queries.by_id(submission_id)
        await database.one_at_a_time(f"round/{submission.round}")
        submission = await queries.by_id(submission_id)
        await _withdraw(await _time(submission, number), said, now)
        standing = await stand(submission)
        ground = await _ground(submission)
        if standing.state is SubmissionState.WITHDRAWN:
            await _open_again(ground, by=by, now=now)
        elif standing.submitted is not None and ground.window is not None:
            late = rules.is_late(standing.submitted, ground.window.closes)
            await mark_deadline(ground, late=late, by=by, now=now)
        await record(
            "hand-in taken back",
            kind="submission",
            object=submission.id,
            by=by,
            now=now,
            dossier=ground.dossier.id,
            details={"number": number, "reason": said, "state": standing.state},
        )


async def _time(submission: Submission, number: int) -> HandIn:
    found = next((each for each in await times_of(submission) if each.number == number), None)
    if found is None:
        raise NotFound("It was not handed in that often")
    return found


async def _withdraw(time: HandIn, reason: str, now: datetime) -> None:
    changed = await (
        HandIn.update({HandIn.withdrawn: now, HandIn.withdrawn_reason: reason})
        .where(HandIn.id == time.id, HandIn.withdrawn.is_null())
        .returning(HandIn.id)
    )
    if not changed:
        raise Outdated("It has been taken back already")


async def _ground(submission: Submission) -> Ground:
    held = await rounds.round_by_id(submission.round)
    position = await rounds.position_by_id(held.position)
    return await rounds.ground_of(position, version=held.version)


async def _open_again(ground: Ground, *, by: Person, now: datetime) -> None:
    await move_position(ground, PositionState.SUBMITTED, PositionState.ADOPTED)
    if ground.dossier.station == Station.SUBMITTED:
        await advance(ground.dossier.id, Station.APPROVAL, by=by, now=now)
    window = ground.window
    if window is not None and window.state == DeadlineState.MET and window.closes > now:
        await step(window, DeadlineState.CONFIRMED, {})
