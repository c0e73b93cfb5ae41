"""THE place that knows SQLite from PostgreSQL. Both run the same code and the same tests.

Piccolo's own SQLite engine opens a connection and a thread for every query and begins
transactions DEFERRED, so that read-then-write fails under concurrency. This one keeps
connections, writes ahead (WAL), queues writers fairly and begins IMMEDIATE. On both engines a
transaction gives its connection back whatever happens, and a nested one is a savepoint.
"""

import asyncio
import contextlib
import sqlite3
from collections import deque
from collections.abc import AsyncIterator, Sequence
from types import TracebackType
from typing import Any  # rows and driver connections have no narrower type in Piccolo
from weakref import WeakKeyDictionary

import aiosqlite
import asyncpg
from piccolo.columns.combination import WhereRaw
from piccolo.engine.base import Engine
from piccolo.engine.postgres import PostgresEngine, PostgresTransaction
from piccolo.engine.sqlite import SQLiteEngine, SQLiteTransaction, TransactionType
from piccolo.table import Table

from advocacy.settings import settings

PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=NORMAL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=10000",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA cache_size=-16000",
)
KEPT_CONNECTIONS = 8
QUERY_LASTS = 60  # seconds; a server that is there and does not answer is as good as lost

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
            await self.begin()
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
    __slots__ = ("__weakref__", "_free", "_gates", "_locks")

    def __init__(self, path: str) -> None:
        self._free: deque[aiosqlite.Connection] = deque()
        self._locks: WeakKeyDictionary[Any, asyncio.Lock] = WeakKeyDictionary()
        self._gates: WeakKeyDictionary[Any, asyncio.Semaphore] = WeakKeyDictionary()
        super().__init__(path=path, cached_statements=256)

    @property
    def write_lock(self) -> asyncio.Lock:
        return self._locks.setdefault(asyncio.get_running_loop(), asyncio.Lock())

    @property
    def read_gate(self) -> asyncio.Semaphore:
        loop = asyncio.get_running_loop()
        return self._gates.setdefault(loop, asyncio.Semaphore(KEPT_CONNECTIONS))

    async def get_connection(self) -> aiosqlite.Connection:
        with contextlib.suppress(IndexError):
            return self._free.pop()

        def connect() -> sqlite3.Connection:
            connection = sqlite3.connect(**self.connection_kwargs)
            for pragma in PRAGMAS:
                connection.execute(pragma)
            return connection

        connection = aiosqlite.Connection(connect, 64)
        # aiosqlite's thread is not a daemon: a connection left open would hang the exit.
        connection._thread.daemon = True
        return await connection  # type: ignore[no-any-return]

    async def release(self, connection: aiosqlite.Connection) -> None:
        if len(self._free) >= KEPT_CONNECTIONS:
            await connection.close()
            return
        if connection.in_transaction:
            await connection.rollback()
        self._free.append(connection)

    async def close(self) -> None:
        while self._free:
            await self._free.pop().close()

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


async def _rows(connection: aiosqlite.Connection, query: str, args: Any) -> list[dict[str, Any]]:
    def run() -> list[dict[str, Any]]:
        cursor = connection._conn.execute(query, args or [])
        rows = cursor.fetchall()
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in rows]

    # One hop to the connection's thread for execute and fetch; the public calls take three.
    return await connection._execute(run)  # type: ignore[no-any-return]


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

    async def check_version(self) -> None:
        """Piccolo connects when the module is imported; we wait for `started`."""

    async def prep_database(self) -> None:
        """No extensions are needed."""


def engine_for(url: str) -> SQLite | PostgreSQL:
    if url.startswith("sqlite:///"):
        return SQLite(url.removeprefix("sqlite:///"))
    return PostgreSQL(config={"dsn": url, "command_timeout": QUERY_LASTS})


DB = engine_for(settings().database_url)


def tables() -> list[type[Table]]:
    from advocacy.piccolo_app import APP_CONFIG  # it reads every room's tables, which read us

    return APP_CONFIG.table_classes


