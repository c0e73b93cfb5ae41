import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from advocacy import database
from advocacy.commands.opening import known_migrations
from advocacy.exports import backup
from advocacy.exports.backup import Unusable, Unwritable
from advocacy.history import queries as history
from advocacy.history.actions import record
from advocacy.leases import Lease
from advocacy.municipalities.tables import Municipality
from advocacy.people.tables import Person
from advocacy.submissions.tables import Submission, SubmissionFile
from tests.advocacy.overview import matters
from tests.characters import ana, musterdorf, presidency, vzorcna_vas
from tests.conftest import HOME, _numbers

pytestmark = pytest.mark.anyio


async def _fill(now: datetime) -> None:
    office = await ana(now)
    of = await matters.dossier(now, title="Großraubtiere – „Wölfe“")
    asked = await matters.call(now, await matters.window(now, of, draft=3), by=office)
    for member in (await vzorcna_vas(now), await musterdorf(now)):
        await matters.invite(asked, member)
    held = await matters.held_round(
        now, await matters.position(now, of, by=office), await presidency(now), by=office
    )
    handed_in = Submission(
        round=held.id, state="submitted", text_hash="f" * 64, channel="mail", language="de",
        prepared=now, submitted=now + timedelta(microseconds=123456),
    )  # fmt: skip
    await handed_in.save()
    await SubmissionFile(
        submission=handed_in.id, name="p.pdf", media_type="application/pdf", size=4,
        sha256="0" * 64, content=b"\x00\xff;\n",
    ).save()  # fmt: skip
    await matters.entry(now, await matters.source(now), "Volkovi", language="sl")
    for number in range(3):
        async with database.transaction():
            await record("tested", kind="test", object=number, by=office, now=now)


async def _everything() -> dict[str, list[dict[str, Any]]]:
    return {
        table._meta.tablename: await table.select().order_by(table._meta.primary_key)
        for table in backup.kept_tables()
    }


@pytest.fixture(params=["sqlite", "postgresql"])
def other_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """Another migrated, empty database, on either engine."""
    import asyncio

    from tests.conftest import _run

    name = f"other_{next(_numbers)}"
    if request.param == "sqlite":
        path = HOME / f"{name}.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    address = request.getfixturevalue("postgres_server")
    asyncio.run(_run(address, f"CREATE DATABASE {name} TEMPLATE alphorn_template"))
    yield f"{address}/{name}"
    asyncio.run(_run(address, f"DROP DATABASE {name} WITH (FORCE)"))


async def test_a_backup_of_either_database_fills_either(
    database_url: str, other_url: str, now: datetime, tmp_path: Path
):
    path = tmp_path / "all.zip"
    async with database.started(database_url):
        await _fill(now)
        before = await _everything()
        counts = await backup.write(path, migrations=known_migrations(), now=now)
    assert {name: count for name, count in counts.items() if count} == {
        name: len(rows) for name, rows in before.items() if rows
    }
    async with database.started(other_url):
        assert await backup.restore(path, migrations=known_migrations()) == counts
        assert await _everything() == before
        assert await history.first_broken() is None
        # New rows get new numbers, and what was restored is found.
        async with database.transaction():
            await record("after", kind="test", object=1, by=None, now=now)
        newest = Person(name="Neu", email="neu@x.example", role="presidency", created=now)
        await newest.save()
        assert newest.id == max(row["id"] for row in before["person"]) + 1
        found = await Municipality.select(Municipality.code).where(
            database.finds(Municipality, ["vzorcn"])
        )
        assert found == [{"code": "SI-07"}]


async def test_a_database_with_anything_in_it_is_not_touched(
    db: str, now: datetime, tmp_path: Path
):
    path = tmp_path / "all.zip"
    await _fill(now)
    await backup.write(path, migrations=known_migrations(), now=now)
    before = await _everything()
    with pytest.raises(Unusable, match="not empty"):
        await backup.restore(path, migrations=known_migrations())
    assert await _everything() == before


def _changed(path: Path, name: str, change: Callable[[bytes], bytes]) -> Path:
    changed = path.with_name("changed.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(changed, "w") as new:
        for each in old.namelist():
            content = old.read(each)
            new.writestr(each, change(content) if each == name else content)
    return changed


async def test_a_file_that_was_changed_or_cut_restores_nothing(
    db: str, other_url: str, now: datetime, tmp_path: Path
):
    path = tmp_path / "all.zip"
    await _fill(now)
    await backup.write(path, migrations=known_migrations(), now=now)
    later = json.dumps({"format": 99}).encode()
    cut = tmp_path / "cut.zip"
    cut.write_bytes(path.read_bytes()[:-100])
    empty = tmp_path / "empty.zip"
    empty.write_bytes(b"")
    for bad in (
        _changed(path, "person.jsonl", lambda content: content.replace(b"Ana", b"Eva")),
        cut,
        empty,
        tmp_path / "missing.zip",
    ):
        async with database.started(other_url):
            with pytest.raises(Unusable):
                await backup.restore(bad, migrations=known_migrations())
            assert not any((await _everything()).values())
    async with database.started(other_url):
        with pytest.raises(Unusable, match="format"):
            await backup.restore(
                _changed(path, "manifest.json", lambda _: later), migrations=known_migrations()
            )
        with pytest.raises(Unusable, match="another version"):
            await backup.restore(path, migrations=["something else"])


async def test_a_history_that_was_rewritten_restores_nothing(
    db: str, other_url: str, now: datetime, tmp_path: Path
):
    import hashlib

    path = tmp_path / "all.zip"
    await _fill(now)
    await backup.write(path, migrations=known_migrations(), now=now)
    with zipfile.ZipFile(path) as archive:
        events = archive.read("event.jsonl").replace(b'"tested"', b'"forged"', 1)
        manifest = json.loads(archive.read("manifest.json"))
    manifest["sha256"]["event.jsonl"] = hashlib.sha256(events).hexdigest()
    forged = _changed(path, "event.jsonl", lambda _: events)
    forged = forged.rename(tmp_path / "forged.zip")
    forged = _changed(forged, "manifest.json", lambda _: json.dumps(manifest).encode())
    async with database.started(other_url):
        with pytest.raises(Unusable, match="history breaks at event 1"):
            await backup.restore(forged, migrations=known_migrations())
        assert not any((await _everything()).values())


def _names(folder: Path) -> list[str]:
    return [each.name for each in folder.iterdir()]


async def test_it_is_whole_or_not_there(db: str, now: datetime, tmp_path: Path):
    with pytest.raises(Unwritable, match="No such file"):
        await backup.write(tmp_path / "no" / "all.zip", migrations=[], now=now)
    path = tmp_path / "all.zip"
    path.write_bytes(b"yesterday's")
    assert database.on_postgres() == db.startswith("postgresql")
    await backup.write(path, migrations=known_migrations(), now=now)
    with zipfile.ZipFile(path) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        assert archive.testzip() is None
    assert manifest["taken_at"] == now.isoformat()
    assert manifest["migrations"] == known_migrations()
    assert _names(tmp_path) == ["all.zip"]


async def test_every_table_but_the_leases_is_in_it():
    kept = {table._meta.tablename for table in backup.kept_tables()}
    every = {table._meta.tablename for table in database.tables()}
    assert every - kept == {Lease._meta.tablename}
