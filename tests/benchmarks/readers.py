"""lemon24/reader, where somebody has installed it beside us; it is no dependency."""

import asyncio
import importlib
from pathlib import Path
from typing import Any  # its types are known only where it is installed


class LemonReader:
    def __init__(self, addresses: list[str], path: Path) -> None:
        library: Any = importlib.import_module("reader")
        self.reader = library.make_reader(str(path))
        for each in addresses:
            self.reader.add_feed(each)

    async def poll(self) -> None:
        # its threads end before it returns; nothing else happens in this loop meanwhile
        self.reader.update_feeds(scheduled=False)
        await asyncio.sleep(0)

    async def count(self) -> int:
        return int(self.reader.get_entry_counts().total)
