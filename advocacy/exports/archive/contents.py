"""Files that stand in a table, a few at a time: however many there are, memory holds few."""

from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Any  # of any table that has files

from advocacy.exports.archive.matter import MEGABYTE, Room

AT_ONCE = 32 * MEGABYTE

Sized = tuple[int, int]
"""The id of a row, and how many bytes its content has."""


async def contents(
    table: Any, sizes: Sequence[Sized], room: Room
) -> AsyncIterator[tuple[int, bytes | None]]:
    """By id, in the order given; None: there is no room for it. One query for each 32 MB.

    Whoever gets a content takes its room before asking for the next.
    """
    for batch in _batches(sizes):
        fitting = _fitting(batch, room.left)
        found: dict[int, bytes] = {}
        if fitting:
            rows = await table.select(table.id, table.content).where(table.id.is_in(fitting))
            found = {row["id"]: bytes(row["content"]) for row in rows}
        for number, _ in batch:
            yield number, found.pop(number, None)


def _batches(sizes: Sequence[Sized]) -> Iterator[list[Sized]]:
    batch: list[Sized] = []
    for each in sizes:
        if batch and sum(size for _, size in batch) + each[1] > AT_ONCE:
            yield batch
            batch = []
        batch.append(each)
    if batch:
        yield batch


def _fitting(batch: Sequence[Sized], left: int) -> list[int]:
    fitting: list[int] = []
    for number, size in batch:
        if size <= left:
            left -= size
            fitting.append(number)
    return fitting
