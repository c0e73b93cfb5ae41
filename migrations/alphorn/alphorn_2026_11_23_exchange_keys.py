"""What is there once in the rooms of exchange, and the indexes of what is searched in them."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from advocacy.database import search_index
from feeds.tables import Source

ID = "2026-11-23T03:50:00:000001"
VERSION = "1.38.0"
DESCRIPTION = "Composite keys and search indexes of projects, enquiries, gatherings, news"

UNIQUE = (
    ("project_text", "project, language"),
    ("takes_part", "project, municipality"),
    ("dossier_project", "dossier, project"),
    ("enquiry_message", "enquiry, number"),
    ("enquiry_translation", "message, language"),
    ("good_answer_text", "good_answer, language"),
    ("gathering_text", "gathering, language"),
    ("gathering_invitation", "gathering, municipality"),
    ("minute", "gathering, number"),
    ("news_text", "news, language"),
)
SEARCHED = ("project_text", "enquiry", "good_answer_text", "gathering_text")


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="alphorn", description=DESCRIPTION)

    async def run() -> None:
        for table, columns in UNIQUE:
            name = f"{table}_by_{columns.replace(', ', '_')}"
            quoted = ", ".join(f'"{column.strip()}"' for column in columns.split(","))
            await Source.raw(f'CREATE UNIQUE INDEX {name} ON "{table}" ({quoted})')
        # One address has one place at a gathering, whoever presses at the same moment.
        await Source.raw(
            "CREATE UNIQUE INDEX registration_once ON registration (gathering, email)"
            " WHERE state <> 'cancelled'"
        )
        for table in SEARCHED:
            for statement in search_index(table):
                await Source.raw(statement)

    manager.add_raw(run)
    return manager
