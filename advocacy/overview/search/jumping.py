"""A number leads straight to what it names."""

import re

from advocacy.calls.rules import CallState
from advocacy.calls.tables import Call
from advocacy.dossiers import queries as dossiers
from advocacy.dossiers.tables import Dossier
from advocacy.municipalities.tables import Municipality
from advocacy.people.rules import STAFF, Role
from advocacy.people.tables import Person
from advocacy.positions.rules import PUBLIC
from advocacy.positions.tables import Position

LONGEST_NUMBER = 80
_NUMBER = re.compile(r"(?:AP-)?(\d{4}-\d{3})(-\d{1,2})?", re.IGNORECASE)
_CODE = re.compile(r"[A-Za-z]{2}-\d{1,4}")


async def jump(query: str, *, by: Person | None) -> str | None:
    """The path of what this number names, if this person may see it."""
    query = query.strip()
    house = by is not None and by.role != Role.MUNICIPALITY
    if found := _NUMBER.fullmatch(query):
        call = found[1] + found[2] if found[2] else ""
        return await _of_call(call, by=by) or await _of_ours(found[1], house=house)
    if not house or len(query) > LONGEST_NUMBER:
        return None
    if _CODE.fullmatch(query):
        code = query.upper()
        known = await Municipality.exists().where(Municipality.code == code)
        return f"/m/{code}" if known else None
    return await _of_others(query)


async def _of_call(number: str, *, by: Person | None) -> str | None:
    """The presidency sees what came of a call that has left, and never its draft."""
    if not number or by is None or by.role == Role.MUNICIPALITY:
        return None
    known = Call.exists().where(Call.number == number)
    if by.role in STAFF:
        return f"/c/{number}" if await known else None
    left = await known.where(Call.state.is_in([CallState.OPEN, CallState.CLOSED]))
    return f"/c/{number}/results" if left else None


async def _of_ours(number: str, *, house: bool) -> str | None:
    if house and await Dossier.exists().where(Dossier.number == number):
        return f"/d/{number}"
    adopted = Position.exists().where(
        Position.dossier.number == number, Position.state.is_in(list(PUBLIC))
    )
    return f"/p/{number}" if await adopted else None


async def _of_others(number: str) -> str | None:
    """The number under which a body follows the matter: 2023/0156(COD)."""
    if not any(sign.isdigit() for sign in number):
        return None
    known = await dossiers.with_numbers([number, number.upper()])
    return f"/d/{min(known.values())}" if known else None
