"""Piccolo's two engines, mended: kept connections, fair writers, transactions that give back."""

import asyncio
import itertools
import re
import sqlite3
from collections import deque
from collections.abc import Sequence
from itertools import chain
from threading import Thread
from types import TracebackType
from typing import Any  # rows and driver connections have no narrower type in Piccolo
from weakref import WeakKeyDictionary, WeakSet

import aiosqlite
import asyncpg
from piccolo.engine.postgres import PostgresEngine, PostgresTransaction
from piccolo.engine.sqlite import SQLiteEngine, SQLiteTransaction, TransactionType

from feeds.engine import Step

PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=NORMAL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=10000",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA cache_size=-16000",
)
KEPT_CONNECTIONS = 8
ROWS_AT_ONCE = 16
_VALUES = re.compile(r"(?<= VALUES )\([?, ]+\)")
SERIAL = '"id" INTEGER PRIMARY KEY'
CLOSING_LASTS = 15  # seconds; longer than SQLite waits for a lock
QUERY_LASTS = 60  # seconds; a server that is there and does not answer is as good as lost


class SQLiteWork(SQLiteTransaction):
    """Takes the process's write lock first: SQLite has one writer, and its own queue is unfair."""

    engine: "SQLite"
    connection: Any

    async def __aenter__(self) -> SQLiteTransaction:
        if self._parent is not None:
            return self._parent
        await self.engine.write_lock.acquire()
        try:
            self.connection = await self.engine.get_connection()
            try:
                await self.begin()
            except BaseException:
                # Its thread may begin all the same, and would keep every other writer out.
                await self.connection.close()
                raise
        except BaseException:
            self.engine.write_lock.release()
            raise
        self.context = self.engine.current_transaction.set(self)
        return self

    async def __aexit__(
        self,
        exception_type: type[BaseException] | None,
        exception: BaseException | None,
        traceback: TracebackType | None,
    ) -> bool:
        if self._parent:
            return exception is None
        clean = False
        try:
            if exception is not None:
                if not (self._rolled_back or self._committed):
                    await self.rollback()
            elif not (self._committed or self._rolled_back):
                await self.commit()
            clean = True
        finally:
            # A task started inside the block copied this context: it must find no connection.
            connection, self.connection = self.connection, None
            self.engine.current_transaction.reset(self.context)
            self.engine.write_lock.release()
            await (self.engine.release(connection) if clean else connection.close())
        return exception is None


class SQLite(SQLiteEngine):
    __slots__ = ("__weakref__", "_free", "_gates", "_locks", "_open", "_threads")

    def __init__(self, path: str) -> None:
        self._free: deque[aiosqlite.Connection] = deque()
        self._locks: WeakKeyDictionary[Any, asyncio.Lock] = WeakKeyDictionary()
        self._gates: WeakKeyDictionary[Any, asyncio.Semaphore] = WeakKeyDictionary()
        self._open: WeakSet[aiosqlite.Connection] = WeakSet()
        self._threads: WeakSet[Thread] = WeakSet()
        super().__init__(path=path, cached_statements=256)

    @property
    def write_lock(self) -> asyncio.Lock:
        return self._locks.setdefault(asyncio.get_running_loop(), asyncio.Lock())

    @property
    def read_gate(self) -> asyncio.Semaphore:
        loop = asyncio.get_running_loop()
        return self._gates.setdefault(loop, asyncio.Semaphore(KEPT_CONNECTIONS))

    async def get_connection(self) -> aiosqlite.Connection:
        if self._free:
            return self._free.pop()

        def connect() -> sqlite3.Connection:
            connection: sqlite3.Connection = sqlite3.connect(**self.connection_kwargs)
            for pragma in PRAGMAS:
                connection.execute(pragma)
            return connection

        connection = aiosqlite.Connection(connect, 64)
        # aiosqlite's thread is not a daemon: a connection left open would hang the exit.
        connection._thread.daemon = True
        self._open.add(connection)
        self._threads.add(connection._thread)
        return await connection

    async def release(self, connection: aiosqlite.Connection) -> None:
        if len(self._free) >= KEPT_CONNECTIONS:
            await connection.close()
            return
        if connection.in_transaction:
            await connection.rollback()
        self._free.append(connection)

    async def close(self) -> None:
        """A statement that was cut off goes on in its thread: its loop must still be there."""
        for connection in list(self._open):
            if connection._running:
                await connection.close()
        self._free.clear()
        for thread in list(self._threads):
            await asyncio.to_thread(thread.join, CLOSING_LASTS)

    def transaction(
        self,
        transaction_type: TransactionType = TransactionType.immediate,
        allow_nested: bool = True,
    ) -> SQLiteWork:
        return SQLiteWork(self, transaction_type, allow_nested)

    async def _run_in_new_connection(
        self, query: str, args: Any = None, query_type: str = "generic", table: Any = None
    ) -> Any:
        reads = query.lstrip()[:7].upper().startswith(("SELECT", "PRAGMA", "EXPLAIN"))
        async with self.read_gate if reads else self.write_lock:
            connection = await self.get_connection()
            try:
                return await _rows(connection, query, args)
            finally:
                await self.release(connection)

    async def run_ddl(self, ddl: str, in_pool: bool = False) -> Any:
        """A number is given once, as by PostgreSQL's sequences: links are made from it, and the
        history names things by it. Else the next row gets that of the last one when it is deleted.
        """
        return await super().run_ddl(ddl.replace(SERIAL, f"{SERIAL} AUTOINCREMENT"), in_pool)

    async def run_all(self, steps: Sequence[Step]) -> None:
        """Each statement for each of its rows, in this order. In a transaction only.

        Piccolo composes a statement anew for every row and hops to the connection's thread for
        each, which costs more than SQLite's work.
        """
        work = self.current_transaction.get()
        if work is None:
            raise RuntimeError("many rows at once belong into a transaction")
        connection = work.connection._conn

        def run() -> None:
            for statement, rows in steps:
                _run_many(connection, statement.replace("{}", "?"), rows)

        await work.connection._execute(run)

    async def alone(self, name: str) -> None:
        """IMMEDIATE transactions are one at a time already, whatever their name."""

    async def _run_in_existing_connection(
        self,
        connection: aiosqlite.Connection | None,
        query: str,
        args: Any = None,
        query_type: str = "generic",
        table: Any = None,
    ) -> Any:
        if connection is None:
            raise RuntimeError("started inside a transaction that has ended: start it after it")
        return await _rows(connection, query, args)


