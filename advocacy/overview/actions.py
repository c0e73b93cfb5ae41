"""What the board of sources does. The sources themselves are the business of feeds/."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from advocacy import database
from advocacy.errors import Invalid, Message, NotFound
from advocacy.history.actions import record
from advocacy.history.tables import Event
from advocacy.leases import PROCESS
from advocacy.people.rules import LANGUAGES
from advocacy.people.tables import Person
from feeds import polling, sources
from feeds.recording import PollResult
from feeds.tables import Source

KINDS = ("auto", "feed", "ical", "have-your-say", "fedlex", "page")
LARGEST_NUMBER = 2**31 - 1  # what a column of numbers holds
PAUSED_BY_HAND = "paused by hand"


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
    if typed.get("kind", "auto") not in KINDS:
        wrong["kind"] = Message("Choose a kind from the list")
    if typed.get("language", "") not in {"", *LANGUAGES}:
        wrong["language"] = Message("Choose one of the five languages")
    if wrong:
        raise Invalid(wrong)
    before = await Source.count()
    try:
        source = await sources.add(
            address,
            now=now,
            kind=typed.get("kind", "auto"),
            name=typed.get("name") or None,
            language=typed.get("language") or None,
            private_networks=private_networks,
        )
    except sources.SourceError as error:
        raise Invalid({"address": Message(str(error))}) from None
    if await Source.count() > before:
        await record("source added", kind="source", object=source.id, by=by, now=now)
    return source


async def poll_now(
    source_id: int, *, by: Person, private_networks: tuple[str, ...], now: datetime
) -> PollResult:
    """Visits the source while the person waits. `busy`: somebody is already at it."""
    await source_by_id(source_id)
    result = await polling.poll(
        source_id, now=now, owner=f"{PROCESS}-{by.id}", private_networks=private_networks
    )
    await record(
        "source polled by hand",
        kind="source",
        object=source_id,
        by=by,
        now=now,
        details={"outcome": result.outcome},
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
        raise Invalid({"file": Message(str(error))}) from None
    return done


UNDO: dict[str, Callable[[Event, Person, datetime], Awaitable[str]]] = {
    "source paused": undo_pause,
    "source resumed": undo_resume,
}
