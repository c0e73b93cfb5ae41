"""The wishes about letters are rhythms now; the two yes-or-no columns go."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

ID = "2026-11-22T22:52:53:491080"
VERSION = "1.38.0"
DESCRIPTION = "The wishes about letters are rhythms now"


async def forwards():
    manager = MigrationManager(
        migration_id=ID, app_name="alphorn", description=DESCRIPTION
    )

    manager.drop_column(
        table_class_name="Contact",
        tablename="contact",
        column_name="wants_calls",
        db_column_name="wants_calls",
        schema=None,
    )

    manager.drop_column(
        table_class_name="Contact",
        tablename="contact",
        column_name="wants_reminders",
        db_column_name="wants_reminders",
        schema=None,
    )

    return manager
