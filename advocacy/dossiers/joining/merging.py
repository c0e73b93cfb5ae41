"""Two dossiers about one matter become one. Nothing is deleted, and all of it can be undone.

What the source has moves to the target, and its number leads on there. Two positions are not one
text: when both have one, the source's stays with the source, and with it the windows whose calls
and submissions it rests on; that is possible once these are over.
"""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any  # columns and details are what their room wrote down

from advocacy import database
from advocacy.dossiers import queries, rules
from advocacy.dossiers.contradictions import hearing
from advocacy.dossiers.editing import searchable
from advocacy.dossiers.joining import belongings
from advocacy.dossiers.joining.belongings import Moved
from advocacy.dossiers.joining.merged import merged_into, read_together, standing, target_of
from advocacy.dossiers.joining.uniting import Under, both_have_text, obstacles, united
from advocacy.dossiers.looking_back.past import INTO, MERGED
from advocacy.dossiers.relations.references import Kind, kind_of, numbers_of
from advocacy.dossiers.rules import Station
from advocacy.dossiers.tables import Dossier, Follow, Reference
from advocacy.errors import Message, Outdated
from advocacy.history.actions import record
from advocacy.history.tables import Event
from advocacy.people.tables import Person

__all__ = [
    "UNDO",
    "Check",
    "check",
    "merge",
    "merged_into",
    "read_together",
    "standing",
    "target_of",
    "twins_of",
]

FACTS = (
    *("summary", "topics", "countries", "sponsor", "body", "procedure"),
    *("priority", "station", "closed_reason"),
)


@dataclass(frozen=True, slots=True)
class Check:
    """What merging would do. `both` have a position; `staying`: windows that remain with one."""

    source: Dossier
    target: Dossier
    obstacles: tuple[Message, ...]
    moves: Mapping[str, int]
    position_moves: bool
    both: bool
    staying: tuple[int, ...]


async def check(source_id: int, target_id: int, *, now: datetime) -> Check:
    source, target = await queries.by_id(source_id), await queries.by_id(target_id)
    under = await _under_way(source, target, now)
    both = both_have_text(source, target, under)
    return Check(
        source,
        target,
        obstacles(source, target, under),
        await belongings.counted(source.id),
        source.id in under.positions and not both,
        both,
        under.bound if both else (),
    )


async def _under_way(source: Dossier, target: Dossier, now: datetime) -> Under:
    call, held_round = belongings.table("call"), belongings.table("round")
    position, numbers = (
        belongings.table("position"),
        {each.id: each.number for each in (source, target)},
    )
    calls = await call.select(
        call.number, call.state, call.window, call.window.dossier.as_alias("dossier")
    ).where(call.window.dossier.is_in(list(numbers)))
    rounds = await held_round.select(held_round.position.dossier.as_alias("dossier")).where(
        held_round.state == "open", held_round.position.dossier.is_in(list(numbers))
    )
    texts = await position.select(position.dossier, position.window).where(
        position.dossier.is_in(list(numbers))
    )
    bound = {row["window"] for row in (*calls, *texts) if row["dossier"] == source.id} - {None}
    windows = [each for each in await queries.windows_of(source.id) if each.id in bound]
    return Under(
        rounds=sorted({numbers[row["dossier"]] for row in rounds}),
        held=sorted(row["number"] for row in calls if row["state"] == "held"),
        positions=frozenset(row["dossier"] for row in texts),
        bound=tuple(each.id for each in windows),
        running=any(each.state in rules.OPEN_DEADLINES and each.closes > now for each in windows)
        or any(row["dossier"] == source.id and row["state"] == "open" for row in calls),
    )


async def merge(source_id: int, target_id: int, *, by: Person, now: datetime) -> int:
    """All of it or nothing; Outdated says what stands against it. Returns the event."""
    async with database.transaction():
        await _alone(source_id, target_id)
        checked = await check(source_id, target_id, now=now)
        if checked.obstacles:
            raise Outdated(checked.obstacles[0])
        source, target = checked.source, checked.target
        before, closed = _facts(target), _facts(source)
        moved = await belongings.move(
            source.id, target.id, position=checked.position_moves, staying=checked.staying
        )
        made = await _add(source, target, now)
        after = united(source, target, texts=checked.both)
        await _write(target, after, now)
        shut = closed | {"station": Station.CLOSED.value, "closed_reason": target.number}
        await _write(source, shut, now, into=target.id)
        details = {
            "source": source.id, "target": target.id, "from": source.number, "into": target.number,
            "windows": moved.of("input_window"), "entries": await _entries(moved),
        }  # fmt: skip
        event = await record(
            INTO, kind="dossier", object=source.id, dossier=source.id, by=by, now=now,
            details=details | {"before": closed, "after": shut},
        )  # fmt: skip
        return await record(
            MERGED, kind="dossier", object=target.id, dossier=target.id, by=by, now=now,
            details=details | {
                "before": before, "after": after, "rows": moved.rows, "pairs": moved.pairs,
                "made": made, "event": event,
            },
        )  # fmt: skip


