"""Make the package of an adopted text, hand it in, keep the receipt.

prepare: round and text checked → files made, beside the event loop → checked again and kept.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from advocacy import database
from advocacy.approvals import queries as rounds
from advocacy.approvals.queries import Ground
from advocacy.approvals.rules import RoundState
from advocacy.approvals.tables import Round
from advocacy.dossiers.actions import advance, mark_missed, meet_deadline
from advocacy.dossiers.rules import DeadlineState, Station
from advocacy.dossiers.tables import Window
from advocacy.errors import Outdated
from advocacy.history.actions import record
from advocacy.people.tables import Person
from advocacy.positions.rules import PositionState
from advocacy.positions.tables import Position
from advocacy.submissions import queries, rules
from advocacy.submissions.package import MadeFile, files_of, text_of
from advocacy.submissions.rules import Channel, SubmissionState
from advocacy.submissions.tables import Submission, SubmissionFile
from advocacy.translations import queries as translations


async def prepare(
    round_id: int, *, channel: Channel, language: str, by: Person, now: datetime
) -> Submission:
    """PDF, Word file and plain text of the adopted text. Again: the files are made anew.

    Outdated: the text has changed, or it has been handed in.
    """
    held, ground = await _adopted(round_id)
    lead = ground.position.language
    missing = [] if language == lead else await translations.complete(ground.position, language)
    rules.check_language(language, lead, len(missing))
    text = await text_of(
        ground,
        language=language,
        signatories=await queries.signatories(held),
        day=now.astimezone(ZoneInfo(ground.zone)).date(),
    )
    made = await files_of(text)
    async with database.transaction():
        await database.one_at_a_time(f"round/{round_id}")
        held, ground = await _adopted(round_id)
        submission = await _prepared(held, ground, channel, language, by=by, now=now)
        await _keep(submission, made)
        await record(
            "submission prepared",
            kind="submission",
            object=submission.id,
            by=by,
            now=now,
            dossier=ground.dossier.id,
            details={"channel": channel, "language": language, "files": _sums(made)},
        )
    return submission


async def _adopted(round_id: int) -> tuple[Round, Ground]:
    """The round and its text, which has to be the current one."""
    held = await rounds.round_by_id(round_id)
    position = await rounds.position_by_id(held.position)
    current = await rounds.current_hash(position, held)
    rules.check_text(RoundState(held.state), text_hash=held.text_hash, current_hash=current)
    return held, await rounds.ground_of(position, version=held.version)


async def _prepared(
    held: Round, ground: Ground, channel: Channel, language: str, *, by: Person, now: datetime
) -> Submission:
    submission = await queries.of_round(held.id)
    if submission is None:
        submission = Submission(round=held.id, state=SubmissionState.PREPARED, prepared=now)
    elif submission.state != SubmissionState.PREPARED:
        raise Outdated("It has been handed in already")
    submission.window = ground.window.id if ground.window else None
    submission.text_hash = held.text_hash
    submission.channel, submission.language = channel, language
    submission.person, submission.prepared = by.id, now
    await submission.save()
    return submission


async def _keep(submission: Submission, made: list[MadeFile]) -> None:
    await SubmissionFile.delete().where(SubmissionFile.submission == submission.id)
    for file in made:
        await SubmissionFile(
            submission=submission.id,
            name=file.name,
            media_type=file.media_type,
            size=len(file.content),
            sha256=file.sha256,
            content=file.content,
        ).save()


def _sums(made: list[MadeFile]) -> dict[str, str]:
    return {file.name: file.sha256 for file in made}


async def hand_in(
    submission_id: int, *, receipt: str, at: datetime, by: Person, now: datetime
) -> Submission:
    """It left at the instant `at`; after the deadline that is recorded as it was: late."""
    async with database.transaction():
        submission = await queries.by_id(submission_id)
        await database.one_at_a_time(f"round/{submission.round}")
        held, ground = await _adopted(submission.round)
        submission = await queries.by_id(submission_id)
        state = rules.check_hand_in(
            SubmissionState(submission.state),
            at=at,
            adopted=held.ended or held.opened,
            receipt=receipt,
            now=now,
        )
        await _step(
            submission,
            {
                Submission.state: state,
                Submission.submitted: at,
                Submission.receipt: receipt.strip(),
                Submission.person: by.id,
            },
        )
        await _submit_position(ground)
        late = rules.is_late(at, ground.window.closes if ground.window else None)
        await _mark_deadline(ground, late=late, by=by, now=now)
        await advance(ground.dossier.id, Station.SUBMITTED, by=by, now=now)
        files = await queries.files_of(submission.id)
        await record(
            "handed in",
            kind="submission",
            object=submission.id,
            by=by,
            now=now,
            dossier=ground.dossier.id,
            details={
                "at": at.isoformat(),
                "late": late,
                "channel": submission.channel,
                "receipt": receipt.strip(),
                "text_hash": submission.text_hash,
                "files": {file["name"]: file["sha256"] for file in files},
            },
        )
    return await queries.by_id(submission_id)


async def _step(submission: Submission, values: dict[object, object]) -> None:
    changed = await (
        Submission.update(values)  # type: ignore[arg-type]  # columns and their values
        .where(Submission.id == submission.id, Submission.state == submission.state)
        .returning(Submission.id)
    )
    if not changed:
        raise Outdated("It has been handed in already")


async def _submit_position(ground: Ground) -> None:
    moved = await (
        Position.update({Position.state: PositionState.SUBMITTED})
        .where(
            Position.id == ground.position.id,
            Position.state == PositionState.ADOPTED,
            Position.version == ground.version.number,
        )
        .returning(Position.id)
    )
    if not moved:
        raise Outdated("The text has changed since it was adopted. It needs a new round.")


async def _mark_deadline(ground: Ground, *, late: bool, by: Person, now: datetime) -> None:
    window = ground.window
    if window is None:
        return
    if late:
        await mark_missed(now)
    elif window.state == DeadlineState.MISSED:
        # The night's job came before somebody wrote down that it had left in time.
        await Window.update({Window.state: DeadlineState.MET, Window.changed: now}).where(
            Window.id == window.id, Window.state == DeadlineState.MISSED
        )
    else:
        await meet_deadline(window.id, by=by, now=now)


async def record_receipt(submission_id: int, receipt: str, *, by: Person, now: datetime) -> None:
    """What the body answered with: a number, a sentence."""
    async with database.transaction():
        submission = await queries.by_id(submission_id)
        text = rules.check_receipt(receipt)
        if not text:
            raise rules.missing_receipt()
        if submission.state not in rules.HANDED_IN:
            raise Outdated("It has not been handed in yet")
        before = submission.receipt
        await _step(
            submission, {Submission.state: SubmissionState.RECEIVED, Submission.receipt: text}
        )
        held = await rounds.round_by_id(submission.round)
        position = await rounds.position_by_id(held.position)
        await record(
            "receipt recorded",
            kind="submission",
            object=submission.id,
            by=by,
            now=now,
            dossier=position.dossier,
            details={"receipt": text, "before": before},
        )
