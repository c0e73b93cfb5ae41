"""Parsing that cannot hang us or take us with it: documents are read in a process of its own.

    in turn     one kept process reads the small ones one after the other; a second is started for
                requests of more than a MB and when the first has been busy for a second
    ask         the function and its arguments go over as one message, see child.py
    time        `seconds` from then on; over it, the process is killed            → OutOfTimeError
    memory      1 GiB for the process, 128 MiB for a result          → RaisedError, CrashedError
    crash       segfault, abort, killed by the system                → CrashedError
    afterwards  whatever happened, the next document gets a process that is well

What a document costs is that document, never the others and never us. A process that had answered
before and is gone without an answer may have been ended for another reason: the call is made once
more, in a fresh one. It is a wall against accidents and bombs, not a sandbox: the process has our
rights. It ends after a minute without work, and when we end, however we end.
"""

import asyncio
import atexit
import logging
import os
import pickle
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar, TypeVarTuple
from weakref import WeakKeyDictionary, WeakSet

from feeds.parsing import parse_document
from feeds.parsing.child import LENGTH, detailed, packed
from feeds.parsing.entry import Document, Parsed, ParsedEntry

SECONDS = 30.0
START_SECONDS = 30.0
LARGE = 1024 * 1024
PATIENCE = 1.0

_ROOT = Path(__file__).resolve().parents[2]

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

logger = logging.getLogger(__name__)


class NoAnswerError(Exception):
    """A call brought no result. The text is half a sentence for a person."""


class OutOfTimeError(NoAnswerError):
    """It took longer than it may."""


class CrashedError(NoAnswerError):
    """The process ended over it."""


class RaisedError(NoAnswerError):
    """The function raised; `name` is the class, `traceback` for the log."""

    def __init__(self, name: str, traceback: str) -> None:
        super().__init__("it takes too much memory" if name == "MemoryError" else name)
        self.name, self.traceback = name, traceback


async def parse_safely(kind: str, document: Document, *, seconds: float = SECONDS) -> Parsed:
    """The entries of a document, whatever stands in it; a problem when that cannot be found out."""
    try:
        return await call(parse_document, kind, document, seconds=seconds)
    except OutOfTimeError:
        return Parsed(problem=f"Reading the document took more than {seconds:g} seconds.")
    except NoAnswerError as error:
        _log(document, error)
        return Parsed(problem=f"The document cannot be read ({error}).")


async def detail_safely(
    kind: str, entry: ParsedEntry, document: Document, *, seconds: float = SECONDS
) -> ParsedEntry | None:
    """The entry with what its detail says; None when that cannot be read: the entry stays."""
    try:
        return await call(detailed, kind, entry, document, seconds=seconds)
    except NoAnswerError as error:
        _log(document, error)
        return None


async def call(function: Callable[[*Ts], T], *args: *Ts, seconds: float = SECONDS) -> T:
    """The result of a function of a module, found by its name in the worker process.

    Arguments and result are pickled. Raises NoAnswerError instead of anything that the function
    may raise. Waiting for a turn and starting a process do not count as `seconds`.
    """
    request = packed((function, args, seconds))
    async with _turn(large=len(request) > LARGE):
        kept = _kept()
        if kept is not None:
            with suppress(CrashedError):
                return await _asked(kept, request, seconds)  # type: ignore[no-any-return]
        fresh = await _Worker.started()
        return await _asked(fresh, request, seconds)  # type: ignore[no-any-return]


def _log(document: Document, error: NoAnswerError) -> None:
    more = error.traceback if isinstance(error, RaisedError) else ""
    logger.warning("a document of %s broke its reader: %s %s", document.address, error, more)


# Processes without work belong to nobody: no event loop, no thread.
_idle: list["_Worker"] = []
_all: WeakSet["_Worker"] = WeakSet()
_ending: list[subprocess.Popen[bytes]] = []
_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, tuple[asyncio.Lock, asyncio.Lock]] = (
    WeakKeyDictionary()
)


@asynccontextmanager
async def _turn(*, large: bool) -> AsyncIterator[None]:
    loop = asyncio.get_running_loop()
    first, second = _turns.setdefault(loop, (asyncio.Lock(), asyncio.Lock()))
    lock = second if large else first
    try:
        async with asyncio.timeout(None if large else PATIENCE):
            await lock.acquire()
    except TimeoutError:
        lock = second
        await lock.acquire()
    try:
        yield
    finally:
        lock.release()


def _kept() -> "_Worker | None":
    while True:
        try:
            worker = _idle.pop()
        except IndexError:
            return None
        if worker.is_alive:
            return worker
        worker.end()


# Any: what the function gives; `call` says which type that is.
async def _asked(worker: "_Worker", request: bytes, seconds: float) -> Any:
    try:
        async with asyncio.timeout(seconds):
            good, result, *more = await worker.answer(request)
    except TimeoutError:
        worker.end()
        raise OutOfTimeError(f"it took more than {seconds:g} seconds") from None
    except BaseException:
        # Also when we are no longer waited for: what it would answer is for nobody.
        worker.end()
        raise
    _idle.append(worker)
    if not good:
        raise RaisedError(result, *more)
    return result


class _Worker:
    """A process and the socket to it. Who takes it from `_idle` gives it back, or ends it."""

    def __init__(self) -> None:
        _ending[:] = [process for process in _ending if process.poll() is None]
        self._socket, theirs = socket.socketpair()
        self._socket.setblocking(False)
        with theirs:
            self._process = subprocess.Popen(
                (sys.executable, "-m", "feeds.parsing.child"),
                cwd=_ROOT,
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                process_group=0,
            )
        _all.add(self)

    @classmethod
    async def started(cls) -> "_Worker":
        worker = cls()
        try:
            async with asyncio.timeout(START_SECONDS):
                await worker._received()
        except TimeoutError:
            worker.end()
            raise OutOfTimeError("its reader could not be started") from None
        except BaseException:
            worker.end()
            raise
        return worker

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    async def answer(self, request: bytes) -> Any:
        try:
            await asyncio.get_running_loop().sock_sendall(self._socket, request)
        except OSError:
            raise CrashedError("its reader has ended") from None
        return await self._received()

    async def _received(self) -> Any:
        (length,) = LENGTH.unpack(await self._exactly(LENGTH.size))
        return pickle.loads(await self._exactly(length))  # noqa: S301 - our own child wrote it

    async def _exactly(self, length: int) -> bytearray:
        received = bytearray(length)
        rest, loop = memoryview(received), asyncio.get_running_loop()
        while rest:
            try:
                count = await loop.sock_recv_into(self._socket, rest)
            except OSError:
                count = 0
            if not count:
                raise CrashedError("it took too much memory or broke its reader")
            rest = rest[count:]
        return received

    def end(self) -> None:
        """Kill it without waiting for it; the next start sees that nothing is left of it."""
        self._socket.close()
        self._process.kill()
        if self._process.poll() is None:
            _ending.append(self._process)


@atexit.register
def end_all() -> None:
    """End every process of ours, and wait for that."""
    for worker in [*_all]:
        worker.end()
    for process in _ending:
        process.wait()
    _forget()


def _forget() -> None:
    _idle.clear()
    _all.clear()
    _ending.clear()


# A fork of us would keep our workers from seeing our end, and answer for them.
os.register_at_fork(after_in_child=_forget)
