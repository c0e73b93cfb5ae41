"""Entries that name deadlines, and say another one later."""

import json
from datetime import datetime
from typing import Any

from feeds.tables import Entry, EntryVersion, Source
from tests.advocacy.triage.sample import entry


def told(closes: datetime, quote: str, **more: Any) -> dict[str, Any]:
    return {
        "at": closes.isoformat(), "zone": "Europe/Brussels", "precision": "day",
        "kind": "input", "quote": quote, "words": "until", "stated": False, **more,
    }  # fmt: skip


async def saying(
    closes: datetime | None,
    *,
    now: datetime,
    title: str = "Protection of herds",
    of: Source | None = None,
    **more: Any,
) -> int:
    """An entry that was just published."""
    number = await entry(title, now=now, of=of)
    await says(number, closes, now=now, version=1, **more)
    return number


async def says(
    number: int, closes: datetime | None, *, now: datetime, version: int, **more: Any
) -> None:
    """The entry as it is from `version` on."""
    quote = more.pop("quote", f"Version {version}: until {closes:%d.%m.%Y}." if closes else "")
    deadlines = [told(closes, quote, **more)] if closes else []
    await Entry.update({Entry.deadlines: json.dumps(deadlines), Entry.versions: version}).where(
        Entry.id == number
    )
    if version > 1:
        await EntryVersion(entry=number, number=version, seen_at=now, title="New").save()
