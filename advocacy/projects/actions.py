"""Enter projects, change them, keep what they made, and say beside which dossier they belong."""

import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any  # the details of an event

from advocacy import database
from advocacy.documents.forms import Paper
from advocacy.dossiers.joining.merged import hold
from advocacy.errors import Invalid, Message, NotAllowed, NotFound, Outdated
from advocacy.history.actions import record
from advocacy.history.tables import Event
from advocacy.people.rules import Role
from advocacy.people.tables import Person
from advocacy.projects import queries, rules
from advocacy.projects.forms import NewProject, Result
from advocacy.projects.keeping import State, fingerprint, state_of, write, written
from advocacy.projects.tables import DossierProject, Project, ProjectResult

ENTERED, CHANGED, REMOVED = "project entered", "project changed", "project removed"
IMPORTED = "projects imported"
RESULT_ADDED, RESULT_REMOVED = "project result added", "project result removed"
BESIDE = "project put beside a dossier"
ALL = "projects"
"""What one at a time may change."""
CHANGED_MEANWHILE = Message("Somebody has changed this project meanwhile")


async def enter(new: NewProject, *, by: Person, now: datetime) -> int:
    """Returns the number that a citation names: [@P12]."""
    return (await entered(new, by=by, now=now))[0]


async def entered(new: NewProject, *, by: Person, now: datetime) -> tuple[int, int]:
    """The number, and the event that can be taken back."""
    async with database.transaction():
        state = await written(new)
        await _check_stays(by, state)
        number = await insert(state, by=by, now=now)
        event = await record(
            ENTERED, kind="project", object=number, by=by, now=now,
            details={"before": None, "after": state},
        )  # fmt: skip
    return number, event


async def insert(state: State, *, by: Person, now: datetime) -> int:
    """In the caller's transaction, without a word in the history."""
    row = Project(
        state=state["state"], language=state["language"], person=by.id, created=now, changed=now,
        version=0,
    )  # fmt: skip
    await row.save()
    await write(row.id, state, now=now)
    return int(row.id)


async def change(
    project_id: int, new: NewProject, *, base: str, by: Person, now: datetime
) -> int | None:
    """`base`: the fingerprint of what the form showed. None: nothing is different."""
    async with database.transaction():
        before = await _held(project_id)
        await _check_right(by, before)
        after = await written(new)
        await _check_stays(by, after)
        if before == after:
            return None
        if fingerprint(before) != base:
            raise Outdated(CHANGED_MEANWHILE, theirs=_as_text(before), mine=_as_text(after))
        await write(project_id, after, now=now)
        return await record(
            CHANGED, kind="project", object=project_id, by=by, now=now,
            details={"before": before, "after": after},
        )  # fmt: skip


async def remove(project_id: int, *, by: Person, now: datetime) -> int | None:
    """From the lists. What cites it keeps it, and the page says that it was removed. None: it was
    off the lists already.
    """
    async with database.transaction():
        before = await _held(project_id)
        await _check_right(by, before)
        if before["removed"]:
            return None
        after = before | {"removed": True}
        await write(project_id, after, now=now)
        return await record(
            REMOVED, kind="project", object=project_id, by=by, now=now,
            details={"before": before, "after": after},
        )  # fmt: skip


async def add_result(
    project_id: int, result: Result, paper: Paper | None, *, by: Person, now: datetime
) -> int:
    async with database.transaction():
        await _check_right(by, await _held(project_id))
        count = await ProjectResult.count().where(
            ProjectResult.project == project_id, ProjectResult.removed.is_null()
        )
        if count >= rules.MOST_RESULTS:
            most = {"most": rules.MOST_RESULTS}
            raise Invalid({"result_title": Message("At most %(most)s results fit here", most)})
        row = ProjectResult(
            project=project_id, title=result.title, language=result.language,
            address=result.address, person=by.id, at=now, **_file(paper),
        )  # fmt: skip
        await row.save()
        return await record(
            RESULT_ADDED, kind="project", object=project_id, by=by, now=now,
            details={"result": row.id, "title": result.title},
        )  # fmt: skip


def _file(paper: Paper | None) -> dict[str, Any]:
    if paper is None:
        return {}
    return {
        "name": paper.name, "media_type": paper.media_type, "size": len(paper.content),
        "sha256": paper.sha256, "content": paper.content,
    }  # fmt: skip


