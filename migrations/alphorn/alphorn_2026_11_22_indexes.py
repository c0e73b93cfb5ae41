"""What Piccolo cannot state on both engines: composite keys, search, the append-only history."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from advocacy.database import append_only, search_index
from feeds.tables import Source

ID = "2026-11-22T12:00:00:000002"
VERSION = "1.38.0"
DESCRIPTION = "Keys, search, append-only history"

UNIQUE = (
    ("entry", "source, key"),
    ("entry_version", "entry, number"),
    ("entry_alias", "source, key"),
    ("milestone", "window, kind"),
    ("call_text", "call, language"),
    ("question", "call, number"),
    ("question_text", "question, language"),
    ("invitation", "call, municipality"),
    ("contribution_version", "contribution, number"),
    ("passage", "contribution, number"),
    ("position_version", "position, number"),
    ("seen", "position, person"),
    ("translation", "position, language, paragraph"),
    ("ballot", "round, person"),
    ("outcome", "submission, ask"),
)
INDEXES = (
    ("entry", "source, id"),
    ("poll", "source, id"),
    ("event", "kind, object"),
    ("letter", "state, due"),
)
SEARCHED = ("entry", "dossier", "municipality", "contribution", "position_version")


def _quoted(columns: str) -> str:
    return ", ".join(f'"{column.strip()}"' for column in columns.split(","))


def _name(table: str, columns: str) -> str:
    return f"{table}_by_{columns.replace(', ', '_')}"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="alphorn", description=DESCRIPTION)

    async def run() -> None:
        for table, columns in UNIQUE:
            await Source.raw(
                f"CREATE UNIQUE INDEX {_name(table, columns)} ON {table} ({_quoted(columns)})"
            )
        for table, columns in INDEXES:
            await Source.raw(
                f"CREATE INDEX {_name(table, columns)} ON {table} ({_quoted(columns)})"
            )
        # A round is open once per position, whoever asks at the same moment.
        await Source.raw(
            "CREATE UNIQUE INDEX round_open ON round (position) WHERE state = 'open'"
        )
        for table in SEARCHED:
            for statement in search_index(table):
                await Source.raw(statement)
        for statement in append_only("event"):
            await Source.raw(statement)

    manager.add_raw(run)
    return manager
