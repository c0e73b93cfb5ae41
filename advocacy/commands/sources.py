"""sources: add, list, import, export; poll; entries."""

import asyncio
import json
from argparse import Namespace
from datetime import datetime
from typing import Any  # rows of several tables

from advocacy import clock
from advocacy.commands.opening import opened
from advocacy.commands.output import Refused, line, read_file, show, tell, write_file
from advocacy.leases import PROCESS
from advocacy.settings import settings
from feeds import polling, sources
from feeds.recording import PollResult
from feeds.tables import Entry, Poll, Source

SHOWN = (
    *("id", "name", "address", "kind", "state", "last_success", "next_due", "failures"),
    "last_error",
)
DUE_AT_ONCE = 100
ENTRIES_AT_ONCE = 500
LARGEST_NUMBER = 2**31 - 1  # what a column of numbers holds


def _source(source: Source) -> dict[str, Any]:
    return {name: getattr(source, name) for name in SHOWN}


async def add(typed: Namespace) -> None:
    async with opened():
        try:
            source = await sources.add(
                typed.address,
                now=clock.now(),
                kind=typed.kind,
                name=typed.name,
                language=typed.language,
                private_networks=settings().private_sources,
            )
        except sources.SourceError as error:
            raise Refused(str(error)) from None
        show(_source(source), as_json=typed.json)


async def show_list(typed: Namespace) -> None:
    async with opened():
        for source in await Source.objects().order_by(Source.name, Source.id):
            show(_source(source), as_json=typed.json)


async def import_list(typed: Namespace) -> None:
    document = read_file(typed.file)
    async with opened():
        try:
            done = await sources.import_opml(document, now=clock.now())
        except sources.SourceError as error:
            raise Refused(f"{typed.file}: {error}") from None
    for address, sentence in done.refused:
        tell(f"{address}: {sentence}")
    tell(f"{len(done.added)} added, {done.known} known already, {len(done.refused)} refused")


async def export_list(typed: Namespace) -> None:
    async with opened():
        document = await sources.export_opml()
    write_file(typed.file, document)


async def poll(typed: Namespace) -> None:
    async with opened():
        now = clock.now()
        if typed.source is not None:
            results = [await _visit(await _known(typed.source), now)]
        elif typed.all:
            active = await Source.select(Source.id).where(Source.state == "active")
            results = list(await asyncio.gather(*(_visit(row["id"], now) for row in active)))
        else:
            results = await _due(now)
        addresses = {row["id"]: row for row in await Source.select(Source.id, Source.address)}
        for result in results:
            address = addresses.get(result.source, {}).get("address", "")
            show(await _poll(result, address), as_json=typed.json)


async def _known(source_id: int) -> int:
    within = 0 < source_id <= LARGEST_NUMBER
    if not within or not await Source.exists().where(Source.id == source_id):
        raise Refused(f"there is no source {source_id}")
    return source_id


async def _visit(source_id: int, now: datetime) -> PollResult:
    return await polling.poll(
        source_id, now=now, owner=PROCESS, private_networks=settings().private_sources
    )


async def _due(now: datetime) -> list[PollResult]:
    results: list[PollResult] = []
    while batch := await polling.poll_due(
        now=now, owner=PROCESS, limit=DUE_AT_ONCE, private_networks=settings().private_sources
    ):
        results += batch
    return results


async def _poll(result: PollResult, address: str) -> dict[str, Any]:
    visit = None
    if result.outcome != "busy":
        newest = Poll.select(Poll.bytes).where(Poll.source == result.source)
        visit = await newest.order_by(Poll.id, ascending=False).first()
    return {
        "source": result.source,
        "address": address,
        "outcome": result.outcome,
        "status": result.status,
        "bytes": visit["bytes"] if visit else 0,
        "fetched": result.fetched,
        "new": result.new,
        "changed": result.changed,
        "same": result.same,
        "error": result.error,
    }


async def entries(typed: Namespace) -> None:
    async with opened():
        last = 0
        await _known(typed.source)
        while (
            rows := await Entry.objects()
            .where(Entry.source == typed.source, Entry.id > last)
            .order_by(Entry.id)
            .limit(ENTRIES_AT_ONCE)
        ):
            for entry in rows:
                if typed.json:
                    line(_entry(entry))
                else:
                    show({"id": entry.id, "title": entry.title}, as_json=False)
            last = rows[-1].id


def _entry(entry: Entry) -> dict[str, Any]:
    plain = (
        *("id", "key", "title", "address", "author", "published", "updated", "language"),
        *("html", "text"),
    )
    deadlines = [
        {name: each.get(name) for name in ("at", "zone", "precision", "kind", "quote")}
        for each in json.loads(entry.deadlines)
    ]
    return {name: getattr(entry, name) for name in plain} | {
        "enclosures": json.loads(entry.enclosures),
        "deadlines": deadlines,
        "topics": json.loads(entry.topics),
        "versions": entry.versions,
    }