def _run_many(
    connection: sqlite3.Connection, statement: str, rows: Sequence[Sequence[Any]]
) -> None:
    # FTS5 writes what it has indexed before each statement: one for many rows costs half as much.
    together = len(rows) // ROWS_AT_ONCE * ROWS_AT_ONCE if _VALUES.search(statement) else 0
    if together:
        long = _VALUES.sub(lambda found: ", ".join([found[0]] * ROWS_AT_ONCE), statement)
        for start in range(0, together, ROWS_AT_ONCE):
            connection.execute(long, [*chain.from_iterable(rows[start : start + ROWS_AT_ONCE])])
    connection.executemany(statement, rows[together:])


async def _rows(connection: aiosqlite.Connection, query: str, args: Any) -> list[dict[str, Any]]:
    def run() -> list[dict[str, Any]]:
        cursor = connection._conn.execute(query, args or [])
        rows = cursor.fetchall()
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in rows]

    # One hop to the connection's thread for execute and fetch; the public calls take three.
    rows: list[dict[str, Any]] = await connection._execute(run)
    return rows


class PostgresWork(PostgresTransaction):
    async def __aexit__(
        self,
        exception_type: type[BaseException] | None,
        exception: BaseException | None,
        traceback: TracebackType | None,
    ) -> bool:
        if self._parent:
            return exception is None
        try:
            if exception is not None:
                if not (self._rolled_back or self._committed):
                    await self.rollback()
            elif not (self._committed or self._rolled_back):
                await self.commit()
        finally:
            self.engine.current_transaction.reset(self.context)
            pool = self.engine.pool
            given_back = pool.release(self.connection) if pool else self.connection.close()
            await asyncio.shield(given_back)
        return exception is None


class PostgreSQL(PostgresEngine):
    def transaction(self, allow_nested: bool = True) -> PostgresWork:
        return PostgresWork(engine=self, allow_nested=allow_nested)

    async def run_all(self, steps: Sequence[Step]) -> None:
        """Each statement for each of its rows, in this order. In a transaction only."""
        work = self.current_transaction.get()
        if work is None:
            raise RuntimeError("many rows at once belong into a transaction")
        connection: asyncpg.Connection = work.connection
        for statement, rows in steps:
            if rows:
                await connection.executemany(_numbered(statement), rows)

    async def alone(self, name: str) -> None:
        """Until the transaction ends nobody else passes the same `name`."""
        work = self.current_transaction.get()
        if work is None:
            raise RuntimeError("a lock of a transaction needs one")
        await work.connection.execute("SELECT pg_advisory_xact_lock(hashtext($1))", name)

    async def check_version(self) -> None:
        """Piccolo connects when the module is imported; we wait for `started`."""

    async def prep_database(self) -> None:
        """No extensions are needed."""


def _numbered(statement: str) -> str:
    numbers = itertools.count(1)
    return re.sub(r"\{\}", lambda _: f"${next(numbers)}", statement)


def engine_for(url: str) -> SQLite | PostgreSQL:
    if url.startswith("sqlite:///"):
        return SQLite(url.removeprefix("sqlite:///"))
    return PostgreSQL(config={"dsn": url, "command_timeout": QUERY_LASTS})