async def remove_result(project_id: int, result_id: int, *, by: Person, now: datetime) -> int:
    """It stays in the database, so that it can be taken back."""
    async with database.transaction():
        await _check_right(by, await _held(project_id))
        taken = await (
            ProjectResult.update({ProjectResult.removed: now})
            .where(
                ProjectResult.id == result_id, ProjectResult.project == project_id,
                ProjectResult.removed.is_null(),
            )
            .returning(ProjectResult.id)
        )  # fmt: skip
        if not taken:
            raise NotFound("There is no such result")
        return await record(
            RESULT_REMOVED, kind="project", object=project_id, by=by, now=now,
            details={"result": result_id},
        )  # fmt: skip


async def put_beside(
    dossier_id: int, project_id: int, *, belongs: bool, by: Person, now: datetime
) -> int:
    """Whether a project belongs beside a dossier; `belongs` False: it is not suggested again."""
    async with database.transaction():
        await hold(dossier_id)
        await _held(project_id)
        before = await _beside(dossier_id, project_id)
        await _put(dossier_id, project_id, belongs=belongs, by=by, now=now)
        return await record(
            BESIDE, kind="project", object=project_id, by=by, now=now, dossier=dossier_id,
            details={"before": before, "after": belongs},
        )  # fmt: skip


async def _beside(dossier_id: int, project_id: int) -> bool | None:
    """None: nobody has said anything."""
    row = await DossierProject.select(DossierProject.belongs).where(
        DossierProject.dossier == dossier_id, DossierProject.project == project_id
    ).first()  # fmt: skip
    return bool(row["belongs"]) if row else None


async def _put(
    dossier_id: int, project_id: int, *, belongs: bool | None, by: Person, now: datetime
) -> None:
    await DossierProject.delete().where(
        DossierProject.dossier == dossier_id, DossierProject.project == project_id
    )
    if belongs is not None:
        await DossierProject(
            dossier=dossier_id, project=project_id, belongs=belongs, person=by.id, at=now
        ).save()


async def _held(project_id: int) -> State:
    """Locked until the transaction ends; a list that is taken in may hold any of them."""
    await database.one_at_a_time(ALL)
    if not await Project.exists().where(Project.id == project_id):
        raise NotFound(queries.NOT_THERE)
    return await state_of(project_id)


async def _check_right(by: Person, state: State) -> None:
    if by.role != Role.SECRETARIAT:
        members = await queries.countries_of([*state["members"], state["led_by"] or 0])
        rules.check_edit(by.role, by.countries.split(","), members)


async def _check_stays(by: Person, state: State) -> None:
    """What is entered must be theirs to look after; the form says what is missing."""
    try:
        await _check_right(by, state)
    except NotAllowed:
        said = Message("Name at least one municipality that you look after")
        raise Invalid({"members": said}) from None


def _as_text(state: State) -> str:
    told = (part for texts in state["texts"].values() for part in texts if part)
    facts = (state[name] for name in ("programme", "partners", "address", "contact_name"))
    return "\n\n".join([*told, *(fact for fact in facts if fact)])


async def undo_change(event: Event, by: Person, now: datetime) -> str:
    """As it was before; what had been entered is removed. Not when it was changed since."""
    details: Mapping[str, Any] = json.loads(event.details)
    async with database.transaction():
        if await _held(event.object) != details["after"]:
            raise Outdated(CHANGED_MEANWHILE)
        before = details["before"] or details["after"] | {"removed": True}
        await _check_right(by, before)
        await write(event.object, before, now=now)
    return f"/projects/{event.object}" if details["before"] else "/projects"


async def undo_result(event: Event, by: Person, now: datetime) -> str:
    details = json.loads(event.details)
    async with database.transaction():
        await _check_right(by, await _held(event.object))
        removed = now if event.action == RESULT_ADDED else None
        await ProjectResult.update({ProjectResult.removed: removed}).where(
            ProjectResult.id == details["result"]
        )
    return f"/projects/{event.object}"


async def undo_beside(event: Event, by: Person, now: datetime) -> str:
    details = json.loads(event.details)
    if event.dossier is None:
        raise NotFound(queries.NOT_THERE)
    async with database.transaction():
        await hold(event.dossier)
        if await _beside(event.dossier, event.object) is not details["after"]:
            raise Outdated("Somebody has changed this since")
        await _put(event.dossier, event.object, belongs=details["before"], by=by, now=now)
        number = await queries.number_of(event.dossier)
    return f"/d/{number}#projects"


UNDO: dict[str, Callable[[Event, Person, datetime], Awaitable[str]]] = {
    ENTERED: undo_change,
    CHANGED: undo_change,
    REMOVED: undo_change,
    RESULT_ADDED: undo_result,
    RESULT_REMOVED: undo_result,
    BESIDE: undo_beside,
}
