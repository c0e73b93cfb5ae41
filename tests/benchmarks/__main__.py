"""make bench: ratios between us and others, side by side on this machine. Nothing is asserted."""

import argparse
import asyncio
import importlib
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path

HOME = Path(tempfile.mkdtemp(prefix="alphorn-bench-"))
os.environ["ALPHORN_DATABASE_URL"] = f"sqlite:///{HOME}/default.db"
os.environ["ALPHORN_SECRET"] = "measured on a secret of its own"
os.environ["ALPHORN_SMTP_URL"] = f"file:///{HOME}/mail"

from tests.benchmarks.ground import Ground  # noqa: E402  the environment comes first
from tests.benchmarks.measuring import HEADING, line  # noqa: E402

BENCHMARKS = (
    "reading",
    "search",
    "inbox",
    "delivery",
    "answers",
    "positions",
    "ingestion",
    "sharing",
    "growth",
    "hold",
    "triage",
)


async def measure(names: list[str], ground: Ground) -> None:
    print(HEADING, flush=True)
    for name in names:
        benchmark = importlib.import_module(f"tests.benchmarks.{name}")
        for row in await benchmark.run(ground):
            print(row if isinstance(row, str) else line(row), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="3 rounds of less, instead of 5")
    parser.add_argument("--only", choices=BENCHMARKS, action="append", metavar="NAME")
    asked = parser.parse_args()
    # Stopped, it still ends what it has started and leaves no gigabytes behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    try:
        asyncio.run(measure(asked.only or list(BENCHMARKS), Ground(HOME, asked.quick)))
    finally:
        shutil.rmtree(HOME, ignore_errors=True)


if __name__ == "__main__":
    main()
