"""What the board of sources does. The sources themselves are the business of feeds/."""

import json
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any  # a column holds whatever its table says

from advocacy import database
from advocacy.errors import Invalid, Message, NotFound, Outdated
from advocacy.history.actions import record
from advocacy.history.tables import Event
from advocacy.leases import PROCESS
from advocacy.overview.forms import SourceChange, as_change
from advocacy.overview.health import PAUSED_BY_HAND
from advocacy.overview.told import as_message
from advocacy.people.rules import LANGUAGES
from advocacy.people.tables import Person
from feeds import polling, sources
from feeds.fetching import Limits
from feeds.parsing import KINDS
from feeds.polling.noting import PollResult
from feeds.polling.politeness import PAUSE
from feeds.sources.discovery import Finder
from feeds.sources.wanted import Wanted
from feeds.tables import Source

LISTED_AT_ONCE = 20  # those that nobody has verified are visited while the person waits
LARGEST_NUMBER = 2**31 - 1  # what a column of numbers holds
CHANGED_MEANWHILE = Message("Somebody has changed this source meanwhile")


async def source_by_id(source_id: int) -> Source:
    within = source_id <= LARGEST_NUMBER
    source = await Source.objects().where(Source.id == source_id).first() if within else None
    if source is None:
        raise NotFound("There is no such source")
    return source


async def add_source(
    typed: Mapping[str, str], *, by: Person, private_networks: tuple[str, ...], now: datetime
) -> Source:
    """Due at once. An address that is known gives the source that has it."""
    address = typed.get("address", "").strip()
    wrong: dict[str, Message] = {}
    if not address:
        wrong["address"] = Message("Enter the address of a feed or of a page")
    if typed.get("kind", "auto") not in {"auto", *KINDS}:
        wrong["kind"] = Message("Choose a kind from the list")
    if typed.get("language", "") not in {"", *LANGUAGES}:
        wrong["language"] = Message("Choose one of the five languages")
    if wrong:
        raise Invalid(wrong)
    wanted = Wanted(
        address,
        kind=typed.get("kind", "auto"),
        name=typed.get("name", ""),
        language=typed.get("language") or None,
    )
    finder = Finder(now, Limits(), private_networks, PAUSE)
    try:
        added = await sources.add_told(wanted, finder=finder)
    except sources.SourceError as error:
        raise Invalid({"address": as_message(str(error))}) from None
    if added.is_new:
        async with database.transaction():
            await record("source added", kind="source", object=added.source.id, by=by, now=now)
    return added.source


async def poll_now(
    source_id: int, *, by: Person, private_networks: tuple[str, ...], now: datetime
) -> PollResult:
    """Visits the source while the person waits. `busy`: somebody is already at it."""
    await source_by_id(source_id)
    result = await polling.poll(
        source_id, now=now, owner=f"{PROCESS}-{by.id}", private_networks=private_networks
    )
    details = {"outcome": result.outcome}
    async with database.transaction():
        await record(
            "source polled by hand",
            kind="source",
            object=source_id,
            by=by,
            now=now,
            details=details,
        )
    return result


async def pause(source_id: int, *, by: Person, now: datetime, undoes: int | None = None) -> int:
    """The event, for the undo."""
    source = await source_by_id(source_id)
    async with database.transaction():
        await sources.pause(source.id, reason=PAUSED_BY_HAND)
        return await record(
            "source paused", kind="source", object=source.id, by=by, now=now, undoes=undoes
        )


async def resume(source_id: int, *, by: Person, now: datetime, undoes: int | None = None) -> int:
    source = await source_by_id(source_id)
    async with database.transaction():
        await sources.resume(source.id, now=now)
        return await record(
            "source resumed", kind="source", object=source.id, by=by, now=now, undoes=undoes
        )


async def undo_pause(event: Event, by: Person, now: datetime) -> str:
    await resume(event.object, by=by, now=now, undoes=event.id)
    return "/sources"


async def undo_resume(event: Event, by: Person, now: datetime) -> str:
    await pause(event.object, by=by, now=now, undoes=event.id)
    return "/sources"


