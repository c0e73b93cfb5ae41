"""Which sources are visited, how many at once, and when what came of it is written.

    claim     due sources, one per host, leased in the database            claiming
    visit     up to sixteen at once                                        visiting
    judge     nearly nothing can be reached: our outage, nobody's fault    outage
    write     visits that brought nothing, many in one transaction         noting

Whatever a poll ends with is recorded with what was fetched and kept, and says when the next is due
and why. Any number of processes may do this at once.
"""

import asyncio
import logging
import time
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any  # Piccolo's queries are generic over their rows

from piccolo.query.methods.select import Select

from feeds.fetching.following import Limits
from feeds.polling import claiming, noting, outage
from feeds.polling.claiming import host_of
from feeds.polling.noting import LeaseLostError, Note, PollResult
from feeds.polling.politeness import PAUSE
from feeds.polling.recording import as_outage
from feeds.polling.schedule import LONGEST_LIMITED
from feeds.polling.visiting import Manner, Visit
from feeds.tables import Poll, Source

AT_ONCE = 16
CLAIMED_AT_ONCE = 48
# A note waits for others this long, so that many are written in one transaction.
NOTES_WAIT = 0.2
NOTES_AT_ONCE = 32
# A round takes no new sources after a minute; who asks for the next begins another.
LONGEST_ROUND = 60.0
LIMITED_LATELY = timedelta(hours=1)

logger = logging.getLogger(__name__)


async def poll_due(
    *,
    now: datetime,
    owner: str,
    limit: int,
    limits: Limits | None = None,
    private_networks: tuple[str, ...] = (),
    pause: float = PAUSE,
) -> list[PollResult]:
    """Visit up to `limit` due sources, some at once, one at a time per host."""
    manner = Manner(owner, limits or Limits(), private_networks, pause)
    if await _in_outage(now):
        # One is enough to see whether the line is back.
        limit = min(limit, 1)
    return await _Round(manner, now, limit).run()


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
    source = await Source.objects().get(Source.id == source_id)
    if source is None:
        return PollResult(source_id, "busy")
    manner = Manner(owner, limits or Limits(), private_networks, pause)
    ended = await _visited(source, manner, now)
    if isinstance(ended, PollResult):
        return ended
    await noting.write([ended])
    return ended.result


class _Round:
    """Claims, visits and writes until nothing that is due is left."""

    def __init__(self, manner: Manner, now: datetime, limit: int) -> None:
        self.manner, self._begun, self.limit = manner, now, limit
        self._started = time.monotonic()
        self._waiting: list[Source] = []
        self._running: set[asyncio.Task[Note | PollResult]] = set()
        self._notes: list[Note] = []
        self._noted_at = 0.0
        self._results: list[PollResult] = []
        self._claimed = 0
        self._asked = now
        self._exhausted = False

    @property
    def now(self) -> datetime:
        return self._begun + timedelta(seconds=time.monotonic() - self._started)

    async def run(self) -> list[PollResult]:
        try:
            while await self._goes_on():
                done, self._running = await asyncio.wait(
                    self._running,
                    timeout=NOTES_WAIT if self._notes else None,
                    return_when=asyncio.FIRST_COMPLETED,
                )
                for task in done:
                    self._take(task.result())
                if self._is_time_to_write():
                    await self._write()
            return self._results
        finally:
            await self._abandon()

    async def _goes_on(self) -> bool:
        """Whether something is running, after beginning what may begin."""
        while True:
            await self._claim()
            while self._waiting and len(self._running) < AT_ONCE:
                self._running.add(asyncio.create_task(self._visit(self._waiting.pop(0))))
            if self._running:
                return True
            if self._notes:
                await self._write()
                continue
            if not await self._wait_for_a_host():
                return False

    async def _claim(self) -> None:
        room = min(CLAIMED_AT_ONCE, self.limit - self._claimed)
        late = time.monotonic() - self._started > LONGEST_ROUND
        if self._exhausted or late or room <= 0 or len(self._waiting) >= AT_ONCE:
            return
        self._asked = self.now
        ids = await claiming.claim_due(now=self._asked, owner=self.manner.owner, limit=room)
        self._claimed += len(ids)
        # Whatever else is due waits for its host: until one is free there is nothing to claim.
        self._exhausted = len(ids) < room
        if ids:
            found = await Source.objects().where(Source.id.is_in(ids)).order_by(Source.next_due)
            self._waiting += found

    async def _wait_for_a_host(self) -> bool:
        if self._claimed >= self.limit or time.monotonic() - self._started > LONGEST_ROUND:
            return False
        # A host that has become free since the claim is worth another one.
        free_at = await claiming.next_turn(now=self._asked)
        seconds = (free_at - self.now).total_seconds() if free_at else None
        # A host that is taken for longer is being visited by another process.
        if seconds is None or seconds > 2 * self.manner.pause:
            return False
        await asyncio.sleep(max(0.0, seconds) + 0.001)
        self._exhausted = False
        return True

    async def _visit(self, source: Source) -> Note | PollResult:
        now = self.now
        try:
            waited = now - (source.lease_until or now) + claiming.LEASE
            if waited > claiming.LEASE / 4 and not await claiming.prolong(
                source.id, now=now, owner=self.manner.owner
            ):
                return PollResult(source.id, "busy")
            return await _visited(source, self.manner, now)
        except Exception:
            # The database, most likely. The lease ends by itself; the others go on.
            logger.exception("source %s could not be polled", source.id)
            return PollResult(source.id, "failed", error="The poll could not be recorded.")

    def _take(self, ended: Note | PollResult) -> None:
        if isinstance(ended, PollResult):
            self._results.append(ended)
            self._exhausted = False
            return
        if not self._notes:
            self._noted_at = time.monotonic()
        self._notes.append(ended)

    def _is_time_to_write(self) -> bool:
        waited = time.monotonic() - self._noted_at
        return bool(self._notes) and (len(self._notes) >= NOTES_AT_ONCE or waited >= NOTES_WAIT)

    async def _write(self) -> None:
        notes, self._notes = self._notes, []
        self._exhausted = False
        try:
            notes = await _judged(notes, now=self.now)
            notes = [await _with_its_host(each) for each in notes]
            await noting.write(notes)
        except Exception:
            logger.exception("%s polls could not be recorded", len(notes))
            self._results += [
                PollResult(each.source.id, "failed", error="The poll could not be recorded.")
                for each in notes
            ]
            return
        self._results += [each.result for each in notes]

    async def _abandon(self) -> None:
        """What was claimed and not visited is due again at once, when we are stopped."""
        for task in self._running:
            task.cancel()
        if self._waiting:
            ids = [source.id for source in self._waiting]
            await claiming.give_back(ids, owner=self.manner.owner)