def engine() -> Any:
    from feeds.tables import Source

    return Source._meta.db


def on_postgres() -> bool:
    return isinstance(engine(), PostgreSQL)


def engine_name() -> str:
    """As people say it, for the health page."""
    return "PostgreSQL" if on_postgres() else "SQLite"


@contextlib.asynccontextmanager
async def started(url: str | None = None) -> AsyncIterator[Engine[Any]]:
    """Connections open, tables bound to them; both given back at the end."""
    from advocacy import piccolo_conf  # it reads us

    current: Any = engine_for(url) if url else DB
    piccolo_conf.DB = current  # where Piccolo's own migrations look
    for table in tables():
        table._meta.db = current
    if isinstance(current, PostgreSQL):
        await current.start_connection_pool(min_size=1, max_size=10)
    try:
        yield current
    finally:
        if isinstance(current, PostgreSQL):
            await current.close_connection_pool()
        else:
            await current.close()


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


async def after_restore(table: type[Table]) -> None:
    """Rows came with their numbers: the next new one gets the number after the last.

    SQLite counts from the largest number by itself.
    """
    if on_postgres():
        name = table._meta.tablename
        await table.raw(
            f"SELECT setval(pg_get_serial_sequence('\"{name}\"', 'id'), "
            f"(SELECT COALESCE(MAX(id), 0) + 1 FROM \"{name}\"), false)"
        )


async def one_at_a_time(name: str) -> None:
    """Until the transaction ends nobody else passes the same `name`.

    SQLite's transactions are IMMEDIATE and so already one at a time.
    """
    if on_postgres():
        await tables()[0].raw("SELECT pg_advisory_xact_lock(hashtext({}))", name)


def search_index(table: str) -> list[str]:
    """The statements that index `search_text` of a table; a migration runs them."""
    if on_postgres():
        return [
            f"ALTER TABLE {table} ADD COLUMN search_vector tsvector "
            f"GENERATED ALWAYS AS (to_tsvector('simple', search_text)) STORED",
            f"CREATE INDEX {table}_search ON {table} USING gin (search_vector)",
        ]
    remove = (
        f"INSERT INTO {table}_search ({table}_search, rowid, search_text) "
        "VALUES ('delete', old.id, old.search_text);"
    )
    add = f"INSERT INTO {table}_search (rowid, search_text) VALUES (new.id, new.search_text);"
    return [
        f"CREATE VIRTUAL TABLE {table}_search USING fts5("
        f"search_text, content='{table}', content_rowid='id', tokenize='unicode61')",
        f"CREATE TRIGGER {table}_search_add AFTER INSERT ON {table} BEGIN {add} END",
        f"CREATE TRIGGER {table}_search_remove AFTER DELETE ON {table} BEGIN {remove} END",
        f"CREATE TRIGGER {table}_search_change AFTER UPDATE OF search_text ON {table} "
        f"BEGIN {remove} {add} END",
    ]


def append_only(table: str) -> list[str]:
    """The statements that refuse to change or delete a row of a table, whoever asks."""
    if on_postgres():
        return [
            "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'append-only'; END $$",
            f"CREATE TRIGGER {table}_stays BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()",
        ]
    return [
        f"CREATE TRIGGER {table}_stays_{what.lower()} BEFORE {what} ON {table} "
        "BEGIN SELECT RAISE(ABORT, 'append-only'); END"
        for what in ("UPDATE", "DELETE")
    ]


def finds(table: type[Table], words: Sequence[str]) -> WhereRaw:
    """Rows whose `search_text` has every word, each as the beginning of a word.

    `words` come folded from feeds.reading.search_words: letters and digits only.
    """
    name = table._meta.tablename
    if on_postgres():
        query = " & ".join(f"{word}:*" for word in words)
        return WhereRaw(f"{name}.search_vector @@ to_tsquery('simple', {{}})", query)
    query = " ".join(f'"{word}"*' for word in words)
    return WhereRaw(
        f"{name}.id IN (SELECT rowid FROM {name}_search WHERE {name}_search MATCH {{}})", query
    )
