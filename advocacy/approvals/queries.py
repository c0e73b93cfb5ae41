"""What a round stands on, and how it stands."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any  # a row is what its table says
from zoneinfo import ZoneInfo

from advocacy import database
from advocacy.approvals import rules
from advocacy.approvals.opening.obstacles import Obstacle, obstacles
from advocacy.approvals.rules import Choice, Policy, RoundState
from advocacy.approvals.sealing import binding_languages, bound_languages, current_hash, seal_of
from advocacy.approvals.tables import Ballot, Deputy, Round
from advocacy.approvals.voting.counting import RoundResult, Terms, Vote, result
from advocacy.bodies.queries import body_name
from advocacy.bodies.tables import Body
from advocacy.deadlines import Milestone as MilestoneKind
from advocacy.dossiers import queries as dossiers
from advocacy.dossiers.tables import Dossier, Milestone, Window
from advocacy.errors import NotFound
from advocacy.people.queries import people_with
from advocacy.people.rules import Role
from advocacy.people.tables import Person
from advocacy.people.tokens import hashed
from advocacy.positions import queries as positions
from advocacy.positions.passages import quotations
from advocacy.positions.rules import Disposition, PositionState
from advocacy.positions.tables import Position, PositionVersion
from advocacy.translations import queries as translations

__all__ = ["binding_languages", "bound_languages", "current_hash", "seal_of"]

ZONE = "Europe/Brussels"
"""Where no window names its own, and where the days of a deputy begin."""


@dataclass(frozen=True, slots=True)
class Ground:
    """The text as it stands now, and what it is for."""

    position: Position
    version: PositionVersion
    paragraphs: list[tuple[str, str]]
    dossier: Dossier
    window: Window | None

    @property
    def zone(self) -> str:
        return self.window.zone if self.window else ZONE


async def ground_of(position: Position, *, version: int | None = None) -> Ground:
    """`version` None: the current one."""
    dossier = await dossiers.by_id(position.dossier)
    if position.window:
        window = await Window.objects().where(Window.id == position.window).first()
    else:
        window = await dossiers.current_window(dossier.id)
    text = await positions.version(position.id, version)
    return Ground(position, text, positions.paragraphs_of(text), dossier, window)


async def name_of_body(ground: Ground, language: str) -> str:
    """Who decides; empty when the dossier names nobody."""
    if not ground.dossier.body:
        return ""
    body = await Body.objects().where(Body.id == ground.dossier.body).first()
    return body_name(body, language) if body else ""


async def title_in(ground: Ground, language: str) -> str:
    """Of the text, in `language` when it is the current one and its translation is whole."""
    if ground.position.version == ground.version.number:
        other = await translations.whole_in(ground.position.id, language)
        if other is not None:
            return other.title
    return ground.version.title


async def position_by_id(position_id: int) -> Position:
    position = await Position.objects().where(Position.id == position_id).first()
    if position is None:
        raise NotFound("There is no such position")
    return position


async def round_by_id(round_id: int) -> Round:
    held = await Round.objects().where(Round.id == round_id).first()
    if held is None:
        raise NotFound("There is no such round")
    return held


def may_think_again(held: Round, position: Position) -> bool:
    """Adopted by vote, and the text is still here. Who was silent has nothing to change."""
    still_here = (held.state, position.state) == (RoundState.ADOPTED, PositionState.ADOPTED)
    return still_here and held.policy != Policy.SILENCE


async def latest_round(position_id: int) -> Round | None:
    return await (
        Round.objects()
        .where(Round.position == position_id)
        .order_by(Round.id, ascending=False)
        .first()
    )


async def rounds_of(position_id: int) -> list[dict[str, Any]]:
    """The newest first; a position has a handful."""
    return await (
        Round.select(*Round.all_columns(), Round.person.name.as_alias("opened_by"))
        .where(Round.position == position_id)
        .order_by(Round.id, ascending=False)
        .limit(50)
    )


async def ballot_by_token(token: str) -> tuple[Ballot, Person]:
    """Who holds the link acts on this ballot and nothing else: the member, or its deputy."""
    key = hashed(token)
    ballot = await database.with_referred(
        Ballot.objects().where((Ballot.token_hash == key) | (Ballot.deputy_hash == key)).first(),
        Ballot.person,
        Ballot.deputy,
    )
    acting = ballot and (ballot.person if ballot.token_hash == key else ballot.deputy)
    if not ballot or not acting or not acting.active:
        raise NotFound("There is no such page")
    return ballot, acting


async def ballot_of(round_id: int, person_id: int) -> Ballot | None:
    """The person's own; else that of the member whom this person stands in for."""
    found = await database.with_referred(
        Ballot.objects()
        .where(
            Ballot.round == round_id,
            (Ballot.person == person_id) | (Ballot.deputy == person_id),
        )
        .order_by(Ballot.id),
        Ballot.person,
    )
    own = (each for each in found if each.person.id == person_id)
    return next(own, found[0] if found else None)


