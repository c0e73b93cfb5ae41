"""Which municipalities a round by silence asks, and what they have said."""

from dataclasses import dataclass
from typing import Any  # a row is what its table says

from advocacy import database
from advocacy.approvals.tables import Notice, Round
from advocacy.errors import NotFound
from advocacy.people.tokens import hashed

TOKEN_LENGTH = 43


@dataclass(frozen=True, slots=True)
class Tally:
    """`seen`: those who said that they have read it, or objected."""

    asked: int
    seen: int
    objections: int


@dataclass(frozen=True, slots=True)
class Objection:
    municipality: str
    country: str
    language: str
    text: str
    at: Any


async def tally_of(held: Round) -> Tally:
    if not held.asks_members:
        return Tally(0, 0, 0)
    rows = await Notice.select(Notice.seen, Notice.objected, Notice.text_hash).where(
        Notice.round == held.id
    )
    objections = [row for row in rows if row["objected"] and row["text_hash"] == held.text_hash]
    return Tally(
        asked=len(rows),
        seen=sum(row["seen"] is not None for row in rows),
        objections=len(objections),
    )


async def tallies_of(round_ids: list[int]) -> dict[int, Tally]:
    """By round, of those that have asked municipalities."""
    if not round_ids:
        return {}
    rows = await Notice.select(Notice.round, Notice.seen, Notice.objected, Notice.text_hash).where(
        Notice.round.is_in(round_ids)
    )
    return {
        number: Tally(
            asked=len(mine),
            seen=sum(row["seen"] is not None for row in mine),
            objections=sum(row["objected"] is not None for row in mine),
        )
        for number in {row["round"] for row in rows}
        if (mine := [row for row in rows if row["round"] == number])
    }


async def objections_of(round_ids: list[int]) -> dict[int, list[Objection]]:
    """By round, in the order in which they came."""
    if not round_ids:
        return {}
    place: Any = Notice.municipality
    rows = await (
        Notice.select(
            Notice.round,
            place.name.as_alias("municipality"),
            place.country.as_alias("country"),
            Notice.contact.language.as_alias("language"),
            Notice.remark.as_alias("text"),
            Notice.objected.as_alias("at"),
        )
        .where(Notice.round.is_in(round_ids), Notice.objected.is_not_null())
        .order_by(Notice.objected)
    )
    found: dict[int, list[Objection]] = {}
    for row in rows:
        number = row.pop("round")
        row["language"] = row["language"] or ""
        found.setdefault(number, []).append(Objection(**row))
    return found


async def notice_by_token(token: str) -> Notice:
    """With its municipality and contact. NotFound for a link that is not ours."""
    found = None
    if len(token) == TOKEN_LENGTH:
        found = await database.with_referred(
            Notice.objects().where(Notice.token_hash == hashed(token)).first(),
            Notice.municipality,
            Notice.contact,
        )
    if found is None:
        raise NotFound("We do not know this link")
    return found
