"""Each time that it left, as it is shown, with what the body answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from advocacy.submissions.rules import Channel, FileKind
from advocacy.submissions.tables import HandIn, SubmissionFile


@dataclass(frozen=True, slots=True)
class Time:
    """One time that it left. `files`: names of what the body answered with, by the name they
    have here. `who` recorded it; empty when that person is gone.
    """

    number: int
    at: datetime
    zone: str
    channel: Channel
    receipt: str
    mail_id: str
    late: bool
    who: str
    recorded: datetime
    withdrawn: datetime | None
    reason: str
    files: tuple[str, ...]


async def hand_ins(submission_id: int) -> list[Time]:
    """In their order. Two queries."""
    return (await times_of([submission_id])).get(submission_id, [])


async def times_of(submissions: Sequence[int]) -> dict[int, list[Time]]:
    """By submission. Two queries, however many."""
    if not submissions:
        return {}
    files = await _files_of_times(submissions)
    rows = await (
        HandIn.select(*HandIn.all_columns(), HandIn.person.name.as_alias("who"))
        .where(HandIn.submission.is_in(list(submissions)))
        .order_by(HandIn.submission)
        .order_by(HandIn.number)
    )
    found: dict[int, list[Time]] = {}
    for row in rows:
        time = Time(
            number=row["number"],
            at=row["at"],
            zone=row["zone"],
            channel=Channel(row["channel"]),
            receipt=row["receipt"],
            mail_id=row["mail_id"],
            late=row["late"],
            who=row["who"] or "",
            recorded=row["recorded"],
            withdrawn=row["withdrawn"],
            reason=row["withdrawn_reason"],
            files=tuple(files.get(row["id"], ())),
        )
        found.setdefault(row["submission"], []).append(time)
    return found


async def _files_of_times(submissions: Sequence[int]) -> dict[int, list[str]]:
    """Names, by the time that they answer to, or went out with before it was taken back."""
    rows = await (
        SubmissionFile.select(SubmissionFile.name, SubmissionFile.hand_in)
        .where(
            SubmissionFile.submission.is_in(list(submissions)),
            SubmissionFile.kind != FileKind.PACKAGE,
        )
        .order_by(SubmissionFile.id)
    )
    found: dict[int, list[str]] = {}
    for row in rows:
        found.setdefault(row["hand_in"], []).append(row["name"])
    return found
