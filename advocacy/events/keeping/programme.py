"""The points of a programme: with their hour, a speaker, a place, and what each is about."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any  # columns behind foreign keys

from advocacy import database
from advocacy.bodies.rules import name_in
from advocacy.dossiers import queries as dossiers
from advocacy.dossiers.forms import number_in
from advocacy.dossiers.joining.merged import target_of
from advocacy.errors import Invalid, Message, NotAllowed, NotFound, Outdated
from advocacy.events import rules
from advocacy.events.forms import PointForm
from advocacy.events.keeping.drafting import check_right
from advocacy.events.registering.placing import hold
from advocacy.events.tables import Gathering, Minute, Point
from advocacy.history.actions import record
from advocacy.history.tables import Event
from advocacy.people.tables import Person
from advocacy.projects.tables import Project, ProjectText

CHANGED_MEANWHILE = Message("Somebody has changed the programme meanwhile")
NOT_THERE = Message("There is no such point in the programme")


@dataclass(frozen=True, slots=True)
class PointRow:
    """`language` is that of `title`. `dossier_title` is the house's own, and not for everybody."""

    id: int
    number: int
    begins: datetime | None
    title: str
    language: str
    speaker: str
    place: str
    latitude: float | None
    longitude: float | None
    dossier: int | None
    dossier_number: str
    dossier_title: str
    project: int | None
    project_title: str
    project_language: str
    topic: str


async def points_of(gathering_id: int, language: str) -> list[PointRow]:
    """In the order of the day. Three queries at most."""
    dossier: Any = Point.dossier
    rows = await (
        Point.select(
            *(Point.id, Point.number, Point.begins, Point.titles, Point.speaker, Point.place),
            *(Point.latitude, Point.longitude, Point.project, Point.topic, Point.dossier),
            *(dossier.number.as_alias("dossier_number"), dossier.title.as_alias("dossier_title")),
        )
        .where(Point.gathering == gathering_id)
        .order_by(Point.number)
        .order_by(Point.id)
    )
    titles = await _projects([row["project"] for row in rows if row["project"]], language)
    return [_row(row, titles, language) for row in rows]


async def _projects(ids: Sequence[int], language: str) -> dict[int, tuple[str, str]]:
    """Title and its language, by project that has not been removed."""
    if not ids:
        return {}
    project: Any = ProjectText.project
    rows = await (
        ProjectText.select(
            *(ProjectText.project, ProjectText.language, ProjectText.title),
            project.language.as_alias("own"),
        )
        .where(ProjectText.project.is_in(sorted(set(ids))), project.removed.is_null())
        .order_by(ProjectText.id)
    )
    found: dict[int, tuple[str, str]] = {}
    for row in rows:
        if row["language"] == language or (
            row["language"] == row["own"] and row["project"] not in found
        ):
            found[row["project"]] = (row["title"], row["language"])
    return found


def _row(
    row: dict[str, Any], projects: dict[int, tuple[str, str]], language: str
) -> PointRow:  # fmt: skip
    titles = json.loads(row.pop("titles"))
    title = name_in(titles, language)
    spoken = next((code for code in (language, "en") if titles.get(code)), "")
    known = spoken or next((code for code, each in titles.items() if each == title), language)
    named, in_language = projects.get(row["project"] or 0, ("", ""))
    empty = {
        "dossier_number": row["dossier_number"] or "",
        "dossier_title": row["dossier_title"] or "",
    }
    return PointRow(
        **(row | empty), title=title, language=known, project_title=named,
        project_language=in_language,
    )  # fmt: skip


async def point(gathering_id: int, number: int) -> Point:
    known = 0 < number <= rules.MOST_POINTS
    found = known and (
        await Point.objects().where(Point.gathering == gathering_id, Point.number == number).first()
    )
    if not found:
        raise NotFound(NOT_THERE)
    return found


async def shown(row: Point) -> PointForm:
    number = ""
    if row.dossier:
        number = (await dossiers.by_id(row.dossier)).number
    return PointForm(
        titles=json.loads(row.titles), begins=row.begins, speaker=row.speaker, place=row.place,
        latitude=row.latitude, longitude=row.longitude, dossier=number, project=row.project,
        topic=row.topic,
    )  # fmt: skip


