"""What the body answered with: a number, a sentence, a file, a mail's id."""

import asyncio
import hashlib
from dataclasses import dataclass
from datetime import datetime

from advocacy import database
from advocacy.documents import rules as documents
from advocacy.errors import Invalid, NotFound, Outdated
from advocacy.history.actions import record
from advocacy.people.tables import Person
from advocacy.submissions import queries, rules
from advocacy.submissions.leaving.times import stand, times_of
from advocacy.submissions.rules import FileKind
from advocacy.submissions.tables import HandIn, Submission, SubmissionFile


@dataclass(frozen=True, slots=True)
class ReceiptFile:
    name: str
    media_type: str
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


async def read_file(name: str, content: bytes) -> ReceiptFile:
    """Invalid names the field `file` and says why it is not kept."""
    try:
        kind = await asyncio.to_thread(documents.sniffed, name, content)
    except Invalid as error:
        raise Invalid({"file": next(iter(error.fields.values()))}) from None
    return ReceiptFile(documents.cleaned_name(name), documents.MEDIA_TYPES[kind], content)


async def keep_file(submission_id: int, time: HandIn, file: ReceiptFile) -> None:
    """Inside the transaction of the act. The name says of which time it is."""
    await SubmissionFile(
        submission=submission_id,
        name=await _free_name(submission_id, f"{time.number}-{file.name}"),
        media_type=file.media_type,
        size=len(file.content),
        sha256=file.sha256,
        content=file.content,
        kind=FileKind.RECEIPT,
        hand_in=time.id,
    ).save()


async def _free_name(submission_id: int, name: str) -> str:
    rows = await SubmissionFile.select(SubmissionFile.name).where(
        SubmissionFile.submission == submission_id
    )
    taken, (stem, dot, ending) = {row["name"] for row in rows}, name.rpartition(".")
    stem = stem[: 110 - len(ending)]
    free, place = f"{stem}{dot}{ending}", 2
    while free in taken:
        free, place = f"{stem}-{place}{dot}{ending}", place + 1
    return free


async def record_receipt(
    submission_id: int,
    receipt: str,
    *,
    by: Person,
    now: datetime,
    number: int | None = None,
    mail_id: str = "",
    file: ReceiptFile | None = None,
) -> None:
    """`number` None: of the last time that stands. Something of it has to be there.

    An empty text or id leaves the one that is kept; the file stands beside earlier ones.
    """
    async with database.transaction():
        submission = await queries.by_id(submission_id)
        await database.one_at_a_time(f"round/{submission.round}")
        submission = await queries.by_id(submission_id)
        text, mail_id = rules.check_receipt(receipt), rules.check_mail_id(mail_id)
        if not (text or mail_id or file):
            raise rules.missing_receipt()
        time = await _time(submission, number)
        before = {"receipt": time.receipt, "mail_id": time.mail_id}
        time.receipt, time.mail_id = text or time.receipt, mail_id or time.mail_id
        await time.save()
        if file is not None:
            await keep_file(submission.id, time, file)
        await stand(submission)
        await record(
            "receipt recorded",
            kind="submission",
            object=submission.id,
            by=by,
            now=now,
            dossier=await queries.dossier_of(submission),
            details={
                "number": time.number,
                "receipt": text,
                "mail_id": mail_id,
                "receipt file": {file.name: file.sha256} if file else {},
                "before": before,
            },
        )


async def _time(submission: Submission, number: int | None) -> HandIn:
    standing = [each for each in await times_of(submission) if each.withdrawn is None]
    if not standing:
        raise Outdated("It has not been handed in yet")
    if number is None:
        return standing[-1]
    found = next((each for each in standing if each.number == number), None)
    if found is None:
        raise NotFound("It was not handed in that often")
    return found
