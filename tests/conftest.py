"""What all tests share: a day to stand on, and a migrated empty database on both engines."""

import asyncio
import itertools
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

HOME = Path(tempfile.mkdtemp(prefix="alphorn-tests-"))
os.environ["ALPHORN_DATABASE_URL"] = f"sqlite:///{HOME}/default.db"
os.environ["ALPHORN_SECRET"] = "tests stand on a secret of their own"
os.environ["ALPHORN_SMTP_URL"] = f"file:///{HOME}/mail"

import asyncpg  # noqa: E402  the environment comes first
import hypothesis  # noqa: E402
import pytest  # noqa: E402

from advocacy import database  # noqa: E402
from advocacy.migrating import migrate  # noqa: E402
from tests import postgres  # noqa: E402

# No property is a timed test: a busy machine, or the first look at a holiday calendar, fails none.
hypothesis.settings.register_profile(
    "house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("house")

NOW = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)  # a Monday morning, 09:40 in Brussels
_numbers = itertools.count()


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture(scope="session", autouse=True)
def _home() -> Iterator[None]:
    yield
    shutil.rmtree(HOME, ignore_errors=True)


async def _migrated(url: str) -> None:
    async with database.started(url):
        await migrate()


@pytest.fixture(scope="session")
def sqlite_template() -> Path:
    path = HOME / "template.db"
    asyncio.run(_migrated(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    with postgres.server() as address:
        asyncio.run(_run(address, "CREATE DATABASE alphorn_template"))
        asyncio.run(_migrated(f"{address}/alphorn_template"))
        yield address


async def _run(address: str, statement: str) -> None:
    connection = await asyncpg.connect(f"{address}/postgres")
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


@pytest.fixture(scope="session")
def postgres_database(postgres_server: str) -> str:
    """One for all tests of this process, one after the other: emptying takes a tenth of making."""
    name = f"test_{os.getpid()}"
    asyncio.run(_run(postgres_server, f"CREATE DATABASE {name} TEMPLATE alphorn_template"))
    return f"{postgres_server}/{name}"


async def _emptied(address: str) -> None:
    """No row, every number from one, and nobody else connected, whatever the last test left."""
    connection = await asyncpg.connect(address)
    try:
        await connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        rows = await connection.fetch(
            "SELECT quote_ident(relname) AS name, relkind = 'S' AS counts FROM pg_class "
            "WHERE relnamespace = 'public'::regnamespace AND relname NOT LIKE 'migration%' "
            "AND relkind IN ('r', 'S')"
        )
        statements = [
            f"ALTER SEQUENCE {row['name']} RESTART"
            if row["counts"]
            else f"DELETE FROM {row['name']}"
            for row in rows
        ]
        # as a replica: neither foreign keys nor the append-only history object
        await connection.execute("; ".join(("SET session_replication_role = replica", *statements)))
    finally:
        await connection.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a migrated, empty database that belongs to this test alone."""
    name = f"test_{os.getpid()}_{next(_numbers)}"
    if request.param == "sqlite":
        path = HOME / f"{name}.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        for leftover in HOME.glob(f"{name}.db*"):
            leftover.unlink()
        return
    address = request.getfixturevalue("postgres_database")
    asyncio.run(_emptied(address))
    yield address


@pytest.fixture
async def db(database_url: str, anyio_backend: str) -> AsyncIterator[str]:
    """The database is started: tables read and write it. Yields its address."""
    async with database.started(database_url):
        yield database_url
