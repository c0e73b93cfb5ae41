"""What is there once, and the first hand-in of what had been handed in before they were kept."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from feeds.tables import Source

ID = "2026-11-23T01:40:00:000001"
VERSION = "1.38.0"
DESCRIPTION = "Composite keys of drafting to following; earlier hand-ins"

UNIQUE = (
    ("hand_in", "submission, number"),
    ("notice", "round, municipality"),
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="alphorn", description=DESCRIPTION)

    async def run() -> None:
        for table, columns in UNIQUE:
            name = f"{table}_by_{columns.replace(', ', '_')}"
            quoted = ", ".join(f'"{column.strip()}"' for column in columns.split(","))
            await Source.raw(f'CREATE UNIQUE INDEX {name} ON "{table}" ({quoted})')
        # Letters on one occasion are held once at a time, whoever presses at the same moment.
        await Source.raw(
            "CREATE UNIQUE INDEX telling_held ON telling (submission, occasion)"
            " WHERE state = 'held'"
        )
        await Source.raw(
            'INSERT INTO "hand_in" ("submission", "number", "at", "zone", "channel", "receipt",'
            ' "mail_id", "late", "person", "recorded", "withdrawn_reason")'
            ' SELECT s."id", 1, s."submitted", COALESCE(w."zone", \'Europe/Brussels\'),'
            ' s."channel", s."receipt", \'\','
            ' CASE WHEN w."closes" IS NOT NULL AND s."submitted" > w."closes" THEN TRUE'
            ' ELSE FALSE END, s."person", s."submitted", \'\''
            ' FROM "submission" s LEFT JOIN "input_window" w ON w."id" = s."window"'
            ' WHERE s."submitted" IS NOT NULL'
        )

    manager.add_raw(run)
    return manager
