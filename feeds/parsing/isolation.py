"""Parsing that cannot hang us: large and broken documents go to a process that can be killed.

Small well-formed documents are read in a thread; a process costs a second and protects from
parsers that are quadratic in what a stranger sends.
"""

import asyncio
import pickle
import sys
from pathlib import Path
from weakref import WeakKeyDictionary

from feeds.parsing import feed, parse_document
from feeds.parsing.entry import Document, Parsed
from feeds.threads import in_thread

RISKY_SIZE = 1024 * 1024
SECONDS = 30.0
CHILDREN = 2

_ROOT = Path(__file__).resolve().parents[2]
_gates: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()


async def parse_safely(kind: str, document: Document, *, seconds: float = SECONDS) -> Parsed:
    """The entries of a document, whatever stands in it; a problem when that takes too long."""
    if len(document.body) > RISKY_SIZE:
        return await _in_a_child(kind, document, seconds)
    try:
        return await in_thread(_in_a_thread, kind, document)
    except feed.IllFormedError:
        return await _in_a_child(kind, document, seconds)
    except Exception as error:  # noqa: BLE001 - a parser met what nobody thought of
        return _unreadable(type(error).__name__)


def _in_a_thread(kind: str, document: Document) -> Parsed:
    if kind == "feed":
        return feed.parse(document, patient=False)
    return parse_document(kind, document)


async def _in_a_child(kind: str, document: Document, seconds: float) -> Parsed:
    gate = _gates.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(CHILDREN))
    async with gate:
        child = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "feeds.parsing.child"),
            cwd=_ROOT,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            async with asyncio.timeout(seconds):
                answer, _ = await child.communicate(pickle.dumps((kind, document)))
        except TimeoutError:
            return Parsed(problem=f"Reading the document took more than {seconds:g} seconds.")
        finally:
            if child.returncode is None:
                child.kill()
                await child.wait()
    if child.returncode != 0:
        return _unreadable("it took too much memory or broke the reader")
    parsed = pickle.loads(answer)  # noqa: S301 - our own child wrote it
    return parsed if isinstance(parsed, Parsed) else _unreadable("no answer")


def _unreadable(why: str) -> Parsed:
    return Parsed(problem=f"The document cannot be read ({why}).")
