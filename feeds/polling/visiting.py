"""One visit to one source, from the first request to the note that says what came of it.

    fetch        one polite conditional request; some kinds answer in pages
    unchanged?   304, or a body with the hash of the last one: nothing is parsed
    parse        in a process that can be killed; items that came to the byte as before are left out
    details      what an interface says of new and changed items at addresses of their own
    match        new, changed, same: by key, then by address and title
    read         language, deadlines, topics, numbers: of new and changed entries only
    store        entries, versions, poll, validators, next due: one transaction

Validators and the hash of the body are kept only when the body was read to its end: what could not
be read today is asked for again in full. A visit that fails changes no entry.
"""

import json
import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

from feeds.fetching.following import Failed, Fetched, Limits, Unchanged, fetch
from feeds.identity.comparing import Changed, Same
from feeds.parsing import KINDS, Ask, Document, Parsed, ParsedEntry
from feeds.parsing.isolation import detail_safely, parse_safely
from feeds.polling import claiming
from feeds.polling.matching import Match, match
from feeds.polling.moving import Move, moved
from feeds.polling.noting import LeaseLostError, Note, PollResult
from feeds.polling.politeness import PAUSE, turn
from feeds.polling.recording import Record, breaks_off
from feeds.polling.storing import Read, store, tells_missing
from feeds.reading import Reading, read
from feeds.tables import Entry, Source
from feeds.threads import in_thread

PAGES = 50
DETAILS = 60
# To write each entry again with each poll would be most of what a poll writes.
SEEN_AGAIN = timedelta(days=7)
_KNOWN = (
    "SELECT id, received_hash, last_seen < {} OR missed > 0 AS unseen FROM entry"
    " WHERE source = {} ORDER BY id DESC LIMIT {}"
)

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Manner:
    """How visits are made; the same for all sources of a process."""

    owner: str
    limits: Limits = field(default_factory=Limits)
    private_networks: tuple[str, ...] = ()
    pause: float = PAUSE


class _Known(NamedTuple):
    """An entry that we have. `unseen`: for a week, or missing the last time."""

    id: int
    unseen: bool