async def stands_in(member: int, deputy: int, day: date) -> bool:
    rows = await Deputy.select(Deputy.begins, Deputy.ends).where(
        Deputy.member == member, Deputy.deputy == deputy
    )
    return any(rules.in_force(row["begins"], row["ends"], day) for row in rows)


async def ballots_of(round_ids: Sequence[int]) -> list[dict[str, Any]]:
    """All ballots with the names of their members."""
    if not round_ids:
        return []
    return await (
        Ballot.select(
            Ballot.id,
            Ballot.round,
            Ballot.person,
            Ballot.person.name.as_alias("name"),
            Ballot.deputy,
            Ballot.deputy.name.as_alias("deputy_name"),
            Ballot.voted_by,
            Ballot.voted_by.name.as_alias("voted_by_name"),
            Ballot.country,
            Ballot.choice,
            Ballot.remark,
            Ballot.text_hash,
            Ballot.voted,
            Ballot.seen,
        )
        .where(Ballot.round.is_in(list(round_ids)))
        .order_by(Ballot.person.name)
    )


def result_of(
    held: Round,
    ballots: Sequence[dict[str, Any]],
    *,
    current_hash: str,
    now: datetime,
    objections: int = 0,
) -> RoundResult:
    """`objections`: of municipalities, in a round by silence."""
    return result(
        votes_of(held, ballots),
        terms_of(held, ballots),
        over=now > held.ends,
        text_hash=held.text_hash,
        current_hash=current_hash,
        objections=objections,
    )


def votes_of(held: Round, ballots: Sequence[dict[str, Any]]) -> list[Vote]:
    return [
        Vote(Choice(row["choice"]), row["text_hash"], row["country"], row["person"] == held.chair)
        for row in ballots
        if row["choice"]
    ]


def terms_of(held: Round, ballots: Sequence[dict[str, Any]]) -> Terms:
    countries = Counter(row["country"] for row in ballots) if held.per_country else {}
    return Terms(Policy(held.policy), len(ballots), held.quorum, countries)


async def members() -> list[Person]:
    return await people_with(Role.PRESIDENCY)


async def obstacles_of(ground: Ground, asked: Sequence[Person]) -> list[Obstacle]:
    said = await quotations.passages(ground.dossier.id)
    undecided = [
        row.mark.removeprefix("@")
        for row in positions.unused_of(ground.paragraphs, said)
        if row.disposition == Disposition.OPEN
    ]
    return obstacles(
        ground.dossier.number,
        is_draft=ground.position.state == PositionState.DRAFT,
        paragraphs=sum(bool(text.strip()) for _, text in ground.paragraphs),
        members=len(asked),
        undecided=undecided,
        wrong=await positions.wrong_citations(ground.dossier.id, ground.paragraphs, said),
        missing={
            language: await translations.complete(ground.position, language)
            for language in binding_languages(ground.position)
        },
    )


async def last_opened(position_id: int) -> Round | None:
    """The round of the text as it stands: open or adopted."""
    return await (
        Round.objects()
        .where(
            Round.position == position_id,
            Round.state.is_in([RoundState.OPEN, RoundState.ADOPTED]),
        )
        .order_by(Round.id, ascending=False)
        .first()
    )


async def proposed_end(ground: Ground) -> datetime | None:
    """The milestone of the presidency, in the zone of the window."""
    if ground.window is None:
        return None
    row = await (
        Milestone.select(Milestone.due)
        .where(
            Milestone.window == ground.window.id,
            Milestone.kind.is_in([MilestoneKind.PRESIDENCY, MilestoneKind.OBJECTIONS_UNTIL]),
        )
        .order_by(Milestone.due, ascending=False)
        .first()
    )
    due: datetime | None = row["due"] if row else None
    return due.astimezone(ZoneInfo(ground.zone)) if due else None
