"""Slides, photographs, minutes as files: handed in, released, taken out."""

import asyncio

from litestar import Response, post
from litestar import get as read
from litestar.datastructures import UploadFile
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.documents import forms as documents
from advocacy.documents import rules as limits
from advocacy.errors import Invalid, Message
from advocacy.events import actions
from advocacy.events.fields import number, one_line
from advocacy.events.handlers.keeping import kept
from advocacy.events.handlers.looking import HOUSE, looked_at, page_of, role_of
from advocacy.events.keeping.files import content
from advocacy.events.keeping.programme import point
from advocacy.people.guards import staff
from advocacy.templating import address
from advocacy.web.files import to_save
from advocacy.web.once import once
from advocacy.web.pages import Web, person_of, say, to, typed

PUBLIC = {"public": True}
TITLE = 300


@post(
    "/{lang:str}/events/{gathering_id:int}/files",
    guards=[staff],
    status_code=200,
    request_max_body_size=limits.LARGEST_UPLOAD,
)
async def add(request: Web, gathering_id: FromPath[int]) -> Template | Redirect:
    form, now = await typed(request), clock.now()
    gathering = await kept(request, gathering_id)

    async def act() -> str:
        title = one_line(form.get("file_title", ""))
        if len(title) > TITLE:
            wrong = Message("Shorten it to %(most)s characters", {"most": TITLE})
            raise Invalid({"file_title": wrong})
        papers = await asyncio.to_thread(documents.papers, await _files(request))
        of_point = number(form.get("file_point", ""))
        event = await actions.files.add(
            gathering.id, papers, title=title if len(papers) == 1 else "",
            point=(await point(gathering.id, of_point)).id if of_point else None,
            public=form.get("file_public") == "1", by=person_of(request), now=now,
        )  # fmt: skip
        many = texts.ngettext("%(num)d file is kept.", "%(num)d files are kept.", len(papers))
        say(request, many % {"num": len(papers)}, undo=event)
        return address(f"/events/{gathering.id}#files")

    try:
        return await once(form, act, now=now)
    except Invalid as error:
        return await page_of(request, gathering, status=422, problems=error.fields, typed=form)


async def _files(request: Web) -> list[tuple[str, bytes]]:
    """Name and content of what was chosen; of one that is too large no more than shows that."""
    chosen = (await request.form()).getall(documents.FIELD, [])
    files = [each for each in chosen if isinstance(each, UploadFile)]
    return [
        (each.filename, await each.read(limits.LARGEST + 1)) for each in files[: limits.AT_ONCE + 1]
    ]


@read("/{lang:str}/events/{gathering_id:int}/files/{file_id:int}", opt=PUBLIC)
async def download(
    request: Web, gathering_id: FromPath[int], file_id: FromPath[int]
) -> Response[bytes]:
    """To be saved: nothing of it is ever shown as a page."""
    gathering = await looked_at(request, gathering_id)
    row = await content(gathering.id, file_id, all_of_them=role_of(request) in HOUSE)
    return to_save(bytes(row.content), name=row.name, media_type=row.media_type)


@post(
    "/{lang:str}/events/{gathering_id:int}/files/{file_id:int}/release",
    guards=[staff],
    status_code=303,
)
async def release(
    request: Web, gathering_id: FromPath[int], file_id: FromPath[int]
) -> Redirect:  # fmt: skip
    form = await typed(request)
    gathering = await kept(request, gathering_id)
    public = form.get("public") == "1"
    await actions.files.release(
        gathering.id, file_id, public=public, by=person_of(request), now=clock.now()
    )
    shown = texts.gettext("Everybody can read the file now.")
    say(request, shown if public else texts.gettext("Only the house can read the file now."))
    return to(f"/events/{gathering.id}#files")


@post(
    "/{lang:str}/events/{gathering_id:int}/files/{file_id:int}/remove",
    guards=[staff],
    status_code=303,
)
async def remove(
    request: Web, gathering_id: FromPath[int], file_id: FromPath[int]
) -> Redirect:  # fmt: skip
    gathering = await kept(request, gathering_id)
    event = await actions.files.remove(
        gathering.id, file_id, by=person_of(request), now=clock.now()
    )
    say(request, texts.gettext("The file is removed."), undo=event)
    return to(f"/events/{gathering.id}#files")


handlers = [add, download, release, remove]