async def add(gathering_id: int, new: PointForm, *, by: Person, now: datetime) -> int:
    """Returns its number, which follows from its hour."""
    values = await _columns(new)
    async with database.transaction():
        gathering = await hold(gathering_id)
        check_right(gathering, by)
        if await Point.count().where(Point.gathering == gathering_id) >= rules.MOST_POINTS:
            raise NotAllowed("A programme has sixty points at most")
        row = Point(gathering=gathering_id, number=rules.MOST_POINTS + 1, **values)
        await row.save()
        await _number_anew(gathering, now=now)
        [made] = await Point.select(Point.number).where(Point.id == row.id)
        await _record("programme point added", gathering_id, by=by, now=now, point=row.id)
    return int(made["number"])


async def change(
    gathering_id: int, number: int, new: PointForm, *, base: str, by: Person, now: datetime
) -> None:
    values = await _columns(new)
    async with database.transaction():
        gathering = await hold(gathering_id)
        check_right(gathering, by)
        row = await point(gathering_id, number)
        before = await shown(row)
        if before.fingerprint() != base:
            raise Outdated(CHANGED_MEANWHILE, theirs=before.as_text(), mine=new.as_text())
        if before == new:
            return
        changed: dict[Any, Any] = dict(values)
        await Point.update(changed).where(Point.id == row.id)
        await _number_anew(gathering, now=now)
        await _record("programme point changed", gathering_id, by=by, now=now, point=row.id,
                      before=before.as_text())  # fmt: skip


async def remove(gathering_id: int, number: int, *, base: str, by: Person, now: datetime) -> int:
    """Minutes of it stay, of no point. Returns the event."""
    async with database.transaction():
        gathering = await hold(gathering_id)
        check_right(gathering, by)
        row = await point(gathering_id, number)
        if (await shown(row)).fingerprint() != base:
            raise Outdated(CHANGED_MEANWHILE)
        minutes = await Minute.select(Minute.id).where(Minute.point == row.id)
        kept = {name: getattr(row, name) for name in COLUMNS}
        await Point.delete().where(Point.id == row.id)
        await _number_anew(gathering, now=now)
        return await _record(
            "programme point removed", gathering_id, by=by, now=now, point=kept,
            minutes=[each["id"] for each in minutes],
        )  # fmt: skip


COLUMNS = ("begins", "titles", "speaker", "place", "latitude", "longitude", "dossier", "project",
           "topic")  # fmt: skip


async def undo_removing(event: Event, by: Person, now: datetime) -> str:
    details = json.loads(event.details)
    kept = details["point"]
    begins = kept.pop("begins")
    async with database.transaction():
        gathering = await hold(event.object)
        check_right(gathering, by)
        row = Point(
            gathering=event.object, number=rules.MOST_POINTS + 1, **kept,
            begins=datetime.fromisoformat(begins) if begins else None,
        )  # fmt: skip
        await row.save()
        if details["minutes"]:
            await Minute.update({Minute.point: row.id}).where(
                Minute.id.is_in(details["minutes"]), Minute.point.is_null()
            )
        await _number_anew(gathering, now=now)
    return f"/events/{event.object}"


async def _number_anew(gathering: Gathering, *, now: datetime) -> None:
    rows = await (
        Point.select(Point.id, Point.begins, Point.number)
        .where(Point.gathering == gathering.id)
        .order_by(Point.number)
        .order_by(Point.id)
    )
    order = rules.in_order([(row["begins"], row["id"]) for row in rows])
    before = {row["id"]: row["number"] for row in rows}
    for number, point_id in enumerate(order, start=1):
        if before[point_id] != number:
            await Point.update({Point.number: number}).where(Point.id == point_id)
    await Gathering.update({Gathering.changed: now}).where(Gathering.id == gathering.id)


async def _columns(new: PointForm) -> dict[str, Any]:
    """Invalid names a dossier or a project that there is not."""
    wrong: dict[str, Message] = {}
    dossier = None
    if new.dossier:
        try:
            found = await dossiers.by_number(number_in(new.dossier) or "")
            dossier = (await target_of(found) or found).id
        except NotFound:
            wrong["dossier"] = Message("Enter the number of a dossier, for example 2026-014")
    if new.project is not None and not await Project.exists().where(
        Project.id == new.project, Project.removed.is_null()
    ):
        wrong["project"] = Message("There is no such project")
    if wrong:
        raise Invalid(wrong)
    return {
        "titles": json.dumps(dict(new.titles), ensure_ascii=False), "begins": new.begins,
        "speaker": new.speaker, "place": new.place, "latitude": new.latitude,
        "longitude": new.longitude, "dossier": dossier, "project": new.project,
        "topic": new.topic,
    }  # fmt: skip


async def _record(
    action: str, gathering_id: int, *, by: Person, now: datetime, **details: object
) -> int:
    return await record(
        action, kind="gathering", object=gathering_id, by=by, now=now, details=details
    )
