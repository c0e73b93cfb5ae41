"""One of those that are compared, in a process of its own: its CPU and memory are its own alone.

`python -m tests.benchmarks.contender NAME` takes a line of JSON, does it and answers with one:

    {"do": "begin", "store": PATH or address, "addresses": [...]}   an empty store → seconds
    {"do": "poll"}       visit every source once                     → wall and CPU seconds
    {"do": "share"}      visit what is due until nothing is          → wall and CPU seconds
    {"do": "count"}      the entries that it has
"""

import asyncio
import importlib
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple
from importlib.util import find_spec
from typing import Any, Protocol  # Any: what a contender answers is JSON

from tests.benchmarks.measuring import Cost, cost
from tests.benchmarks.processes import Watch, own_cpu

OURS = "alphorn"
BARE = "httpx + feedparser + sqlite3"
LEMON = "lemon24/reader"
PARTIES = {
    OURS: ("tests.benchmarks.ours", "Ours"),
    BARE: ("tests.benchmarks.bare", "Bare"),
    LEMON: ("tests.benchmarks.readers", "LemonReader"),
}


class Party(Protocol):
    async def begin(self, store: str, addresses: Sequence[str]) -> None: ...
    async def poll(self) -> None: ...
    async def count(self) -> int: ...
    async def end(self) -> None: ...


def peers() -> list[str]:
    """Those that are installed."""
    return [BARE, *([LEMON] if find_spec("reader") else [])]


class Contender:
    """The process, seen from the one that measures."""

    def __init__(self, process: subprocess.Popen[str], watch: Watch) -> None:
        self._process, self._watch = process, watch

    @property
    def peak(self) -> int:
        """Bytes: the most that it and what it started have held at once."""
        return self._watch.peak

    def tell(self, do: str, **more: object) -> None:
        assert self._process.stdin
        print(json.dumps({"do": do, **more}), file=self._process.stdin, flush=True)

    def answer(self) -> Any:
        assert self._process.stdout
        line = self._process.stdout.readline()
        assert line, "a contender broke down; what it said stands above"
        return json.loads(line)

    def ask(self, do: str, **more: object) -> Any:
        self.tell(do, **more)
        return self.answer()

    def cost(self, do: str) -> Cost:
        return Cost(*self.ask(do))


@contextmanager
def contending(name: str) -> Iterator[Contender]:
    with subprocess.Popen(
        [sys.executable, "-m", __name__, name],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        watch = Watch(process.pid)
        try:
            yield Contender(process, watch)
        finally:
            watch.end()
            if process.stdin:
                process.stdin.close()


async def _obey(name: str) -> None:
    module, party = PARTIES[name]
    contender: Any = getattr(importlib.import_module(module), party)()
    while line := await asyncio.to_thread(sys.stdin.readline):
        asked = json.loads(line)
        do = asked.pop("do")
        work = getattr(contender, do)
        if do == "begin":
            await contender.end()
            await work(**asked)
            said: object = own_cpu()
        else:
            said = await work() if do == "count" else astuple(await cost(work))
        print(json.dumps(said), flush=True)
    await contender.end()


if __name__ == "__main__":
    asyncio.run(_obey(sys.argv[1]))
