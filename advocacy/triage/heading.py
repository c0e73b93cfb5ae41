"""What the head of the inbox says: how far the work is, what can be chosen, what comes next."""

from dataclasses import dataclass
from datetime import datetime

from piccolo.querystring import QueryString

from advocacy.triage import rules
from advocacy.triage.queries import OPEN, codes
from advocacy.triage.tables import Triage
from feeds.tables import Source

COUNTED = 500  # more open entries than this are not counted: "500+" says enough


@dataclass(frozen=True, slots=True)
class Progress:
    """Of today, by the office's calendar. `open` stops counting at COUNTED."""

    by_decision: dict[str, int]
    open: int

    @property
    def decided(self) -> int:
        return sum(self.by_decision.values())


@dataclass(frozen=True, slots=True)
class Choices:
    """What the inbox can be filtered by: names of sources, codes of their countries."""

    sources: list[str]
    countries: list[str]


async def progress(*, now: datetime) -> Progress:
    # By an expression: by the bare column, its index would be read from end to end.
    decided = await Triage.raw(
        "SELECT decision || '' AS decided, COUNT(*) AS number FROM triage"
        " WHERE at >= {} GROUP BY decision || ''",
        rules.day_begins(now),
    )
    [waiting] = await Triage.raw(
        "SELECT COUNT(*) AS number FROM ({} LIMIT {}) AS waiting", QueryString(OPEN, now), COUNTED
    )
    return Progress({row["decided"]: row["number"] for row in decided}, waiting["number"])


async def choices() -> Choices:
    rows = await Source.select(Source.name, Source.countries).order_by(Source.name)
    known = {code for row in rows for code in codes(row["countries"])}
    return Choices(list(dict.fromkeys(row["name"] for row in rows)), sorted(known))


async def failing_sources() -> int:
    return int(await Source.count().where(Source.failures > 0, Source.state == "active"))


async def next_visit() -> datetime | None:
    """When the next source is due."""
    row = await (
        Source.select(Source.next_due)
        .where(Source.state == "active")
        .order_by(Source.next_due)
        .limit(1)
        .first()
    )
    return row["next_due"] if row else None