class Visit:
    """A source that is leased to us, visited once."""

    def __init__(self, source: Source, manner: Manner, *, now: datetime) -> None:
        self.source, self.manner = source, manner
        self._begun, self._leased = now, now
        self._started = time.monotonic()
        self._settings: Mapping[str, str] = json.loads(source.settings or "{}")
        self.record = Record(source, manner.owner, now, self._started, pause=manner.pause)

    @property
    def now(self) -> datetime:
        return self._begun + timedelta(seconds=time.monotonic() - self._started)

    async def make(self) -> Note | PollResult:
        """A note that is still to be written, or the result when everything is stored.

        Raises LeaseLostError when another process has it by now.
        """
        ask = KINDS[self.source.kind].ask(self.source.address, self._settings)
        answer = await self._fetch(
            ask, etag=self.source.etag, last_modified=self.source.last_modified
        )
        if isinstance(answer, Failed):
            return self.record.failure(answer)
        try:
            return await self._take_in(answer)
        except LeaseLostError:
            raise
        except Exception as error:
            if isinstance(answer, Unchanged):
                raise
            # Nothing of it was written. Whatever stood in the document, the poll is recorded.
            logger.exception("source %s could not be taken in", self.source.id)
            sentence = f"The document could not be taken in ({type(error).__name__})."
            return self.record.trouble("unreadable", sentence, answer)

    async def _fetch(
        self, ask: Ask, *, etag: str | None = None, last_modified: str | None = None
    ) -> Fetched | Unchanged | Failed:
        async with turn(ask.address, pause=self.manner.pause):
            # A slow host may have kept us waiting for longer than the lease lasts.
            await self._keep_lease()
            return await fetch(
                ask,
                # Seconds are told from when the visit began: from there the next one is counted.
                now=self.record.now,
                etag=etag,
                last_modified=last_modified,
                limits=self.manner.limits,
                private_networks=self.manner.private_networks,
            )

    async def _keep_lease(self) -> None:
        now = self.now
        if now - self._leased < claiming.LEASE / 4:
            return
        if not await claiming.prolong(self.source.id, now=now, owner=self.manner.owner):
            raise LeaseLostError
        self._leased = now

    async def _take_in(self, answer: Fetched | Unchanged) -> Note | PollResult:
        source, record = self.source, self.record
        moving = await self._moving(answer.moved_to)
        if isinstance(answer, Unchanged):
            return record.unchanged(answer, moving, status=304)
        if source.body_hash == sha256(answer.body).hexdigest():
            return record.unchanged(answer, moving, status=answer.status)
        known = await self._known()
        answer, parsed = await self._parse(answer, frozenset(known))
        if parsed.problem and not parsed.entries:
            return record.trouble(parsed.trouble, parsed.problem, answer)
        if not parsed.entries and not parsed.known and source.expected:
            sentence = f"The document holds nothing; it used to hold {source.expected} entries."
            return record.trouble("empty", sentence, answer)
        parsed = await self._with_details(parsed)
        policy, matches = await match(
            source.id,
            source.address,
            parsed.entries,
            source.key_policy,
            unread=frozenset(parsed.known),
        )
        matches = [_unless_only_less(each) for each in matches]
        broken = breaks_off(answer.body)
        if matches and broken:
            matches[-1] = _unless_cut(matches[-1])
        readings = await in_thread(_readings, source, matches, record.now)
        note = record.success(answer, parsed, policy, matches, moving, broken=broken)
        again = [known[digest] for digest in parsed.known if digest in known]
        seen = [each.id for each in again if each.unseen or tells_missing(parsed)]
        await store(note, parsed=parsed, matches=matches, read=readings, seen=seen, now=record.now)
        return note.result

    async def _parse(self, answer: Fetched, known: frozenset[str]) -> tuple[Fetched, Parsed]:
        """The document with all its pages. A page that fails leaves the rest to the next visit."""
        parsed = await parse_safely(self.source.kind, self._document(answer, known))
        while parsed.next_page is not None and parsed.pages < PAGES:
            more = await self._fetch(parsed.next_page)
            if not isinstance(more, Fetched):
                return answer, replace(parsed, left=parsed.left + 1, complete=False)
            answer = replace(answer, transferred=answer.transferred + more.transferred)
            page = await parse_safely(self.source.kind, self._document(more, known))
            if page.problem and not page.entries:
                return answer, replace(parsed, problem=page.problem, left=parsed.left + 1)
            parsed = _together(parsed, page)
        return answer, parsed

    def _document(self, answer: Fetched, known: frozenset[str] = frozenset()) -> Document:
        return Document(
            body=answer.body,
            address=answer.address,
            content_type=answer.content_type,
            zone=self.source.zone,
            settings=self._settings,
            known=known,
        )

    async def _with_details(self, parsed: Parsed) -> Parsed:
        """The entries with what stands at addresses of their own, as many as a visit may ask for.

        One whose detail cannot be had keeps the question, and is asked for again next time.
        """
        wanted = [each for each in parsed.entries if each.detail is not None]
        if not wanted:
            return parsed
        entries = [each for each in parsed.entries if each.detail is None]
        for entry in wanted[:DETAILS]:
            detailed = await self._detailed(entry)
            entries.append(
                replace(detailed, detail=None) if detailed else replace(entry, received_hash="")
            )
        left = max(0, len(wanted) - DETAILS)
        return replace(parsed, entries=tuple(entries), left=parsed.left + left)

    async def _detailed(self, entry: ParsedEntry) -> ParsedEntry | None:
        assert entry.detail is not None  # noqa: S101 - asked for above
        answer = await self._fetch(entry.detail)
        if not isinstance(answer, Fetched):
            return None
        return await detail_safely(self.source.kind, entry, self._document(answer))

    async def _known(self) -> "dict[str, _Known]":
        """Hash → id of the items that the document held the last time, and of some before."""
        if not self.source.expected:
            return {}
        rows = await Entry.raw(
            _KNOWN,
            *(self.record.now - SEEN_AGAIN, self.source.id, 2 * self.source.expected + 100),
        )
        return {
            row["received_hash"]: _Known(row["id"], row["unseen"])
            for row in rows
            if row["received_hash"]
        }

    async def _moving(self, moved_to: str | None) -> Move:
        source = self.source
        move = moved(
            source.address,
            moved_to,
            seen=source.moved_to,
            since=source.moved_since,
            now=self.record.now,
        )
        if move.address is None or not await Source.exists().where(Source.address == move.address):
            return move
        ended = f"It has moved to {move.address[:200]}, which is visited already."
        return Move(None, move.moved_to, move.since, ended)


def _together(first: Parsed, more: Parsed) -> Parsed:
    return replace(
        first,
        entries=first.entries + more.entries,
        known=first.known + more.known,
        complete=more.complete,
        skipped=first.skipped + more.skipped,
        left=first.left + more.left,
        next_page=more.next_page,
        pages=first.pages + more.pages,
    )


def _unless_only_less(each: Match) -> Match:
    """A known entry that came without its details this time has not changed by that."""
    came_plain = each.entry.detail is not None and isinstance(each.standing, Changed)
    return replace(each, standing=Same()) if came_plain else each


def _unless_cut(last: Match) -> Match:
    """A known entry in which the document broke off has not changed by that."""
    return replace(last, standing=Same()) if isinstance(last.standing, Changed) else last


def _readings(source: Source, matches: Sequence[Match], now: datetime) -> list[Read]:
    meant = [each for each in matches if not isinstance(each.standing, Same)]
    return list(_read(source, meant, now))


def _read(source: Source, meant: Sequence[Match], now: datetime) -> Iterator[Read]:
    for each in meant:
        text = f"{each.entry.title}\n{each.entry.text}"
        language = each.entry.language or source.language
        published = each.entry.published or now
        try:
            reading = read(text, language=language, published=published, zone=source.zone)
        except Exception:
            # What is read is a proposal; the entry is kept without it.
            logger.exception("an entry of source %s could not be read", source.id)
            reading = Reading(language, (), (), (), text)
        yield Read(each, reading)
