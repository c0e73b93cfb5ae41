"""Start a living demo: free ports, settings for it, then the demo proper in a fresh process.

Settings are read once when modules are imported, so they are set before Python starts anew.
"""

import os
import socket
import sys

from advocacy.settings import settings


def free_port(among: range) -> int:
    """The first of them that nobody listens on; 0 lets the system choose when all are taken."""
    for port in among:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    return 0


async def run() -> None:
    """Does not return: the process becomes the demo."""
    host, _, port = settings().bind.rpartition(":")
    wanted = int(port)
    chosen = free_port(range(wanted, wanted + 50))
    environment = os.environ | {  # noqa: TID251  handed on whole
        "ALPHORN_DEMO": "1",
        "ALPHORN_BIND": f"{host}:{chosen}",
        "ALPHORN_BASE_URL": f"http://{host}:{chosen}",
        "ALPHORN_PRIVATE_SOURCES": "127.0.0.0/8",
    }
    os.execve(sys.executable, [sys.executable, "-m", "advocacy.demo"], environment)  # noqa: S606
