"""A PostgreSQL server of one's own that can be stopped and started again on the same port."""

import asyncio
import contextlib
import os
import shlex
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import asyncpg

from tests import postgres


class Server:
    """`address` without a database's name, as in tests/postgres.py."""

    def __init__(self, address: str, data: Path) -> None:
        self.address = address
        self._data = data
        self._command = shlex.split((data / "postmaster.opts").read_text())
        self._again: subprocess.Popen[bytes] | None = None

    def stop(self) -> None:
        """Whoever is connected is sent away (a fast shutdown)."""
        known = self._data / "postmaster.pid"
        os.kill(int(known.read_text().split()[0]), signal.SIGINT)
        while known.exists():
            time.sleep(0.01)
        if self._again:
            self._again.wait(timeout=20)
            self._again = None

    def start(self) -> None:
        owner = self._data.stat()
        as_root = os.geteuid() == 0
        self._again = subprocess.Popen(
            self._command,
            cwd="/",
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            user=owner.st_uid if as_root else None,
            group=owner.st_gid if as_root else None,
        )
        for _ in range(400):
            with contextlib.suppress(OSError, asyncpg.PostgresError):
                asyncio.run(_data_of(self.address))
                return
            time.sleep(0.02)
        raise AssertionError("PostgreSQL did not come back")

    def end(self) -> None:
        if self._again:
            self.stop()


async def _data_of(address: str) -> Path:
    connection = await asyncpg.connect(f"{address}/postgres", timeout=5)
    try:
        return Path(await connection.fetchval("SHOW data_directory"))
    finally:
        await connection.close()


@contextlib.contextmanager
def failing_server() -> Iterator[Server]:
    """Never the one that ALPHORN_TEST_POSTGRES names: others may be using it."""
    named = os.environ.pop("ALPHORN_TEST_POSTGRES", None)
    try:
        with postgres.server() as address:
            server = Server(address, asyncio.run(_data_of(address)))
            try:
                yield server
            finally:
                server.end()
    finally:
        if named:
            os.environ["ALPHORN_TEST_POSTGRES"] = named
