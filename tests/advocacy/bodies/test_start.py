import asyncio
import os
import subprocess
import sys

from advocacy import database
from advocacy.bodies import known
from advocacy.bodies.tables import Body
from advocacy.settings import ROOT

START = (
    "import asyncio; from argparse import Namespace; from advocacy.commands.running import check; "
    "asyncio.run(check(Namespace()))"
)


async def _count(url: str) -> int:
    async with database.started(url):
        return await Body.count()


def test_before_the_server_starts_the_bodies_are_put_in_and_before_that_there_are_none(
    database_url: str,
):
    assert asyncio.run(_count(database_url)) == 0
    environment = {
        "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "ALPHORN_SECRET": "of this test",
        "ALPHORN_DATABASE_URL": database_url,
    }  # fmt: skip
    for _ in range(2):
        subprocess.run([sys.executable, "-c", START], env=environment, check=True, timeout=60)
        assert asyncio.run(_count(database_url)) == len(known.BODIES)
