"""The database, opened for one command: reachable and in the present shape, or one clear line."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from piccolo.apps.migrations.tables import Migration

from advocacy import database
from advocacy.commands.output import Refused
from advocacy.piccolo_app import APP_CONFIG
from advocacy.settings import settings

MIGRATE = "run: python -m advocacy migrate"
_ID = re.compile(r'^ID = "([^"]+)"', re.MULTILINE)


def known_migrations() -> list[str]:
    """The ids that the files of this version carry, in order. Nothing is imported."""
    files = Path(APP_CONFIG.migrations_folder_path).glob("*.py")
    return sorted(found[1] for path in files if (found := _ID.search(path.read_text())))


async def done_migrations() -> list[str]:
    Migration._meta.db = database.engine()
    if not await Migration.table_exists():
        return []
    rows = await Migration.select(Migration.name).order_by(Migration.name)
    return [row["name"] for row in rows]


async def check_shape() -> None:
    """Raises Refused when migrations are missing, or come from a later version than this."""
    done, known = await done_migrations(), known_migrations()
    if missing := [each for each in known if each not in done]:
        raise Refused(f"{len(missing)} migrations are missing; {MIGRATE}")
    if unknown := [each for each in done if each not in known]:
        raise Refused(f"the database is from a later version of Alphorn: {unknown[-1]}")


@asynccontextmanager
async def opened(*, checked: bool = True) -> AsyncIterator[None]:
    """Raises Refused when the database is away or, unless `checked` is off, in another shape."""
    path = settings().sqlite_path
    if checked and path is not None and not path.exists():
        raise Refused(f"there is no database at {path}; {MIGRATE}")
    try:
        async with database.started():
            if checked:
                await check_shape()
            yield
    except BrokenPipeError:
        raise  # it is the reader of our output that is gone
    except database.LOST as error:
        first = str(error).partition("\n")[0] or type(error).__name__
        if "no such" in first:  # SQLite's word for a table or column that is not there
            raise Refused(f"the database is in another shape: {first}") from error
        raise Refused(f"the database cannot be reached: {first}") from error
