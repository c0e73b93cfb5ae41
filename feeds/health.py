"""Reading: how each source does, against its own history. Five queries, however many sources."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any  # rows of raw queries

from piccolo.columns.combination import WhereRaw
from piccolo.query.functions import Sum

from feeds.drift import WEEK, Drift, GoodPoll, Usual, drifts, usual, usual_per_week
from feeds.tables import Poll, Source

# So many good polls say what is usual.
COMPARED = 20


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """`outcome` and `error` are of the last visit that was no outage of ours; None before the
    first. `since`: when this outcome came for the first time after the last good visit.
    `good` are the last documents that were read, the newest first.
    """

    id: int
    name: str
    address: str
    kind: str
    language: str | None
    zone: str
    countries: str
    state: str
    state_reason: str
    created: datetime
    last_polled: datetime | None
    last_success: datetime | None
    last_new: datetime | None
    next_due: datetime
    rhythm_reason: str
    failures: int
    first_failure: datetime | None
    last_error: str
    gap: int | None
    outcome: str | None = None
    error: str = ""
    since: datetime | None = None
    good: tuple[GoodPoll, ...] = ()
    new_in_week: int | None = None

    @property
    def usual(self) -> Usual:
        return usual(self.good[1:])

    @property
    def usual_per_week(self) -> int | None:
        return usual_per_week(self.gap)

    def drifts(self, *, now: datetime) -> list[Drift]:
        return drifts(
            self.good,
            gap=self.gap,
            last_new=self.last_new,
            new_in_week=self.new_in_week,
            now=now,
        )


_SHOWN = (
    *("id", "name", "address", "kind", "language", "zone", "countries", "state", "state_reason"),
    *("created", "last_polled", "last_success", "last_new", "next_due", "rhythm_reason"),
    *("failures", "first_failure", "last_error", "gap"),
)
_LAST = (
    "SELECT {what} FROM poll l WHERE l.source = s.id AND l.outcome <> 'outage'"
    " ORDER BY l.id DESC LIMIT 1"
)
_LAST_GOOD = (
    "SELECT g.id FROM poll g WHERE g.source = s.id AND g.outcome IN ('fetched', 'unchanged')"
    " ORDER BY g.id DESC LIMIT 1"
)
_LAST_POLLS = WhereRaw(f"poll.id IN (SELECT ({_LAST.format(what='l.id')}) FROM source s)")
_SINCE = WhereRaw(
    "poll.id IN (SELECT (SELECT f.id FROM poll f WHERE f.source = s.id"
    f" AND f.outcome = ({_LAST.format(what='l.outcome')}) AND f.id > COALESCE(({_LAST_GOOD}), 0)"
    " ORDER BY f.id LIMIT 1) FROM source s)"
)
# The beginning is looked up once for each source; CROSS: from the few sources to their polls, and
# not through all polls.
_GOOD = (
    "WITH begins AS MATERIALIZED (SELECT s.id AS source, COALESCE((SELECT b.id FROM poll b"
    " WHERE b.source = s.id AND b.outcome = 'fetched' ORDER BY b.id DESC"
    f" LIMIT 1 OFFSET {COMPARED}), 0) AS id FROM source s)"
    " SELECT p.source, p.fetched, p.new + p.changed AS kept, p.bytes FROM begins"
    " CROSS JOIN poll p WHERE p.source = begins.source AND p.id > begins.id"
    " AND p.outcome = 'fetched' ORDER BY p.id DESC"
)


async def sources_with_health(*, now: datetime) -> list[SourceHealth]:
    """All sources by name."""
    columns = [Source._meta.get_column_by_name(name) for name in _SHOWN]
    sources = await Source.select(*columns).order_by(Source.name, Source.id)
    last = await _by_source(_LAST_POLLS)
    since = await _by_source(_SINCE)
    good = await _good_polls()
    week = await _new_in_week(now)
    return [_health(row, last, since, good, week, now=now) for row in sources]


async def health_of(source_id: int, *, now: datetime) -> SourceHealth | None:
    """Of one source, as on the board: few enough to read all."""
    return next((each for each in await sources_with_health(now=now) if each.id == source_id), None)


def _health(
    row: dict[str, Any],
    last: dict[int, dict[str, Any]],
    since: dict[int, dict[str, Any]],
    good: dict[int, list[GoodPoll]],
    week: dict[int, int],
    *,
    now: datetime,
) -> SourceHealth:
    number = row["id"]
    visit, first = last.get(number, {}), since.get(number, {})
    # Its first document brought everything at once: the first week is compared with nothing.
    known = row["created"] <= now - WEEK
    return SourceHealth(
        **row,
        outcome=visit.get("outcome"),
        error=visit.get("error", ""),
        since=first.get("started"),
        good=tuple(good[number]),
        new_in_week=week.get(number, 0) if known else None,
    )


async def _by_source(which: WhereRaw) -> dict[int, dict[str, Any]]:
    rows = await Poll.select(Poll.source, Poll.started, Poll.outcome, Poll.error).where(which)
    return {row["source"]: row for row in rows}


async def _good_polls() -> dict[int, list[GoodPoll]]:
    found: dict[int, list[GoodPoll]] = defaultdict(list)
    for row in await Poll.raw(_GOOD):
        found[row["source"]].append(GoodPoll(row["fetched"], row["kept"], row["bytes"]))
    return found


async def _new_in_week(now: datetime) -> dict[int, int]:
    rows: Sequence[dict[str, Any]] = await (
        Poll.select(Poll.source, Sum(Poll.new))
        .where(Poll.started > now - WEEK, Poll.outcome == "fetched")
        .group_by(Poll.source)
    )
    return {row["source"]: int(row["sum"]) for row in rows}


async def outage_since() -> datetime | None:
    """Since when nothing can be reached from here; None when the last visit reached something."""
    last = await Poll.select(Poll.outcome).order_by(Poll.id, ascending=False).first()
    if last is None or last["outcome"] != "outage":
        return None
    answered = await (
        Poll.select(Poll.id)
        .where(Poll.outcome.not_in(["outage", "failed"]))
        .order_by(Poll.id, ascending=False)
        .first()
    )
    before = answered["id"] if answered else 0
    first = await (
        Poll.select(Poll.started)
        .where(Poll.id > before, Poll.outcome == "outage")
        .order_by(Poll.id)
        .first()
    )
    return first["started"] if first else None
