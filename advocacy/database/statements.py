"""Statements that are not the same on both engines: search, append-only, numbers."""

from collections.abc import Sequence

from piccolo.columns.combination import WhereRaw
from piccolo.table import Table

from advocacy.database.binding import on_postgres

LARGEST_ID = 2**31 - 1
LAST_ROWS = 4_000  # so many are read without an index before the index is asked


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


def trigger(
    name: str, when: str, table: str, body: Sequence[str], *, changed: Sequence[str] = ()
) -> list[str]:
    """The statements that run `body` for each row: `when` is INSERT, UPDATE, UPDATE OF … or DELETE.

    `body` says NEW and OLD as the standard does. `changed`: only where one of these columns has
    another value than before.
    """
    other = "IS DISTINCT FROM" if on_postgres() else "IS NOT"
    differs = " OR ".join(f"NEW.{column} {other} OLD.{column}" for column in changed)
    only = f"WHEN ({differs}) " if changed else ""
    statements = " ".join(f"{each};" for each in body)
    if on_postgres():
        return [
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {statements} RETURN NULL; END $$",
            f"CREATE TRIGGER {name} AFTER {when} ON {table} FOR EACH ROW {only}"
            f"EXECUTE FUNCTION {name}()",
        ]
    return [f"CREATE TRIGGER {name} AFTER {when} ON {table} {only}BEGIN {statements} END"]


def held() -> str:
    """Behind a SELECT: its rows stay as they are until the transaction ends.

    SQLite has one writer at a time anyway.
    """
    return " FOR SHARE" if on_postgres() else ""


def finds(
    table: type[Table],
    *wordings: Sequence[str],
    newest: int | None = None,
    before: int | None = None,
) -> WhereRaw:
    """Rows whose `search_text` has every word of one of the wordings, each as the beginning of a
    word; `newest`: at most so many, those with the largest ids, and with `before` those with the
    largest ids below it.

    Words come folded from feeds.reading.search_words: letters and digits only.
    """
    name = table._meta.tablename
    below = before if before is not None else LARGEST_ID
    if on_postgres():
        query = _asked(wordings, word="{}:*", both=" & ", either=" | ")
        matches = f"{name}.search_vector @@ to_tsquery('simple', {{}})"
        if newest is None:
            return WhereRaw(f"({matches} AND {name}.id < {{}})", query, below)
        found = _newest_first(name, matches)
        values = (query, below, below, newest, query, below, below, newest, newest)
        return WhereRaw(f"{name}.id IN ({found})", *values)
    # One MATCH for all wordings: ORed conditions are looked up one by one and then sorted.
    query = _asked(wordings, word='"{}"*', both=" ", either=" OR ")
    found = f"SELECT rowid FROM {name}_search WHERE {name}_search MATCH {{}} AND rowid < {{}}"
    if newest is None:
        return WhereRaw(f"{name}.id IN ({found})", query, below)
    found += " ORDER BY rowid DESC LIMIT {}"
    return WhereRaw(f"{name}.id IN ({found})", query, below, newest)


def _newest_first(name: str, matches: str) -> str:
    """A common word is among the last rows, and to sort all its rows would take long; a rare one
    only the index finds soon. PostgreSQL knows too little of the beginnings of words to choose, so
    it looks at the last rows, and asks the index only for what is missing then: the parts of a
    UNION ALL are read one after the other.
    """
    largest = f"SELECT COALESCE(MAX(id), 0) FROM {name} WHERE id < {{}}"
    last = f"({largest}) - {LAST_ROWS}"
    newest_of = "ORDER BY id DESC LIMIT {}"
    return (
        f"SELECT id FROM ((SELECT id FROM {name} WHERE {matches} AND id < {{}} AND id > {last}"
        f" {newest_of})"
        # OFFSET 0 keeps the order away from the condition.
        f" UNION ALL (SELECT id FROM (SELECT id FROM {name} WHERE {matches} OFFSET 0) AS indexed"
        f" WHERE id < {{}} AND id <= {last} {newest_of})) AS found LIMIT {{}}"
    )


def _asked(wordings: Sequence[Sequence[str]], *, word: str, both: str, either: str) -> str:
    return either.join(f"({both.join(word.format(each) for each in words)})" for words in wordings)


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
