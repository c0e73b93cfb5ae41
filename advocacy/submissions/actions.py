"""Make the package of an adopted text; hand it in, keep the receipt, ask who signs with it.

prepare: round and text checked → files made, beside the event loop → checked again and kept.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from advocacy import database
from advocacy.approvals import queries as rounds
from advocacy.approvals.queries import Ground
from advocacy.approvals.tables import Round
from advocacy.errors import Outdated
from advocacy.history.actions import record
from advocacy.people.tables import Person
from advocacy.submissions import queries, rules
from advocacy.submissions.adopted import adopted, held_still
from advocacy.submissions.leaving.handing_in import hand_in
from advocacy.submissions.leaving.receipts import record_receipt
from advocacy.submissions.leaving.taking_back import take_back
from advocacy.submissions.package import MadeFile, files_of, text_of
from advocacy.submissions.rules import Channel, FileKind, SubmissionState
from advocacy.submissions.signing.answering import decline, sign
from advocacy.submissions.signing.asking import add, ask_again, take_off
from advocacy.submissions.tables import HandIn, Submission, SubmissionFile
from advocacy.translations import queries as translations

__all__ = [
    "add",
    "ask_again",
    "decline",
    "hand_in",
    "prepare",
    "record_receipt",
    "sign",
    "take_back",
    "take_off",
]


async def prepare(
    round_id: int, *, channel: Channel, language: str, by: Person, now: datetime
) -> Submission:
    """PDF, Word file and plain text of the adopted text. Again: the files are made anew.

    Outdated: the text has changed, or it has been handed in.
    """
    held, ground = await adopted(round_id)
    lead = ground.position.language
    missing = [] if language == lead else await translations.complete(ground.position, language)
    rules.check_language(language, lead, rounds.bound_languages(held), len(missing))
    text = await text_of(
        ground,
        language=language,
        signatories=await queries.signatories(held),
        day=now.astimezone(ZoneInfo(ground.zone)).date(),
        text_hash=held.text_hash,
    )
    made = await files_of(text)
    async with database.transaction():
        await database.one_at_a_time(f"round/{round_id}")
        held, ground = await held_still(round_id)
        if tuple(await queries.signatories(held)) != text.signatories:
            raise Outdated("Somebody has signed meanwhile. Please make the files again.")
        submission = await _prepared(held, ground, channel, language, by=by, now=now)
        await _keep(submission, made)
        await record(
            "submission prepared",
            kind="submission",
            object=submission.id,
            by=by,
            now=now,
            dossier=ground.dossier.id,
            details={
                "channel": channel,
                "language": language,
                "text_hash": held.text_hash,
                "signatories": list(text.signatories),
                "files": _sums(made),
            },
        )
    return submission


async def _prepared(
    held: Round, ground: Ground, channel: Channel, language: str, *, by: Person, now: datetime
) -> Submission:
    submission = await queries.of_round(held.id)
    if submission is None:
        submission = Submission(round=held.id, state=SubmissionState.PREPARED, prepared=now)
    elif submission.state in rules.HANDED_IN:
        raise Outdated("It has been handed in already")
    submission.state = SubmissionState.PREPARED
    submission.window = ground.window.id if ground.window else None
    submission.text_hash = held.text_hash
    submission.channel, submission.language = channel, language
    submission.person, submission.prepared = by.id, now
    await submission.save()
    return submission


async def _keep(submission: Submission, made: list[MadeFile]) -> None:
    """Receipts stay, and so does what had left before it was taken back."""
    await _keep_what_left(submission)
    await SubmissionFile.delete().where(
        SubmissionFile.submission == submission.id, SubmissionFile.kind == FileKind.PACKAGE
    )
    for file in made:
        await SubmissionFile(
            submission=submission.id,
            name=file.name,
            media_type=file.media_type,
            size=len(file.content),
            sha256=file.sha256,
            content=file.content,
            kind=FileKind.PACKAGE,
        ).save()


async def _keep_what_left(submission: Submission) -> None:
    """The package that went out last is kept under the number of its hand-in, once."""
    last = (
        await HandIn.objects()
        .where(HandIn.submission == submission.id)
        .order_by(HandIn.number, ascending=False)
        .first()
    )
    if last is None or await SubmissionFile.exists().where(
        SubmissionFile.hand_in == last.id, SubmissionFile.kind == FileKind.LEFT
    ):
        return
    rows = await SubmissionFile.select(SubmissionFile.id, SubmissionFile.name).where(
        SubmissionFile.submission == submission.id, SubmissionFile.kind == FileKind.PACKAGE
    )
    for row in rows:
        await SubmissionFile.update(
            {
                SubmissionFile.kind: FileKind.LEFT,
                SubmissionFile.hand_in: last.id,
                SubmissionFile.name: f"{last.number}-{row['name']}",
            }
        ).where(SubmissionFile.id == row["id"])


def _sums(made: list[MadeFile]) -> dict[str, str]:
    return {file.name: file.sha256 for file in made}
