"""Open, change, advance and close a dossier; attach entries; take these acts back."""

import json
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from advocacy import database
from advocacy.bodies.tables import Body, Procedure
from advocacy.dossiers import following, queries, rules
from advocacy.dossiers.contradictions import claims, hearing
from advocacy.dossiers.contradictions.deciding import refuse, take
from advocacy.dossiers.deadlines import undoing, windows
from advocacy.dossiers.deadlines.milestones import set_milestones, take_fast_lane
from advocacy.dossiers.deadlines.windows import (
    add_window,
    confirm_deadline,
    mark_missed,
    meet_deadline,
    move_deadline,
    reopen_deadline,
    set_deadline,
    withdraw_deadline,
)
from advocacy.dossiers.editing import (
    CHANGED_MEANWHILE,
    change,
    known_lead,
    searchable,
    undo_change,
)
from advocacy.dossiers.forms import NewDossier
from advocacy.dossiers.joining import merging
from advocacy.dossiers.joining.merged import hold, standing
from advocacy.dossiers.relations import referring, relating
from advocacy.dossiers.rules import Station
from advocacy.dossiers.tables import Dossier, DossierEntry, Milestone
from advocacy.errors import Invalid, Message, Outdated
from advocacy.history.actions import record
from advocacy.history.tables import Event
from advocacy.people.tables import Person
from advocacy.triage import actions as triage
from advocacy.triage.rules import OFFICE_ZONE, Decision

__all__ = [
    "UNDO",
    "add_window",
    "advance",
    "attach",
    "change",
    "close",
    "confirm_deadline",
    "mark_missed",
    "meet_deadline",
    "move_deadline",
    "open_dossier",
    "refuse",
    "reopen",
    "reopen_deadline",
    "set_deadline",
    "set_milestones",
    "take",
    "take_fast_lane",
    "withdraw_deadline",
]

HOW = {"source": Decision.ATTACHED, "duplicate": Decision.DUPLICATE}


async def open_dossier(
    new: NewDossier, *, entry_id: int | None = None, by: Person, now: datetime
) -> Dossier:
    """Dossier, window, milestones, source and triage decision: all of it or nothing."""
    async with database.transaction():
        await database.one_at_a_time("dossier")
        entries = [] if entry_id is None else [entry_id]
        before: triage.Before = {}
        if entries:
            before = await triage.put_down(entries, Decision.DOSSIER, by=by, now=now)
        dossier = await _insert(new, by, now)
        if new.window is not None:
            await windows.plan_window(dossier, new.window, entry_id=entry_id, now=now)
        if entries:
            await DossierEntry(dossier=dossier.id, entry=entry_id, at=now).save()
            await claims.raise_for(dossier.id, now=now)
        await following.follow(dossier.id, dossier.lead or by.id, now=now)
        event = await record(
            "dossier opened", kind="dossier", object=dossier.id, dossier=dossier.id, by=by, now=now,
            details={"number": dossier.number, "entries": entries, "before": before},
        )  # fmt: skip
        if entries:
            await triage.belongs_to_event(entries, event)
    return dossier


async def _insert(new: NewDossier, by: Person, now: datetime) -> Dossier:
    number = await _next_number(now)
    dossier = Dossier(
        number=number,
        title=new.title,
        language=new.language,
        summary=new.summary,
        body=await _id_of(Body, new.body, "body"),
        procedure=await _id_of(Procedure, new.procedure, "procedure"),
        procedure_number=new.procedure_number,
        topics=",".join(new.topics),
        countries=",".join(new.countries),
        lead=await known_lead(new.lead) or by.id,
        priority=new.priority,
        sponsor=new.sponsor,
        station=Station.OPENED,
        opened=now,
        changed=now,
    )
    dossier.search_text = searchable(dossier)
    await dossier.save()
    return dossier


async def _next_number(now: datetime) -> str:
    """In sequence per year of the office; under the lock that its caller holds."""
    year = now.astimezone(ZoneInfo(OFFICE_ZONE)).year
    last = await (
        Dossier.select(Dossier.number)
        .where(Dossier.number.like(f"{year}-%"))
        .order_by(Dossier.id, ascending=False)
        .limit(1)
        .first()
    )
    place = int(last["number"].partition("-")[2]) if last else 0
    return rules.number(year, place + 1)


async def _id_of(table: type[Body] | type[Procedure], key: str, field: str) -> int | None:
    if not key:
        return None
    row = await table.select(table.id).where(table.key == key).first()
    if row is None:
        raise Invalid({field: Message("Choose one from the list")})
    return int(row["id"])


async def attach(
    entry_ids: Sequence[int], dossier_id: int, *, how: str = "source", by: Person, now: datetime
) -> int:
    """Entries belong to a dossier, as a source or as a duplicate of one, or to the dossier that
    it has been merged into. Returns the event.
    """
    async with database.transaction():
        dossier = await standing(dossier_id)
        # Before any row of the dossier: whoever moves a deadline asks in the same order.
        await database.one_at_a_time(hearing.LOCK % dossier.id)
        before = await triage.put_down(entry_ids, HOW[how], reason=dossier.number, by=by, now=now)
        rows = [
            DossierEntry(dossier=dossier.id, entry=entry, how=how, at=now) for entry in entry_ids
        ]
        await DossierEntry.insert(*rows)
        await Dossier.update({Dossier.changed: now}).where(Dossier.id == dossier.id)
        await claims.raise_for(dossier.id, now=now)
        event = await record(
            "entry attached", kind="entry", object=entry_ids[0], dossier=dossier.id, by=by, now=now,
            details={"entries": list(entry_ids), "how": how, "before": before},
        )  # fmt: skip
        await triage.belongs_to_event(entry_ids, event)
    return event


