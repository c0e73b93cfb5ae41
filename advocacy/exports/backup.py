"""Everything in one ZIP, for either database; and back into an empty one.

    read       every table in one moment, page by page
    write      TABLE.jsonl each, then manifest.json with counts and SHA-256, into a temporary
               file beside the target, which takes its name only when it is whole
    restore    hashes first, then an empty database only, tables in the order of their foreign
               keys, one transaction; the chain of the history is verified before it commits

Leases are left out: who holds a job is of the moment. The office's secret (ALPHORN_SECRET, or the
file beside the database) is not in it: without it the links in letters and calendars are dead.
"""

import hashlib
import json
import os
import tempfile
import zipfile
from base64 import b64decode, b64encode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any  # a column holds whatever its table says

from piccolo.columns import Bytea, Column, Date, ForeignKey, Timestamptz
from piccolo.table import Table, sort_table_classes

from advocacy import database
from advocacy.history import queries as history
from advocacy.leases import Lease

FORMAT = 1
MANIFEST = "manifest.json"
ROWS_AT_ONCE = 500
# SQLite and PostgreSQL take about 32,000 parameters in one statement.
PARAMETERS_AT_ONCE = 20_000


class Unwritable(Exception):  # noqa: N818  the field's word
    """One sentence: why no backup could be written."""


class Unusable(Exception):  # noqa: N818
    """One sentence: why nothing was restored."""


def kept_tables() -> list[type[Table]]:
    """Every table with something to keep, those that others point to first."""
    return sort_table_classes([each for each in database.tables() if each is not Lease])


async def write(path: Path, *, migrations: Sequence[str], now: datetime) -> dict[str, int]:
    """Return the rows per table. Raises Unwritable; what stood at `path` stays until the end."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    except OSError as error:
        raise Unwritable(f"{path.parent}: {error.strerror}") from None
    with _named_when_whole(handle, Path(name), path) as file:
        return await _fill(file, migrations, now)


@contextmanager
def _named_when_whole(handle: int, unfinished: Path, path: Path) -> Iterator[IO[bytes]]:
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


async def _fill(file: IO[bytes], migrations: Sequence[str], now: datetime) -> dict[str, int]:
    counts: dict[str, int] = {}
    hashes: dict[str, str] = {}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        async with database.snapshot():
            for table in kept_tables():
                name = table._meta.tablename
                counts[name], hashes[_file_of(table)] = await _keep(table, archive)
        manifest = {
            "format": FORMAT,
            "taken_at": now.isoformat(),
            "migrations": list(migrations),
            "counts": counts,
            "sha256": hashes,
        }
        archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
    return counts


def _file_of(table: type[Table]) -> str:
    return f"{table._meta.tablename}.jsonl"


async def _keep(table: type[Table], archive: zipfile.ZipFile) -> tuple[int, str]:
    number: Column = table._meta.primary_key
    count, last, digest = 0, 0, hashlib.sha256()
    with archive.open(_file_of(table), "w", force_zip64=True) as file:
        while (
            rows := await table.select().where(number > last).order_by(number).limit(ROWS_AT_ONCE)
        ):
            for row in rows:
                line = json.dumps(row, ensure_ascii=False, default=_written).encode() + b"\n"
                file.write(line)
                digest.update(line)
            count, last = count + len(rows), rows[-1]["id"]
    return count, digest.hexdigest()


def _written(value: object) -> str:
    if isinstance(value, date):  # and datetime
        return value.isoformat()
    if isinstance(value, bytes | bytearray | memoryview):
        return b64encode(value).decode()
    raise TypeError(f"not a value of a column: {value!r}")


async def restore(path: Path, *, migrations: Sequence[str]) -> dict[str, int]:
    """Return the rows per table. Raises Unusable, with nothing written."""
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = _manifest(archive, migrations)
            async with database.transaction():
                await _check_empty()
                for table in kept_tables():
                    await _refill(table, archive)
                await _check_history()
    except OSError as error:
        if isinstance(error, database.LOST) and error.filename is None:
            raise
        raise Unusable(error.strerror or str(error)) from None
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError) as error:
        raise Unusable(f"this is no whole backup of Alphorn ({error})") from None
    except database.DUPLICATE as error:
        raise Unusable(f"its rows contradict each other ({error})") from None
    return dict(manifest["counts"])


def _manifest(archive: zipfile.ZipFile, migrations: Sequence[str]) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
    if manifest["format"] != FORMAT:
        raise Unusable(f"its format is {manifest['format']}, this version reads {FORMAT}")
    if manifest["migrations"] != list(migrations):
        raise Unusable("it is of another version of Alphorn: restore it with that, then migrate")
    for table in kept_tables():
        if _sha256(archive, _file_of(table)) != manifest["sha256"][_file_of(table)]:
            raise Unusable(f"{_file_of(table)} is not as it was written")
    return manifest


def _sha256(archive: zipfile.ZipFile, name: str) -> str:
    with archive.open(name) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]  # reads


async def _check_empty() -> None:
    for table in kept_tables():
        if await table.exists():
            raise Unusable(f"the database is not empty: {table._meta.tablename} has rows")


async def _check_history() -> None:
    broken = await history.first_broken()
    if broken is not None:
        raise Unusable(f"the chain of the history breaks at event {broken}")


async def _refill(table: type[Table], archive: zipfile.ZipFile) -> None:
    columns = {column._meta.name: column for column in table._meta.columns}
    at_once = min(ROWS_AT_ONCE, PARAMETERS_AT_ONCE // len(columns))
    rows: list[Table] = []
    for row in _lines(archive, _file_of(table)):
        rows.append(table(**{name: _read(columns[name], value) for name, value in row.items()}))
        if len(rows) == at_once:
            await table.insert(*rows)
            rows = []
    if rows:
        await table.insert(*rows)
    await database.after_restore(table)


def _lines(archive: zipfile.ZipFile, name: str) -> Iterator[dict[str, Any]]:
    with archive.open(name) as file:
        for line in file:
            yield json.loads(line)


def _read(column: Column, value: Any) -> Any:
    if value is None or isinstance(column, ForeignKey):
        return value
    if isinstance(column, Timestamptz):
        return datetime.fromisoformat(value)
    if isinstance(column, Date):
        return date.fromisoformat(value)
    return b64decode(value) if isinstance(column, Bytea) else value
