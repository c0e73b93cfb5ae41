"""A dossier of another day, from its rows and its history, ready to be shown."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any  # a row is what its table says

from advocacy.bodies.tables import Body, Procedure
from advocacy.dossiers import queries
from advocacy.dossiers.looking_back import chronicle, past
from advocacy.dossiers.looking_back.chronicle import CallThen
from advocacy.dossiers.looking_back.past import Act, Gap, State
from advocacy.dossiers.tables import Dossier, DossierEntry, Window
from advocacy.history.tables import Event
from advocacy.people.tables import Person
from feeds.tables import Entry, EntryVersion

FACTS = (
    *("title", "language", "summary", "body", "procedure", "procedure_number", "topics"),
    *("countries", "lead", "sponsor", "priority", "station", "closed_reason"),
)
WINDOW = (*("id", "kind", "opens", "closes", "zone", "precision", "evidence", "state", "sequence"),)


@dataclass(frozen=True, slots=True)
class Then:
    """`windows` in the order in which they were set, each with `plan`: its internal dates.

    `acts`: of that day and before, the last first. `position`: number of the dossier whose it
    was, and version.
    """

    facts: Mapping[str, Any]
    names: Mapping[str, Any]
    windows: tuple[Mapping[str, Any], ...]
    sources: tuple[Mapping[str, Any], ...]
    calls: tuple[CallThen, ...]
    position: tuple[str, int] | None
    acts: tuple[Act, ...]
    gaps: frozenset[tuple[Gap, int]]


async def acts_of(dossier: Dossier, *, but: frozenset[int] = frozenset()) -> list[Act]:
    """All acts of the dossier, of its windows, and of what was merged into it; the first first.

    `but`: dossiers that are being read already. Two may have been merged in one direction, that
    undone, and then in the other.
    """
    own = await _events(Event.dossier == dossier.id)
    known = but | {dossier.id}
    joined = {int(act.details["source"]) for act in own if act.action == past.MERGED} - known
    windows = [
        number
        for act in own
        if act.action in {past.MERGED, past.INTO}
        for number in act.details["windows"]
    ]
    found = {act.id: act for act in own}
    for number in joined:
        source = await queries.by_id(number)
        found |= {act.id: act for act in await acts_of(source, but=known)}
    if windows:
        moved = await _events((Event.kind == "window") & Event.object.is_in(sorted(set(windows))))
        found |= {act.id: act for act in moved}
    return [found[number] for number in sorted(found)]


async def _events(where: Any) -> list[Act]:
    rows = await (
        Event.select(
            *(Event.id, Event.at, Event.who, Event.action, Event.kind, Event.object),
            *(Event.dossier, Event.details, Event.undoes),
        )
        .where(where)
        .order_by(Event.id)
    )
    undone = [row["undoes"] for row in rows if row["undoes"]]
    known = {row["id"]: _act(row) for row in rows if row["id"] in undone}
    return [_act(row, known.get(row["undoes"])) for row in rows]


def _act(row: Mapping[str, Any], undone: Act | None = None) -> Act:
    plain = {name: value for name, value in row.items() if name not in {"details", "undoes"}}
    return Act(**plain, details=json.loads(row["details"]), undone=undone)


def opened(dossier: Dossier) -> date:
    return past.day_of(dossier.opened)


async def then(dossier: Dossier, acts: Sequence[Act], day: date) -> Then:
    """The dossier at the end of that day in Brussels; the acts are all that `acts_of` gives."""
    end = past.end_of(day)
    # What was done to a dossier before it was merged into this one says nothing of this one.
    own = (act for act in acts if act.dossier == dossier.id or act.kind == "window")
    state = past.as_of(await present(dossier, acts), own, end)
    by_then = [act for act in acts if act.at < end]
    together = chronicle.read_together(by_then, dossier.id)
    heard = [act for act in by_then if act.dossier in together]
    position = chronicle.position(heard, dossier.id)
    whose = await queries.by_id(position[0]) if position else None
    return Then(
        facts=state.facts,
        names=await _names(state.facts),
        windows=tuple(
            {**row, "plan": _in_order(state.plans.get(number, {}))}
            for number, row in sorted(state.windows.items())
            if row["here"]
        ),
        sources=tuple(await _sources(state, end)),
        calls=tuple(chronicle.calls(heard)),
        position=(whose.number, position[1]) if whose and position else None,
        acts=tuple(reversed(heard)),
        gaps=state.gaps,
    )


async def present(dossier: Dossier, acts: Sequence[Act]) -> State:
    """The rows as they are, with those that a merging has moved away or back."""
    merged = [act for act in acts if act.action in {past.MERGED, past.INTO}]
    windows = await _windows(dossier.id, {n for act in merged for n in act.details["windows"]})
    milestones = await queries.milestones_of(list(windows))
    plans: dict[int, dict[str, dict[str, Any]]] = {number: {} for number in windows}
    for each in milestones:
        plans[each.window][each.kind] = {"due": each.due, "reason": each.reason, "met": each.met}
    return State(
        {name: getattr(dossier, name) for name in FACTS},
        windows,
        plans,
        await _attached(dossier.id, {n for act in merged for n in act.details["entries"]}),
    )


async def _windows(dossier_id: int, more: set[int]) -> dict[int, dict[str, Any]]:
    columns = [getattr(Window, name) for name in WINDOW]
    wanted = Window.dossier == dossier_id
    where = wanted | Window.id.is_in(sorted(more)) if more else wanted
    rows = await Window.select(*columns, Window.dossier).where(where).order_by(Window.id)
    return {row["id"]: row | {"here": row["dossier"] == dossier_id} for row in rows}


async def _attached(dossier_id: int, more: set[int]) -> dict[int, dict[str, Any]]:
    wanted = DossierEntry.dossier == dossier_id
    where = wanted | DossierEntry.entry.is_in(sorted(more)) if more else wanted
    columns = DossierEntry.entry, DossierEntry.how, DossierEntry.at, DossierEntry.dossier
    rows = await DossierEntry.select(*columns).where(where).order_by(DossierEntry.id)
    return {
        row["entry"]: {
            "how": row["how"], "at": row["at"], "here": row["dossier"] == dossier_id
        }
        for row in rows
    }  # fmt: skip


def _in_order(plan: Mapping[str, Mapping[str, Any]]) -> list[tuple[str, Mapping[str, Any]]]:
    return sorted(plan.items(), key=lambda each: each[1]["due"])


async def _sources(state: State, end: datetime) -> list[dict[str, Any]]:
    """Each entry with the version that was known then, in the order in which they came."""
    here = {number: row for number, row in state.sources.items() if row["here"]}
    if not here:
        return []
    rows = await Entry.select(
        *(Entry.id, Entry.title, Entry.address, Entry.language),
        Entry.source.name.as_alias("source"),
    ).where(Entry.id.is_in(sorted(here)))
    versions = await (
        EntryVersion.select(
            *(EntryVersion.entry, EntryVersion.number, EntryVersion.title, EntryVersion.seen_at)
        )
        .where(EntryVersion.entry.is_in(sorted(here)), EntryVersion.seen_at < end)
        .order_by(EntryVersion.number)
    )
    last = {version["entry"]: version for version in versions}
    known = [{**row, **here[row["id"]], "version": last.get(row["id"])} for row in rows]
    return sorted(known, key=lambda row: (row["at"], row["id"]))


async def _names(facts: Mapping[str, Any]) -> dict[str, Any]:
    body = await Body.objects().where(Body.id == (facts["body"] or 0)).first()
    procedure = await Procedure.objects().where(Procedure.id == (facts["procedure"] or 0)).first()
    lead = await Person.select(Person.name).where(Person.id == (facts["lead"] or 0)).first()
    return {"body": body, "procedure": procedure, "lead": lead["name"] if lead else ""}
