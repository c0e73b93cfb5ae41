"""Switch rules on and off, let them decide, and take back what they did.

switching   a proposal or a rule of somebody's own becomes active, or is refused
acting      each minute, what is new is asked; the rule and its event stand at each decision
taking back everything that one rule has decided, in one act
"""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any  # Piccolo's values by column

from advocacy import database
from advocacy.errors import NotFound, Outdated
from advocacy.history.actions import record
from advocacy.history.tables import Event
from advocacy.learned import queries, reading, rules
from advocacy.learned.forms import NewRule
from advocacy.learned.rules import ALLOWED, NONE, State
from advocacy.people.tables import Person
from advocacy.triage import actions as triage
from advocacy.triage.tables import SortingRule, Triage

EXAMINED = 1_000  # entries per rule and run


@dataclass(frozen=True, slots=True)
class Switched:
    """`count`: undecided entries that it has decided at once."""

    rule: int
    event: int
    count: int


@dataclass(frozen=True, slots=True)
class TakenBack:
    """`anew`: titles of entries on which people have said something else since; they stay."""

    count: int
    anew: list[str]


async def switch_on(new: NewRule, *, also: bool, by: Person, now: datetime) -> Switched:
    """From now on it decides what comes; `also`: what waits already, the rest by and by."""
    async with database.transaction():
        rule_id = await _put(new, State.ACTIVE, also=also, by=by, now=now)
        event = await record(
            "rule switched on", kind="rule", object=rule_id, by=by, now=now,
            details=new.fields() | {"also": also},
        )  # fmt: skip
        count = await _decide(await _found(rule_id), by=by, now=now) if also else 0
    return Switched(rule_id, event, count)


async def refuse(new: NewRule, *, by: Person, now: datetime) -> int:
    """It is not proposed any more. Returns the event."""
    async with database.transaction():
        rule_id = await _put(new, State.REFUSED, also=False, by=by, now=now)
        return await record(
            "rule refused", kind="rule", object=rule_id, by=by, now=now, details=new.fields()
        )


async def switch_off(rule_id: int, *, by: Person, now: datetime) -> int:
    """What it has decided stays. Returns the event."""
    async with database.transaction():
        await _change(rule_id, State.ACTIVE, State.OFF, ended=now)
        return await record("rule switched off", kind="rule", object=rule_id, by=by, now=now)


async def take_everything_back(
    rule_id: int, *, since: datetime | None = None, by: Person, now: datetime
) -> TakenBack:
    """Off, and every entry that stands decided by it (`since` then) is in the inbox again."""
    async with database.transaction():
        rule = await _found(rule_id)
        if rule.state == State.ACTIVE:
            await _change(rule_id, State.ACTIVE, State.OFF, ended=now)
        anew = [row["title"] for row in await queries.decided_anew(rule_id)]
        which = [Triage.rule == rule_id] + ([Triage.at >= since] if since else [])
        gone = await Triage.delete().where(*which).returning(Triage.entry)
        if not gone and rule.state != State.ACTIVE:
            raise Outdated("This rule is off and nothing stands decided by it any more")
        await record(
            "rule taken back", kind="rule", object=rule_id, by=by, now=now,
            details={"entries": [row["entry"] for row in gone]},
        )  # fmt: skip
    return TakenBack(len(gone), anew)


async def offer_again(rule_id: int, *, by: Person, now: datetime) -> int:
    """A refused proposal may be proposed again. Returns the event."""
    async with database.transaction():
        rule = await _found(rule_id)
        gone = await (
            SortingRule.delete()
            .where(SortingRule.id == rule_id, SortingRule.state == State.REFUSED)
            .returning(SortingRule.id)
        )
        if not gone:
            raise Outdated("Somebody has just changed this rule")
        return await record(
            "rule offered again", kind="rule", object=rule_id, by=by, now=now,
            details={"source": rule.source, "words": rule.words, "topic": rule.topic},
        )  # fmt: skip


async def act(now: datetime) -> int:
    """Every active rule looks at what is new; returns how many entries were decided.

    Each rule in its own transaction, with the last entry that it has looked at: what a person
    decides or puts off meanwhile is theirs, and a second process finds nothing left to do.
    """
    newest = await reading.newest_settled(now=now)
    waiting = await database.with_referred(
        SortingRule.objects()
        .where(SortingRule.state == State.ACTIVE, SortingRule.looked_at < newest)
        .order_by(SortingRule.id),
        SortingRule.person,
    )
    return sum([await _decide(rule, by=None, now=now) for rule in waiting])


