"""The documents of a dossier. Their content is read by `content_of` and by nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any  # a row is what its table says

from advocacy.documents.forms import Description
from advocacy.documents.tables import Document
from advocacy.dossiers import queries as dossiers
from advocacy.errors import Message, NotFound

NOT_THERE = Message("There is no such document")


@dataclass(frozen=True, slots=True)
class Version:
    """One file. `number` counts from 1."""

    id: int
    number: int
    name: str
    media_type: str
    size: int  # bytes
    sha256: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document with its versions, the oldest first. `place`: in the dossier, from 1; it stays
    when others are removed.
    """

    place: int
    described: Description
    versions: tuple[Version, ...]
    removed: bool

    @property
    def current(self) -> Version:
        return self.versions[-1]

    @property
    def title(self) -> str:
        return self.described.title or self.current.name


async def of_dossier(dossier_id: int) -> list[DocumentRow]:
    """Those that have not been removed, in the order in which they came. Two queries."""
    return [row for row in await _all(dossier_id) if not row.removed]


async def one(dossier_id: int, place: int) -> DocumentRow:
    row = next((each for each in await of_dossier(dossier_id) if each.place == place), None)
    if row is None:
        raise NotFound(NOT_THERE)
    return row


async def place_of(dossier_id: int, document_id: int) -> int:
    """Of the document that has this version; 0 when it is not of this dossier."""
    rows = await _all(dossier_id)
    return next((r.place for r in rows for each in r.versions if each.id == document_id), 0)


async def content_of(version: Version) -> bytes:
    [row] = await Document.select(Document.content).where(Document.id == version.id)
    return bytes(row["content"])


async def with_content(dossier_id: int, sums: Sequence[str]) -> dict[str, str]:
    """SHA-256 → title, of what the dossier has already."""
    rows = await of_dossier(dossier_id)
    return {each.sha256: row.title for row in rows for each in row.versions if each.sha256 in sums}


async def _all(dossier_id: int) -> list[DocumentRow]:
    rows = await (
        Document.select(
            *(Document.id, Document.name, Document.title, Document.code, Document.language),
            *(Document.original, Document.window, Document.media_type, Document.size),
            *(Document.sha256, Document.replaces, Document.at, Document.removed),
            Document.person.name.as_alias("who"),
        )
        .where(Document.dossier == dossier_id)
        .order_by(Document.id)
    )
    if not rows:
        return []
    windows = [each.id for each in await dossiers.windows_of(dossier_id)]
    later = {row["replaces"]: row for row in rows if row["replaces"]}
    firsts = [row for row in rows if not row["replaces"]]
    return [
        _row(place, _chain(first, later), windows) for place, first in enumerate(firsts, start=1)
    ]


def _chain(first: dict[str, Any], later: dict[int, dict[str, Any]]) -> list[dict[str, Any]]:
    chain = [first]
    while following := later.get(chain[-1]["id"]):
        chain.append(following)
    return chain


def _row(place: int, chain: list[dict[str, Any]], windows: list[int]) -> DocumentRow:
    kept = [each for each in chain if each["removed"] is None]
    last = (kept or chain)[-1]
    described = Description(
        title=last["title"],
        code=last["code"],
        language=last["language"],
        original=last["original"],
        place=windows.index(last["window"]) + 1 if last["window"] in windows else 0,
    )
    names = ("id", "name", "media_type", "size", "sha256", "who", "at")
    versions = tuple(
        Version(number=number, **{name: each[name] for name in names})
        for number, each in enumerate(chain, start=1)
        if not kept or each["removed"] is None
    )
    return DocumentRow(place, described, versions, removed=not kept)
