"""A round ends: its text changed, it is decided, or its time is over."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any  # a row is what its table says

from advocacy import database
from advocacy.approvals import mails, queries, rules, sealing
from advocacy.approvals.notices import asking
from advocacy.approvals.notices.asked import tally_of
from advocacy.approvals.queries import Ground
from advocacy.approvals.rules import RoundState
from advocacy.approvals.tables import Round
from advocacy.approvals.voting.counting import RoundResult
from advocacy.dossiers.actions import advance
from advocacy.dossiers.rules import Station
from advocacy.errors import Outdated
from advocacy.history.actions import record
from advocacy.mail.actions import post
from advocacy.people.tables import Person
from advocacy.positions.rules import PositionState
from advocacy.positions.tables import Position


async def move(
    position_id: int,
    before: PositionState,
    after: PositionState,
    *,
    version: int,
    adopted: datetime | None = None,
) -> None:
    """With version and state in the WHERE: Outdated when somebody saved or opened meanwhile."""
    moved = await (
        Position.update({Position.state: after, Position.adopted: adopted})
        .where(Position.id == position_id, Position.state == before, Position.version == version)
        .returning(Position.id)
    )
    if not moved:
        raise Outdated("The text has changed meanwhile")


async def settle(now: datetime) -> int:
    """End what has ended: text changed, decided, or over. Returns how many rounds ended.

    Any number of processes may do it at once, any number of times.
    """
    here: Any = Round.position
    rows = await Round.select(
        Round.id,
        Round.state,
        Round.version,
        here.version.as_alias("current"),
        here.binding_languages.as_alias("binding"),
    ).where(
        (Round.state == RoundState.OPEN)
        | ((Round.state == RoundState.ADOPTED) & (here.state != PositionState.SUBMITTED))
    )
    # An adopted text in one language is void by another version only: no need to read it.
    waiting = [
        row["id"]
        for row in rows
        if row["state"] == RoundState.OPEN or row["version"] != row["current"] or row["binding"]
    ]
    return sum([await _settle_one(round_id, now=now) for round_id in waiting])


async def _settle_one(round_id: int, *, now: datetime) -> bool:
    try:
        async with database.transaction():
            return await _settled(round_id, now=now)
    except Outdated:
        return False  # a text is being saved: the next time finds the round void


async def _settled(round_id: int, *, now: datetime) -> bool:
    """Inside a transaction. True when that has ended the round."""
    await database.one_at_a_time(f"round/{round_id}")
    held = await queries.round_by_id(round_id)
    await sealing.hold_still(held.position, sealing.bound_languages(held))
    position = await queries.position_by_id(held.position)
    before = held.state
    current = await queries.current_hash(position, held)
    await decide(held, position, current, now=now)
    return (await queries.round_by_id(round_id)).state != before


async def settle_position(position: Position, *, now: datetime) -> None:
    """Its rounds, before the job comes by: the next one need not wait for it."""
    if position.state == PositionState.SUBMITTED:
        return
    rows = await (
        Round.select(Round.id)
        .where(
            Round.position == position.id,
            Round.state.is_in([RoundState.OPEN, RoundState.ADOPTED]),
        )
        .order_by(Round.id)
    )
    for row in rows:
        await _settled(row["id"], now=now)


async def decide(
    held: Round, position: Position, current: str, *, now: datetime, think_again: bool = False
) -> RoundResult:
    """Ask the rule, and carry out what it says when that is news.

    What was adopted stays so whatever the clock says, unless a member thinks again.
    """
    ballots = await queries.ballots_of([held.id])
    objections = (await tally_of(held)).objections
    result = queries.result_of(held, ballots, current_hash=current, now=now, objections=objections)
    adopted = held.state == RoundState.ADOPTED
    if adopted and not think_again and result.state is not RoundState.VOID:
        return result
    if adopted and result.state is RoundState.OPEN:
        await _go_on(held, position, ballots, now=now)
    elif result.state in rules.ALLOWED[RoundState(held.state)]:
        await _end(held, position, result, ballots, now=now)
    return result


async def _end(
    held: Round,
    position: Position,
    result: RoundResult,
    ballots: Sequence[dict[str, Any]],
    *,
    now: datetime,
) -> None:
    ended = await (
        Round.update({Round.state: result.state, Round.ended: now})
        .where(Round.id == held.id, Round.state == held.state)
        .returning(Round.id)
    )
    if not ended:
        raise Outdated("This round has ended meanwhile")
    ground = await queries.ground_of(position, version=held.version)
    if result.state is RoundState.ADOPTED:
        await move(
            position.id,
            PositionState.IN_ROUND,
            PositionState.ADOPTED,
            version=held.version,
            adopted=now,
        )
    else:
        await back_to_draft(held, ground, now=now)
    await record(
        f"round {result.state}",
        kind="round",
        object=held.id,
        by=None,
        now=now,
        dossier=ground.dossier.id,
        details={"version": held.version, "have": result.have, "needed": result.needed},
    )
    await _tell(held, ground, result, ballots, now=now)


async def _go_on(
    held: Round, position: Position, ballots: Sequence[dict[str, Any]], *, now: datetime
) -> None:
    """Somebody who had approved has thought again: it is open once more, with all other votes."""
    reopened = await (
        Round.update({Round.state: RoundState.OPEN, Round.ended: None})
        .where(Round.id == held.id, Round.state == RoundState.ADOPTED)
        .returning(Round.id)
    )
    if not reopened:
        raise Outdated("This round has ended meanwhile")
    await move(position.id, PositionState.ADOPTED, PositionState.IN_ROUND, version=held.version)
    ground = await queries.ground_of(position, version=held.version)
    await record(
        "round reopened",
        kind="round",
        object=held.id,
        by=None,
        now=now,
        dossier=ground.dossier.id,
        details={"version": held.version},
    )
    for person, link in await _told(held, ballots):
        title = await queries.title_in(ground, person.language)
        await post(mails.reopened(held, ground, person, title=title, link=link, now=now), now=now)


async def back_to_draft(held: Round, ground: Ground, *, now: datetime) -> None:
    """After a rejection. The save that made a round void has done it already, and the text may
    be in its next round by now: nothing happens to another version.
    """
    moved = await (
        Position.update({Position.state: PositionState.DRAFT, Position.adopted: None})
        .where(
            Position.id == held.position,
            Position.version == held.version,
            Position.state.is_in([PositionState.IN_ROUND, PositionState.ADOPTED]),
        )
        .returning(Position.id)
    )
    if moved and ground.dossier.station == Station.APPROVAL:
        await advance(ground.dossier.id, Station.DRAFT, by=None, now=now)


async def _tell(
    held: Round,
    ground: Ground,
    result: RoundResult,
    ballots: Sequence[dict[str, Any]],
    *,
    now: datetime,
) -> None:
    for person, link in await _told(held, ballots):
        title = await queries.title_in(ground, person.language)
        if result.state is not RoundState.VOID:
            letter = mails.over(
                held, ground, person, title=title, result=result, link=link, now=now
            )
            await post(letter, now=now)
        elif link:
            await post(mails.void(held, ground, person, title=title), now=now)
    if held.asks_members:
        await asking.tell_end(held, ground, result, now=now)


async def _told(held: Round, ballots: Sequence[dict[str, Any]]) -> list[tuple[Person, str]]:
    """Members, deputies and who opened the round, each with the link to its own ballot or ""."""
    links: dict[int, str] = {}
    for row in ballots:
        if row["deputy"]:
            links[row["deputy"]] = mails.ballot_address(row["id"], deputy=row["deputy"])
    links |= {row["person"]: mails.ballot_address(row["id"]) for row in ballots}
    people = await Person.objects().where(Person.id.is_in([*links, held.person]))
    return [(person, links.get(person.id, "")) for person in people]
