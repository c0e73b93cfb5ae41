"""What is there once, and the wishes about letters as a rhythm instead of yes and no."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from feeds.tables import Source

ID = "2026-11-22T22:52:16:000001"
VERSION = "1.38.0"
DESCRIPTION = "Composite keys of calling and answering; who wanted no letters goes on wanting none"

UNIQUE = (
    ("official_paragraph", "official, number"),
    ("ring_request", "call, country"),
    ("contribution_translation", "version, language"),
)
WISHES = (("calls", "wants_calls"), ("reminders", "wants_reminders"))


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="alphorn", description=DESCRIPTION)

    async def run() -> None:
        for table, columns in UNIQUE:
            name = f"{table}_by_{columns.replace(', ', '_')}"
            quoted = ", ".join(f'"{column.strip()}"' for column in columns.split(","))
            await Source.raw(f'CREATE UNIQUE INDEX {name} ON "{table}" ({quoted})')
        for rhythm, wanted in WISHES:
            await Source.raw(
                f'UPDATE "contact" SET "{rhythm}" = \'never\' WHERE NOT "{wanted}"'
            )

    manager.add_raw(run)
    return manager
