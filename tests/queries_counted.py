"""How many queries a piece of work asks the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from advocacy import database


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that were run inside, in order."""
    kind = type(database.engine())
    before = kind.run_querystring
    asked: list[str] = []

    async def run_querystring(self: Any, querystring: Any, in_pool: bool = True) -> Any:
        asked.append(str(querystring))
        return await before(self, querystring, in_pool)

    kind.run_querystring = run_querystring
    try:
        yield asked
    finally:
        kind.run_querystring = before
