"""sources: add, list, import, export, alps; poll; entries."""

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
from feeds.fetching import Limits
from feeds.polling.noting import PollResult
from feeds.sources.discovery import Finder
from feeds.tables import Entry, Poll, Source

SHOWN = (
    *("id", "name", "address", "kind", "state", "last_success", "next_due", "failures"),
    "last_error",
)
ALL_VERIFIED = "all-verified"
VERIFIED = {
    "recorded": "answer seen",
    "several": "several clients",
    "one": "one client",
    "none": "not verified",
}
DUE_AT_ONCE = 100
ENTRIES_AT_ONCE = 500
LARGEST_NUMBER = 2**31 - 1  # what a column of numbers holds


def _source(source: Source) -> dict[str, Any]:
    return {name: getattr(source, name) for name in SHOWN}


def _told(added: sources.Added) -> None:
    """What a visit found goes to the person, not into the output."""
    if added.discovered is None:
        return
    for each in added.discovered.tried:
        tell(f"{each.address}: {each.sentence}")
    tell(f"{added.source.address}: {added.discovered.sentence}")


async def add(typed: Namespace) -> None:
    wanted = sources.Wanted(
        typed.address, kind=typed.kind, name=typed.name or "", language=typed.language
    )
    async with opened():
        finder = Finder(clock.now(), Limits(), settings().private_sources)
        try:
            added = await sources.add_told(wanted, finder=finder)
        except sources.SourceError as error:
            raise Refused(str(error)) from None
        _told(added)
        show(_source(added.source), as_json=typed.json)


async def alps(typed: Namespace) -> None:
    """The list that ships with the product; with --add those sources of it are added."""
    async with opened():
        if typed.add:
            await _add_from_the_list(typed.add, as_json=typed.json)
            return
        rows = await Source.select(Source.name, Source.address)
        have = {row[column] for row in rows for column in ("name", "address")}
        for each in sources.shipped():
            mark = "added" if have & {each.name, each.address} else ""
            show(_shipped(each, mark), as_json=typed.json)


async def _add_from_the_list(named: list[str], *, as_json: bool) -> None:
    names = [name for name in named if name != ALL_VERIFIED]
    if ALL_VERIFIED in named:
        names += [each.name for each in sources.shipped() if each.is_verified]
    try:
        added = await sources.add_shipped(
            names, now=clock.now(), private_networks=settings().private_sources
        )
    except sources.SourceError as error:
        raise Refused(str(error)) from None
    for each in added:
        _told(each)
        show(_source(each.source), as_json=as_json)


def _shipped(each: sources.ShippedSource, mark: str) -> dict[str, Any]:
    return {
        "name": each.name,
        "verified": VERIFIED[each.verified],
        "mark": mark,
        "kind": each.kind,
        "address": each.address,
        "note": each.note,
    }


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
            results = await _due()
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


async def _due() -> list[PollResult]:
    results: list[PollResult] = []
    while batch := await polling.poll_due(
        now=clock.now(),
        owner=PROCESS,
        limit=DUE_AT_ONCE,
        private_networks=settings().private_sources,
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
