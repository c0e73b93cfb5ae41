"""Merge a dossier into another: choose, look at what would move, do it."""

from collections.abc import Mapping
from typing import Any  # a page's values are what its template shows

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.dossiers import queries
from advocacy.dossiers.forms import number_in
from advocacy.dossiers.joining import merging
from advocacy.dossiers.tables import Dossier
from advocacy.errors import Invalid, Message
from advocacy.people.guards import secretariat
from advocacy.templating import address
from advocacy.triage.forms import one_line
from advocacy.web.once import once
from advocacy.web.pages import Web, page, person_of, say, to, typed


@get("/{lang:str}/d/{ref:str}/merge", guards=[secretariat])
async def merge_page(request: Web, ref: FromPath[str]) -> Template | Redirect:
    """With `into` in the address: what would move."""
    source = await queries.by_ref(ref)
    if target := await merging.target_of(source):
        return to(f"/d/{target.number}")
    asked = request.query_params.get("into", "")
    if not asked.strip():
        return await _page(request, source, asked)
    try:
        target = await _target(source, asked)
    except Invalid as error:
        return await _page(request, source, asked, problems=error.fields)
    return await _page(request, source, asked, target=target)


async def _target(source: Dossier, asked: str) -> Dossier:
    """By its number, with or without words behind it; of a merged one where it leads."""
    number = number_in(one_line(asked)[:200].partition(" ")[0])
    found = await Dossier.objects().where(Dossier.number == number).first() if number else None
    if found is None:
        raise Invalid({"into": Message("Enter the number of a dossier, such as 2026-014")})
    target = await merging.target_of(found) or found
    if target.id == source.id:
        raise Invalid({"into": Message("This is the same dossier")})
    return target


async def _page(
    request: Web,
    source: Dossier,
    asked: str,
    *,
    target: Dossier | None = None,
    problems: Mapping[str, Message] | None = None,
) -> Template:
    check = await merging.check(source.id, target.id, now=clock.now()) if target else None
    values: dict[str, Any] = {
        "source": source,
        "target": target,
        "check": check,
        "asked": asked[:200],
        "twins": await merging.twins_of(source),
        "staying": len(check.staying) if check else 0,
    }
    return page(
        request, "dossiers/merge.html", status=422 if problems else 200, problems=problems or {},
        **values,
    )  # fmt: skip


@post("/{lang:str}/d/{ref:str}/merge", guards=[secretariat], status_code=200)
async def merge(request: Web, ref: FromPath[str]) -> Template | Redirect:
    source = await queries.by_ref(ref)
    form = await typed(request)
    asked = form.get("into", "")

    async def act() -> str:
        target = await _target(source, asked)
        event = await merging.merge(source.id, target.id, by=person_of(request), now=clock.now())
        text = texts.gettext("%(source)s is merged into this dossier. Nothing is lost.")
        say(request, text % {"source": source.number}, undo=event)
        return address(f"/d/{target.number}")

    try:
        return await once(form, act, now=clock.now())
    except Invalid as error:
        return await _page(request, source, asked, problems=error.fields)


handlers = [merge_page, merge]
