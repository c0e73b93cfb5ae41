"""The personal link: the form, the receipt, and later what became of it. No account."""

import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any  # values of a page

from litestar import HttpMethod, MediaType, Response, get, post, route
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.calls import actions, labels, queries
from advocacy.calls.answering import calendar, codes, forms
from advocacy.calls.answering.contributing import as_typed
from advocacy.calls.queries import Personal
from advocacy.calls.rules import OFFERED, Reception
from advocacy.dossiers.queries import milestones_of
from advocacy.errors import Invalid, NotAllowed, NotFound
from advocacy.municipalities.labels import ROLES
from advocacy.municipalities.queries import coordinators
from advocacy.web.once import once
from advocacy.web.pages import Web, go, page, typed
from feeds.reading.language import detect

PUBLIC = {"public": True}
Answered = Template | Redirect | Response[Any]


def speak(request: Web, personal: Personal) -> str:
    """The language of the person, or the one chosen on this page; returns the address's end."""
    wished = request.query_params.get("language", "")
    chosen = wished if wished in texts.LANGUAGES else ""
    texts.speak(chosen or personal.invitation.language)
    return f"?language={chosen}" if chosen else ""


def before_typing(personal: Personal) -> dict[str, str]:
    """What the form holds when nobody has typed yet: the answer that stands, else the person."""
    if personal.contribution and personal.version:
        return as_typed(personal.contribution, personal.version)
    contact = personal.contact
    mayor = contact is None or contact.role == "mayor"
    return {
        "answered_by": contact.name if contact else "",
        "role": contact.role if contact else "mayor",
        "basis": "mayor" if mayor else "office",
        "name_public": "1",
    }


def answer_values(personal: Personal, language: str) -> dict[str, Any]:
    """What the form shows in every place: the questions in a language that there is."""
    whole = personal.whole
    spoken, words = whole.words_in(language)
    return {
        "personal": personal,
        "call": whole.call,
        "words": words,
        "words_language": spoken,
        "main": forms.main_text(whole.questions),
        "besides": forms.asked_besides(whole.questions),
        "stances": {each: labels.STANCES[each] for each in OFFERED},
        "bases": labels.BASES,
        "roles": ROLES,
    }


async def _form(
    request: Web, personal: Personal, end: str, *, status: int = 200, **values: Any
) -> Template:
    carers = await coordinators()
    return page(
        request, "calls/answer.html", status=status, end=end,
        coordinator=carers.get(personal.municipality.country),
        reception=personal.reception(now=clock.now()),
        **(answer_values(personal, texts.language()) | values),
    )  # fmt: skip


async def _receipt(request: Web, personal: Personal, end: str, **values: Any) -> Template:
    carers = await coordinators()
    kept = personal.invitation.draft
    return page(
        request, "calls/receipt.html", end=end, version=personal.version,
        coordinator=carers.get(personal.municipality.country),
        reception=personal.reception(now=clock.now()),
        milestones=await milestones_of([personal.whole.window.id]),
        kept=as_mapping(kept).get("text", "") if kept else "",
        channels=labels.CHANNELS,
        **(answer_values(personal, texts.language()) | values),
    )  # fmt: skip


def as_mapping(draft: str) -> Mapping[str, str]:
    kept: dict[str, str] = json.loads(draft or "{}")
    return kept


@get("/a/{token:str}", opt=PUBLIC)
async def personal_page(request: Web, token: FromPath[str]) -> Answered:
    """Opening it records nothing, however often and by whatever program."""
    try:
        personal = await queries.invitation_by_token(token)
    except NotFound:
        return page(request, "calls/unknown_link.html", status=404)
    end = speak(request, personal)
    reception = personal.reception(now=clock.now())
    if reception is Reception.NOT_YET:
        raise NotAllowed("This call has not begun yet")
    tapped = request.query_params.get("a", "")
    tapped = tapped if tapped in set(OFFERED) else ""
    changing = "change" in request.query_params or (
        tapped and personal.version is not None and tapped != personal.version.stance
    )
    if personal.given and not (changing and reception is Reception.OPEN):
        return await _receipt(request, personal, end)
    there = as_mapping(personal.invitation.draft) or before_typing(personal)
    return await _form(
        request, personal, end, typed={**there, **({"stance": tapped} if tapped else {})}
    )


