"""Entries and rules as they stand in the database, in the shape that the rules ask for."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any  # a row is what its table says

from piccolo.columns.combination import WhereRaw
from piccolo.querystring import QueryString

from advocacy.learned.rules import Condition, Seen, words_of_title
from advocacy.triage.tables import SortingRule, Triage
from feeds.tables import Entry

SETTLED = timedelta(minutes=1)
"""So long the other entries of a visit may still be being written, with smaller numbers."""


def seen(row: Mapping[str, Any]) -> Seen:
    return Seen(
        entry=row["entry"],
        source=row["source"],
        words=words_of_title(row["title"], row["language"]),
        topics=frozenset(each["key"] for each in json.loads(row["topics"])),
        deadline=row["next_deadline"],
    )


def condition(row: Mapping[str, Any]) -> Condition:
    return Condition(row["source"], tuple(json.loads(row["words"])), row["topic"])


def entries() -> Any:
    """What `seen` needs, and what a page shows."""
    return Entry.select(
        *(Entry.id.as_alias("entry"), Entry.source, Entry.title, Entry.language, Entry.topics),
        *(Entry.next_deadline, Entry.first_seen, Entry.source.name.as_alias("source_name")),
    )


def decisions() -> Any:
    """By people, for good: with what `seen` needs of their entries."""
    return Triage.select(
        *(Triage.entry, Triage.decision, Triage.reason, Triage.entry.source.as_alias("source")),
        Triage.entry.title.as_alias("title"),
        Triage.entry.language.as_alias("language"),
        Triage.entry.topics.as_alias("topics"),
        Triage.entry.next_deadline.as_alias("next_deadline"),
    ).where(Triage.rule.is_null())


async def undecided(
    source: int | None,
    *,
    after: int = 0,
    until: int | None = None,
    limit: int,
    newest: bool = False,
) -> list[dict[str, Any]]:
    """Entries that nobody has decided or put off, numbers from `after` (not it) to `until`."""
    wanted = QueryString("SELECT entry FROM open_entry WHERE until IS NULL AND entry > {}", after)
    if until is not None:
        wanted = QueryString("{} AND entry <= {}", wanted, until)
    if source is not None:
        wanted = QueryString("{} AND source = {}", wanted, source)
    order = "DESC" if newest else "ASC"
    wanted = QueryString(f"{{}} ORDER BY entry {order} LIMIT {{}}", wanted, limit)
    rows = entries().where(WhereRaw("entry.id IN ({})", wanted))
    return list(await rows.order_by(Entry.id))


async def newest_settled(*, now: datetime) -> int:
    """The number of the newest entry before which none will appear any more."""
    row = await (
        Entry.select(Entry.id)
        .where(Entry.first_seen <= now - SETTLED)
        .order_by(Entry.id, ascending=False)
        .limit(1)
        .first()
    )
    return row["id"] if row else 0


async def known(*states: str) -> list[dict[str, Any]]:
    """All rules, or those in these states."""
    query = SortingRule.select(
        *(SortingRule.id, SortingRule.source, SortingRule.words, SortingRule.topic),
        *(SortingRule.reason, SortingRule.state, SortingRule.created, SortingRule.ended),
        SortingRule.source.name.as_alias("source_name"),
        SortingRule.person.name.as_alias("who"),
    )
    if states:
        query = query.where(SortingRule.state.is_in(list(states)))
    return list(await query.order_by(SortingRule.id, ascending=False))
