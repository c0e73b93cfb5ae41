"""What leaves, what has left, and how many hours there are."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any  # a row is what its table says

from advocacy.approvals import queries as rounds
from advocacy.approvals.queries import Ground
from advocacy.approvals.rules import Choice, Policy
from advocacy.approvals.tables import Round
from advocacy.errors import NotFound
from advocacy.people.rules import LANGUAGES
from advocacy.positions import queries as positions
from advocacy.positions.rules import PositionState
from advocacy.positions.tables import Position, PositionVersion
from advocacy.submissions import rules
from advocacy.submissions.documents import fits
from advocacy.submissions.package import text_of
from advocacy.submissions.rules import HANDED_IN
from advocacy.submissions.tables import Submission, SubmissionFile
from advocacy.translations import queries as translations

PAGE = 50


async def by_id(submission_id: int) -> Submission:
    submission = await Submission.objects().where(Submission.id == submission_id).first()
    if submission is None:
        raise NotFound("There is no such submission")
    return submission


async def of_round(round_id: int) -> Submission | None:
    return await Submission.objects().where(Submission.round == round_id).first()


async def handed_in(position_id: int) -> Submission | None:
    """What went out for this position; the latest, should there be several."""
    return await (
        Submission.objects(Submission.round)
        .where(
            Submission.round.position == position_id,
            Submission.state.is_in([state.value for state in HANDED_IN]),
        )
        .order_by(Submission.id, ascending=False)
        .first()
    )


async def files_of(submission_id: int) -> list[dict[str, Any]]:
    """Without their content."""
    return await (
        SubmissionFile.select(
            SubmissionFile.name,
            SubmissionFile.media_type,
            SubmissionFile.size,
            SubmissionFile.sha256,
        )
        .where(SubmissionFile.submission == submission_id)
        .order_by(SubmissionFile.id)
    )


async def file_named(submission_id: int, name: str) -> SubmissionFile:
    found = await (
        SubmissionFile.objects()
        .where(SubmissionFile.submission == submission_id, SubmissionFile.name == name)
        .first()
    )
    if found is None:
        raise NotFound("There is no such file")
    return found


async def signatories(held: Round) -> list[str]:
    """Who approved; in a round by silence everybody who was asked and did not object."""
    ballots = await rounds.ballots_of([held.id])
    if held.policy == Policy.SILENCE:
        return [row["name"] for row in ballots if row["choice"] != Choice.ABSTAIN]
    return [row["name"] for row in ballots if row["choice"] == Choice.APPROVE]


@dataclass(frozen=True, slots=True)
class Check:
    """All that is looked at before the text leaves. `held` None: no round on this text."""

    ground: Ground
    held: Round | None
    submission: Submission | None
    files: list[dict[str, Any]]
    body: str
    languages: list[str]
    limit: int | None
    length: int
    hours: int | None
    late: bool

    @property
    def fits(self) -> bool:
        return self.limit is None or self.length <= self.limit

    @property
    def is_handed_in(self) -> bool:
        return self.submission is not None and self.submission.state in HANDED_IN


async def check_of(number: str, *, language: str, now: datetime) -> Check:
    """`language`: that of the page, for the body's name."""
    position = await positions.by_number(number)
    held = await rounds.last_opened(position.id)
    ground = await rounds.ground_of(position, version=held.version if held else None)
    submission = await of_round(held.id) if held else None
    closes = ground.window.closes if ground.window else None
    languages = await languages_of(position)
    chosen = submission.language if submission else ""
    spoken = chosen if chosen in languages else position.language
    text = await text_of(ground, language=spoken, signatories=(), day=now.date())
    limit = await positions.text_limit(ground.dossier.id)
    return Check(
        ground=ground,
        held=held,
        submission=submission,
        files=await files_of(submission.id) if submission else [],
        body=await rounds.name_of_body(ground, language),
        languages=languages,
        limit=limit,
        length=fits(text, limit)[1],
        hours=rules.hours_left(closes, now) if closes else None,
        late=rules.is_late(now, closes),
    )


async def languages_of(position: Position) -> list[str]:
    """In which the text can go out: the lead language and every finished translation."""
    others = [
        language
        for language in LANGUAGES
        if language != position.language and await translations.whole_in(position.id, language)
    ]
    return [position.language, *others]


def number_typed(text: str) -> str:
    """A dossier's number from an address; what cannot be one is none."""
    return text if re.fullmatch(r"\d{4}-\d{3,6}", text, re.ASCII) else ""


async def waiting(*, after: str = "") -> list[dict[str, Any]]:
    """Positions not handed in yet that have a deadline, the soonest first.

    `after`: the dossier number that the page before ended with.
    """
    here: Any = PositionVersion.position
    rows = PositionVersion.select(
        PositionVersion.title,
        here.language.as_alias("language"),
        here.state.as_alias("state"),
        here.dossier.number.as_alias("number"),
        here.window.closes.as_alias("closes"),
        here.window.zone.as_alias("zone"),
        here.window.state.as_alias("deadline"),
    ).where(
        PositionVersion.number == here.version,
        here.state != PositionState.SUBMITTED,
        here.window.is_not_null(),
    )
    if after and (last := await _closes(after)):
        rows = rows.where(
            (here.window.closes > last)
            | ((here.window.closes == last) & (here.dossier.number > after))
        )
    return await rows.order_by(here.window.closes).order_by(here.dossier.number).limit(PAGE)


async def _closes(number: str) -> datetime | None:
    row = await (
        Position.select(Position.window.closes.as_alias("closes"))
        .where(Position.dossier.number == number)
        .first()
    )
    return row["closes"] if row else None


async def gone_out() -> list[dict[str, Any]]:
    """The latest that were handed in."""
    here: Any = Submission.round.position
    return await (
        Submission.select(
            Submission.submitted,
            Submission.state,
            Submission.channel,
            Submission.receipt,
            Submission.window.closes.as_alias("closes"),
            Submission.window.zone.as_alias("zone"),
            here.dossier.number.as_alias("number"),
            here.dossier.title.as_alias("title"),
            here.dossier.language.as_alias("language"),
        )
        .where(Submission.state.is_in([state.value for state in HANDED_IN]))
        .order_by(Submission.submitted, ascending=False)
        .limit(PAGE)
    )
