"""One source of a dossier with every version that was seen, and what changed in each."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any  # JSON as the feeds keep it

from advocacy.dossiers.tables import DossierEntry
from advocacy.errors import Message, NotFound
from advocacy.provenance import word_diff
from advocacy.provenance.differences import Piece
from feeds.tables import EntryVersion

NOT_THERE = "There is no such source"
WORD_BY_WORD = 6_000  # signs on both sides: above it, line by line
SHOWN = 20_000  # signs of one side of a change
MOST = 100  # versions on the page, the newest
FIELDS: Mapping[str, Message] = {
    "title": Message("Title"),
    "address": Message("Address"),
    "author": Message("Author"),
    "published": Message("Published"),
    "updated": Message("Updated"),
    "language": Message("Language"),
    "text": Message("Text"),
    "enclosures": Message("Attached files"),
    "deadlines": Message("Deadlines"),
}
"""In the order in which they are shown; what else the feeds compare is for programs."""


@dataclass(frozen=True, slots=True)
class Changed:
    field: Message
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class SeenVersion:
    """As the entry stood when it was seen; `changes` against the version before."""

    number: int
    seen_at: datetime
    title: str
    text: str
    changes: tuple[Changed, ...]


@dataclass(frozen=True, slots=True)
class SourceOf:
    """`versions`: the newest first."""

    place: int
    entry: int
    title: str
    address: str
    source: str
    language: str
    how: str
    first_seen: datetime
    versions: tuple[SeenVersion, ...]


async def source_at(dossier_id: int, place: int) -> SourceOf:
    """By its place in the dossier, from 1. Two queries."""
    rows = await (
        DossierEntry.select(
            *(DossierEntry.entry, DossierEntry.how),
            DossierEntry.entry.title.as_alias("title"),
            DossierEntry.entry.address.as_alias("address"),
            DossierEntry.entry.language.as_alias("language"),
            DossierEntry.entry.first_seen.as_alias("first_seen"),
            DossierEntry.entry.source.name.as_alias("source"),  # type: ignore[union-attr]  # joins
        )
        .where(DossierEntry.dossier == dossier_id)
        .order_by(DossierEntry.id)
    )
    if not 0 < place <= len(rows):
        raise NotFound(NOT_THERE)
    row = rows[place - 1]
    versions = await (
        EntryVersion.select(
            *(EntryVersion.number, EntryVersion.seen_at, EntryVersion.title),
            *(EntryVersion.text, EntryVersion.changes),
        )
        .where(EntryVersion.entry == row["entry"])
        .order_by(EntryVersion.number, ascending=False)
        .limit(MOST)
    )
    language = row.pop("language") or ""
    seen = tuple(_version(each) for each in versions)
    return SourceOf(place=place, language=language, versions=seen, **row)


def _version(row: Mapping[str, Any]) -> SeenVersion:
    changes = changed(json.loads(row["changes"]))
    return SeenVersion(
        row["number"], row["seen_at"], row["title"], row["text"][:SHOWN], changes=changes
    )


def changed(changes: Mapping[str, Sequence[Any]]) -> tuple[Changed, ...]:
    """field → [before, after], as EntryVersion keeps it, for people to read."""
    return tuple(
        Changed(said, tuple(pieces(_as_text(pair[0]), _as_text(pair[1]))))
        for name, said in FIELDS.items()
        if (pair := changes.get(name))
    )


def _as_text(value: Any) -> str:
    if isinstance(value, str):
        return value[:SHOWN]
    if isinstance(value, list):
        return "\n".join(_as_line(each) for each in value)[:SHOWN]
    return "" if value is None else str(value)[:SHOWN]


def _as_line(value: Any) -> str:
    """Of an enclosure its address, of a deadline its instant, else the thing itself."""
    if not isinstance(value, dict):
        return str(value)
    return str(value.get("address") or value.get("at") or json.dumps(value, ensure_ascii=False))


def pieces(before: str, after: str) -> list[Piece]:
    """Word by word where that is quick, else line by line: exact in both cases."""
    if len(before) + len(after) <= WORD_BY_WORD:
        return word_diff(before, after)
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    found: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(("same", "".join(old[a:b])))
            continue
        both: tuple[Piece, ...] = (("del", "".join(old[a:b])), ("ins", "".join(new[c:d])))
        found += [piece for piece in both if piece[1]]
    return found