@post("/a/{token:str}", opt=PUBLIC, status_code=200)
async def send_answer(request: Web, token: FromPath[str]) -> Answered:
    form, now = await typed(request), clock.now()
    personal = await queries.invitation_by_token(token)
    end = speak(request, personal)
    here = f"/a/{token}{end}"
    try:
        if form.get("save"):
            await actions.save_draft(personal.invitation.id, form, now)
            return go(here)
        answer = forms.answer(
            form, personal.whole.questions, zone=personal.whole.call.zone, now=now,
            language=language_of(form.get("text", ""), personal),
        )  # fmt: skip

        async def act() -> str:
            await actions.contribute(personal.invitation.id, answer, now=now)
            return here

        return await once(form, act, now=now)
    except Invalid as error:
        return await _not_taken(request, personal, end, form, error)


def language_of(text: str, personal: Personal) -> str:
    """Of what was written; a few words say too little, then the municipality's."""
    own = personal.invitation.language
    found = detect(text, declared=own) or own
    return found if found in texts.LANGUAGES else own


async def _not_taken(
    request: Web, personal: Personal, end: str, form: Mapping[str, str], error: Invalid
) -> Template:
    """The same page with what to do, and all that was typed kept: here and in the draft."""
    try:
        await actions.save_draft(personal.invitation.id, form, clock.now())
    except Invalid as too_long:
        error = too_long
    return await _form(request, personal, end, status=422, typed=form, problems=error.fields)


@post("/a/{token:str}/draft", opt=PUBLIC, status_code=200, media_type=MediaType.TEXT)
async def keep_draft(request: Web, token: FromPath[str]) -> str:
    form, now = await typed(request), clock.now()
    personal = await queries.invitation_by_token(token)
    speak(request, personal)
    await actions.save_draft(personal.invitation.id, form, now)
    time = texts.clock_time(now, personal.whole.call.zone)
    return texts.gettext("Draft saved at %(time)s") % {"time": time}


@post("/a/{token:str}/withdraw", opt=PUBLIC, status_code=303)
async def withdraw_answer(request: Web, token: FromPath[str]) -> Redirect:
    """After the deadline the receipt says that the answer stands."""
    personal = await queries.invitation_by_token(token)
    end = speak(request, personal)
    with suppress(Invalid):
        await actions.withdraw(personal.invitation.id, clock.now())
    return go(f"/a/{token}{end}")


@post("/a/{token:str}/name", opt=PUBLIC, status_code=303)
async def change_consent(request: Web, token: FromPath[str]) -> Redirect:
    form = await typed(request)
    personal = await queries.invitation_by_token(token)
    public = form.get("name_public") == "1"
    await actions.consent(personal.invitation.id, name_public=public, now=clock.now())
    return go(f"/a/{token}{speak(request, personal)}")


@get("/a/{token:str}/deadline.ics", opt=PUBLIC)
async def deadline_as_calendar(request: Web, token: FromPath[str]) -> Response[bytes]:
    personal = await queries.invitation_by_token(token)
    speak(request, personal)
    title = personal.whole.words_in(texts.language())[1].title
    content = calendar.deadline(
        personal.whole.call, title=title, now=clock.now(),
        address=queries.link_of(personal.invitation.id),
    )  # fmt: skip
    name = f'attachment; filename="{personal.whole.call.number}.ics"'
    return Response(content, media_type="text/calendar", headers={"content-disposition": name})


@route("/a", http_method=[HttpMethod.GET], opt=PUBLIC)
async def code_page(request: Web) -> Template:
    return page(request, "calls/code.html")


@post("/a", opt=PUBLIC, status_code=200)
async def enter_code(request: Web) -> Template | Redirect:
    form = await typed(request)
    address = request.client.host if request.client else ""
    try:
        found = await codes.invitation_of(
            form.get("code", ""), network_address=address, now=clock.now()
        )
    except Invalid as error:
        return page(request, "calls/code.html", status=422, problems=error.fields, typed=form)
    return go(f"/a/{queries.token_of(found.invitation.id)}")


handlers = [
    personal_page,
    send_answer,
    keep_draft,
    withdraw_answer,
    change_consent,
    deadline_as_calendar,
    code_page,
    enter_code,
]
