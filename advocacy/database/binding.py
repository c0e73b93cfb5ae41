"""Which engine the tables use: the one of the settings, or a test's own."""

import contextlib
from collections.abc import AsyncIterator
from typing import Any  # Piccolo's engines are generic over what nobody uses

from piccolo.engine.base import Engine
from piccolo.table import Table

from advocacy.database.engines import PostgreSQL, engine_for
from advocacy.settings import settings

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
