"""Bring a database to the present shape. One process at a time: Piccolo takes no lock."""

import contextlib
import io
from collections.abc import Sequence

from piccolo.apps.migrations.commands.forwards import run_forwards
from piccolo.apps.migrations.tables import Migration

from advocacy import database


async def migrate() -> Sequence[str]:
    """Return the ids of the migrations that ran; an empty list when there was nothing to do."""
    Migration._meta.db = database.engine()
    before = await _done()
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        await run_forwards("alphorn")
    return [migration for migration in await _done() if migration not in before]


async def _done() -> list[str]:
    await Migration.create_table(if_not_exists=True)
    rows = await Migration.select(Migration.name).order_by(Migration.name)
    return [row["name"] for row in rows]
