"""The indexes of what is searched since, and the words of what was written before."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from advocacy.database import search_index
from feeds.reading.folding import search_text
from feeds.tables import Source

ID = "2026-11-22T18:36:00:000001"
VERSION = "1.38.0"
DESCRIPTION = "Search indexes of calls, translations and documents"

WORDS = {
    "call_text": "title || ' ' || why || ' ' || summary",
    "translation": "text",
    "document": "title || ' ' || name || ' ' || code",
}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="alphorn", description=DESCRIPTION)

    async def run() -> None:
        for table, words in WORDS.items():
            for statement in search_index(table):
                await Source.raw(statement)
            for row in await Source.raw(f"SELECT id, language, {words} AS words FROM {table}"):
                found_by = search_text(row["words"], language=row["language"] or None)
                await Source.raw(
                    f"UPDATE {table} SET search_text = {{}} WHERE id = {{}}", found_by, row["id"]
                )

    manager.add_raw(run)
    return manager
