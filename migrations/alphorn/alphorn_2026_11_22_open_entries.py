"""The entries that wait for a decision stand in a table of their own, kept by the database.

However many have been decided, the inbox reads only what is open, in the order that it shows.
"""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from advocacy.database import held, trigger
from feeds.tables import Source

ID = "2026-11-22T16:50:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Open entries"

# No table of Piccolo's: it follows from entries and decisions, and so it is in no backup;
# restoring those writes it anew.
TABLE = """
    CREATE TABLE open_entry (
        entry INTEGER PRIMARY KEY REFERENCES entry (id) ON DELETE CASCADE,
        source INTEGER NOT NULL,
        language VARCHAR(8),
        next_deadline TIMESTAMPTZ,
        until TIMESTAMPTZ
    )
"""
INDEXES = (
    "CREATE INDEX open_entry_of_source ON open_entry (source, entry)",
    "CREATE INDEX open_entry_in_language ON open_entry (language, entry)",
    "CREATE INDEX open_entry_of_source_in_language ON open_entry (source, language, entry)",
    *(
        f"CREATE INDEX open_entry_due{name} ON open_entry ({first}next_deadline, entry)"
        " WHERE next_deadline IS NOT NULL"
        for name, first in (("", ""), ("_of_source", "source, "), ("_in_language", "language, "))
    ),
)
COPIED = ("source", "language", "next_deadline")
OPEN = """
    INSERT INTO open_entry (entry, source, language, next_deadline, until)
    SELECT id, source, language, next_deadline,
        (SELECT until FROM triage WHERE triage.entry = entry.id)
    FROM entry WHERE NOT EXISTS (
        SELECT 1 FROM triage WHERE triage.entry = entry.id AND triage.decision <> 'later'
    )
"""


def _anew(entry: str) -> list[str]:
    """Held: a poll that changes the entry meanwhile changes what is copied here after us."""
    gone = f"DELETE FROM open_entry WHERE entry = {entry}"
    return [gone, f"{OPEN} AND id = {entry}{held()}"]


def _triggers() -> list[str]:
    values = ", ".join(f"NEW.{column}" for column in COPIED)
    copies = ", ".join(f"{column} = NEW.{column}" for column in COPIED)
    return [
        *trigger(
            *("open_entry_comes", "INSERT", "entry"),
            [f"INSERT INTO open_entry (entry, {', '.join(COPIED)}) VALUES (NEW.id, {values})"],
        ),
        *trigger(
            *("open_entry_changes", f"UPDATE OF {', '.join(COPIED)}", "entry"),
            [f"UPDATE open_entry SET {copies} WHERE entry = NEW.id"],
            changed=COPIED,
        ),
        *trigger("open_entry_decided", "INSERT", "triage", _anew("NEW.entry")),
        *trigger("open_entry_redecided", "UPDATE OF decision, until", "triage", _anew("NEW.entry")),
        *trigger("open_entry_undecided", "DELETE", "triage", _anew("OLD.entry")),
    ]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="alphorn", description=DESCRIPTION)

    async def run() -> None:
        for statement in (TABLE, OPEN, *INDEXES, *_triggers()):
            await Source.raw(statement)

    manager.add_raw(run)
    return manager
