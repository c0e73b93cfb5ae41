"""Look for the words of a query in all kinds of things that somebody may see, or in one kind."""

import asyncio

from advocacy.overview.search.groups import FIRST, SHOWN, Asked, Group, group
from advocacy.overview.search.kinds import KINDS
from advocacy.overview.search.words import wordings
from advocacy.people.tables import Person


async def search(
    query: str,
    *,
    by: Person | None,
    kind: str = "",
    before: int | None = None,
    limit: int | None = None,
) -> list[Group]:
    """Groups that found something: the first of each kind, or with `kind` a page of that one.

    The number of queries does not grow with the hits.
    """
    # In a thread: the first search of a process loads five dictionaries, about two seconds.
    looked_for = await asyncio.to_thread(wordings, query)
    if not looked_for:
        return []
    words = sorted({word for each in looked_for for word in each})
    asked = Asked(looked_for, words, by, limit or (SHOWN if kind else FIRST), before)
    found = [
        group(name, each.heading, await each.find(asked), asked.limit)
        for name, each in KINDS.items()
        if each.is_open_to(by) and kind in {"", name}
    ]
    return [each for each in found if each.hits]
