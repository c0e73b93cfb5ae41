"""The secretariat drafts a call: words, audience, deadline."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any  # values of a page
from zoneinfo import ZoneInfo

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.calls import actions
from advocacy.calls.asking import call_forms, lists
from advocacy.calls.asking.audience import Audience
from advocacy.calls.asking.recipients import Chosen, chosen_by, regions
from advocacy.calls.asking.whole_calls import WholeCall, of_dossier, whole
from advocacy.calls.asking.wording import takes_input
from advocacy.calls.labels import QUESTIONS
from advocacy.calls.rules import CallState, QuestionKind
from advocacy.deadlines import Milestone as Kind
from advocacy.dossiers import queries as dossiers
from advocacy.dossiers.forms import number_in
from advocacy.dossiers.tables import Dossier, Milestone, Window
from advocacy.errors import Invalid, NotFound, Outdated
from advocacy.municipalities.labels import topic
from advocacy.municipalities.queries import countries
from advocacy.people.guards import secretariat
from advocacy.web.once import once
from advocacy.web.pages import Web, page, person_of, say, to, typed
from feeds.reading.topics import TOPICS

KINDS = [(kind.value, QUESTIONS[kind]) for kind in QuestionKind if kind != QuestionKind.STANCE]


async def _form(
    request: Web, form: Mapping[str, str], *, status: int = 200, **values: Any
) -> Template:
    """One section per language that the chosen audience speaks, the lead language first."""
    meant = call_forms.audience(form)
    chosen = await chosen_by(meant)
    lead = form.get("language", "")
    lead = lead if lead in texts.LANGUAGES else texts.language()
    there: dict[str, Any] = {
        "typed": form, "lead": lead, "chosen": chosen, "unknown": _unknown(meant, chosen),
        "languages": [lead, *(each for each in chosen.languages if each != lead)],
        "all_countries": await countries(), "regions": await regions(),
        "lists": await lists.all_lists(), "topics": [(key, topic(key)) for key in TOPICS],
        "kinds": KINDS,
    }  # fmt: skip
    return page(request, "calls/edit.html", status=status, **(there | values))


def _unknown(meant: Audience, chosen: Chosen) -> list[str]:
    known = {each.code for each in chosen.asked} | {each.code for each in chosen.represented}
    return sorted(set(meant.codes) - known)


async def _filled(request: Web) -> dict[str, str]:
    """What was typed; regions one a line, because a name may hold a comma."""
    form = dict(await typed(request))
    chosen = (await request.form()).getall("regions", [])
    names = [each.replace("\0", "") for each in chosen if isinstance(each, str)]
    return form | {"regions": "\n".join(names)}


async def _aside(request: Web, form: dict[str, str], **there: Any) -> Template | None:
    """What the form does besides being kept: count anew, keep its choice as a list. None: kept."""
    if form.get("recount") == "only":
        meant = call_forms.audience(form)
        chosen = await chosen_by(meant)
        return page(
            request, "calls/count.html", chosen=chosen, unknown=_unknown(meant, chosen)
        )  # fmt: skip
    if form.get("keep_list"):
        return await _keep_list(request, form, **there)
    return await _form(request, form, **there) if form.get("recount") else None


async def _keep_list(request: Web, form: dict[str, str], **there: Any) -> Template:
    codes = [each.code for each in (await chosen_by(call_forms.audience(form))).asked]
    name = form.get("list_name", "")
    try:
        made = await lists.keep(name, codes, by=person_of(request), now=clock.now())
    except Invalid as error:
        return await _form(request, form, status=422, problems=error.fields, **there)
    said = texts.gettext("The list is kept: %(name)s") % {"name": made.name}
    banner = {"kind": "ok", "text": said, "undo": None}
    return await _form(request, form | {"list_name": ""}, banner=banner, **there)


async def _dossier(number: str) -> tuple[Dossier, Window]:
    dossier = await dossiers.by_number(number_in(number) or number)
    window = await dossiers.current_window(dossier.id, now=clock.now())
    if window is None:
        raise NotFound("This dossier has no deadline yet: set one, then ask the municipalities")
    if not takes_input(window, now=clock.now()):
        raise Outdated("This window is over: the body takes no input any more")
    return dossier, window


async def _proposed(request: Web, dossier: Dossier, window: Window) -> dict[str, str]:
    """The plan says until when answers are needed; the dossier says which countries."""
    planned = await (
        Milestone.objects()
        .where(Milestone.window == window.id, Milestone.kind == Kind.ANSWERS_IN)
        .first()
    )
    until = (planned.due if planned else window.closes).astimezone(ZoneInfo(window.zone))
    return {
        "language": person_of(request).language,
        "countries": dossier.countries,
        "until_day": until.date().isoformat(),
        "until_time": f"{until:%H:%M}",
        "kind-2": "text",
    }


@get("/{lang:str}/d/{number:str}/call", guards=[secretariat])
async def new_call(request: Web, number: FromPath[str]) -> Template:
    dossier, window = await _dossier(number)
    return await _form(
        request, await _proposed(request, dossier, window), dossier=dossier, window=window,
        calls=await of_dossier(dossier.id), call=None,
    )  # fmt: skip


@post("/{lang:str}/d/{number:str}/call", guards=[secretariat], status_code=200)
async def draft(request: Web, number: FromPath[str]) -> Template | Redirect:
    form = await _filled(request)
    dossier, window = await _dossier(number)
    there: dict[str, Any] = {"dossier": dossier, "window": window, "call": None}
    there["calls"] = await of_dossier(dossier.id)
    if aside := await _aside(request, form, **there):
        return aside
    try:
        new = _read(form, window, now=clock.now())
    except Invalid as error:
        return await _form(request, form, status=422, problems=error.fields, **there)

    async def act() -> str:
        made = await actions.draft_call(window.id, new, by=person_of(request), now=clock.now())
        return f"/{texts.language()}/c/{made.number}"

    return await once(form, act, now=clock.now())


def _read(form: Mapping[str, str], window: Window, *, now: datetime) -> call_forms.NewCall:
    return call_forms.new_call(form, zone=window.zone, now=now, closes=window.closes)


def _there(found: WholeCall) -> dict[str, Any]:
    return {"dossier": found.dossier, "window": found.window, "call": found.call, "calls": []}


@get("/{lang:str}/c/{number:str}/edit", guards=[secretariat])
async def edit_call(request: Web, number: FromPath[str]) -> Template | Redirect:
    found = await whole(number)
    if found.call.state != CallState.DRAFT:
        said = texts.gettext("This call has been sent: its words stay as they are")
        say(request, said, kind="warn")
        return to(f"/c/{number}")
    form = call_forms.as_typed(found.as_new()) | {"version": str(found.call.version)}
    return await _form(request, form, **_there(found))


@post("/{lang:str}/c/{number:str}/edit", guards=[secretariat], status_code=200)
async def change(request: Web, number: FromPath[str]) -> Template | Redirect:
    form = await _filled(request)
    found = await whole(number)
    if aside := await _aside(request, form, **_there(found)):
        return aside
    try:
        new = _read(form, found.window, now=clock.now())
    except Invalid as error:
        return await _form(
            request, form, status=422, problems=error.fields, **_there(found)
        )  # fmt: skip
    version = form.get("version", "")
    await actions.change_call(
        found.call.id, new, by=person_of(request), now=clock.now(),
        base_version=int(version[:9]) if version.isascii() and version.isdigit() else 0,
    )  # fmt: skip
    say(request, texts.gettext("The call is kept."))
    return to(f"/c/{number}")


handlers = [new_call, draft, edit_call, change]
