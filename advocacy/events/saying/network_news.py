"""What was said as an entry of a source of the network's own, so that it can be cited and told on.

Nobody visits that source: what stands in it is written here.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from markupsafe import escape

from advocacy import database, texts
from advocacy.positions.writing.evidence import NETWORK
from advocacy.settings import settings
from feeds.reading import read
from feeds.tables import Entry, EntryVersion, Source

REASON = "Written by Alphorn itself"


@dataclass(frozen=True, slots=True)
class Said:
    """`key` names it for good; `address` of the page where it stands; `at`: when it was said."""

    key: str
    title: str
    text: str
    language: str
    author: str
    address: str
    at: datetime


async def publish(said: Said, *, now: datetime) -> int:
    """The entry's id. The same key again is the same entry. Inside a transaction."""
    source = await _source(now)
    key = hashlib.sha256(said.key.encode()).hexdigest()
    known = await Entry.select(Entry.id).where(Entry.source == source, Entry.key == key).first()
    if known:
        return int(known["id"])
    reading = read(f"{said.title}\n{said.text}", language=said.language, published=said.at)
    paragraphs = [part for part in said.text.split("\n\n") if part.strip()]
    html = "".join(f"<p>{escape(part)}</p>" for part in paragraphs)
    entry = Entry(
        source=source, key=key, title=said.title, address=said.address, author=said.author,
        published=said.at, first_seen=now, last_seen=now, language=said.language, html=html,
        text=said.text, search_text=reading.search_text,
        topics=json.dumps(
            [{"key": each.key, "words": each.words} for each in reading.topics],
            ensure_ascii=False,
        ),
        procedure_numbers=json.dumps(list(reading.procedure_numbers)),
        hash=hashlib.sha256(f"{said.title}\n{said.text}".encode()).hexdigest(),
    )  # fmt: skip
    await entry.save()
    await EntryVersion(
        entry=entry.id, number=1, seen_at=now, title=said.title, address=said.address, html=html,
        text=said.text,
    ).save()  # fmt: skip
    await Source.update({Source.last_new: now, Source.last_success: now}).where(Source.id == source)
    return int(entry.id)


async def _source(now: datetime) -> int:
    await database.one_at_a_time("source of the network")
    known = await Source.select(Source.id).where(Source.kind == NETWORK).first()
    if known:
        return int(known["id"])
    language = settings().language
    with texts.speaking(language):
        name = f"{settings().network}: {texts.gettext('Gatherings')}"
    source = Source(
        name=name, address=f"{settings().base_url}/{language}/events", kind=NETWORK,
        state="paused", state_reason=REASON, created=now, next_due=now,
    )  # fmt: skip
    await source.save()
    return int(source.id)
