"""Sources that were there before know their hosts too."""

from urllib.parse import urlsplit

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from feeds.tables import Source

ID = "2026-11-22T15:19:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "The hosts of the sources"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="alphorn", description=DESCRIPTION)

    async def run() -> None:
        for row in await Source.raw("SELECT id, address FROM source"):
            host = (urlsplit(row["address"]).hostname or "").lower()
            await Source.raw("UPDATE source SET host = {} WHERE id = {}", host, row["id"])

    manager.add_raw(run)
    return manager
