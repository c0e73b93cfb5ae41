"""THE place that knows SQLite from PostgreSQL. Both run the same code and the same tests.

Piccolo's own SQLite engine opens a connection and a thread for every query and begins
transactions DEFERRED, so that read-then-write fails under concurrency. This one keeps
connections, writes ahead (WAL), queues writers fairly and begins IMMEDIATE. On both engines a
transaction gives its connection back whatever happens, and a nested one is a savepoint.
"""

from advocacy.database.binding import DB, engine, engine_name, on_postgres, started, tables
from advocacy.database.engines import PostgreSQL, SQLite, engine_for
from advocacy.database.referring import with_referred
from advocacy.database.statements import (
    after_restore,
    append_only,
    finds,
    held,
    search_index,
    trigger,
)
from advocacy.database.working import (
    DUPLICATE,
    LOST,
    UNFIT,
    one_at_a_time,
    snapshot,
    transaction,
)

__all__ = [
    "DB",
    "DUPLICATE",
    "LOST",
    "UNFIT",
    "PostgreSQL",
    "SQLite",
    "after_restore",
    "append_only",
    "engine",
    "engine_for",
    "engine_name",
    "finds",
    "held",
    "on_postgres",
    "one_at_a_time",
    "search_index",
    "snapshot",
    "started",
    "tables",
    "transaction",
    "trigger",
    "with_referred",
]
