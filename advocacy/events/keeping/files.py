"""Slides, minutes, photographs: kept as they were handed in, for the house or for everybody."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from advocacy import database
from advocacy.documents import forms as documents
from advocacy.documents.forms import Paper
from advocacy.errors import Message, NotAllowed, NotFound, Outdated
from advocacy.events.keeping.drafting import check_right
from advocacy.events.registering.placing import hold
from advocacy.events.tables import GatheringFile
from advocacy.history.actions import record
from advocacy.history.tables import Event
from advocacy.people.tables import Person

MOST = 60
KNOWN = Message("%(name)s is here already. Nothing was kept.")
NOT_THERE = Message("There is no such file")


@dataclass(frozen=True, slots=True)
class FileRow:
    id: int
    point: int | None
    title: str
    name: str
    media_type: str
    size: int  # bytes
    public: bool
    at: datetime

    @property
    def shown(self) -> str:
        return self.title or self.name


async def files_of(gathering_id: int, *, all_of_them: bool) -> list[FileRow]:
    """In the order in which they came; for everybody only what was released. One query."""
    rows = await (
        GatheringFile.select(
            *(GatheringFile.id, GatheringFile.point, GatheringFile.title, GatheringFile.name),
            *(GatheringFile.media_type, GatheringFile.size, GatheringFile.public),
            GatheringFile.at,
        )
        .where(GatheringFile.gathering == gathering_id, GatheringFile.removed.is_null())
        .order_by(GatheringFile.id)
    )
    return [FileRow(**row) for row in rows if all_of_them or row["public"]]


async def content(gathering_id: int, file_id: int, *, all_of_them: bool) -> GatheringFile:
    found = await (
        GatheringFile.objects()
        .where(
            GatheringFile.id == file_id,
            GatheringFile.gathering == gathering_id,
            GatheringFile.removed.is_null(),
        )
        .first()
    )
    if found is None or not (found.public or all_of_them):
        raise NotFound(NOT_THERE)
    return found


async def add(
    gathering_id: int,
    papers: Sequence[Paper],
    *,
    title: str = "",
    point: int | None = None,
    public: bool = False,
    by: Person,
    now: datetime,
) -> int:
    """All of them or none. Returns the event. `point`: the row's id."""
    async with database.transaction():
        gathering = await hold(gathering_id)
        check_right(gathering, by)
        known = await GatheringFile.select(GatheringFile.sha256).where(
            GatheringFile.gathering == gathering_id, GatheringFile.removed.is_null()
        )
        if len(known) + len(papers) > MOST:
            raise NotAllowed("A gathering keeps sixty files at most")
        sums = {row["sha256"] for row in known}
        documents.check_papers(
            [Message(KNOWN.text, {"name": each.name}) for each in papers if each.sha256 in sums]
        )
        ids = []
        for paper in papers:
            row = GatheringFile(
                gathering=gathering_id, point=point, title=title, name=paper.name,
                media_type=paper.media_type, size=len(paper.content), sha256=paper.sha256,
                content=paper.content, public=public, person=by.id, at=now,
            )  # fmt: skip
            await row.save()
            ids.append(row.id)
        return await record(
            "gathering file added", kind="gathering", object=gathering_id, by=by, now=now,
            details={"files": ids, "what": [paper.name for paper in papers]},
        )  # fmt: skip


async def release(
    gathering_id: int, file_id: int, *, public: bool, by: Person, now: datetime
) -> None:
    """For everybody, or for the house alone. Twice is once."""
    async with database.transaction():
        check_right(await hold(gathering_id), by)
        row = await content(gathering_id, file_id, all_of_them=True)
        if row.public == public:
            return
        await GatheringFile.update({GatheringFile.public: public}).where(
            GatheringFile.id == file_id
        )
        await record(
            "gathering file released" if public else "gathering file taken from the public",
            kind="gathering", object=gathering_id, by=by, now=now,
            details={"file": file_id, "name": row.name},
        )  # fmt: skip


async def remove(gathering_id: int, file_id: int, *, by: Person, now: datetime) -> int:
    """It stays in the database, so that it can be taken back. Returns the event."""
    async with database.transaction():
        check_right(await hold(gathering_id), by)
        row = await content(gathering_id, file_id, all_of_them=True)
        await _set_removed([file_id], now)
        return await record(
            "gathering file removed", kind="gathering", object=gathering_id, by=by, now=now,
            details={"files": [file_id], "what": [row.name]},
        )  # fmt: skip


async def undo_adding(event: Event, by: Person, now: datetime) -> str:
    async with database.transaction():
        check_right(await hold(event.object), by)
        await _set_removed(json.loads(event.details)["files"], now)
    return f"/events/{event.object}#files"


async def undo_removing(event: Event, by: Person, now: datetime) -> str:  # noqa: ARG001  as all
    ids = json.loads(event.details)["files"]
    async with database.transaction():
        check_right(await hold(event.object), by)
        back = await GatheringFile.select(GatheringFile.sha256).where(GatheringFile.id.is_in(ids))
        if await GatheringFile.exists().where(
            GatheringFile.gathering == event.object,
            GatheringFile.removed.is_null(),
            GatheringFile.sha256.is_in([row["sha256"] for row in back]),
        ):
            raise Outdated("The same file has been handed in again meanwhile")
        await _set_removed(ids, None)
    return f"/events/{event.object}#files"


async def _set_removed(ids: Sequence[int], at: datetime | None) -> None:
    await GatheringFile.update({GatheringFile.removed: at}).where(GatheringFile.id.is_in(list(ids)))
