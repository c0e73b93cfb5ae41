"""An entry with an unknown id is looked for by its title, in a source of any age."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from feeds.tables import Source

ID = "2026-11-22T16:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Entries are found by their title; what is missing, among what is still there"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="alphorn", description=DESCRIPTION)

    async def run() -> None:
        # The beginning only: PostgreSQL takes no rows of any length into an index.
        await Source.raw(
            "CREATE INDEX entry_by_source_title ON entry (source, substr(title, 1, 100))"
        )
        await Source.raw(
            "CREATE INDEX entry_still_there ON entry (source, last_seen) WHERE gone_at IS NULL"
        )
        # What two-column indexes begin with needs none of its own.
        for each in ("entry_source", "entry_version_entry", "poll_source", "entry_alias_source"):
            await Source.raw(f"DROP INDEX IF EXISTS {each}")

    manager.add_raw(run)
    return manager
