"""How a visit ends: what was fetched and kept, when the next is due, and why. Pure but for chance.

Nothing is written here: a visit ends in a Note, and `noting` writes it.
"""

import json
import random
import re
import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from http import HTTPStatus
from typing import Any  # a column holds whatever its table says

from feeds.fetching.following import Failed, Fetched, Unchanged
from feeds.identity.comparing import Changed, New
from feeds.parsing import Parsed, Wishes
from feeds.parsing.entry import Trouble
from feeds.polling import outage, schedule
from feeds.polling.claiming import host_of
from feeds.polling.matching import Match
from feeds.polling.moving import Move
from feeds.polling.noting import SOURCE, Note
from feeds.tables import Source

# Who shows us a wall is asked again the same day, not every few minutes.
WALLS = ("blocked", "login")

_BEGINNING = re.compile(rb"<(?:[\w.-]+:)?(?:rss|rdf|feed)[\s>]|BEGIN:VCALENDAR", re.IGNORECASE)
_END = re.compile(rb"</(?:[\w.-]+:)?(?:rss|rdf|feed)\s*>|END:VCALENDAR", re.IGNORECASE)
_LOOKED_AT = 4096


class Record:
    """A visit that ends in one of four ways."""

    def __init__(
        self, source: Source, owner: str, now: datetime, started: float, *, pause: float = 0.0
    ) -> None:
        self.source, self.owner, self.now = source, owner, now
        self._started, self._pause = started, timedelta(seconds=pause)
        # Spreads load; nothing secret hangs on it.
        self._jitter = random.uniform(-1, 1)  # noqa: S311

    def success(
        self,
        answer: Fetched,
        parsed: Parsed,
        policy: str,
        matches: list[Match],
        moving: Move,
        *,
        broken: bool = False,
    ) -> Note:
        new = sum(isinstance(each.standing, New) for each in matches)
        changed = sum(isinstance(each.standing, Changed) for each in matches)
        items = len(matches) + len(parsed.known)
        values = self._good(answer, moving, new, parsed)
        values |= {"key_policy": policy, "expected": items or self.source.expected}
        # The validators are those of the first answer: they would hide a change of its other pages,
        # and what could not be read to its end this time.
        wanting = any(each.entry.detail is not None for each in matches)
        if parsed.left or parsed.pages > 1 or wanting:
            values |= {"etag": None, "last_modified": None, "body_hash": None}
        problem = parsed.problem or ""
        if broken:
            # Behind a 304 the rest would never come. The hash is another when the rest is there.
            values |= {"etag": None, "last_modified": None}
            problem = problem or "The document breaks off; what could be read of it is kept."
        if parsed.left:
            values["next_due"] = self.now + schedule.SHORTEST
            values["rhythm_reason"] = f"{parsed.left} entries are still to be read"
        skipped = f"{parsed.skipped} items could not be read." if parsed.skipped else ""
        error = " ".join(filter(None, (problem, skipped)))
        poll = self._poll("fetched", answer.status, answer.transferred, error)
        poll |= {"fetched": items, "new": new, "changed": changed, "same": items - new - changed}
        rare = self._moved(moving)
        if not self.source.name and parsed.title:
            rare["name"] = parsed.title
        return self._note(poll, values, rare)

    def unchanged(self, answer: Fetched | Unchanged, moving: Move, *, status: int) -> Note:
        size = answer.transferred if isinstance(answer, Fetched) else 0
        poll = self._poll("unchanged", status, size)
        return self._note(poll, self._good(answer, moving, 0, None), self._moved(moving))

    def trouble(self, outcome: Trouble, sentence: str, answer: Fetched) -> Note:
        """The server answered, and not with what we came for."""
        due = schedule.after_failure(
            now=self.now,
            jitter=self._jitter,
            failures=self.source.failures + 1,
            limited=outcome in WALLS,
        )
        if outcome == "empty":
            # A list may well be empty for a season: it is shown, and visited as before.
            due = self._next(
                answer.max_age, self.source.gap, self.source.last_new, _wishes_of(self.source)
            )
        poll = self._poll(outcome, answer.status, answer.transferred, sentence)
        return self._note(poll, self._bad(sentence, due))

    def failure(self, failed: Failed) -> Note:
        source = self.source
        missing = failed.status == HTTPStatus.NOT_FOUND
        due = schedule.after_failure(
            now=self.now,
            jitter=self._jitter,
            failures=source.failures + 1,
            limited=failed.problem == "limited" or failed.status == HTTPStatus.FORBIDDEN,
            retry_after=failed.retry_after,
            missing_since=source.first_failure if missing else None,
        )
        ends = schedule.ends(failed.status)
        outcome = "gone" if ends else "failed"
        poll = self._poll(outcome, failed.status, 0, failed.sentence)
        poll["problem"] = failed.problem
        rare = {"state": "gone", "state_reason": failed.sentence} if ends else {}
        return self._note(poll, self._bad(failed.sentence, due), rare)

    def _good(
        self, answer: Fetched | Unchanged, moving: Move, new: int, parsed: Parsed | None
    ) -> dict[str, Any]:
        source = self.source
        last_new = self.now if new else source.last_new
        dates = [each.published for each in parsed.entries if each.published] if parsed else []
        gap = schedule.usual_gap(
            source.gap, now=self.now, last_new=source.last_new, new=new, published=dates
        )
        wishes = parsed.wishes if parsed else _wishes_of(source)
        due, reason = self._next(answer.max_age, gap, last_new, wishes)
        return {
            "last_polled": self.now,
            "last_success": self.now,
            "last_new": last_new,
            "gap": gap,
            "next_due": due,
            "rhythm_reason": reason,
            "failures": 0,
            "first_failure": None,
            "last_error": "",
            **_validators(source, answer),
            "moved_to": moving.moved_to,
            "moved_since": moving.since,
            "host": host_of(moving.address or source.address),
            "wishes": _written(wishes),
        }

    def _next(
        self, max_age: int | None, gap: int | None, last_new: datetime | None, wishes: Wishes
    ) -> tuple[datetime, str]:
        return schedule.next_due(
            now=self.now,
            jitter=self._jitter,
            gap=gap,
            last_new=last_new or self.source.created,
            max_age=max_age,
            wishes=wishes,
        )

    def _bad(self, sentence: str, due: tuple[datetime, str]) -> dict[str, Any]:
        return {
            "last_polled": self.now,
            "failures": self.source.failures + 1,
            "first_failure": self.source.first_failure or self.now,
            "last_error": sentence,
            "next_due": due[0],
            "rhythm_reason": due[1],
            "host": host_of(self.source.address),
        }

    def _moved(self, moving: Move) -> dict[str, Any]:
        rare: dict[str, Any] = {}
        if moving.address:
            rare["address"] = moving.address
        if moving.ended:
            rare |= {"state": "paused", "state_reason": moving.ended}
        return rare

    def _poll(self, outcome: str, status: int | None, size: int, error: str = "") -> dict[str, Any]:
        return {
            "started": self.now,
            "ended": self.now + timedelta(seconds=time.monotonic() - self._started),
            "outcome": outcome,
            "status": status,
            "bytes": size,
            "fetched": 0,
            "new": 0,
            "changed": 0,
            "same": 0,
            "error": error,
            "problem": "",
        }

    def _note(
        self,
        poll: dict[str, Any],
        values: Mapping[str, Any],
        rare: Mapping[str, Any] | None = None,
    ) -> Note:
        as_it_was = {name: getattr(self.source, name) for name in SOURCE}
        return Note(
            source=self.source,
            owner=self.owner,
            free_at=poll["ended"] + self._pause,
            poll={**poll, "reason": values["rhythm_reason"]},
            values={**as_it_was, **values},
            rare=rare or {},
        )


