"""Keep, replace, describe and remove documents; take these acts back."""

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict
from datetime import datetime

from advocacy import database
from advocacy.documents import forms, queries
from advocacy.documents.forms import Description, Paper
from advocacy.documents.queries import DocumentRow
from advocacy.documents.tables import Document
from advocacy.dossiers import queries as dossiers
from advocacy.dossiers.joining.merged import hold
from advocacy.dossiers.tables import Dossier
from advocacy.errors import Message, NotFound, Outdated
from advocacy.history.actions import record
from advocacy.history.tables import Event
from advocacy.people.tables import Person
from feeds.reading.folding import search_text

CHANGED_MEANWHILE = Message("Somebody has changed this document meanwhile")
KNOWN = Message("%(name)s is in this dossier already: %(title)s. Nothing was kept.")


async def add(
    dossier_id: int, papers: Sequence[Paper], described: Description, *, by: Person, now: datetime
) -> int:
    """All of them or none. Returns the event."""
    async with database.transaction():
        await hold(dossier_id)
        await _check_new(dossier_id, papers)
        window = await _window_at(dossier_id, described.place)
        ids = [
            await _insert(dossier_id, paper, described, window, by=by, now=now) for paper in papers
        ]
        return await _record(
            "document added", ids, dossier_id, by, now, what=[each.name for each in papers]
        )


async def replace(dossier_id: int, place: int, paper: Paper, *, by: Person, now: datetime) -> int:
    """A new version, described as the one before, which stays. Returns the event."""
    async with database.transaction():
        await hold(dossier_id)
        document = await queries.one(dossier_id, place)
        await _check_new(dossier_id, [paper])
        window = await _window_at(dossier_id, document.described.place)
        new = await _insert(
            dossier_id, paper, document.described, window, before=document.current.id, by=by,
            now=now,
        )  # fmt: skip
        return await _record("document replaced", [new], dossier_id, by, now, what=[paper.name])


async def describe(
    dossier_id: int, place: int, new: Description, *, base: str, by: Person, now: datetime
) -> int | None:
    """`base`: the fingerprint of what the form showed. None: nothing is different."""
    async with database.transaction():
        await hold(dossier_id)
        document = await queries.one(dossier_id, place)
        before = document.described
        if before == new:
            return None
        if before.fingerprint() != base:
            raise Outdated(CHANGED_MEANWHILE, theirs=before.as_text(), mine=new.as_text())
        await _describe(dossier_id, document, new)
        return await _record(
            "document changed", [document.current.id], dossier_id, by, now,
            what=[new.title or document.current.name], old=asdict(before),
            after=new.fingerprint(),
        )  # fmt: skip


async def remove(dossier_id: int, place: int, *, by: Person, now: datetime) -> int:
    """With its versions. They stay in the database, so that it can be taken back."""
    async with database.transaction():
        await hold(dossier_id)
        document = await queries.one(dossier_id, place)
        ids = [each.id for each in document.versions]
        await _set_removed(ids, now)
        return await _record("document removed", ids, dossier_id, by, now, what=[document.title])


async def _record(
    action: str, ids: Sequence[int], dossier_id: int, by: Person, now: datetime, **details: object
) -> int:
    await Dossier.update({Dossier.changed: now}).where(Dossier.id == dossier_id)
    return await record(
        action, kind="document", object=ids[0], dossier=dossier_id, by=by, now=now,
        details={"documents": list(ids), **details},
    )  # fmt: skip


async def _check_new(dossier_id: int, papers: Sequence[Paper]) -> None:
    known = await queries.with_content(dossier_id, [paper.sha256 for paper in papers])
    forms.check_papers(
        [
            Message(KNOWN.text, {"name": paper.name, "title": known[paper.sha256]})
            for paper in papers
            if paper.sha256 in known
        ]
    )


async def _window_at(dossier_id: int, place: int) -> int | None:
    windows = await dossiers.windows_of(dossier_id)
    return windows[place - 1].id if 0 < place <= len(windows) else None


async def _insert(
    dossier_id: int,
    paper: Paper,
    described: Description,
    window: int | None,
    *,
    by: Person,
    now: datetime,
    before: int | None = None,
) -> int:
    document = Document(
        dossier=dossier_id, window=window, name=paper.name, title=described.title,
        code=described.code, language=described.language, original=described.original,
        media_type=paper.media_type, size=len(paper.content), sha256=paper.sha256,
        content=paper.content, replaces=before, person=by.id, at=now,
        search_text=_searchable(described, paper.name),
    )  # fmt: skip
    await document.save()
    return int(document.id)


async def _describe(dossier_id: int, document: DocumentRow, new: Description) -> None:
    await Document.update(
        {
            Document.title: new.title,
            Document.code: new.code,
            Document.language: new.language,
            Document.original: new.original,
            Document.window: await _window_at(dossier_id, new.place),
            Document.search_text: _searchable(new, document.current.name),
        }
    ).where(Document.id == document.current.id)


def _searchable(described: Description, name: str) -> str:
    words = f"{described.title} {described.code} {name}"
    return search_text(words, language=described.language or None)


async def _set_removed(ids: Sequence[int], at: datetime | None) -> None:
    await Document.update({Document.removed: at}).where(Document.id.is_in(list(ids)))


async def undo_adding(event: Event, by: Person, now: datetime) -> str:  # noqa: ARG001  as all
    """What was handed in goes, unless there is a newer version of it."""
    ids = json.loads(event.details)["documents"]
    async with database.transaction():
        await database.one_at_a_time(f"dossier/{event.dossier}")
        newer = await Document.exists().where(
            Document.replaces.is_in(ids), Document.removed.is_null()
        )
        if newer:
            raise Outdated(Message("There is a newer version of this document"))
        await _set_removed(ids, now)
        return await _path(event, "#documents")


async def undo_removing(event: Event, by: Person, now: datetime) -> str:  # noqa: ARG001
    ids = json.loads(event.details)["documents"]
    async with database.transaction():
        await database.one_at_a_time(f"dossier/{event.dossier}")
        await _set_removed(ids, None)
        return await _path(event, "#documents")


async def undo_describing(event: Event, by: Person, now: datetime) -> str:  # noqa: ARG001
    details = json.loads(event.details)
    old = Description(**details["old"])
    dossier_id = event.dossier or 0
    async with database.transaction():
        await database.one_at_a_time(f"dossier/{dossier_id}")
        place = await queries.place_of(dossier_id, event.object)
        document = await queries.one(dossier_id, place)
        theirs = document.described
        if document.current.id != event.object or theirs.fingerprint() != details["after"]:
            raise Outdated(CHANGED_MEANWHILE, theirs=theirs.as_text(), mine=old.as_text())
        await _describe(dossier_id, document, old)
        return await _path(event, f"/documents/{place}")


async def _path(event: Event, tail: str) -> str:
    if event.dossier is None:
        raise NotFound(queries.NOT_THERE)
    return f"/d/{(await dossiers.by_id(event.dossier)).number}{tail}"


UNDO: dict[str, Callable[[Event, Person, datetime], Awaitable[str]]] = {
    "document added": undo_adding,
    "document replaced": undo_adding,
    "document changed": undo_describing,
    "document removed": undo_removing,
}
