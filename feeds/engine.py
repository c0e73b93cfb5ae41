"""What feeds asks of the database beyond Piccolo: many rows at once, one process at a time."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol, cast  # a column holds whatever its table says

from feeds.tables import Source

Step = tuple[str, Sequence[Sequence[Any]]]
"""A statement with `{}` where values go, and the rows of values that it is run for."""


class Engine(Protocol):
    """Whoever binds the tables (advocacy.database) brings an engine that can do this."""

    def transaction(self) -> AbstractAsyncContextManager[Any]: ...

    async def run_all(self, steps: Sequence[Step]) -> None:
        """Each statement for each of its rows, in this order; in a transaction."""

    async def alone(self, name: str) -> None:
        """Until the transaction ends nobody else passes the same `name`, in any process."""


def engine() -> Engine:
    return cast("Engine", Source._meta.db)


def columns(names: Sequence[str]) -> str:
    """Names of columns for a statement: "title", "address"."""
    return ", ".join(f'"{name}"' for name in names)


def values(names: Sequence[str]) -> str:
    """Places for the values of so many columns: {}, {}"""
    return ", ".join("{}" for _ in names)


def settings(names: Sequence[str]) -> str:
    """An UPDATE's list: "title" = {}, "address" = {}"""
    return ", ".join(f'"{name}" = {{}}' for name in names)