async def _alone(*dossiers: int) -> None:
    """Whoever changes one of these waits, or makes us wait; always in the same order."""
    for name in ("dossier/%d", hearing.LOCK):
        for dossier in sorted(set(dossiers)):
            await database.one_at_a_time(name % dossier)
    await database.one_at_a_time("related dossiers")


def _facts(dossier: Dossier) -> dict[str, Any]:
    return {name: getattr(dossier, name) for name in FACTS}


async def _entries(moved: Moved) -> list[int]:
    attached = belongings.table("dossier_entry")
    if not moved.of("dossier_entry"):
        return []
    rows = await attached.select(attached.entry).where(attached.id.is_in(moved.of("dossier_entry")))
    return sorted(int(row["entry"]) for row in rows)


async def _add(source: Dossier, target: Dossier, now: datetime) -> dict[str, list[int]]:
    """The procedure number as a reference; the source's lead follows the target."""
    made: dict[str, list[int]] = {"reference": [], "follow": []}
    known = {each.value for each in await queries.references_of(target.id)}
    known |= set(numbers_of(target.procedure_number))
    number = next(iter(numbers_of(source.procedure_number)), "")
    if number and number not in known:
        kind = kind_of(number) or Kind.OTHER
        reference = Reference(dossier=target.id, kind=kind.value, value=number)
        await reference.save()
        made["reference"] = [reference.id]
    if source.lead is not None and source.lead != target.lead:
        follows = await (
            Follow.insert(Follow(dossier=target.id, person=source.lead, at=now))
            .on_conflict(target=(Follow.dossier, Follow.person), action="DO NOTHING")
            .returning(Follow.id)
        )
        made["follow"] = [row["id"] for row in follows]
    return made


async def _write(
    dossier: Dossier, facts: Mapping[str, Any], now: datetime, *, into: int | None = None
) -> None:
    for name, value in facts.items():
        setattr(dossier, name, value)
    numbers = [each.value for each in await queries.references_of(dossier.id)]
    await Dossier.update(
        {
            **{getattr(Dossier, name): value for name, value in facts.items()},
            Dossier.merged_into: into,
            Dossier.search_text: searchable(dossier, numbers),
            Dossier.changed: now,
        }
    ).where(Dossier.id == dossier.id)


async def twins_of(dossier: Dossier) -> list[Dossier]:
    """Other dossiers that stand and have one of this one's procedure numbers."""
    own = [each.value for each in await queries.references_of(dossier.id)]
    wanted = [*numbers_of(dossier.procedure_number), *own]
    found = await queries.others_with(wanted, but=dossier.id)
    if not found:
        return []
    return await (
        Dossier.objects()
        .where(Dossier.number.is_in(found), Dossier.merged_into.is_null())
        .order_by(Dossier.id)
    )


async def undo_merging(event: Event, by: Person, now: datetime) -> str:
    """Both as they were, as long as nothing has happened in either since."""
    async with database.transaction():
        merged, into = await _pair(event)
        details = json.loads(merged.details)
        source_id, target_id = int(details["source"]), int(details["target"])
        await _alone(source_id, target_id)
        await _check_untouched(merged)
        source, target = await queries.by_id(source_id), await queries.by_id(target_id)
        for name in ("reference", "follow"):
            made = belongings.table(name)
            if ids := details["made"][name]:
                await made.delete().where(made.id.is_in(ids))
        moved = Moved(details["rows"], details["pairs"])
        await belongings.move_back(moved, source=source_id, target=target_id)
        await _write(target, details["before"], now)
        await _write(source, json.loads(into.details)["before"], now)
        other = into if event.id == merged.id else merged
        await record(
            "undone", kind="dossier", object=other.object, dossier=other.dossier, by=by, now=now,
            details={"action": other.action}, undoes=other.id,
        )  # fmt: skip
    return f"/d/{source.number}"


async def _pair(event: Event) -> tuple[Event, Event]:
    """The act as the target's history has it, and as the source's has it."""
    if event.action == MERGED:
        number = json.loads(event.details)["event"]
        into = await Event.objects().get(Event.id == number)
        assert into is not None  # noqa: S101  the history is append-only
        return event, into
    target = json.loads(event.details)["target"]
    merged = await (
        Event.objects()
        .where(Event.dossier == target, Event.action == MERGED, Event.id > event.id)
        .order_by(Event.id)
        .first()
    )
    assert merged is not None  # noqa: S101  both are written in one transaction
    return merged, event


async def _check_untouched(merged: Event) -> None:
    details = json.loads(merged.details)
    since = await (
        Event.objects()
        .where(Event.dossier.is_in([details["source"], details["target"]]), Event.id > merged.id)
        .order_by(Event.id)
        .first()
    )
    if since is None:
        return
    if since.undoes in {merged.id, details["event"]}:
        raise Outdated("This has been undone already")
    values = {"who": since.who}
    raise Outdated(
        Message("%(who)s has worked on one of the two since: change by hand what is wrong", values)
    )


UNDO: dict[str, Callable[[Event, Person, datetime], Awaitable[str]]] = {
    MERGED: undo_merging,
    INTO: undo_merging,
}
