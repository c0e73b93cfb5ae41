"""One person's calendar: all windows and milestones; of a coordinator, the own countries'."""

from datetime import datetime, timedelta
from typing import Any  # columns behind foreign keys

from advocacy import texts
from advocacy.deadlines import Milestone as Kind
from advocacy.dossiers.calendar import CalendarEvent, calendar
from advocacy.dossiers.labels import MILESTONES
from advocacy.dossiers.rules import Station
from advocacy.dossiers.tables import Milestone, Window
from advocacy.people.rules import Role
from advocacy.people.tables import Person
from advocacy.people.tokens import hashed
from advocacy.settings import settings

CANCELLED_STAYS = timedelta(days=30)
OVER_STAYS = timedelta(days=90)


async def owner(token: str) -> Person | None:
    person = await Person.objects().where(Person.calendar_hash == hashed(token)).first()
    known = person is not None and person.active and person.role != Role.MUNICIPALITY
    return person if known else None


async def calendar_of(person: Person, *, now: datetime) -> bytes:
    """In the person's language. A dossier that was closed stays for 30 days as cancelled."""
    with texts.speaking(person.language):
        rows = [*await _windows(now), *await _milestones(now)]
        events = [_event(row) for row in rows if _concerns(person, row) and _stays(row, now)]
        return calendar(settings().network, events)


def _concerns(person: Person, row: dict[str, Any]) -> bool:
    if person.role != Role.COORDINATOR:
        return True
    return bool(set(person.countries.split(",")) & set(row["countries"].split(",")))


def _stays(row: dict[str, Any], now: datetime) -> bool:
    is_closed: bool = row["station"] == Station.CLOSED
    return not is_closed or row["dossier_changed"] > now - CANCELLED_STAYS


def _dossier(dossier: Any) -> list[Any]:
    return [
        dossier.number.as_alias("number"),
        dossier.title.as_alias("title"),
        dossier.station.as_alias("station"),
        dossier.countries.as_alias("countries"),
        dossier.changed.as_alias("dossier_changed"),
    ]


async def _windows(now: datetime) -> list[dict[str, Any]]:
    deadline = texts.gettext("Deadline")
    rows = await Window.select(
        *(Window.id, Window.closes.as_alias("at"), Window.zone, Window.sequence, Window.changed),
        *_dossier(Window.dossier),
    ).where(Window.closes > now - OVER_STAYS)
    return [{**row, "kind": "window", "what": deadline} for row in rows]


async def _milestones(now: datetime) -> list[dict[str, Any]]:
    window: Any = Milestone.window
    rows = await Milestone.select(
        *(Milestone.id, Milestone.due.as_alias("at"), Milestone.sequence),
        Milestone.kind.as_alias("milestone"),
        window.zone.as_alias("zone"),
        window.changed.as_alias("changed"),
        *_dossier(window.dossier),
    ).where(Milestone.due > now - OVER_STAYS)
    return [
        {**row, "kind": "milestone", "what": texts.translate(MILESTONES[Kind(row["milestone"])])}
        for row in rows
    ]


def _event(row: dict[str, Any]) -> CalendarEvent:
    domain = settings().sender.rpartition("@")[2]
    return CalendarEvent(
        uid=f"{row['kind']}-{row['id']}@{domain}",
        at=row["at"],
        title=f"{row['what']}: {row['title']}",
        description=f"{texts.moment(row['at'], row['zone'])} ({texts.zone_name(row['zone'])})",
        address=f"{settings().base_url}/{texts.language()}/d/{row['number']}",
        sequence=row["sequence"],
        changed=row["changed"],
        cancelled=row["station"] == Station.CLOSED,
    )
