"""What names a contact in the stations that come later: an invitation, a notice of a round.

They are found by their foreign keys, so that this station needs to know none of them.
"""

from collections.abc import Iterator, Mapping
from typing import Any  # tables and columns of other rooms

from advocacy.municipalities.tables import Contact


def _columns() -> Iterator[tuple[str, Any, Any]]:
    """Name as the history keeps it, table, column: all that may be empty."""
    for column in Contact._meta.foreign_key_references:
        table: Any = column._meta.table
        if column._meta.null:
            yield f"{table._meta.tablename}.{column._meta.name}", table, column


async def naming(contact: int) -> dict[str, list[int]]:
    """Numbers of the rows that name it, by column. Empty: nothing was ever done with it."""
    found: dict[str, list[int]] = {}
    for name, table, column in _columns():
        rows = await table.select(table.id).where(column == contact).order_by(table.id)
        if rows:
            found[name] = [row["id"] for row in rows]
    return found


async def name_again(contact: int, kept: Mapping[str, list[int]]) -> None:
    """As `naming` found them. Rows that name somebody else meanwhile stay as they are."""
    for name, table, column in _columns():
        if numbers := kept.get(name):
            await table.update({column: contact}).where(table.id.is_in(numbers), column.is_null())
