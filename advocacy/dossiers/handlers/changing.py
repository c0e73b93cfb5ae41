"""Change a dossier and its deadlines."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any  # a page's values are what its template shows

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.deadlines import Milestone as Kind
from advocacy.dossiers import actions, editing, forms, instants, labels, queries
from advocacy.dossiers.handlers.looking import found, topic_choices
from advocacy.dossiers.tables import Dossier, Window
from advocacy.errors import Invalid, Message, NotFound
from advocacy.people.guards import secretariat
from advocacy.people.rules import COUNTRIES
from advocacy.templating import address
from advocacy.triage.forms import identity
from advocacy.web.once import once
from advocacy.web.pages import Web, page, person_of, say, typed

Problems = Mapping[str, Message]
Act = Callable[[], Awaitable[int | None]]


async def _done(
    request: Web, form: Mapping[str, str], dossier: Dossier, text: str, act: Act
) -> Redirect:
    """Once, then back to the dossier, with what happened and its undo."""

    async def acting() -> str:
        event = await act()
        if event is not None:
            say(request, text, undo=event)
        return address(f"/d/{dossier.number}")

    return await once(form, acting, now=clock.now())


@get("/{lang:str}/d/{ref:str}/edit", guards=[secretariat])
async def edit_page(request: Web, ref: FromPath[str]) -> Template:
    dossier = await found(ref)
    now_there = editing.as_change(dossier)
    form = {
        "title": now_there.title,
        "summary": now_there.summary,
        "lead": str(now_there.lead or ""),
        "priority": str(now_there.priority),
        "topics": ",".join(now_there.topics),
        "countries": ",".join(now_there.countries),
        "procedure_number": now_there.procedure_number,
        "base": now_there.fingerprint(),
    }
    return await _edit_form(request, dossier, form)


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
        return await _done(request, form, dossier, texts.gettext("The dossier is changed."), act)
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
        return await _done(request, form, dossier, texts.gettext("The dossier is closed."), act)
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
    return await _done(request, await typed(request), dossier, text, act)


async def _placed(ref: str, place: int) -> tuple[Dossier, Window]:
    """The deadline with that place in the dossier, from 1."""
    dossier = await found(ref)
    windows = await queries.windows_of(dossier.id)
    if not 0 < place <= len(windows):
        raise NotFound("There is no such deadline")
    return dossier, windows[place - 1]


@get("/{lang:str}/d/{ref:str}/deadlines/new", guards=[secretariat])
async def new_deadline_page(request: Web, ref: FromPath[str]) -> Template:
    return _deadline_form(request, await found(ref), {"zone": instants.ZONES[0]})


@post("/{lang:str}/d/{ref:str}/deadlines/new", guards=[secretariat], status_code=200)
async def new_deadline(request: Web, ref: FromPath[str]) -> Template | Redirect:
    dossier = await found(ref)
    form = await typed(request)

    async def act() -> None:
        wanted = forms.window(form, now=clock.now())
        await actions.add_window(dossier.id, wanted, by=person_of(request), now=clock.now())
        say(request, texts.gettext("The deadline is set."))

    try:
        return await _done(request, form, dossier, "", act)
    except Invalid as error:
        return _deadline_form(request, dossier, form, problems=error.fields)


@get("/{lang:str}/d/{ref:str}/deadlines/{place:int}", guards=[secretariat])
async def deadline_page(request: Web, ref: FromPath[str], place: FromPath[int]) -> Template:
    dossier, window = await _placed(ref, place)
    form = {
        "deadline": instants.retyped(window.closes, window.zone, window.precision),
        "zone": window.zone,
        "kind": window.kind,
        "evidence": window.evidence,
        "sequence": str(window.sequence),
    }
    return await _window_form(request, dossier, window, place, form)


@post("/{lang:str}/d/{ref:str}/deadlines/{place:int}", guards=[secretariat], status_code=200)
async def move(request: Web, ref: FromPath[str], place: FromPath[int]) -> Template | Redirect:
    dossier, window = await _placed(ref, place)
    form = await typed(request)
    seen = form.get("sequence", "")

    async def act() -> int | None:
        return await actions.move_deadline(
            window.id, forms.window(form, now=clock.now()),
            sequence=0 if seen == "0" else identity(seen), by=person_of(request), now=clock.now(),
        )  # fmt: skip

    try:
        return await _done(request, form, dossier, texts.gettext("The deadline is moved."), act)
    except Invalid as error:
        return await _window_form(request, dossier, window, place, form, problems=error.fields)


@post(
    "/{lang:str}/d/{ref:str}/deadlines/{place:int}/confirm", guards=[secretariat], status_code=303
)
async def confirm(request: Web, ref: FromPath[str], place: FromPath[int]) -> Redirect:
    dossier, window = await _placed(ref, place)

    async def act() -> None:
        await actions.confirm_deadline(window.id, by=person_of(request), now=clock.now())
        say(request, texts.gettext("The deadline is confirmed."))

    return await _done(request, await typed(request), dossier, "", act)


@post("/{lang:str}/d/{ref:str}/deadlines/{place:int}/fast", guards=[secretariat], status_code=303)
async def take_fast_lane(request: Web, ref: FromPath[str], place: FromPath[int]) -> Redirect:
    dossier, window = await _placed(ref, place)

    async def act() -> None:
        await actions.take_fast_lane(window.id, by=person_of(request), now=clock.now())
        say(request, texts.gettext("The fast lane is planned: a core position, then objections."))

    return await _done(request, await typed(request), dossier, "", act)


@post(
    "/{lang:str}/d/{ref:str}/deadlines/{place:int}/milestones",
    guards=[secretariat],
    status_code=200,
)
async def set_milestones(
    request: Web, ref: FromPath[str], place: FromPath[int]
) -> Template | Redirect:
    dossier, window = await _placed(ref, place)
    form = await typed(request)

    async def act() -> None:
        dates = forms.milestones(form, zone=window.zone, now=clock.now())
        await actions.set_milestones(window.id, dates, by=person_of(request), now=clock.now())
        say(request, texts.gettext("The internal dates are set."))

    try:
        return await _done(request, form, dossier, "", act)
    except Invalid as error:
        return await _window_form(request, dossier, window, place, form, problems=error.fields)


async def _window_form(
    request: Web,
    dossier: Dossier,
    window: Window,
    place: int,
    form: Mapping[str, str],
    *,
    problems: Problems | None = None,
) -> Template:
    rows = await queries.milestones_of([window.id])
    dates = {row.kind: instants.retyped(row.due, window.zone, "exact") for row in rows}
    return _deadline_form(
        request, dossier, form, problems=problems, window=window, place=place,
        milestones=[(row.kind, labels.MILESTONES[Kind(row.kind)]) for row in rows],
        dates=dates | {kind: form[kind] for kind in dates if kind in form},
    )  # fmt: skip


def _deadline_form(
    request: Web,
    dossier: Dossier,
    form: Mapping[str, str],
    *,
    problems: Problems | None = None,
    **more: Any,
) -> Template:
    values: dict[str, Any] = {"window": None, "place": 0, "milestones": [], "dates": {}} | more
    return page(
        request, "dossiers/deadline.html", status=422 if problems else 200, dossier=dossier,
        problems=problems or {}, typed=form, zones=instants.ZONES, labels=labels, **values,
    )  # fmt: skip


handlers = [
    edit_page,
    edit,
    close_page,
    close,
    reopen,
    new_deadline_page,
    new_deadline,
    deadline_page,
    move,
    confirm,
    take_fast_lane,
    set_milestones,
]
