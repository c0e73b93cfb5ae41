"""A mail server hands a mail in: a process, its standard input, its exit code."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

from advocacy.settings import ROOT
from tests.advocacy.letterbox.mailing import mail


def run(folder: Path, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "ALPHORN_DATABASE_URL": f"sqlite:///{folder}/office.db",
        "ALPHORN_SECRET": "of this test",
    }
    return subprocess.run(
        [sys.executable, "-m", "advocacy", *arguments], input=stdin, capture_output=True,
        env=environment, cwd=folder, timeout=60, check=False,
    )  # fmt: skip


def test_a_mail_is_kept_whatever_it_is(tmp_path: Path):
    assert run(tmp_path, "migrate").returncode == 0
    for content in (mail("Da.").as_bytes(), mail("Da.").as_bytes(), b"", b"\xff\0"):
        done = run(tmp_path, "receive", stdin=content)
        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    with sqlite3.connect(tmp_path / "office.db") as office:
        rows = office.execute("SELECT via, state, content FROM received ORDER BY id").fetchall()
    office.close()
    assert [(via, state) for via, state, _ in rows] == [("pipe", "waiting")] * 4
    assert rows[3][2] == b"\xff\0"


def test_the_server_keeps_it_as_long_as_the_database_is_away(tmp_path: Path):
    done = run(tmp_path, "receive", stdin=mail("Da.").as_bytes())
    assert done.returncode == os.EX_TEMPFAIL
    assert b"there is no database" in done.stderr
    assert b"Traceback" not in done.stderr
