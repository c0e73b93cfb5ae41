"""What a rule would have done, had it been on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any  # a row is what its table says

from advocacy.learned import reading, rules
from advocacy.learned.rules import Condition
from advocacy.triage.tables import Triage
from feeds.tables import Entry

LAST = 200
COUNTED = 2_000  # undecided entries that are looked at, the newest


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """`decision`, `reason`, `who`: what people, or another rule, have decided; "" while nobody."""

    entry: int
    title: str
    language: str | None
    source: str
    first_seen: datetime
    taken: bool
    spared: bool
    decision: str
    reason: str
    who: str

    @property
    def against(self) -> bool:
        """People made something of an entry that the rule would have hidden."""
        return self.taken and self.decision in rules.OURS


@dataclass(frozen=True, slots=True)
class Preview:
    """`waiting`: undecided entries that it takes; of all, or (`more`) of the newest COUNTED."""

    rows: list[PreviewRow]
    waiting: int
    more: bool

    @property
    def taken(self) -> list[PreviewRow]:
        return [row for row in self.rows if row.taken]

    @property
    def left(self) -> list[PreviewRow]:
        return [row for row in self.rows if not row.taken]

    @property
    def against(self) -> list[PreviewRow]:
        return [row for row in self.rows if row.against]


async def preview(condition: Condition, *, now: datetime) -> Preview:
    """The last entries, of its source if it names one, as each was when it came."""
    query = reading.entries()
    if condition.source is not None:
        query = query.where(Entry.source == condition.source)
    found = await query.order_by(Entry.id, ascending=False).limit(LAST)
    decided = await _decisions([row["entry"] for row in found])
    open_ones = await reading.undecided(condition.source, limit=COUNTED, newest=True)
    return Preview(
        [_row(row, condition, decided.get(row["entry"], {})) for row in found],
        sum(rules.takes(condition, reading.seen(row), now=now) for row in open_ones),
        len(open_ones) == COUNTED,
    )


async def _decisions(entries: list[int]) -> dict[int, dict[str, Any]]:
    if not entries:
        return {}
    rows = await Triage.select(
        *(Triage.entry, Triage.decision, Triage.reason, Triage.person.name.as_alias("who")),
    ).where(Triage.entry.is_in(entries))
    return {row["entry"]: row for row in rows}


def _row(row: dict[str, Any], condition: Condition, decided: dict[str, Any]) -> PreviewRow:
    entry = reading.seen(row)
    hit = rules.matches(condition, entry)
    spared = hit and rules.spared(entry, now=row["first_seen"])
    return PreviewRow(
        entry=row["entry"],
        title=row["title"],
        language=row["language"],
        source=row["source_name"],
        first_seen=row["first_seen"],
        taken=hit and not spared,
        spared=spared,
        decision=decided.get("decision", ""),
        reason=decided.get("reason", ""),
        who=decided.get("who", ""),
    )
