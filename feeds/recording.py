"""How a visit is written down: what was fetched and kept, when the next is due, and why."""

import random
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from http import HTTPStatus
from typing import Any  # Piccolo's values are of as many types as its columns

from feeds import schedule
from feeds.fetching import Failed, Fetched, Unchanged
from feeds.identity import Changed, New
from feeds.matching import Match
from feeds.moving import Move
from feeds.parsing import Parsed
from feeds.storing import Read, release, store
from feeds.tables import Poll, Source


@dataclass(frozen=True, slots=True)
class PollResult:
    """What came of a visit. `outcome` as in Poll, or `busy` when nothing was done."""

    source: int
    outcome: str
    status: int | None = None
    fetched: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    error: str = ""
    next_due: datetime | None = None


class Record:
    """A visit that ends in one of four ways."""

    def __init__(self, source: Source, owner: str, now: datetime, started: float) -> None:
        self.source, self.owner, self.now = source, owner, now
        self._started = started
        # Spreads load; nothing secret hangs on it.
        self._jitter = random.uniform(-1, 1)  # noqa: S311

    async def success(  # noqa: PLR0917 - the stages before it, in their order
        self,
        answer: Fetched,
        parsed: Parsed,
        policy: str,
        matches: list[Match],
        readings: list[Read],
        moving: Move,
    ) -> PollResult:
        new = sum(isinstance(each.standing, New) for each in matches)
        changed = sum(isinstance(each.standing, Changed) for each in matches)
        items = len(matches) + len(parsed.known)
        values = self._good(answer, moving, new, parsed)
        values |= {Source.key_policy: policy, Source.expected: items or self.source.expected}
        if parsed.left:
            values |= {Source.etag: None, Source.last_modified: None, Source.body_hash: None}
            values[Source.next_due] = self.now + schedule.SHORTEST
            values[Source.rhythm_reason] = f"{parsed.left} entries are still to be read"
        if not self.source.name and parsed.title:
            values[Source.name] = parsed.title
        error = f"{parsed.skipped} items could not be read." if parsed.skipped else ""
        poll = self._poll("fetched", answer.status, answer.transferred, error)
        poll.fetched, poll.new, poll.changed = items, new, changed
        poll.same = items - new - changed
        await store(
            self.source.id,
            owner=self.owner,
            source_values=values,
            parsed=parsed,
            matches=matches,
            read=readings,
            poll=poll,
            now=self.now,
        )
        return _result(self.source.id, poll, values)

    async def unchanged(
        self, answer: Fetched | Unchanged, moving: Move, *, status: int
    ) -> PollResult:
        values = self._good(answer, moving, 0, None)
        size = answer.transferred if isinstance(answer, Fetched) else 0
        return await self._write(self._poll("unchanged", status, size), values)

    async def trouble(self, outcome: str, sentence: str, answer: Fetched) -> PollResult:
        """The server answered, and not with what we came for."""
        values = self._bad(sentence)
        due = schedule.after_failure(
            now=self.now, jitter=self._jitter, failures=self.source.failures + 1
        )
        if outcome == "empty":
            # A list may well be empty for a season: it is shown, and visited as before.
            due = self._next(answer.max_age, self.source.gap, self.source.last_new)
        values |= {Source.next_due: due[0], Source.rhythm_reason: due[1]}
        poll = self._poll(outcome, answer.status, answer.transferred, sentence)
        return await self._write(poll, values)

    async def failure(self, failed: Failed) -> PollResult:
        values = self._bad(failed.sentence)
        due, reason = schedule.after_failure(
            now=self.now,
            jitter=self._jitter,
            failures=self.source.failures + 1,
            limited=failed.problem == "limited" or failed.status == HTTPStatus.FORBIDDEN,
            retry_after=failed.retry_after,
        )
        values |= {Source.next_due: due, Source.rhythm_reason: reason}
        ending = schedule.ending(
            status=failed.status, first_failure=values[Source.first_failure], now=self.now
        )
        if ending is not None:
            values |= {Source.state: ending.state, Source.state_reason: ending.reason}
        outcome = "gone" if failed.problem == "gone" else "failed"
        return await self._write(self._poll(outcome, failed.status, 0, failed.sentence), values)

    def _good(
        self, answer: Fetched | Unchanged, moving: Move, new: int, parsed: Parsed | None
    ) -> dict[Any, Any]:
        source = self.source
        last_new = self.now if new else source.last_new
        dates = [each.published for each in parsed.entries if each.published] if parsed else []
        gap = schedule.usual_gap(
            source.gap, now=self.now, last_new=source.last_new, new=new, published=dates
        )
        due, reason = self._next(answer.max_age, gap, last_new)
        values: dict[Any, Any] = {
            Source.last_polled: self.now,
            Source.last_success: self.now,
            Source.last_new: last_new,
            Source.gap: gap,
            Source.next_due: due,
            Source.rhythm_reason: reason,
            Source.failures: 0,
            Source.first_failure: None,
            Source.last_error: "",
            **_validators(source, answer),
            Source.moved_to: moving.moved_to,
            Source.moved_since: moving.since,
        }
        return values | ({Source.address: moving.address} if moving.address else {})

    def _next(
        self, max_age: int | None, gap: int | None, last_new: datetime | None
    ) -> tuple[datetime, str]:
        return schedule.next_due(
            now=self.now,
            jitter=self._jitter,
            gap=gap,
            last_new=last_new or self.source.created,
            max_age=max_age,
        )

    def _bad(self, sentence: str) -> dict[Any, Any]:
        return {
            Source.last_polled: self.now,
            Source.failures: self.source.failures + 1,
            Source.first_failure: self.source.first_failure or self.now,
            Source.last_error: sentence,
        }

    def _poll(self, outcome: str, status: int | None, size: int, error: str = "") -> Poll:
        return Poll(
            source=self.source.id,
            started=self.now,
            ended=self.now + timedelta(seconds=time.monotonic() - self._started),
            outcome=outcome,
            status=status,
            bytes=size,
            error=error,
        )

    async def _write(self, poll: Poll, values: Mapping[Any, Any]) -> PollResult:
        async with Source._meta.db.transaction():
            await release(self.source.id, owner=self.owner, values=values)
            await Poll.insert(poll)
        return _result(self.source.id, poll, values)


def _validators(source: Source, answer: Fetched | Unchanged) -> dict[Any, Any]:
    if isinstance(answer, Fetched):
        return {
            Source.etag: answer.etag,
            Source.last_modified: answer.last_modified,
            Source.body_hash: sha256(answer.body).hexdigest(),
        }
    return {
        Source.etag: answer.etag or source.etag,
        Source.last_modified: answer.last_modified or source.last_modified,
    }


def _result(source_id: int, poll: Poll, values: Mapping[Any, Any]) -> PollResult:
    return PollResult(
        source=source_id,
        outcome=poll.outcome,
        status=poll.status,
        fetched=poll.fetched,
        new=poll.new,
        changed=poll.changed,
        same=poll.same,
        error=poll.error,
        next_due=values[Source.next_due],
    )