def as_outage(note: Note, *, now: datetime) -> Note:
    """The same visit, when it was our line that was down: it counts against nobody."""
    due, reason = schedule.after_outage(now=now, jitter=random.uniform(-1, 1))  # noqa: S311
    source = note.source
    return note.but(
        poll={"outcome": "outage", "error": outage.SENTENCE, "reason": reason},
        values={
            "failures": source.failures,
            "first_failure": source.first_failure,
            "last_error": source.last_error,
            "next_due": due,
            "rhythm_reason": reason,
        },
    )


def breaks_off(body: bytes) -> bool:
    """Whether a feed or calendar has a beginning and no end, in any encoding of ASCII's kind."""
    first, last = body[:_LOOKED_AT].replace(b"\0", b""), body[-_LOOKED_AT:].replace(b"\0", b"")
    return _BEGINNING.search(first) is not None and _END.search(last) is None


def _wishes_of(source: Source) -> Wishes:
    stated = json.loads(source.wishes or "{}")
    return Wishes(
        pause=stated.get("pause"),
        skip_hours=frozenset(stated.get("hours", ())),
        skip_days=frozenset(stated.get("days", ())),
    )


def _written(wishes: Wishes) -> str:
    if wishes == Wishes():
        return "{}"
    return json.dumps(
        {
            "pause": wishes.pause,
            "hours": sorted(wishes.skip_hours),
            "days": sorted(wishes.skip_days),
        }
    )


def _validators(source: Source, answer: Fetched | Unchanged) -> dict[str, Any]:
    if isinstance(answer, Fetched):
        return {
            "etag": answer.etag,
            "last_modified": answer.last_modified,
            "body_hash": sha256(answer.body).hexdigest(),
        }
    return {
        "etag": answer.etag or source.etag,
        "last_modified": answer.last_modified or source.last_modified,
    }
