"""Processes: what they cost with all that they start, and servers that stand aside of it."""

import resource
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psutil

SAMPLED_EVERY = 0.1  # seconds

_aside: set[int] = set()


@contextmanager
def aside(module: str, *words: str) -> Iterator[int]:
    """A server in a process of its own, counted nowhere; the port that it says when it is ready."""
    with subprocess.Popen([sys.executable, "-m", module, *words], stdout=subprocess.PIPE) as server:
        assert server.stdout
        _aside.add(server.pid)
        try:
            yield int(server.stdout.readline())
        finally:
            server.kill()
            _aside.discard(server.pid)


def family(process: psutil.Process) -> Iterator[psutil.Process]:
    """What it started and what those started, as far as it lives; no server that stands aside."""
    with suppress(psutil.NoSuchProcess):
        for child in process.children():
            if child.pid not in _aside:
                yield child
                yield from family(child)


def cpu_of_children() -> float:
    """Seconds of all that this process has started so far, ended or not, without the servers.

    Of those alive in the clock's ticks: hundredths of a second.
    """
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ended.ru_utime + ended.ru_stime + sum(map(_cpu, family(psutil.Process())))


def _cpu(process: psutil.Process) -> float:
    with suppress(psutil.NoSuchProcess):
        used = process.cpu_times()
        return float(used.user + used.system + used.children_user + used.children_system)
    return 0.0


def memory(process: psutil.Process) -> int:
    """Resident bytes of it and its family; what they share counts for each."""
    return sum(map(_resident, (process, *family(process))))


def _resident(process: psutil.Process) -> int:
    with suppress(psutil.NoSuchProcess):
        return int(process.memory_info().rss)
    return 0


class Watch:
    """Looks at a process and its family ten times a second; `peak` is the most it has seen."""

    def __init__(self, pid: int) -> None:
        self.peak = 0
        self._process = psutil.Process(pid)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def end(self) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(SAMPLED_EVERY):
            self.peak = max(self.peak, memory(self._process))


def own_cpu() -> float:
    """Seconds of this process with all its threads."""
    return time.process_time()
