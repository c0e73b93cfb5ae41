"""What is there once: a number of a dossier, a claim of a version, what somebody has read."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from feeds.tables import Source

ID = "2026-11-22T18:20:20:000001"
VERSION = "1.38.0"
DESCRIPTION = "Composite keys of what sorting and planning keep"

UNIQUE = (
    ("reference", "dossier, kind, value"),
    ("related_dossier", "dossier, other"),
    ("dossier_seen", "dossier, person"),
    ("follow", "dossier, person"),
    ("digest_kind", "person, kind"),
    ("deadline_claim", "dossier, entry, version, closes"),
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="alphorn", description=DESCRIPTION)

    async def run() -> None:
        for table, columns in UNIQUE:
            name = f"{table}_by_{columns.replace(', ', '_')}"
            quoted = ", ".join(f'"{column.strip()}"' for column in columns.split(","))
            await Source.raw(f'CREATE UNIQUE INDEX {name} ON "{table}" ({quoted})')

    manager.add_raw(run)
    return manager
