"""Rules and what they did, what is proposed, and the line that the inbox shows of it."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any  # a row is what its table says

from advocacy import database
from advocacy.errors import NotFound
from advocacy.history.tables import Event
from advocacy.learned import reading, rules
from advocacy.learned.forms import NewRule
from advocacy.learned.rules import Condition, Decided, Proposal, Seen, State
from advocacy.triage.labels import rule_words
from advocacy.triage.rules import Decision, Dismissal, day_begins
from advocacy.triage.tables import SortingRule, Triage
from feeds.tables import Entry, Source

KEPT = 5_000  # entries of ours that a proposal is held against, the newest
SHOWN = 50  # entries of one rule
PROPOSED_ANEW_EVERY = 10  # decisions: the inbox need not learn from each


@dataclass(frozen=True, slots=True)
class RuleRow:
    """`said` is its conditions in one line; `count` and `last`: what it has decided."""

    id: int
    said: str
    condition: Condition
    reason: Dismissal
    state: State
    who: str
    created: datetime
    ended: datetime | None
    count: int
    last: datetime | None


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """`examples`: entry, title and language of some that it was learned from."""

    new: NewRule
    said: str
    count: int
    examples: list[tuple[int, str, str | None]]


@dataclass(frozen=True, slots=True)
class InboxWord:
    """`spared_by`: a rule that would take the entry, if no deadline lay ahead."""

    acted: int
    proposed: bool
    spared_by: str


async def every_rule() -> list[RuleRow]:
    """The newest first."""
    done = await _done()
    return [_row(row, done) for row in await reading.known()]


async def rule(rule_id: int) -> RuleRow:
    rows = {row.id: row for row in await every_rule()}
    if rule_id not in rows:
        raise NotFound("There is no such rule")
    return rows[rule_id]


async def _done() -> dict[int, tuple[int, datetime]]:
    """How many decisions stand by each rule, and when it took the last."""
    counted = await Triage.raw(
        "SELECT rule, COUNT(*) AS number, MAX(id) AS last FROM triage"
        " WHERE rule IS NOT NULL GROUP BY rule"
    )
    if not counted:
        return {}
    last = await Triage.select(Triage.id, Triage.at).where(
        Triage.id.is_in([row["last"] for row in counted])
    )
    at = {row["id"]: row["at"] for row in last}
    return {row["rule"]: (row["number"], at[row["last"]]) for row in counted if row["last"] in at}


def _row(row: dict[str, Any], done: dict[int, tuple[int, datetime]]) -> RuleRow:
    condition = reading.condition(row)
    count, last = done.get(row["id"], (0, None))
    return RuleRow(
        id=row["id"],
        said=rule_words(row["source_name"] or "", condition.words, condition.topic),
        condition=condition,
        reason=Dismissal(row["reason"]),
        state=State(row["state"]),
        who=row["who"],
        created=row["created"],
        ended=row["ended"],
        count=count,
        last=last,
    )


async def entries_of(rule_id: int) -> list[dict[str, Any]]:
    """What stands decided by it, the last first."""
    return list(
        await Triage.select(
            *(Triage.entry, Triage.at, Triage.event),
            Triage.entry.title.as_alias("title"),
            Triage.entry.language.as_alias("language"),
        )
        .where(Triage.rule == rule_id)
        .order_by(Triage.id, ascending=False)
        .limit(SHOWN)
    )


async def decided_anew(rule_id: int) -> list[dict[str, Any]]:
    """Entries that it once decided and on which people have said something else since."""
    acts = await (
        Event.select(Event.details)
        .where(Event.kind == "rule", Event.object == rule_id, Event.action == "rule decided")
        .order_by(Event.id, ascending=False)
        .limit(KEPT)
    )
    once = [entry for act in acts for entry in json.loads(act["details"])["entries"]][:KEPT]
    if not once:
        return []
    return list(
        await Triage.select(
            *(Triage.entry, Triage.decision, Triage.reason, Triage.at),
            Triage.person.name.as_alias("who"),
            Triage.entry.title.as_alias("title"),
            Triage.entry.language.as_alias("language"),
        )
        .where(Triage.entry.is_in(list(set(once))), Triage.rule.is_null())
        .order_by(Triage.id, ascending=False)
    )


async def proposals() -> list[ProposalRow]:
    """Learned from the last decisions of people; the strongest first."""
    last = await (
        reading.decisions()
        .where(Triage.decision != Decision.LATER)
        .order_by(Triage.id, ascending=False)
        .limit(rules.LEARNED_FROM)
    )
    decided = [Decided(reading.seen(row), row["decision"], row["reason"]) for row in last]
    sources = rules.sources_with_enough(decided)
    if not sources:
        return []
    known = [reading.condition(row) for row in await reading.known()]
    found = rules.propose(decided, ours=await _ours(sources), known=known)
    names = await _source_names(sources)
    titles = {row["entry"]: (row["title"], row["language"]) for row in last}
    return [_proposal(each, names, titles) for each in found]


async def _ours(sources: list[int]) -> list[Seen]:
    rows = await (
        reading.decisions()
        .where(
            Triage.decision.is_in([*rules.OURS]),
            Triage.entry.source.is_in(sources),
        )
        .order_by(Triage.id, ascending=False)
        .limit(KEPT)
    )
    return [reading.seen(row) for row in rows]


def _proposal(
    found: Proposal, names: dict[int, str], titles: dict[int, tuple[str, str | None]]
) -> ProposalRow:
    condition = found.condition
    return ProposalRow(
        NewRule(condition, found.reason),
        rule_words(names.get(condition.source or 0, ""), condition.words, condition.topic),
        len(found.support),
        [(entry, *titles[entry]) for entry in found.examples],
    )


async def _source_names(sources: list[int]) -> dict[int, str]:
    rows = await Source.select(Source.id, Source.name).where(Source.id.is_in(sources))
    return {row["id"]: row["name"] for row in rows}


async def sources() -> list[tuple[int, str]]:
    """Number and name, for a choice."""
    rows = await Source.select(Source.id, Source.name).order_by(Source.name, Source.id)
    return [(row["id"], row["name"]) for row in rows]


async def said(condition: Condition) -> str:
    """The conditions in one line."""
    names = await _source_names([condition.source]) if condition.source else {}
    return rule_words(names.get(condition.source or 0, ""), condition.words, condition.topic)


async def for_inbox(entry_id: int | None, *, now: datetime) -> InboxWord:
    """What the inbox says of rules; `entry_id`: the entry that is shown."""
    return InboxWord(
        acted=await acted_today(now),
        proposed=await _something_proposed(),
        spared_by=await _spared_by(entry_id, now=now) if entry_id else "",
    )


async def acted_today(now: datetime) -> int:
    """Entries that rules have decided since the office's midnight."""
    return int(await Triage.count().where(Triage.at >= day_begins(now), Triage.rule.is_not_null()))


