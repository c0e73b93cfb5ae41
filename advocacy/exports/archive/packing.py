"""Pieces → one ZIP in a temporary file, with a page that lists them.

Texts come first and documents last: when there is no room for everything it is the large files
that stay in the house, and the page says which, and where they are.
"""

import asyncio
import struct
import tempfile
import zipfile
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import IO
from urllib.parse import quote
from zoneinfo import ZoneInfo

from advocacy import texts
from advocacy.bodies import queries as bodies
from advocacy.dossiers import queries
from advocacy.dossiers.labels import DEADLINE_STATES, STATIONS
from advocacy.dossiers.tables import Dossier
from advocacy.exports.archive import (
    calls,
    chronicle,
    papers,
    positions,
    rounds,
    sources,
    submissions,
)
from advocacy.exports.archive.matter import (
    OFFICE_ZONE,
    TITLES,
    Matter,
    Piece,
    Room,
    Section,
)
from advocacy.exports.archive.names import Names, folder_name
from advocacy.people.tables import Person
from advocacy.templating import render

ORDER: tuple[Callable[[Matter], AsyncIterator[Piece]], ...] = (
    chronicle.pieces,
    sources.pieces,
    calls.pieces,
    positions.pieces,
    rounds.pieces,
    submissions.pieces,
    papers.pieces,
)
PACKED = (".pdf", ".docx", ".xlsx", ".odt", ".ods", ".png", ".jpg", ".jpeg")
"""Compressing these again takes time and saves nothing."""
INDEX = "index.html"
FIRST, LAST = (1980, 1, 1, 0, 0, 0), (2107, 12, 31, 23, 59, 58)
"""What the date of an entry of a ZIP can be (APPNOTE.TXT, 4.4.6)."""
LAST_SECOND = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Packed:
    """`file` stands at its beginning and is gone when it is closed. `size` in bytes."""

    name: str
    file: IO[bytes]
    size: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the page. `href` is empty for what was left out; `piece` is without its content."""

    href: str
    name: str
    piece: Piece
    size: int


@dataclass(slots=True)
class Packing:
    archive: zipfile.ZipFile
    folder: str
    room: Room
    names: Names = field(default_factory=Names)
    listed: dict[Section, list[Listed]] = field(default_factory=dict)

    async def put(self, piece: Piece) -> None:
        path, content = f"{piece.section.folder}/{piece.path}", piece.content
        fits = content is not None and self.room.take(len(content))
        name = piece.path
        if content is not None and fits:
            path = self.names.free(path)
            name = path.partition("/")[2]
            await asyncio.to_thread(
                _write, self.archive, f"{self.folder}/{path}", content, piece.at
            )
        size = piece.size if content is None else len(content)
        line = Listed(quote(path) if fits else "", name, replace(piece, content=None), size)
        self.listed.setdefault(piece.section, []).append(line)


async def pack(
    dossier: Dossier, *, reader: Person, now: datetime, room: Room | None = None
) -> Packed:
    """All that `reader` may see, in the language in use. Close the file when it is sent."""
    windows = await queries.windows_of(dossier.id)
    matter = Matter(dossier, windows, reader, now, room or Room())
    folder = folder_name(dossier.number, dossier.title)
    file = tempfile.TemporaryFile()  # noqa: SIM115  closed by who sends it
    try:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            packing = Packing(archive, folder, matter.room)
            for pieces in ORDER:
                async for piece in pieces(matter):
                    await packing.put(piece)
            page = await _index(matter, packing)
            _write(archive, f"{folder}/{INDEX}", page.encode(errors="replace"), now)
        size = file.tell()
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return Packed(f"{folder}.zip", file, size)


def _write(archive: zipfile.ZipFile, path: str, content: bytes, at: datetime) -> None:
    local = at.astimezone(ZoneInfo(OFFICE_ZONE)).timetuple()[:6]
    info = zipfile.ZipInfo(path, min(max(local, FIRST), LAST))
    info.compress_type = (
        zipfile.ZIP_STORED if path.lower().endswith(PACKED) else zipfile.ZIP_DEFLATED
    )
    info.external_attr = 0o644 << 16
    # The same instant without a zone's doubt (extended timestamp, APPNOTE.TXT 4.6.1).
    second = min(max(int(at.timestamp()), 0), LAST_SECOND)
    info.extra = struct.pack("<HHBl", 0x5455, 5, 1, second)
    archive.writestr(info, content)


async def _index(matter: Matter, packing: Packing) -> str:
    dossier = matter.dossier
    body, procedure, lead = await queries.facts_of(dossier)
    language = texts.language()
    return render(
        "exports/archive.html",
        dossier=dossier,
        now=matter.now,
        body=bodies.body_name(body, language) if body else "",
        procedure=bodies.body_name(procedure, language) if procedure else "",
        lead=lead.name if lead else "",
        station=STATIONS,
        windows=matter.windows,
        states=DEADLINE_STATES,
        zone=OFFICE_ZONE,
        sections=[
            (TITLES[section], section.folder, packing.listed.get(section, []))
            for section in Section
        ],
    )
