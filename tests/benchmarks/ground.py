"""What the measurements stand on: migrated databases, empty or filled, and how often to repeat."""

import shutil
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from advocacy import database
from advocacy.migrating import migrate
from feeds.reading.folding import search_text
from tests.benchmarks.samples import LANGUAGES, text

NOW = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)
ENTRIES = 20_000
RARE = "Murmeltier"  # in one entry of a thousand


@dataclass(slots=True)
class Ground:
    folder: Path
    quick: bool
    _made: int = 0

    @property
    def rounds(self) -> int:
        return 3 if self.quick else 5

    async def empty(self) -> Path:
        """A migrated database of its own."""
        template = self.folder / "empty.db"
        if not template.exists():
            async with database.started(f"sqlite:///{template}"):
                await migrate()
        self._made += 1
        return Path(shutil.copy(template, self.folder / f"{self._made}.db"))

    async def filled(self) -> Path:
        """20 sources and 20,000 entries; for reading only: all share it."""
        path = self.folder / "filled.db"
        if not path.exists():
            shutil.move(await self.empty(), path)
            _fill(path)
        return path


def _fill(path: Path) -> None:
    with sqlite3.connect(path) as store:
        store.executemany(
            "INSERT INTO source (id, name, address, created, next_due, countries)"
            " VALUES (?, ?, ?, ?, ?, 'AT')",
            [(n, f"Source {n}", f"https://example.org/{n}", *_instants(2)) for n in range(1, 21)],
        )
        store.executemany(
            "INSERT INTO entry (id, source, key, title, address, first_seen, last_seen, language,"
            " html, text, hash, search_text, next_deadline)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?, ?)",
            [_entry(number) for number in range(1, ENTRIES + 1)],
        )
    store.close()


def _instants(number: int) -> list[str]:
    return [str(NOW)] * number


def _entry(number: int) -> tuple[object, ...]:
    language = LANGUAGES[number % len(LANGUAGES)]
    said = text(number, 600) + (f" {RARE}" if number % 1000 == 0 else "")
    due = str(NOW + timedelta(hours=number)) if number % 500 == 0 else None
    return (
        *(number, 1 + number % 20, f"{number:064}", said[:80], f"https://example.org/e/{number}"),
        *(*_instants(2), language, f"<p>{said}</p>", said),
        *(search_text(said, language=language), due),
    )
