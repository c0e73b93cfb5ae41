"""What leaves, what has left, and how many hours there are."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any  # a row is what its table says

from advocacy import database
from advocacy.approvals import queries as rounds
from advocacy.approvals.queries import Ground
from advocacy.approvals.rules import Choice, Policy
from advocacy.approvals.tables import Round
from advocacy.errors import NotFound
from advocacy.history.tables import Event
from advocacy.people.rules import LANGUAGES
from advocacy.positions import queries as positions
from advocacy.positions.rules import PUBLIC
from advocacy.positions.tables import Position
from advocacy.submissions import rules
from advocacy.submissions.documents import fits
from advocacy.submissions.hours import PAGE, gone_out, waiting
from advocacy.submissions.leaving.kept import Time, hand_ins
from advocacy.submissions.package import text_of
from advocacy.submissions.publishing import AdoptedPosition, adopted_positions
from advocacy.submissions.rules import HANDED_IN, Channel, FileKind
from advocacy.submissions.signing import signed
from advocacy.submissions.signing.signed import Signatory
from advocacy.submissions.tables import Submission, SubmissionFile
from advocacy.translations import queries as translations

__all__ = [
    "PAGE",
    "AdoptedPosition",
    "Time",
    "adopted_positions",
    "gone_out",
    "hand_ins",
    "waiting",
]


async def by_id(submission_id: int) -> Submission:
    submission = await Submission.objects().where(Submission.id == submission_id).first()
    if submission is None:
        raise NotFound("There is no such submission")
    return submission


async def of_round(round_id: int) -> Submission | None:
    return await Submission.objects().where(Submission.round == round_id).first()


async def handed_in(position_id: int) -> Submission | None:
    """What went out for this position; the latest, should there be several."""
    return await database.with_referred(
        Submission.objects()
        .where(
            Submission.round.position == position_id,
            Submission.state.is_in([state.value for state in HANDED_IN]),
        )
        .order_by(Submission.id, ascending=False)
        .first(),
        Submission.round,
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
        .where(
            SubmissionFile.submission == submission_id,
            SubmissionFile.kind == FileKind.PACKAGE,
        )
        .order_by(SubmissionFile.id)
    )


async def dossier_of(submission: Submission) -> int:
    held = await rounds.round_by_id(submission.round)
    dossier: int = (await rounds.position_by_id(held.position)).dossier
    return dossier


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
    """Who stands under the text of this round: the members that approved it (in a round by
    silence everybody who was asked and did not object), then who signs beside the network.
    """
    ballots = await rounds.ballots_of([held.id])
    if held.policy == Policy.SILENCE:
        members = [row["name"] for row in ballots if row["choice"] != Choice.ABSTAIN]
    else:
        members = [row["name"] for row in ballots if row["choice"] == Choice.APPROVE]
    return [*members, *(each.shown for each in await co_signatories(held))]


async def co_signatories(held: Round) -> list[Signatory]:
    """Those whose word is for this very text."""
    return [
        each
        for each in await signed.of_position(held.position)
        if each.stands_under(held.text_hash)
    ]


async def signed_by(position: Position) -> list[Signatory]:
    """Who stands under an adopted text beside the network, for everybody."""
    if position.state not in PUBLIC:
        return []
    held = await rounds.last_opened(position.id)
    return await co_signatories(held) if held else []


async def signed_as_prepared(submission_id: int) -> list[str]:
    """The names that stand in the files as they were made last."""
    row = await (
        Event.select(Event.details)
        .where(
            Event.kind == "submission",
            Event.object == submission_id,
            Event.action == "submission prepared",
        )
        .order_by(Event.id, ascending=False)
        .first()
    )
    names: list[str] = json.loads(row["details"]).get("signatories", []) if row else []
    return names


@dataclass(frozen=True, slots=True)
class Check:
    """All that is looked at before the text leaves. `held` None: no round on this text."""

    ground: Ground
    held: Round | None
    submission: Submission | None
    files: list[dict[str, Any]]
    times: list[Time]
    signatories: list[str]
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
    def carried(self) -> tuple[str, ...]:
        """Endings of the files that go with the channel."""
        if self.submission is None:
            return ()
        return rules.carried(Channel(self.submission.channel), fits=self.fits)

    @property
    def next_number(self) -> int:
        """Which time the next hand-in is."""
        known = self.times[-1].number if self.times else int(self.is_handed_in)
        return known + 1

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
    languages = await languages_of(position, held)
    chosen = submission.language if submission else ""
    spoken = chosen if chosen in languages else position.language
    names = await signatories(held) if held else []
    text = await text_of(ground, language=spoken, signatories=names, day=now.date())
    limit = await positions.text_limit(ground.dossier.id)
    return Check(
        ground=ground,
        held=held,
        submission=submission,
        files=await files_of(submission.id) if submission else [],
        times=await hand_ins(submission.id) if submission else [],
        signatories=names,
        body=await rounds.name_of_body(ground, language),
        languages=languages,
        limit=limit,
        length=fits(text, limit)[1],
        hours=rules.hours_left(closes, now) if closes else None,
        late=rules.is_late(now, closes),
    )


async def languages_of(position: Position, held: Round | None) -> list[str]:
    """In which the text can go out: the lead language, and what its round was about besides.
    `held` None: of a draft, which stays in the house, every finished translation.
    """
    wanted = LANGUAGES if held is None else rounds.bound_languages(held)
    others = [
        language
        for language in wanted
        if language != position.language and await translations.whole_in(position.id, language)
    ]
    return [position.language, *others]
