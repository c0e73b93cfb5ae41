"""Work that only computes, off the event loop: one piece at a time.

The interpreter runs one thread at once anyway; sixteen that compute would leave the event loop a
seventeenth of it, and connections would time out for no fault of their servers.
"""

import asyncio
from collections.abc import Callable
from typing import ParamSpec, TypeVar
from weakref import WeakKeyDictionary

P = ParamSpec("P")
T = TypeVar("T")

_gates: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Lock] = WeakKeyDictionary()


async def in_thread(compute: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The result of `compute`, which touches neither database nor network."""
    async with _gates.setdefault(asyncio.get_running_loop(), asyncio.Lock()):
        return await asyncio.to_thread(compute, *args, **kwargs)