async def usual_rhythm(source_id: int, *, by: Person, now: datetime) -> None:
    """Its failures are forgotten: it is due at once, and then as often as it publishes."""
    source = await source_by_id(source_id)
    async with database.transaction():
        freed = await (
            Source.update(
                {
                    Source.next_due: now,
                    Source.failures: 0,
                    Source.first_failure: None,
                    Source.last_error: "",
                    Source.rhythm_reason: "the usual rhythm was asked for",
                }
            )
            .where(Source.id == source.id, Source.state == "active")
            .returning(Source.id)
        )
        if not freed:
            raise Outdated("This source is not visited at the moment: resume it first")
        await record("source rhythm restored", kind="source", object=source.id, by=by, now=now)


async def change(
    source_id: int, new: SourceChange, *, base: str, by: Person, now: datetime
) -> int | None:
    """`base`: the fingerprint of what the form showed. None: nothing is different.

    Outdated, with both versions, when somebody else changed one of these fields since.
    """
    async with database.transaction():
        await database.one_at_a_time(f"source/{source_id}")
        source = await source_by_id(source_id)
        before = as_change(source)
        if before == new:
            return None
        if before.fingerprint() != base:
            raise Outdated(CHANGED_MEANWHILE, theirs=before.as_text(), mine=new.as_text())
        await _write(source, new, now)
        details = {"before": asdict(before), "after": new.fingerprint()}
        return await record(
            "source changed", kind="source", object=source_id, by=by, now=now, details=details
        )


async def _write(source: Source, new: SourceChange, now: datetime) -> None:
    settings = json.loads(source.settings or "{}")
    before = settings.get("selector", ""), settings.get("language", "")
    settings |= {"selector": new.selector, "language": new.language}
    reads_otherwise = (new.selector, new.language) != before
    values: dict[Any, Any] = {
        Source.name: new.name,
        Source.language: new.language or None,
        Source.zone: new.zone,
        Source.countries: ",".join(new.countries),
        Source.settings: json.dumps({name: value for name, value in settings.items() if value}),
    }
    if reads_otherwise:
        # The same document is read anew at once: another part of it counts now.
        values |= {Source.etag: None, Source.last_modified: None, Source.body_hash: None}
        values |= {Source.next_due: now, Source.rhythm_reason: "its settings were changed"}
    await Source.update(values).where(Source.id == source.id)


async def undo_change(event: Event, by: Person, now: datetime) -> str:  # noqa: ARG001  as all
    details = json.loads(event.details)
    before = details["before"]
    old = SourceChange(**before | {"countries": tuple(before["countries"])})
    async with database.transaction():
        await database.one_at_a_time(f"source/{event.object}")
        source = await source_by_id(event.object)
        stands = as_change(source)
        if stands.fingerprint() != details["after"]:
            raise Outdated(CHANGED_MEANWHILE, theirs=stands.as_text(), mine=old.as_text())
        await _write(source, old, now)
    return f"/sources/{event.object}"


async def add_listed(
    names: Iterable[str], *, by: Person, private_networks: tuple[str, ...], now: datetime
) -> list[sources.Added]:
    """Add sources of the list that ships with Alphorn, by their names; only the new ones return."""
    wanted = list(names)
    if not 0 < len(wanted) <= LISTED_AT_ONCE:
        raise Invalid({"name": Message("Choose between one and twenty sources")})
    try:
        found = await sources.add_shipped(wanted, now=now, private_networks=private_networks)
    except sources.SourceError as error:
        raise Invalid({"name": as_message(str(error))}) from None
    added = [each for each in found if each.is_new]
    if added:
        details = {"added": [each.source.id for each in added]}
        async with database.transaction():
            await record(
                "sources imported", kind="source", object=0, by=by, now=now, details=details
            )
    return added


async def import_list(document: bytes, *, by: Person, now: datetime) -> sources.Imported:
    """Raises Invalid when the file is no list of sources."""
    if not document:
        raise Invalid({"file": Message("Choose a file")})
    try:
        async with database.transaction():
            done = await sources.import_opml(document, now=now)
            await record(
                "sources imported",
                kind="source",
                object=0,
                by=by,
                now=now,
                details={"added": list(done.added), "known": done.known},
            )
    except sources.SourceError as error:
        raise Invalid({"file": as_message(str(error))}) from None
    return done


UNDO: dict[str, Callable[[Event, Person, datetime], Awaitable[str]]] = {
    "source paused": undo_pause,
    "source resumed": undo_resume,
    "source changed": undo_change,
}
