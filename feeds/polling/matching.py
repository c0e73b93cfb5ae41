"""Which of the parsed entries do we have? What `recognition` asks, the tables answer.

A source without entries costs one select; a document in which only known entries changed, one;
one with new entries, two, and a third where something like them is there.
"""

from collections.abc import Sequence
from dataclasses import fields
from itertools import chain

from feeds.identity.comparing import Stored
from feeds.identity.meeting import BEGINNING
from feeds.identity.recognition import Answer, Match, Question, recognise
from feeds.parsing.entry import ParsedEntry
from feeds.tables import Entry

__all__ = ["Match", "match"]

_AT_ONCE = 5_000
# A text that comes again comes soon; to look through all that was ever published has no end.
_NEWEST = 200
_COLUMNS = ", ".join(f'"{column.name}"' for column in fields(Stored))
_ANY = "SELECT id FROM entry WHERE source = {} LIMIT 1"
_BY_KEY = f"SELECT {_COLUMNS} FROM entry WHERE source = {{}} AND key IN (%s)"
# A union, not OR: each of its parts has an index of its own.
_BY_IDS = f"SELECT {_COLUMNS} FROM entry WHERE id IN (%s)"
_BY_ALIAS = "SELECT key, entry FROM entry_alias WHERE source = {} AND key IN (%s)"
_WITH_KEY = "SELECT id FROM entry WHERE source = {} AND key IN (%s)"
_WITH_ALIAS = "SELECT entry FROM entry_alias WHERE source = {} AND key IN (%s)"
# The index is on the beginning of titles: PostgreSQL takes no rows of any length into one.
TITLE = 100
_WITH_TITLE = (
    f"SELECT id FROM entry WHERE source = {{}} AND substr(title, 1, {TITLE}) IN (%s)"
    " AND title IN (%s)"
)
_WITH_BEGINNING = (
    "SELECT id FROM (SELECT id, text FROM entry WHERE source = {} ORDER BY id DESC"
    f" LIMIT {_NEWEST}) AS newest WHERE substr(text, 1, {BEGINNING}) IN (%s)"
)


async def match(
    source_id: int,
    address: str,
    entries: Sequence[ParsedEntry],
    policy: str,
    *,
    unread: frozenset[str] = frozenset(),
) -> tuple[str, list[Match]]:
    """Each different entry once, in the document's order, and the policy that their keys follow.

    `unread` are the hashes of the items beside them that came as before.
    """
    if not entries:
        return policy, []
    asking = recognise(entries, policy, address=address, unread=unread)
    barren = not unread and not await Entry.raw(_ANY, source_id)
    try:
        question = next(asking)
        while True:
            answer = Answer(barren=True) if barren else await _answer(source_id, question)
            question = asking.send(answer)
    except StopIteration as decided:
        found: tuple[str, list[Match]] = decided.value
        return found


async def _answer(source_id: int, question: Question) -> Answer:
    rows: list[Stored] = []
    for start in range(0, len(question.keys), _AT_ONCE):
        keys = question.keys[start : start + _AT_ONCE]
        if question.look:
            rows += await _looked_for(source_id, question, keys)
        else:
            found = await Entry.raw(_BY_KEY % _marks(keys), source_id, *keys)
            rows += [Stored(**row) for row in found]
    return Answer(rows, await _aliases(source_id, question.keys) if question.look and rows else {})


async def _looked_for(source_id: int, question: Question, keys: Sequence[str]) -> list[Stored]:
    parts = {
        _WITH_KEY: (keys,),
        _WITH_ALIAS: (keys,),
        _WITH_TITLE: ([title[:TITLE] for title in question.titles], question.titles),
        _WITH_BEGINNING: (question.beginnings,),
    }
    asked = {statement: wanted for statement, wanted in parts.items() if any(wanted)}
    union = " UNION ".join(
        statement % tuple(_marks(each) for each in wanted) for statement, wanted in asked.items()
    )
    values = [
        value for wanted in asked.values() for value in (source_id, *chain.from_iterable(wanted))
    ]
    return [Stored(**row) for row in await Entry.raw(_BY_IDS % union, *values)]


def _marks(values: Sequence[str]) -> str:
    return ", ".join(["{}"] * len(values))


async def _aliases(source_id: int, keys: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        rows = await Entry.raw(_BY_ALIAS % _marks(some), source_id, *some)
        found |= {row["key"]: row["entry"] for row in rows}
    return found
