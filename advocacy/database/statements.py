"""Statements that are not the same on both engines: search, append-only, numbers."""

from collections.abc import Sequence

from piccolo.columns.combination import WhereRaw
from piccolo.table import Table

from advocacy.database.binding import on_postgres


def search_index(table: str) -> list[str]:
    """The statements that index `search_text` of a table; a migration runs them."""
    if on_postgres():
        return [
            f"ALTER TABLE {table} ADD COLUMN search_vector tsvector "
            f"GENERATED ALWAYS AS (to_tsvector('simple', search_text)) STORED",
            f"CREATE INDEX {table}_search ON {table} USING gin (search_vector)",
        ]
    remove = (
        f"INSERT INTO {table}_search ({table}_search, rowid, search_text) "
        "VALUES ('delete', old.id, old.search_text);"
    )
    add = f"INSERT INTO {table}_search (rowid, search_text) VALUES (new.id, new.search_text);"
    return [
        f"CREATE VIRTUAL TABLE {table}_search USING fts5("
        f"search_text, content='{table}', content_rowid='id', tokenize='unicode61')",
        f"CREATE TRIGGER {table}_search_add AFTER INSERT ON {table} BEGIN {add} END",
        f"CREATE TRIGGER {table}_search_remove AFTER DELETE ON {table} BEGIN {remove} END",
        f"CREATE TRIGGER {table}_search_change AFTER UPDATE OF search_text ON {table} "
        f"BEGIN {remove} {add} END",
    ]


def append_only(table: str) -> list[str]:
    """The statements that refuse to change or delete a row of a table, whoever asks."""
    if on_postgres():
        return [
            "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'append-only'; END $$",
            f"CREATE TRIGGER {table}_stays BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()",
        ]
    return [
        f"CREATE TRIGGER {table}_stays_{what.lower()} BEFORE {what} ON {table} "
        "BEGIN SELECT RAISE(ABORT, 'append-only'); END"
        for what in ("UPDATE", "DELETE")
    ]


def finds(table: type[Table], words: Sequence[str]) -> WhereRaw:
    """Rows whose `search_text` has every word, each as the beginning of a word.

    `words` come folded from feeds.reading.search_words: letters and digits only.
    """
    name = table._meta.tablename
    if on_postgres():
        query = " & ".join(f"{word}:*" for word in words)
        return WhereRaw(f"{name}.search_vector @@ to_tsquery('simple', {{}})", query)
    query = " ".join(f'"{word}"*' for word in words)
    return WhereRaw(
        f"{name}.id IN (SELECT rowid FROM {name}_search WHERE {name}_search MATCH {{}})", query
    )


async def after_restore(table: type[Table]) -> None:
    """Rows came with their numbers: the next new one gets the number after the last.

    SQLite counts from the largest number by itself.
    """
    if on_postgres():
        name = table._meta.tablename
        await table.raw(
            f"SELECT setval(pg_get_serial_sequence('\"{name}\"', 'id'), "
            f'(SELECT COALESCE(MAX(id), 0) + 1 FROM "{name}"), false)'
        )
