"""Entries as a source would have left them."""

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any

from feeds.reading.folding import search_text
from feeds.tables import Entry, EntryVersion, Source

NUMBER = "2026/0123(COD)"
SENTENCE = "Feedback is open until 14 December 2026, midnight Brussels time."


async def source(name: str = "Have Your Say", *, now: datetime, **values: Any) -> Source:
    known = await Source.objects().where(Source.name == name).first()
    if known:
        return known
    made = Source(
        name=name,
        address=f"https://ec.europa.eu/{name.replace(' ', '-')}",
        kind=values.pop("kind", "feed"),
        created=now,
        next_due=now,
        **values,
    )
    await made.save()
    return made


async def entry(
    title: str,
    *,
    now: datetime,
    of: Source | None = None,
    closes: datetime | None = None,
    language: str = "en",
    numbers: tuple[str, ...] = (),
    topics: tuple[str, ...] = ("carnivores",),
    html: str = "<p>The Commission asks for feedback.</p>",
) -> int:
    publisher = of or await source(now=now)
    deadlines = []
    if closes:
        deadlines.append(
            {
                "at": closes.isoformat(), "zone": "Europe/Brussels", "precision": "day",
                "kind": "input", "quote": SENTENCE, "words": ["until 14 December 2026"],
                "stated": False,
            }
        )  # fmt: skip
    made = Entry(
        source=publisher.id,
        key=hashlib.sha256(f"{publisher.id}{title}".encode()).hexdigest(),
        title=title,
        address=f"https://ec.europa.eu/{hashlib.sha256(title.encode()).hexdigest()[:8]}",
        published=now - timedelta(hours=3),
        first_seen=now,
        last_seen=now,
        language=language,
        html=html,
        text="The Commission asks for feedback.",
        deadlines=json.dumps(deadlines),
        topics=json.dumps([{"key": key, "words": ["wolves"]} for key in topics]),
        procedure_numbers=json.dumps(list(numbers)),
        hash="0" * 64,
        search_text=search_text(f"{title} {' '.join(numbers)}", language=language),
        next_deadline=closes,
    )
    await made.save()
    await EntryVersion(entry=made.id, number=1, seen_at=now, title=title).save()
    return made.id