async def _something_proposed() -> bool:
    """Learned anew after some decisions, or when somebody has said something to a rule."""
    [row] = await SortingRule.raw(
        "SELECT COUNT(*) AS number, MAX(id) AS last,"
        " (SELECT MAX(id) FROM triage) AS decided FROM sorting_rule"
    )
    key = (row["number"], row["last"], (row["decided"] or 0) // PROPOSED_ANEW_EVERY)
    if _remembered.key != key or _remembered.engine is not database.engine():
        _remembered.proposed = bool(await proposals())
        _remembered.key, _remembered.engine = key, database.engine()
    return _remembered.proposed


@dataclass(slots=True)
class _Remembered:
    key: tuple[int, int | None, int] | None = None
    engine: object = None
    proposed: bool = False


_remembered = _Remembered()


async def _spared_by(entry_id: int, *, now: datetime) -> str:
    row = await (
        reading.entries()
        .where(Entry.id == entry_id, Entry.next_deadline > now)
        .where(Entry.id.not_in(Triage.select(Triage.entry).where(Triage.entry == entry_id)))
        .first()
    )
    if row is None:
        return ""
    entry = reading.seen(row)
    for each in await reading.known(State.ACTIVE):
        condition = reading.condition(each)
        if rules.matches(condition, entry):
            return rule_words(each["source_name"] or "", condition.words, condition.topic)
    return ""