async def advance(
    dossier_id: int, to: Station, *, by: Person | None, now: datetime, reason: str = ""
) -> int | None:
    """To another station; None when it is there already. Milestones that this meets are met."""
    dossier = await queries.by_id(dossier_id)
    before = Station(dossier.station)
    if before is to:
        return None
    rules.check_step(before, to)
    async with database.transaction():
        await _move(dossier, to, now, reason)
        await _meet_milestones(dossier_id, to, now)
        return await record(
            _ACTION.get((before, to), _ACTION.get((None, to), "dossier advanced")),
            kind="dossier", object=dossier_id, dossier=dossier_id, by=by, now=now,
            details={
                "from": before,
                "to": to,
                "reason": reason,
                "reason before": dossier.closed_reason,
            },
        )  # fmt: skip


_ACTION: dict[tuple[Station | None, Station], str] = {
    (None, Station.CLOSED): "dossier closed",
    (Station.CLOSED, Station.OPENED): "dossier reopened",
}


async def _move(dossier: Dossier, to: Station, now: datetime, reason: str = "") -> None:
    moved = await (
        Dossier.update({Dossier.station: to, Dossier.closed_reason: reason, Dossier.changed: now})
        .where(Dossier.id == dossier.id, Dossier.station == dossier.station)
        .where(Dossier.merged_into.is_null())
        .returning(Dossier.id)
    )
    if not moved:
        raise Outdated(CHANGED_MEANWHILE)


async def _meet_milestones(dossier_id: int, to: Station, now: datetime) -> None:
    window = await queries.current_window(dossier_id, now=now)
    kinds = [kind.value for kind in rules.MET_BY.get(to, frozenset())]
    if window is not None and kinds:
        await Milestone.update({Milestone.met: now}).where(
            Milestone.window == window.id, Milestone.kind.is_in(kinds), Milestone.met.is_null()
        )


async def close(dossier_id: int, reason: str, *, by: Person, now: datetime) -> int | None:
    """Without a position; `reason` says why."""
    return await advance(dossier_id, Station.CLOSED, by=by, now=now, reason=reason)


async def reopen(dossier_id: int, *, by: Person, now: datetime) -> int | None:
    """What its sources have come to say of its deadlines meanwhile is raised."""
    async with database.transaction():
        await claims.raise_for(dossier_id, now=now)
        return await advance(dossier_id, Station.OPENED, by=by, now=now)


async def undo_opening(event: Event, by: Person, now: datetime) -> str:  # noqa: ARG001  as all
    """Only while nothing else has happened in the dossier: then it was never there."""
    details = json.loads(event.details)
    async with database.transaction():
        await hold(event.object)
        await database.one_at_a_time(hearing.LOCK % event.object)
        since = await Event.exists().where(Event.dossier == event.object, Event.id > event.id)
        if since:
            raise Outdated("Something has been done in this dossier since. Close it instead.")
        gone = await (
            Dossier.delete()
            .where(Dossier.id == event.object, Dossier.station == Station.OPENED)
            .returning(Dossier.id)
        )
        if not gone:
            raise Outdated(CHANGED_MEANWHILE)
        if details["entries"]:
            await triage.take_back(details["entries"], event.id, details["before"])
    return f"/inbox?item={details['entries'][0]}" if details["entries"] else "/dossiers"


async def undo_attaching(event: Event, by: Person, now: datetime) -> str:
    """With what the entries brought: their claims lapse, a deadline they proposed is withdrawn."""
    details = json.loads(event.details)
    async with database.transaction():
        await hold(event.dossier or 0)
        await database.one_at_a_time(hearing.LOCK % (event.dossier or 0))
        await DossierEntry.delete().where(
            DossierEntry.entry.is_in(details["entries"]), DossierEntry.dossier == event.dossier
        )
        await windows.withdraw_proposed(event.dossier or 0, details["entries"], by=by, now=now)
        await claims.raise_for(event.dossier or 0, now=now)
        await triage.take_back(details["entries"], event.id, details["before"])
    return f"/inbox?item={event.object}"


async def undo_closing(event: Event, by: Person, now: datetime) -> str:  # noqa: ARG001
    """Back to the station before, or closed again for the same reason."""
    details = json.loads(event.details)
    dossier = await queries.by_id(event.object)
    if dossier.station != details["to"]:
        raise Outdated(CHANGED_MEANWHILE)
    async with database.transaction():
        await _move(dossier, Station(details["from"]), now, details["reason before"])
    return f"/d/{dossier.number}"


UNDO: dict[str, Callable[[Event, Person, datetime], Awaitable[str]]] = {
    "dossier opened": undo_opening,
    "entry attached": undo_attaching,
    "dossier closed": undo_closing,
    "dossier reopened": undo_closing,
    "dossier changed": undo_change,
    **undoing.UNDO,
    **merging.UNDO,
    **referring.UNDO,
    **relating.UNDO,
}
