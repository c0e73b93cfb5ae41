"""One request at a time per host, with a pause between two. Within this process."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

PAUSE = 1.0


class _Turn:
    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.free_at = 0.0


_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, dict[str, _Turn]] = WeakKeyDictionary()


@asynccontextmanager
async def turn(address: str, *, pause: float = PAUSE) -> AsyncIterator[None]:
    """Wait until the address's host is ours; keep it for the block and `pause` seconds after it."""
    hosts = _turns.setdefault(asyncio.get_running_loop(), {})
    mine = hosts.setdefault((urlsplit(address).hostname or "").lower(), _Turn())
    async with mine.lock:
        await asyncio.sleep(max(0.0, mine.free_at - time.monotonic()))
        try:
            yield
        finally:
            mine.free_at = time.monotonic() + pause
