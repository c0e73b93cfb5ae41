"""The command line as a person meets it: a process, its two outputs, its exit code."""

import json
import os
import subprocess
import sys
import threading
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from advocacy.__main__ import parser
from advocacy.commands.running import address
from advocacy.settings import ROOT

FEED = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Mitteilungen</title><link>http://x.example/</link>
<item><title>Wolf</title><link>http://x.example/1</link><guid>1</guid>
<pubDate>Mon, 16 Nov 2026 09:00:00 +0100</pubDate>
<description>Stellungnahmen bis 14. Dezember 2026, 24:00 Uhr. Es geht um den Wolf.</description>
</item></channel></rss>"""


class Outcome:
    def __init__(self, done: subprocess.CompletedProcess[bytes]) -> None:
        self.code = done.returncode
        self.out, self.err = done.stdout.decode(), done.stderr.decode()

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


class Office:
    def __init__(self, url: str, folder: Path) -> None:
        self.folder = folder
        self.environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "ALPHORN_DATABASE_URL": url,
            "ALPHORN_SECRET": "of this test",
            "ALPHORN_PRIVATE_SOURCES": "127.0.0.0/8",
        }

    def run(self, *arguments: str, stdin: bytes = b"", **environment: Any) -> Outcome:
        return Outcome(
            subprocess.run(
                [sys.executable, "-m", "advocacy", *arguments],
                input=stdin,
                capture_output=True,
                cwd=self.folder,
                env=self.environment | environment,
                timeout=60,
                check=False,
            )
        )


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(f"sqlite:///{tmp_path}/office.db", tmp_path)


@pytest.fixture
def server() -> Iterator[str]:
    class Feed(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "application/rss+xml")
            self.end_headers()
            self.wfile.write(FEED.encode())

        def log_message(self, *_: object) -> None:
            pass

    running = ThreadingHTTPServer(("127.0.0.1", 0), Feed)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}/feed.xml"
    running.shutdown()
    running.server_close()


def test_every_command_explains_itself():
    def commands(
        made: ArgumentParser, path: tuple[str, ...] = ()
    ) -> Iterator[tuple[tuple[str, ...], ArgumentParser]]:
        for action in made._actions:
            if action.choices and hasattr(action.choices, "items"):
                for name, below in action.choices.items():
                    yield from commands(below, (*path, name))
                return
        yield path, made

    found = dict(commands(parser()))
    assert {" ".join(path) for path in found} == {
        *("migrate", "serve", "demo", "health", "poll", "entries", "read", "login-link"),
        *(
            "sources add",
            "sources list",
            "sources alps",
            "sources import",
            "sources export",
            "people add",
            "people login-link",
        ),
        *("municipalities import", "receive", "backup", "restore"),
    }
    assert all(made.description for made in found.values())
    assert all("--help" in made.format_help() for made in found.values())


def test_a_wrong_command_ends_with_two_and_a_wrong_value_with_one_line(office: Office):
    assert office.run("fly").code == 2
    assert office.run("entries").code == 2
    assert office.run("read", "--zone", "Mars/Base", stdin=b"x").code == 2
    for arguments in (("sources", "list"), ("serve",), ("backup", "x.zip"), ("health",)):
        refused = office.run(*arguments)
        assert (refused.code, refused.out, refused.err.count("\n")) == (1, "", 1)
        assert "run: python -m advocacy migrate" in refused.err
    assert not (office.folder / "office.db").exists()


def test_a_database_that_is_away_is_one_line(office: Office):
    away = {"ALPHORN_DATABASE_URL": "postgresql://app:pa55@127.0.0.1:1/x"}
    for arguments in (("sources", "list"), ("migrate",), ("serve",), ("poll", "--all")):
        refused = office.run(*arguments, **away)
        assert (refused.code, refused.out, refused.err.count("\n")) == (1, "", 1)
        assert "cannot be reached" in refused.err
        assert "pa55" not in refused.err
    broken = office.run("sources", "list", ALPHORN_DATABASE_URL="mysql://x")
    assert (broken.code, broken.err.count("\n")) == (1, 1)
    assert "ALPHORN_DATABASE_URL" in broken.err


def test_a_source_is_added_visited_and_read(office: Office, server: str):
    steps = len([*(ROOT / "migrations" / "alphorn").glob("alphorn_*.py")])
    assert office.run("migrate").err == f"{steps} migrations ran\n"
    assert office.run("migrate").err == "nothing to do\n"
    added = office.run("sources", "add", server, "--language", "de", "--json")
    assert added.code == 0
    source = added.lines[0]
    assert set(source) == {
        *("id", "name", "address", "kind", "state", "last_success", "next_due", "failures"),
        "last_error",
    }
    assert (source["address"], source["kind"], source["state"]) == (server, "feed", "active")
    polled = office.run("poll", "--due", "--json").lines
    assert [(each["outcome"], each["fetched"], each["new"]) for each in polled] == [
        ("fetched", 1, 1)
    ]
    assert polled[0]["bytes"] == len(FEED.encode())
    assert office.run("poll", "--json").lines == []
    again = office.run("poll", "--all", "--json").lines[0]
    assert (again["outcome"], again["new"], again["address"]) == ("unchanged", 0, server)
    entry = office.run("entries", "--source", "1", "--json").lines[0]
    assert set(entry) == {
        *("id", "key", "title", "address", "author", "published", "updated", "language", "html"),
        *("text", "enclosures", "deadlines", "topics", "versions"),
    }
    assert entry["published"] == "2026-11-16T08:00:00+00:00"
    assert [set(each) for each in entry["deadlines"]] == [
        {"at", "zone", "precision", "kind", "quote"}
    ]
    ends = datetime.fromisoformat(entry["deadlines"][0]["at"])
    assert ends == datetime(2026, 12, 14, 22, 59, 59, tzinfo=UTC)
    assert entry["topics"] == [{"key": "carnivores", "words": ["Wolf"]}]
    assert [each["last_error"] for each in office.run("sources", "list", "--json").lines] == [""]


def test_what_cannot_be_added_or_found_is_said_in_one_line(office: Office):
    office.run("migrate")
    for arguments, said in (
        (("sources", "add", "ftp://x.example/"), "https://"),
        (("sources", "add", "http://169.254.169.254/latest"), "private network"),
        (("poll", "--source", "7"), "no source 7"),
        (("entries", "--source", "99999999999999"), "no source"),
        (("login-link", "nobody@x.example"), "nobody@x.example"),
        (("people", "add", "Ana Muster", "ana", "secretariat"), "name@example.org"),
        (("people", "add", "Ana Muster", "ana@x.example", "queen"), "role"),
        (("sources", "import", "missing.opml"), "missing.opml"),
        (("restore", "missing.zip"), "missing.zip"),
        (("backup", "no/such/folder/x.zip"), "no/such/folder"),
    ):
        refused = office.run(*arguments)
        assert (refused.code, refused.out, refused.err.count("\n")) == (1, "", 1), arguments
        assert said in refused.err


def test_lists_people_and_backups_go_out_and_in(office: Office):
    office.run("migrate")
    (office.folder / "list.opml").write_text(
        '<opml version="2.0"><body><outline text="A" xmlUrl="https://a.example/f"/></body></opml>'
    )
    assert office.run("sources", "import", "list.opml").err.startswith("1 added")
    assert office.run("sources", "export", "out.opml").code == 0
    assert "https://a.example/f" in (office.folder / "out.opml").read_text()
    added = office.run("people", "add", "Maja Vzorec", "maja@x.example", "coordinator",
                       "--countries", "SI", "--language", "sl")  # fmt: skip
    assert added.code == 0
    link = office.run("login-link", "maja@x.example")
    assert link.out.startswith("http://127.0.0.1:8000/in/")
    done = office.run("backup", "all.zip")
    assert done.code == 0
    assert "secret" in done.err
    other = {"ALPHORN_DATABASE_URL": f"sqlite:///{office.folder}/other.db"}
    assert "migrate" in office.run("restore", "all.zip", **other).err
    office.run("migrate", **other)
    assert office.run("restore", "all.zip", **other).code == 0
    assert "maja@x.example" not in office.run("login-link", "maja@x.example", **other).err
    assert "not empty" in office.run("restore", "all.zip", **other).err


def test_reading_needs_no_database_and_takes_lines(office: Office):
    text = b"Rok za pripombe: 14. december 2026.\nAucune date ici.\n"
    away = {"ALPHORN_DATABASE_URL": "nonsense"}
    whole = office.run("read", "--language", "sl", stdin=text, **away)
    assert whole.code == 0
    assert len(whole.lines) == 1
    lines = office.run("read", "--lines", "--language", "sl", stdin=text, **away).lines
    assert [len(each["deadlines"]) for each in lines] == [1, 0]
    assert lines[0]["deadlines"][0]["at"] == "2026-12-14T23:59:59+01:00"
    bad = office.run("read", stdin=b"\xff\xfe\xfa", **away)
    assert (bad.code, bad.out) == (1, "")
    assert "UTF-8" in bad.err


def test_health_is_down_without_a_scheduler(office: Office):
    office.run("migrate")
    report = office.run("health")
    assert report.code == 1
    assert report.lines[0]["database"]["state"] == "up"
    assert report.lines[0]["scheduler"] == {"state": "down"}


def test_an_address_to_listen_at_has_a_host_and_a_port():
    assert address("127.0.0.1:8000") == ("127.0.0.1", 8000)
    assert address("[::1]:80") == ("::1", 80)
    for wrong in ("8000", "localhost", "localhost:http", "x:99999"):
        with pytest.raises(Exception, match="ALPHORN_BIND"):
            address(wrong)


def test_a_reader_who_has_seen_enough_ends_a_list_without_a_word(office: Office):
    office.run("migrate")
    listing = subprocess.Popen(
        [sys.executable, "-m", "advocacy", "sources", "alps"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=office.folder,
        env=office.environment,
    )
    assert listing.stdout
    assert listing.stderr
    listing.stdout.close()
    assert (listing.stderr.read(), listing.wait(timeout=60)) == (b"", 0)
    listing.stderr.close()
