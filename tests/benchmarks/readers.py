"""lemon24/reader, the best of the libraries in Python that do what we do."""

import asyncio
import importlib
from collections.abc import Sequence
from typing import Any  # its types are known only where it is installed

AT_ONCE = 16  # as many as we have under way


class LemonReader:
    """It does not index for search when it polls, nor look for deadlines, topics and languages."""

    def __init__(self) -> None:
        self.reader: Any = None

    async def begin(self, store: str, addresses: Sequence[str]) -> None:
        library: Any = importlib.import_module("reader")
        self.reader = library.make_reader(store)
        for each in addresses:
            self.reader.add_feed(each)

    async def poll(self) -> None:
        # its threads end before it returns; nothing else happens in this loop meanwhile
        self.reader.update_feeds(scheduled=False, workers=AT_ONCE)
        await asyncio.sleep(0)

    async def count(self) -> int:
        return int(self.reader.get_entry_counts().total)

    async def end(self) -> None:
        if self.reader is not None:
            self.reader.close()
