"""The deadlines of a dossier: set, moved, confirmed, withdrawn; what sources claim of them."""

from collections.abc import Mapping
from typing import Any  # a page's values are what its template shows

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.deadlines import Milestone as Kind
from advocacy.dossiers import actions, forms, labels, queries
from advocacy.dossiers.contradictions import claims
from advocacy.dossiers.deadlines import instants
from advocacy.dossiers.deadlines.milestones import MOVED_MEANWHILE
from advocacy.dossiers.handlers.changing import Problems, done
from advocacy.dossiers.handlers.looking import found
from advocacy.dossiers.rules import Precision
from advocacy.dossiers.tables import Dossier, Window
from advocacy.errors import Invalid, NotFound, Outdated
from advocacy.people.guards import secretariat
from advocacy.triage.forms import identity
from advocacy.web.pages import Web, page, person_of, typed

OF_DEADLINE = "/{lang:str}/d/{ref:str}/deadlines/{place:int}"
OF_CLAIM = "/{lang:str}/d/{ref:str}/claims/{claim:int}"


async def _placed(ref: str, place: int) -> tuple[Dossier, Window]:
    """The deadline with that place in the dossier, from 1."""
    dossier = await found(ref)
    windows = await queries.windows_of(dossier.id)
    if not 0 < place <= len(windows):
        raise NotFound("There is no such deadline")
    return dossier, windows[place - 1]


@get("/{lang:str}/d/{ref:str}/deadlines/new", guards=[secretariat])
async def new_deadline_page(request: Web, ref: FromPath[str]) -> Template:
    return await _deadline_form(request, await found(ref), {"zone": instants.ZONES[0]})


@post("/{lang:str}/d/{ref:str}/deadlines/new", guards=[secretariat], status_code=200)
async def new_deadline(request: Web, ref: FromPath[str]) -> Template | Redirect:
    dossier = await found(ref)
    form = await typed(request)

    async def act() -> int:
        wanted = forms.window(form, now=clock.now())
        made = await actions.set_deadline(
            dossier.id, wanted, by=person_of(request), now=clock.now()
        )
        return made[1]

    try:
        return await done(request, form, dossier, texts.gettext("The deadline is set."), act)
    except Invalid as error:
        return await _deadline_form(request, dossier, form, problems=error.fields)


@get(OF_DEADLINE, guards=[secretariat])
async def deadline_page(request: Web, ref: FromPath[str], place: FromPath[int]) -> Template:
    dossier, window = await _placed(ref, place)
    unknown = window.precision == Precision.UNKNOWN
    form = {
        "deadline": instants.retyped(window.closes, window.zone, window.precision),
        "unknown": "yes" if unknown else "",
        "assumed": instants.retyped(window.closes, window.zone, "day") if unknown else "",
        "opens": instants.retyped(window.opens, window.zone, "day") if window.opens else "",
        "zone": window.zone,
        "kind": window.kind,
        "evidence": window.evidence,
        "sequence": str(window.sequence),
    }
    return await _window_form(request, dossier, window, place, form)


@post(OF_DEADLINE, guards=[secretariat], status_code=200)
async def move(request: Web, ref: FromPath[str], place: FromPath[int]) -> Template | Redirect:
    dossier, window = await _placed(ref, place)
    form = await typed(request)

    async def act() -> int | None:
        return await actions.move_deadline(
            window.id, forms.window(form, now=clock.now()), sequence=_seen(form),
            by=person_of(request), now=clock.now(),
        )  # fmt: skip

    try:
        return await done(request, form, dossier, texts.gettext("The deadline is moved."), act)
    except Invalid as error:
        return await _window_form(request, dossier, window, place, form, problems=error.fields)


def _seen(form: Mapping[str, str]) -> int | None:
    """The sequence of the window that the form showed."""
    seen = form.get("sequence", "")
    return 0 if seen == "0" else identity(seen)


@post(f"{OF_DEADLINE}/confirm", guards=[secretariat], status_code=303)
async def confirm(request: Web, ref: FromPath[str], place: FromPath[int]) -> Redirect:
    dossier, window = await _placed(ref, place)

    async def act() -> int:
        return await actions.confirm_deadline(window.id, by=person_of(request), now=clock.now())

    text = texts.gettext("The deadline is confirmed.")
    return await done(request, await typed(request), dossier, text, act)


