"""A source is visited. The stages, and what each may end with:

    claim        a lease in the database; another has it             → busy
    fetch        one polite conditional GET                          → failed, gone
    unchanged?   304, or a body with the hash of the last one        → unchanged, nothing is parsed
    parse        items that came to the byte as before are left out  → unreadable
    nothing?     no item where there used to be some                 → empty
    match        new, changed, same: by key, then by address and title
    read         language, deadlines, topics, numbers: of new and changed entries only
    store        entries, versions, poll, validators, next due: one transaction  → fetched

Whatever a poll ends with is recorded with what was fetched and kept, and says when the next is due
and why. Validators and the hash of the body are kept only when the body was read to its end:
what could not be read today is asked for again in full. A poll that fails changes no entry.
"""

import asyncio
import json
import logging
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256

from feeds import claiming
from feeds.fetching import Failed, Fetched, Limits, Unchanged, fetch
from feeds.identity import Same
from feeds.matching import Match, match
from feeds.moving import Move, moved
from feeds.parsing import Document
from feeds.parsing.isolation import parse_safely
from feeds.politeness import PAUSE, turn
from feeds.reading import Reading, read
from feeds.recording import PollResult, Record
from feeds.storing import LeaseLostError, Read
from feeds.tables import Entry, Source
from feeds.threads import in_thread

AT_ONCE = 16

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Visit:
    """How a visit is made; the same for all sources of a process."""

    owner: str
    limits: Limits = field(default_factory=Limits)
    private_networks: tuple[str, ...] = ()
    pause: float = PAUSE


async def poll_due(
    *,
    now: datetime,
    owner: str,
    limit: int,
    limits: Limits | None = None,
    private_networks: tuple[str, ...] = (),
    pause: float = PAUSE,
) -> list[PollResult]:
    """Claim up to `limit` due sources and visit them, some at once, one at a time per host."""
    visit = Visit(owner, limits or Limits(), private_networks, pause)
    claimed = await claiming.claim_due(now=now, owner=owner, limit=limit)
    gate, started = asyncio.Semaphore(AT_ONCE), time.monotonic()

    async def one(source_id: int) -> PollResult:
        async with gate:
            later = now + timedelta(seconds=time.monotonic() - started)
            try:
                if not await claiming.prolong(source_id, now=later, owner=owner):
                    return PollResult(source_id, "busy")
                return await _visit(source_id, visit, now=later)
            except Exception:
                # The database, most likely. The lease ends by itself; the others go on.
                logger.exception("source %s could not be polled", source_id)
                return PollResult(source_id, "failed", error="The poll could not be recorded.")

    return await asyncio.gather(*(one(source_id) for source_id in claimed))


async def poll(
    source_id: int,
    *,
    now: datetime,
    owner: str,
    limits: Limits | None = None,
    private_networks: tuple[str, ...] = (),
    pause: float = PAUSE,
) -> PollResult:
    """Visit one source now, due or not. `busy` when somebody is already at it or it is gone."""
    if not await claiming.take(source_id, now=now, owner=owner):
        return PollResult(source_id, "busy")
    visit = Visit(owner, limits or Limits(), private_networks, pause)
    return await _visit(source_id, visit, now=now)


async def _visit(source_id: int, visit: Visit, *, now: datetime) -> PollResult:
    source = await Source.objects().get(Source.id == source_id)
    if source is None:
        return PollResult(source_id, "busy")
    started = time.monotonic()
    try:
        async with turn(source.address, pause=visit.pause):
            # A slow host may have kept us waiting for longer than the lease lasts.
            later = now + timedelta(seconds=time.monotonic() - started)
            if not await claiming.prolong(source_id, now=later, owner=visit.owner):
                return PollResult(source_id, "busy")
            answer = await fetch(
                source.address,
                now=now,
                etag=source.etag,
                last_modified=source.last_modified,
                limits=visit.limits,
                private_networks=visit.private_networks,
            )
        record = Record(source, visit.owner, now, started)
        if isinstance(answer, Failed):
            return await record.failure(answer)
        return await _taken_in_or_told(record, answer)
    except LeaseLostError:
        return PollResult(source_id, "busy")


async def _taken_in_or_told(record: Record, answer: Fetched | Unchanged) -> PollResult:
    try:
        return await _take_in(record, answer)
    except LeaseLostError:
        raise
    except Exception as error:
        if isinstance(answer, Unchanged):
            raise
        # Nothing of it was written. Whatever stood in the document, the poll is recorded.
        logger.exception("source %s could not be taken in", record.source.id)
        sentence = f"The document could not be taken in ({type(error).__name__})."
        return await record.trouble("unreadable", sentence, answer)


async def _take_in(record: Record, answer: Fetched | Unchanged) -> PollResult:
    source = record.source
    moving = await _moving(source, answer.moved_to, record.now)
    if isinstance(answer, Unchanged):
        return await record.unchanged(answer, moving, status=304)
    if source.body_hash == sha256(answer.body).hexdigest():
        return await record.unchanged(answer, moving, status=answer.status)
    parsed = await parse_safely(source.kind, await _document(source, answer))
    if parsed.problem and not parsed.entries:
        return await record.trouble("unreadable", parsed.problem, answer)
    if not parsed.entries and not parsed.known and source.expected:
        sentence = f"The document holds nothing; it used to hold {source.expected} entries."
        return await record.trouble("empty", sentence, answer)
    policy, matches = await match(
        source.id,
        source.address,
        parsed.entries,
        source.key_policy,
        unread=frozenset(parsed.known),
    )
    readings = await in_thread(_readings, source, matches, record.now)
    return await record.success(answer, parsed, policy, matches, readings, moving)


async def _document(source: Source, answer: Fetched) -> Document:
    return Document(
        body=answer.body,
        address=answer.address,
        content_type=answer.content_type,
        zone=source.zone,
        settings=json.loads(source.settings or "{}"),
        known=await _known(source),
    )


async def _known(source: Source) -> frozenset[str]:
    """The hashes of the items that the document held the last time, and of some before."""
    if not source.expected:
        return frozenset()
    rows = (
        await Entry.select(Entry.received_hash)
        .where(Entry.source == source.id)
        .order_by(Entry.id, ascending=False)
        .limit(2 * source.expected + 100)
    )
    return frozenset(row["received_hash"] for row in rows if row["received_hash"])


def _readings(source: Source, matches: list[Match], now: datetime) -> list[Read]:
    meant = [each for each in matches if not isinstance(each.standing, Same)]
    return [Read(each, _reading(source, each, now)) for each in meant]


def _reading(source: Source, each: Match, now: datetime) -> Reading:
    text = f"{each.entry.title}\n{each.entry.text}"
    language = each.entry.language or source.language
    try:
        return read(
            text, language=language, published=each.entry.published or now, zone=source.zone
        )
    except Exception:
        # What is read is a proposal; the entry is kept without it.
        logger.exception("an entry of source %s could not be read", source.id)
        return Reading(language, (), (), (), text)


async def _moving(source: Source, moved_to: str | None, now: datetime) -> Move:
    move = moved(source.address, moved_to, seen=source.moved_to, since=source.moved_since, now=now)
    if move.address is None or not await Source.exists().where(Source.address == move.address):
        return move
    # The new address is polled already as a source of its own: two sources stay two.
    return Move(None, move.moved_to, move.since)
