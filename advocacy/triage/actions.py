"""Decide what becomes of entries, and take a decision back."""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any  # a row before is what its table says

from advocacy import database
from advocacy.errors import NotFound, Outdated
from advocacy.history.actions import record
from advocacy.history.tables import Event
from advocacy.people.tables import Person
from advocacy.triage import rules
from advocacy.triage.rules import Decision, Dismissal
from advocacy.triage.tables import Triage
from feeds.tables import Entry

Before = dict[str, dict[str, Any]]
"""What stood there before, by entry: only what was put off has something."""

ACTION = {
    Decision.DISMISSED: "entry dismissed",
    Decision.LATER: "entry put off",
    Decision.DUPLICATE: "entry marked as duplicate",
}


async def decide(
    entry_ids: Sequence[int],
    decision: Decision,
    *,
    reason: str = "",
    until: datetime | None = None,
    by: Person,
    now: datetime,
) -> int:
    """One act for all entries, or none: returns its event. Outdated: somebody was faster."""
    async with database.transaction():
        before = await put_down(entry_ids, decision, reason=reason, until=until, by=by, now=now)
        event = await record(
            ACTION[decision],
            kind="entry",
            object=entry_ids[0],
            by=by,
            now=now,
            details={
                "entries": list(entry_ids),
                "decision": decision,
                "reason": reason,
                "before": before,
            },
        )
        await belongs_to_event(entry_ids, event)
    return event


async def put_down(
    entry_ids: Sequence[int],
    decision: Decision,
    *,
    reason: str = "",
    until: datetime | None = None,
    by: Person,
    now: datetime,
) -> Before:
    """Write the decisions, in the caller's transaction; the caller records the event.

    Returns what `take_back` needs.
    """
    known = await _decided(entry_ids)
    for row in known:
        rules.check_decision(row["decision"], decision, who=row["who"])
    put_off = [row["entry"] for row in known]
    fresh = [entry for entry in entry_ids if entry not in put_off]
    await _check_entries(entry_ids)
    values = {"decision": decision, "reason": reason, "until": until, "person": by.id, "at": now}
    written = await _insert(fresh, values)
    if len(written) + await _replace(put_off, values) != len(entry_ids):
        raise Outdated("Somebody has just decided this entry")
    return {str(row["entry"]): _restorable(row) for row in known}


async def put_down_by_rule(
    entry_ids: Sequence[int], rule: int, *, reason: str, by: Person, now: datetime
) -> list[int]:
    """Dismiss those that nobody has decided or put off, in the caller's transaction; returns them.

    Unlike `put_down` it passes over what a person was faster with.
    """
    values = {"decision": Decision.DISMISSED, "reason": reason, "rule": rule}
    return await _insert(entry_ids, values | {"person": by.id, "at": now})


async def _check_entries(entry_ids: Sequence[int]) -> None:
    if await Entry.count().where(Entry.id.is_in(list(entry_ids))) != len(set(entry_ids)):
        raise NotFound("There is no such entry")


async def _decided(entry_ids: Sequence[int]) -> list[dict[str, Any]]:
    return await Triage.select(
        *(Triage.entry, Triage.decision, Triage.reason, Triage.until, Triage.at),
        *(Triage.person, Triage.event, Triage.rule),
        Triage.person.name.as_alias("who"),
    ).where(Triage.entry.is_in(list(entry_ids)))


async def _insert(entries: Sequence[int], values: dict[str, Any]) -> list[int]:
    """Those that were written: the others had a decision."""
    if not entries:
        return []
    kept = await (
        Triage.insert(*(Triage(entry=entry, **values) for entry in entries))
        .on_conflict(target=Triage.entry, action="DO NOTHING")
        .returning(Triage.entry)
    )
    return [row["entry"] for row in kept]


async def _replace(entries: Sequence[int], values: dict[Any, Any]) -> int:
    if not entries:
        return 0
    changed = await (
        Triage.update(values)
        .where(Triage.entry.is_in(list(entries)), Triage.decision == Decision.LATER)
        .returning(Triage.entry)
    )
    return len(changed)


def _restorable(row: Mapping[str, Any]) -> dict[str, Any]:
    instants = {"until": row["until"] and row["until"].isoformat(), "at": row["at"].isoformat()}
    kept = {name: row[name] for name in ("decision", "reason", "person", "event", "rule")}
    return kept | instants


async def belongs_to_event(entry_ids: Sequence[int], event: int) -> None:
    """So that the list of decisions can offer to take the whole act back."""
    await Triage.update({Triage.event: event}).where(Triage.entry.is_in(list(entry_ids)))


async def take_back(entry_ids: Sequence[int], event: int, before: Before) -> None:
    """The inbox as it was before that event, in the caller's transaction."""
    gone = await (
        Triage.delete()
        .where(Triage.entry.is_in(list(entry_ids)), Triage.event == event)
        .returning(Triage.entry)
    )
    if len(gone) != len(entry_ids):
        raise Outdated("This has been taken back or decided anew already")
    restored = [
        Triage(
            entry=int(entry),
            decision=row["decision"],
            reason=row["reason"],
            until=datetime.fromisoformat(row["until"]) if row["until"] else None,
            person=row["person"],
            at=datetime.fromisoformat(row["at"]),
            event=row["event"],
            rule=row.get("rule"),  # an event of before there were rules has none
        )
        for entry, row in before.items()
    ]
    if restored:
        await Triage.insert(*restored)


async def change_reason(entry_id: int, reason: Dismissal, *, by: Person, now: datetime) -> None:
    """The reason for a dismissal, given after the fact."""
    async with database.transaction():
        changed = await (
            Triage.update({Triage.reason: reason})
            .where(Triage.entry == entry_id, Triage.decision == Decision.DISMISSED)
            .returning(Triage.id)
        )
        if not changed:
            raise Outdated("This entry is not dismissed any more")
        await record(
            "reason changed", kind="entry", object=entry_id, by=by, now=now,
            details={"reason": reason},
        )  # fmt: skip


async def undo_decision(event: Event, by: Person, now: datetime) -> str:  # noqa: ARG001  as all
    """Who undoes it, and when, is recorded by the caller."""
    details = json.loads(event.details)
    async with database.transaction():
        await take_back(details["entries"], event.id, details["before"])
    return f"/inbox?item={event.object}"


UNDO: dict[str, Callable[[Event, Person, datetime], Awaitable[str]]] = dict.fromkeys(
    ACTION.values(), undo_decision
)
