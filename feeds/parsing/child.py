"""The worker process of isolation.py: one call after the other, until nobody asks any more.

Standard input is a socket to the parent, for both directions; each message is its length (8 bytes,
big-endian) and a pickle. The first message is ours and says that we are ready; then each is
`(function, arguments, seconds)`, and its answer `(True, result)` or `(False, name of the error,
traceback)`. Both ends are this program, and trust each other.

    memory     RLIMIT_AS: what asks for more gets a MemoryError, or is ended where the code is C
    time       a timer of the kernel ends us, in C too, should the parent not have done it
    idleness   after a minute without a question, at the end of the input (the parent is gone)
    speed      what most documents do not need is not loaded; memory of usual size is kept
    growth     what a large document took is given back; above RESIDENT_LIMIT, or after a
               MemoryError, we leave and a fresh one is started
    Ctrl-C     is the parent's: we have a process group of our own and ignore it
"""

import ctypes
import gc
import io
import pickle
import resource
import signal
import socket
import struct
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import fields, is_dataclass
from operator import attrgetter
from pathlib import Path
from typing import Any

from feeds.parsing import KINDS, Document, ParsedEntry, entry
from feeds.parsing.strangers import recognised

MEMORY = 1024 * 1024 * 1024
ANSWER_LIMIT = 128 * 1024 * 1024
RESIDENT_LIMIT = 256 * 1024 * 1024
GROWTH = 32 * 1024 * 1024
# Free memory that we keep for the next document, and objects after which garbage is looked for.
KEPT = 4 * 1024 * 1024
GARBAGE = 20_000
IDLE_SECONDS = 60
# The parent ends a call that takes too long; this much later we do it ourselves.
GRACE = 2.0
LENGTH = struct.Struct(">Q")
CHUNK = 1024 * 1024
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3  # of <malloc.h>

# What unpickles it, and its arguments.
_Parts = tuple[Callable[..., object], tuple[object, ...]]


def detailed(kind: str, listed: ParsedEntry, document: Document) -> ParsedEntry | None:
    """The entry with what stands in its detail; None when that is none or comes from a stranger."""
    read = KINDS[kind].detailed
    stranger = recognised(document)
    if read is None or (stranger and stranger[0] != "page"):
        return None
    return read(listed, document)


def _parts_of(kind: type) -> Callable[[Any], _Parts]:
    # Any: instances of one of our dataclasses, whose fields are their constructor's arguments.
    values = attrgetter(*(field.name for field in fields(kind)))
    return lambda instance: (kind, values(instance))


# The dataclasses' own way to be pickled, field by field in Python, takes three times as long.
_PARTS = {
    each: _parts_of(each)
    for each in vars(entry).values()
    if isinstance(each, type) and is_dataclass(each) and len(fields(each)) > 1
}


def packed(message: object) -> bytes:
    """The message with its length before it."""
    buffer = io.BytesIO(bytes(LENGTH.size))
    buffer.seek(LENGTH.size)
    pickler = pickle.Pickler(buffer, protocol=5)
    pickler.dispatch_table = _PARTS
    pickler.dump(message)
    size = buffer.tell() - LENGTH.size
    buffer.seek(0)
    buffer.write(LENGTH.pack(size))
    return buffer.getvalue()


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(OSError, ValueError):  # a system that has no such limit
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError):  # when memory runs out, the kernel ends us and not our parent
        Path("/proc/self/oom_score_adj").write_text("900")
    _settle()
    parent = socket.socket(fileno=0)
    with suppress(EOFError, OSError):
        parent.sendall(packed((True, None)))
        _serve(parent)


def _serve(parent: socket.socket) -> None:
    usual = _resident()
    while usual < RESIDENT_LIMIT and _answered(parent):
        if _resident() > usual + GROWTH:
            _give_back()
            usual = _resident()


def _answered(parent: socket.socket) -> bool:
    """Take one call and answer it; whether we are fit for another one."""
    parent.settimeout(IDLE_SECONDS)
    (length,) = LENGTH.unpack(_exactly(parent, LENGTH.size))
    request = _exactly(parent, length)
    parent.settimeout(None)
    fit = True
    try:
        function, arguments, seconds = pickle.loads(request)  # noqa: S301 - our parent wrote it
        signal.setitimer(signal.ITIMER_REAL, seconds + GRACE)
        message = packed((True, function(*arguments)))
        if len(message) > ANSWER_LIMIT:
            raise MemoryError  # noqa: TRY301 - it is one, in the parent
    except MemoryError:
        fit, message = False, packed((False, "MemoryError", ""))
    except Exception as error:  # noqa: BLE001 - whatever it is, it is the answer
        message = packed((False, type(error).__name__, traceback.format_exc()))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    parent.sendall(message)
    return fit


def _exactly(parent: socket.socket, length: int) -> bytearray:
    received = bytearray()
    while len(received) < length:
        chunk = parent.recv(min(length - len(received), CHUNK))
        if not chunk:
            raise EOFError
        received += chunk
    return received


def _settle() -> None:
    """What is loaded stays and need not be looked through for garbage; nor is the memory of a
    document of usual size given back after each, only to be asked for again.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE)
    with suppress(AttributeError, OSError):
        library = ctypes.CDLL(None)
        for parameter in (M_TRIM_THRESHOLD, M_MMAP_THRESHOLD):
            library.mallopt(parameter, KEPT)


def _give_back() -> None:
    """Memory that is free to the system, where the C library can do that: half of it is."""
    gc.collect()
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)


def _resident() -> int:
    """Bytes of memory that are ours now; 0 where the system does not say."""
    try:
        pages = Path("/proc/self/statm").read_text().split()[1]
    except OSError:
        return 0
    return int(pages) * resource.getpagesize()


if __name__ == "__main__":
    main()
