"""A list of projects: what it would do, do it. It travels in the form; nothing is kept before."""

import asyncio
from typing import Any  # values of a page

from litestar import get, post
from litestar.datastructures import UploadFile
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.people.guards import secretariat
from advocacy.projects import importing, labels, reading_lists
from advocacy.spreadsheets.reading import BadTable
from advocacy.templating import address
from advocacy.web.once import once
from advocacy.web.pages import Web, page, person_of, say, typed

HERE = "/{lang:str}/projects/import"


@get(HERE, guards=[secretariat])
async def import_page(request: Web) -> Template:
    return _page(request)


def _page(request: Web, **values: Any) -> Template:
    shown: dict[str, Any] = {"plan": None, "bad": (), "list_as_csv": ""} | values
    return page(request, "projects/import.html", labels=labels, **shown)


def _refused(request: Web, error: BadTable) -> Template:
    return _page(
        request, status=422, bad=[each for each in error.problems if each.row],
        problems={"file": next(iter(error.fields.values()))},
    )  # fmt: skip


@post(HERE, guards=[secretariat], status_code=200)
async def take_file(request: Web) -> Template:
    upload = (await request.form()).get("file")
    content = await upload.read() if isinstance(upload, UploadFile) else b""
    name = upload.filename if isinstance(upload, UploadFile) else ""
    try:
        rows = await asyncio.to_thread(reading_lists.read, content, name)
        plan = await importing.plan(rows)
        text = await asyncio.to_thread(reading_lists.as_list, content, name)
    except BadTable as error:
        return _refused(request, error)
    return _page(request, plan=plan, list_as_csv=text)


@post(f"{HERE}/now", guards=[secretariat], status_code=200)
async def import_now(request: Web) -> Template | Redirect:
    form = await typed(request)

    async def act() -> str:
        content = form.get("list", "").encode()
        rows = await asyncio.to_thread(reading_lists.read, content, "list.csv")
        done, event = await importing.take_in(rows, by=person_of(request), now=clock.now())
        count = len(done.new) + len(done.changed)
        said = texts.ngettext(
            "%(num)d project is new or changed.", "%(num)d projects are new or changed.", count
        )
        say(request, said % {"num": count}, undo=event)
        return address("/projects")

    try:
        return await once(form, act, now=clock.now())
    except BadTable as error:
        return _refused(request, error)


handlers = [import_page, take_file, import_now]
