"""Change a dossier, close it, open it again."""

from collections.abc import Awaitable, Callable, Mapping

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.dossiers import actions, editing, forms, labels, queries
from advocacy.dossiers.handlers.looking import found, topic_choices
from advocacy.dossiers.tables import Dossier
from advocacy.errors import Invalid, Message
from advocacy.people.guards import secretariat
from advocacy.people.rules import COUNTRIES
from advocacy.templating import address
from advocacy.web.once import once
from advocacy.web.pages import Web, page, person_of, say, typed

Problems = Mapping[str, Message]
Act = Callable[[], Awaitable[int | None]]


async def done(
    request: Web,
    form: Mapping[str, str],
    dossier: Dossier,
    text: str,
    act: Act,
    *,
    undoable: bool = True,
) -> Redirect:
    """Once, then back to the dossier, with what happened and its undo."""

    async def acting() -> str:
        event = await act()
        if event is not None:
            say(request, text, undo=event if undoable else None)
        return address(f"/d/{dossier.number}")

    return await once(form, acting, now=clock.now())


@get("/{lang:str}/d/{ref:str}/edit", guards=[secretariat])
async def edit_page(request: Web, ref: FromPath[str]) -> Template:
    dossier = await found(ref)
    return await _edit_form(request, dossier, editing.as_form(dossier))


@post("/{lang:str}/d/{ref:str}/edit", guards=[secretariat], status_code=200)
async def edit(request: Web, ref: FromPath[str]) -> Template | Redirect:
    dossier = await found(ref)
    form = await typed(request)

    async def act() -> int | None:
        return await actions.change(
            dossier.id, forms.change(form), base=form.get("base", ""), by=person_of(request),
            now=clock.now(),
        )  # fmt: skip

    try:
        return await done(request, form, dossier, texts.gettext("The dossier is changed."), act)
    except Invalid as error:
        return await _edit_form(request, dossier, form, problems=error.fields)


async def _edit_form(
    request: Web, dossier: Dossier, form: Mapping[str, str], *, problems: Problems | None = None
) -> Template:
    return page(
        request,
        "dossiers/edit.html",
        status=422 if problems else 200,
        problems=problems or {},
        typed=form,
        dossier=dossier,
        people=[(each.id, each.name) for each in await queries.leads()],
        labels=labels,
        countries=COUNTRIES,
        topics=topic_choices(),
    )


@get("/{lang:str}/d/{ref:str}/close", guards=[secretariat])
async def close_page(request: Web, ref: FromPath[str]) -> Template:
    return page(request, "dossiers/close.html", dossier=await found(ref))


@post("/{lang:str}/d/{ref:str}/close", guards=[secretariat], status_code=200)
async def close(request: Web, ref: FromPath[str]) -> Template | Redirect:
    dossier = await found(ref)
    form = await typed(request)

    async def act() -> int | None:
        reason = forms.closing_reason(form)
        return await actions.close(dossier.id, reason, by=person_of(request), now=clock.now())

    try:
        return await done(request, form, dossier, texts.gettext("The dossier is closed."), act)
    except Invalid as error:
        return page(
            request, "dossiers/close.html", status=422, dossier=dossier, problems=error.fields,
            typed=form,
        )  # fmt: skip


@post("/{lang:str}/d/{ref:str}/reopen", guards=[secretariat], status_code=303)
async def reopen(request: Web, ref: FromPath[str]) -> Redirect:
    dossier = await found(ref)

    async def act() -> int | None:
        return await actions.reopen(dossier.id, by=person_of(request), now=clock.now())

    text = texts.gettext("The dossier is open again.")
    return await done(request, await typed(request), dossier, text, act)


handlers = [edit_page, edit, close_page, close, reopen]
