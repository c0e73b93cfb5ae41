"""A list of members: which column is which, what it would do, do it.

The list travels in the form from step to step; nothing is kept before the last.
"""

import asyncio
from collections.abc import Mapping
from typing import Any  # values of a page

from litestar import get, post
from litestar.datastructures import UploadFile
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.errors import Invalid
from advocacy.municipalities import actions, labels, mapping
from advocacy.municipalities.headings import REQUIRED
from advocacy.municipalities.mapping import Proposal, Table
from advocacy.municipalities.reading_tables import as_csv, read_members
from advocacy.people.guards import secretariat
from advocacy.spreadsheets.reading import BadTable
from advocacy.web.once import once
from advocacy.web.pages import Web, page, person_of, say, typed

HERE = "/{lang:str}/municipalities/import"


@get(HERE, guards=[secretariat])
async def import_page(request: Web) -> Template:
    return _page(request)


def _page(request: Web, **values: Any) -> Template:
    shown: dict[str, Any] = {"plan": None, "bad": (), "list_as_csv": "", "origin": ""}
    return page(request, "municipalities/import.html", labels=labels, **(shown | values))


def _refused(request: Web, error: BadTable) -> Template:
    return _page(
        request, status=422, bad=[each for each in error.problems if each.row],
        problems={"file": next(iter(error.fields.values()))},
    )  # fmt: skip


@post(HERE, guards=[secretariat], status_code=200)
async def take_file(request: Web) -> Template:
    """What the file would do; or first which column is which."""
    upload = (await request.form()).get("file")
    content = await upload.read() if isinstance(upload, UploadFile) else b""
    name = upload.filename if isinstance(upload, UploadFile) else ""
    try:
        table, proposal = await asyncio.to_thread(_looked_at, content, name)
        if not proposal.is_certain:
            return _mapping(request, table, proposal, name=name)
        return await _dry_run(request, table, proposal, proposal.keys, name=name)
    except BadTable as error:
        return _refused(request, error)


def _looked_at(content: bytes, name: str) -> tuple[Table, Proposal]:
    """In a thread, as all that goes through the list: a large workbook takes seconds."""
    table = mapping.read_table(content, name)
    return table, mapping.propose(table)


def _mapping(
    request: Web, table: Table, proposal: Proposal, *, name: str, **values: Any
) -> Template:
    chosen = {f"column-{each.place}": each.key for each in proposal.columns}
    shown: dict[str, Any] = {"typed": chosen} | values
    return page(
        request, "municipalities/mapping.html", table=mapping.as_text(table), proposal=proposal,
        required=REQUIRED, labels=labels, origin=name, **shown,
    )  # fmt: skip


async def _dry_run(
    request: Web, table: Table, proposal: Proposal, keys: Mapping[int, str], *, name: str
) -> Template:
    members = await asyncio.to_thread(mapping.members, table, proposal, keys)
    plan = await actions.dry_run(members)
    text = await asyncio.to_thread(as_csv, members)
    return _page(request, plan=plan, list_as_csv=text, origin=name)


@post("/{lang:str}/municipalities/import/columns", guards=[secretariat], status_code=200)
async def choose_columns(request: Web) -> Template:
    form = await typed(request)
    name = form.get("origin", "")[:200]
    try:
        table = await asyncio.to_thread(mapping.from_text, form.get("table", ""))
        proposal = await asyncio.to_thread(mapping.propose, table, _header(form, table))
        if form.get("row", "") != form.get("row_shown", ""):
            return _mapping(request, table, proposal, name=name)
        try:
            keys = mapping.keys_of(form, proposal)
        except Invalid as error:
            return _mapping(
                request, table, proposal, name=name, status=422, problems=error.fields, typed=form
            )  # fmt: skip
        return await _dry_run(request, table, proposal, keys, name=name)
    except BadTable as error:
        return _refused(request, error)


def _header(form: Mapping[str, str], table: Table) -> int:
    number = form.get("row", "").strip()
    row = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0  # noqa: PLR2004
    return min(table.place_of(row), len(table.rows) - 2)


@post("/{lang:str}/municipalities/import/now", guards=[secretariat], status_code=200)
async def import_now(request: Web) -> Template | Redirect:
    form = await typed(request)

    async def act() -> str:
        content = form.get("list", "").encode()
        rows = await asyncio.to_thread(read_members, content, "list.csv")
        done, event = await actions.take_in(
            rows, origin=form.get("origin", "")[:200], by=person_of(request), now=clock.now()
        )
        count = len(done.new) + len(done.changed)
        said = texts.ngettext(
            "%(num)d municipality is new or changed.", "%(num)d municipalities are new or changed.",
            count,
        )  # fmt: skip
        say(request, said % {"num": count}, undo=event)
        return f"/{texts.language()}/municipalities"

    try:
        return await once(form, act, now=clock.now())
    except BadTable as error:
        return _refused(request, error)


handlers = [import_page, take_file, choose_columns, import_now]