async def _decide(rule: SortingRule, *, by: Person | None, now: datetime) -> int:
    """One run of one rule over at most EXAMINED entries."""
    async with database.transaction():
        newest = await reading.newest_settled(now=now)
        rows = await reading.undecided(
            rule.source, after=rule.looked_at, until=newest, limit=EXAMINED
        )
        looked_at = rows[-1]["entry"] if len(rows) == EXAMINED else max(newest, rule.looked_at)
        if not await _claim(rule, looked_at):
            return 0
        condition = reading.condition(rule.to_dict())
        wanted = [
            row["entry"] for row in rows if rules.takes(condition, reading.seen(row), now=now)
        ]
        decided = await triage.put_down_by_rule(
            wanted, rule.id, reason=rule.reason, by=rule.person, now=now
        )
        if decided:
            event = await record(
                "rule decided", kind="rule", object=rule.id, by=by, now=now,
                details={"entries": decided},
            )  # fmt: skip
            await triage.belongs_to_event(decided, event)
    return len(decided)


async def _claim(rule: SortingRule, looked_at: int) -> bool:
    """Nobody else has looked since, and nobody has switched it off."""
    claimed = await (
        SortingRule.update({SortingRule.looked_at: looked_at})
        .where(
            SortingRule.id == rule.id,
            SortingRule.state == State.ACTIVE,
            SortingRule.looked_at == rule.looked_at,
        )
        .returning(SortingRule.id)
    )
    return bool(claimed)


async def _found(rule_id: int) -> SortingRule:
    rule = await database.with_referred(
        SortingRule.objects().where(SortingRule.id == rule_id).first(), SortingRule.person
    )
    if rule is None:
        raise NotFound("There is no such rule")
    return rule


async def _put(new: NewRule, state: State, *, also: bool, by: Person, now: datetime) -> int:
    """A rule with these conditions is there once: an equal one that is off becomes this one."""
    await database.one_at_a_time("sorting rules")
    equal = [row for row in await reading.known() if reading.condition(row) == new.condition]
    before = equal[0]["state"] if equal else NONE
    if state not in ALLOWED[before]:
        raise Outdated("There is such a rule already")
    looked_at = 0 if also else await reading.newest_settled(now=now)
    values: dict[Any, Any] = {
        "reason": new.reason, "state": state, "looked_at": looked_at, "person": by.id,
        "created": now, "ended": None,
    }  # fmt: skip
    if equal:
        await SortingRule.update(values).where(SortingRule.id == equal[0]["id"])
        return int(equal[0]["id"])
    made = SortingRule(
        source=new.condition.source,
        words=json.dumps(new.condition.words),
        topic=new.condition.topic,
        **values,
    )
    await made.save()
    return made.id


async def _change(rule_id: int, before: State, after: State, *, ended: datetime | None) -> None:
    changed = await (
        SortingRule.update({SortingRule.state: after, SortingRule.ended: ended})
        .where(SortingRule.id == rule_id, SortingRule.state == before)
        .returning(SortingRule.id)
    )
    if not changed:
        raise Outdated("Somebody has just changed this rule")


async def undo_run(event: Event, by: Person, now: datetime) -> str:  # noqa: ARG001  as all
    """What one run has decided is in the inbox again; the rule stays on."""
    async with database.transaction():
        await triage.take_back(json.loads(event.details)["entries"], event.id, {})
    return "/inbox"


async def undo_switch_on(event: Event, by: Person, now: datetime) -> str:
    """What it has decided since, too."""
    await take_everything_back(event.object, since=event.at, by=by, now=now)
    return "/inbox/rules"


async def undo_switch_off(event: Event, by: Person, now: datetime) -> str:  # noqa: ARG001  as all
    """On again; what came meanwhile is looked at."""
    await _change(event.object, State.OFF, State.ACTIVE, ended=None)
    return "/inbox/rules"


async def undo_refusal(event: Event, by: Person, now: datetime) -> str:
    await offer_again(event.object, by=by, now=now)
    return "/inbox/rules"


UNDO: dict[str, Callable[[Event, Person, datetime], Awaitable[str]]] = {
    "rule decided": undo_run,
    "rule switched on": undo_switch_on,
    "rule switched off": undo_switch_off,
    "rule refused": undo_refusal,
}