@post(f"{OF_DEADLINE}/withdraw", guards=[secretariat], status_code=303)
async def withdraw(request: Web, ref: FromPath[str], place: FromPath[int]) -> Redirect:
    dossier, window = await _placed(ref, place)

    async def act() -> int:
        return await actions.withdraw_deadline(window.id, by=person_of(request), now=clock.now())

    text = texts.gettext("The deadline is withdrawn; calendars cancel it.")
    return await done(request, await typed(request), dossier, text, act)


@post(f"{OF_DEADLINE}/reopen", guards=[secretariat], status_code=303)
async def reopen(request: Web, ref: FromPath[str], place: FromPath[int]) -> Redirect:
    dossier, window = await _placed(ref, place)

    async def act() -> int:
        return await actions.reopen_deadline(window.id, by=person_of(request), now=clock.now())

    text = texts.gettext("The deadline holds again.")
    return await done(request, await typed(request), dossier, text, act)


@post(f"{OF_DEADLINE}/fast", guards=[secretariat], status_code=303)
async def take_fast_lane(request: Web, ref: FromPath[str], place: FromPath[int]) -> Redirect:
    dossier, window = await _placed(ref, place)

    async def act() -> int:
        return await actions.take_fast_lane(window.id, by=person_of(request), now=clock.now())

    text = texts.gettext("The fast lane is planned: a core position, then objections.")
    form = await typed(request)
    return await done(request, form, dossier, text, act, undoable=False)


@post(f"{OF_DEADLINE}/milestones", guards=[secretariat], status_code=200)
async def set_milestones(
    request: Web, ref: FromPath[str], place: FromPath[int]
) -> Template | Redirect:
    dossier, window = await _placed(ref, place)
    form = await typed(request)

    async def act() -> int | None:
        if _seen(form) not in {None, window.sequence}:  # before its dates are read
            raise Outdated(MOVED_MEANWHILE)
        shown = await _dates(window)
        changed = {kind: text for kind, text in form.items() if shown.get(kind) != text}
        dates = forms.milestones(changed, zone=window.zone, now=clock.now())
        return await actions.set_milestones(
            window.id, dates, sequence=_seen(form), by=person_of(request), now=clock.now()
        )

    text = texts.gettext("The internal dates are set.")
    try:
        return await done(request, form, dossier, text, act)
    except Invalid as error:
        return await _window_form(request, dossier, window, place, form, problems=error.fields)


@post(f"{OF_CLAIM}/take", guards=[secretariat], status_code=303)
async def take_claim(request: Web, ref: FromPath[str], claim: FromPath[int]) -> Redirect:
    dossier = await found(ref)
    form = await typed(request)

    async def act() -> int:
        return await actions.take(
            claim, dossier.id, further=form.get("further") == "yes", by=person_of(request),
            now=clock.now(),
        )  # fmt: skip

    text = texts.gettext("The date of the source is taken over.")
    return await done(request, form, dossier, text, act)


@post(f"{OF_CLAIM}/refuse", guards=[secretariat], status_code=303)
async def refuse_claim(request: Web, ref: FromPath[str], claim: FromPath[int]) -> Redirect:
    dossier = await found(ref)
    form = await typed(request)

    async def act() -> int:
        return await actions.refuse(
            claim, dossier.id, forms.refusal(form), by=person_of(request), now=clock.now()
        )

    text = texts.gettext("The date stays as it is; this source is heard again with another one.")
    return await done(request, form, dossier, text, act)


async def _dates(window: Window) -> dict[str, str]:
    """The internal dates as their fields show them; one that is not touched stays as it is, even
    when it is over.
    """
    rows = await queries.milestones_of([window.id])
    return {row.kind: instants.retyped(row.due, window.zone, "exact") for row in rows}


async def _window_form(
    request: Web,
    dossier: Dossier,
    window: Window,
    place: int,
    form: Mapping[str, str],
    *,
    problems: Problems | None = None,
) -> Template:
    dates = await _dates(window)
    return await _deadline_form(
        request, dossier, form, problems=problems, window=window, place=place,
        milestones=[(kind, labels.MILESTONES[Kind(kind)]) for kind in dates],
        dates=dates | {kind: form[kind] for kind in dates if kind in form},
        claims=[each for each in await claims.open_claims(dossier.id) if each.place == place],
    )  # fmt: skip


async def _deadline_form(
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
        problems=problems or {}, typed=form, zones=instants.ZONES, labels=labels,
        **{"claims": []} | values,
    )  # fmt: skip


handlers = [
    new_deadline_page,
    new_deadline,
    deadline_page,
    move,
    confirm,
    withdraw,
    reopen,
    take_fast_lane,
    set_milestones,
    take_claim,
    refuse_claim,
]
