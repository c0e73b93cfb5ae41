"""A deputy gets its own link to the ballot of a member, as long as the round runs."""

from datetime import datetime
from typing import Any  # Piccolo types the columns of a joined table loosely
from zoneinfo import ZoneInfo

from advocacy import database
from advocacy.approvals import mails, queries, rules
from advocacy.approvals.queries import Ground
from advocacy.approvals.rules import RoundState
from advocacy.approvals.tables import Ballot, Deputy, Round
from advocacy.approvals.voting.sheet import changes_since_seen
from advocacy.mail.actions import post
from advocacy.people.tables import Person
from advocacy.people.tokens import hashed


async def stand_in(held: Round, ground: Ground, *, now: datetime) -> int:
    """Give the deputies of today their links, inside a transaction. Returns how many are new."""
    today = now.astimezone(ZoneInfo(queries.ZONE)).date()
    ballots = await queries.ballots_of([held.id])
    named = await deputies_of([row["person"] for row in ballots])
    voices = {row["person"] for row in ballots}
    new = 0
    for row in ballots:
        person = next(
            (
                each.deputy
                for each in named
                if each.member == row["person"]
                and rules.in_force(each.begins, each.ends, today)
                and may_stand_in(each.deputy)
                and each.deputy.id not in voices
            ),
            None,
        )
        if person is None or person.id == row["deputy"]:
            continue
        await _give_link(held, ground, row, person, members=len(ballots), now=now)
        new += 1
    return new


def may_stand_in(person: Person) -> bool:
    return person.active and person.role in rules.DEPUTIES


async def deputies_of(members: list[int]) -> list[Deputy]:
    """The one named last goes first; `deputy` is the person."""
    if not members:
        return []
    return await database.with_referred(
        Deputy.objects().where(Deputy.member.is_in(members)).order_by(Deputy.id, ascending=False),
        Deputy.deputy,
    )


async def _give_link(
    held: Round,
    ground: Ground,
    row: dict[str, Any],
    person: Person,
    *,
    members: int,
    now: datetime,
) -> None:
    # Nobody stands in for two on one day: for the member before this one the days are over.
    await Ballot.update({Ballot.deputy: None, Ballot.deputy_hash: ""}).where(
        Ballot.round == held.id, Ballot.deputy == person.id
    )
    key = hashed(mails.deputy_token(row["id"], person.id))
    await Ballot.update({Ballot.deputy: person.id, Ballot.deputy_hash: key}).where(
        Ballot.id == row["id"]
    )
    letter = mails.opened(
        held,
        ground,
        person,
        title=await queries.title_in(ground, person.language),
        ballot_id=row["id"],
        body=await queries.name_of_body(ground, person.language),
        changes=await changes_since_seen(ground, person),
        members=members,
        stands_in_for=row["name"],
    )
    await post(letter, now=now)


async def stand_in_due(now: datetime) -> int:
    """Who begins to stand in while a round runs. A job; any number of processes may do it."""
    return sum([await _stand_in(row["id"], now=now) for row in await _with_deputies(now)])


async def _with_deputies(now: datetime) -> list[dict[str, Any]]:
    if not await Deputy.exists():
        return []
    return await Round.select(Round.id).where(Round.state == RoundState.OPEN, Round.ends >= now)


async def _stand_in(round_id: int, *, now: datetime) -> int:
    async with database.transaction():
        await database.one_at_a_time(f"round/{round_id}")
        held = await queries.round_by_id(round_id)
        position = await queries.position_by_id(held.position)
        if held.state != RoundState.OPEN or position.version != held.version:
            return 0
        ground = await queries.ground_of(position, version=held.version)
        return await stand_in(held, ground, now=now)


async def shown(members: list[Person], *, now: datetime) -> dict[int, str]:
    """By member the name of who stands in today."""
    today = now.astimezone(ZoneInfo(queries.ZONE)).date()
    found: dict[int, str] = {}
    for each in await deputies_of([person.id for person in members]):
        if rules.in_force(each.begins, each.ends, today) and may_stand_in(each.deputy):
            found.setdefault(each.member, each.deputy.name)
    return found
