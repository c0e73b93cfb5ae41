"""Units of work: transactions, savepoints, one at a time."""

import contextlib
import sqlite3
from collections.abc import AsyncIterator

import asyncpg

from advocacy.database.binding import engine, on_postgres, tables

LOST = (
    sqlite3.OperationalError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.CannotConnectNowError,
    OSError,
)
"""What a query raises when the database cannot be reached."""

UNFIT = (OverflowError, asyncpg.DataError)
"""What a query raises when a value does not fit its column: a number from an address, mostly."""

DUPLICATE = (sqlite3.IntegrityError, asyncpg.IntegrityConstraintViolationError)
"""What an insert raises when a unique index or a foreign key refuses it."""


@contextlib.asynccontextmanager
async def transaction() -> AsyncIterator[None]:
    """All or nothing. Inside another transaction: a savepoint that rolls back alone."""
    current = engine()
    outer = current.current_transaction.get()
    if outer is None:
        async with current.transaction():
            yield
        return
    savepoint = await outer.savepoint(f"work_{outer.get_savepoint_id()}")
    try:
        yield
    except BaseException:
        await savepoint.rollback_to()
        raise
    else:
        await savepoint.release()


@contextlib.asynccontextmanager
async def snapshot() -> AsyncIterator[None]:
    """All that is read inside is of one moment, however long the reading takes."""
    async with transaction():
        if on_postgres():
            await tables()[0].raw("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


async def one_at_a_time(name: str) -> None:
    """Until the transaction ends nobody else passes the same `name`.

    SQLite's transactions are IMMEDIATE and so already one at a time.
    """
    await engine().alone(name)