async def _visited(source: Source, manner: Manner, now: datetime) -> Note | PollResult:
    try:
        return await Visit(source, manner, now=now).make()
    except LeaseLostError:
        return PollResult(source.id, "busy")


async def _judged(notes: list[Note], *, now: datetime) -> list[Note]:
    """The notes, and those of visits that reached nothing as our outage when it is one."""
    unreached = [note for note in notes if note.poll["problem"] in outage.UNREACHED]
    if not unreached:
        return notes
    lately = await _visits_since(now - outage.WINDOW)
    visits = [(host_of(note.source.address), note not in unreached) for note in notes]
    if not outage.is_ours([*lately, *visits]):
        return notes
    await _forgive(now - outage.WINDOW)
    return [as_outage(note, now=now) if note in unreached else note for note in notes]


async def _with_its_host(note: Note) -> Note:
    """The note of a source whose server asked us to wait. A second source that it tells the same
    makes it the wish of the whole server; one alone may be limited by its path.
    """
    host = host_of(note.source.address)
    if note.poll["problem"] != "limited" or not host:
        return note
    others = await Source.exists().where(
        Source.host == host, Source.id != note.source.id, Source.id.is_in(_limited_since(note))
    )
    if not others:
        return note
    until = min(note.values["next_due"], note.poll["started"] + LONGEST_LIMITED)
    return replace(note, free_at=max(note.free_at, until))


def _limited_since(note: Note) -> Select[Any]:
    then = note.poll["started"] - LIMITED_LATELY
    return Poll.select(Poll.source).where(Poll.problem == "limited", Poll.started >= then)


async def _visits_since(then: datetime) -> list[tuple[str, bool]]:
    rows = await Poll.select(Poll.problem, Poll.source.host.as_alias("host")).where(
        Poll.started >= then
    )
    return [(row["host"], row["problem"] not in outage.UNREACHED) for row in rows]


async def _forgive(then: datetime) -> None:
    """What failed in the minutes before we knew counts against nobody either."""
    missed = (Poll.started >= then) & (Poll.outcome == "failed")
    rows = await Poll.select(Poll.id, Poll.source).where(
        missed, Poll.problem.is_in(list(outage.UNREACHED))
    )
    if rows:
        await Source.update({Source.failures: Source.failures - 1}).where(
            Source.id.is_in(sorted({row["source"] for row in rows})), Source.failures > 0
        )
        await Poll.update({Poll.outcome: "outage"}).where(
            Poll.id.is_in([row["id"] for row in rows])
        )


async def _in_outage(now: datetime) -> bool:
    """Whether the last visit of the last minutes found that nothing can be reached."""
    last = (
        await Poll.select(Poll.outcome)
        .where(Poll.started >= now - 2 * outage.WINDOW)
        .order_by(Poll.id, ascending=False)
        .first()
    )
    return last is not None and last["outcome"] == "outage"
