"""What the inbox has that is new: what waits for a decision, and what rules have put aside."""

from dataclasses import dataclass
from datetime import datetime

from piccolo.querystring import QueryString

from advocacy.digest import rules
from advocacy.digest.rules import Span
from advocacy.triage.queries import OPEN
from advocacy.triage.tables import Triage
from feeds.tables import Entry

NEW = (
    "first_seen > {} AND first_seen <= {}"
    " OR id IN (SELECT entry FROM open_entry WHERE until > {} AND until <= {})"
)
"""Come in, or back from "later"."""


@dataclass(frozen=True, slots=True)
class WaitingEntry:
    id: int
    title: str
    language: str | None
    source: str
    deadline: datetime
    zone: str


@dataclass(frozen=True, slots=True)
class RuleActed:
    """A rule of the inbox, and how many entries it has put aside; `source` "": of any."""

    source: str
    words: str  # JSON
    count: int


@dataclass(frozen=True, slots=True)
class Inbox:
    """`waiting` counts all new entries; `entries` are those that end first."""

    waiting: int = 0
    entries: tuple[WaitingEntry, ...] = ()
    rules: tuple[RuleActed, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.waiting or self.rules)


async def inbox(span: Span, *, now: datetime) -> Inbox:
    """Four queries, however much has come."""
    waiting, ending = await _waiting(span, now)
    return Inbox(waiting, ending, await _rules_that_acted(span))


async def _waiting(span: Span, now: datetime) -> tuple[int, tuple[WaitingEntry, ...]]:
    new = QueryString(
        "id IN ({}) AND ({})",
        QueryString(OPEN, now),
        QueryString(NEW, span.since, span.until, span.since, span.until),
    )
    [counted] = await Entry.raw("SELECT COUNT(*) AS number FROM entry WHERE {}", new)
    if not counted["number"]:
        return 0, ()
    ending = await Entry.raw(
        "SELECT id FROM entry WHERE {} AND next_deadline > {} ORDER BY next_deadline, id LIMIT {}",
        *(new, now, rules.MOST_ENTRIES),
    )
    if not ending:
        return counted["number"], ()
    rows = await (
        Entry.select(
            *(Entry.id, Entry.title, Entry.language),
            Entry.next_deadline.as_alias("deadline"),
            Entry.source.name.as_alias("source"),
            Entry.source.zone.as_alias("zone"),
        )
        .where(Entry.id.is_in([row["id"] for row in ending]))
        .order_by(Entry.next_deadline)
        .order_by(Entry.id)
    )
    return counted["number"], tuple(WaitingEntry(**row) for row in rows)


async def _rules_that_acted(span: Span) -> tuple[RuleActed, ...]:
    """Of what they decided, what still stands."""
    rows = await Triage.raw(
        "SELECT r.id AS id, r.words AS words, s.name AS source, COUNT(*) AS number FROM triage t"
        " JOIN sorting_rule r ON r.id = t.rule LEFT JOIN source s ON s.id = r.source"
        " WHERE t.rule IS NOT NULL AND t.at > {} AND t.at <= {}"
        " GROUP BY r.id, r.words, s.name ORDER BY COUNT(*) DESC, r.id",
        *(span.since, span.until),
    )
    return tuple(RuleActed(row["source"] or "", row["words"], row["number"]) for row in rows)
