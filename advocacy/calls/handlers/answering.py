"""The personal link: the form, the receipt, and later what became of it. No account."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any  # values of a page

from litestar import Response, get, post
from litestar.exceptions import HTTPException
from litestar.params import FromPath
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_413_REQUEST_ENTITY_TOO_LARGE

from advocacy import clock, texts
from advocacy.calls import actions, labels, queries
from advocacy.calls.answering import enclosing, forms
from advocacy.calls.answering.drafts import as_mapping, unsent
from advocacy.calls.answering.language import language_of
from advocacy.calls.answering.wishing import wished
from advocacy.calls.handlers.personal import (
    PUBLIC,
    answer_values,
    before_typing,
    link_values,
    speak,
    take_files,
)
from advocacy.calls.queries import Personal
from advocacy.calls.rules import OFFERED, Reception
from advocacy.dossiers.queries import milestones_of
from advocacy.errors import Invalid, Message, NotAllowed, NotFound, Outdated
from advocacy.web.pages import Web, go, page, typed

__all__ = ["answer_values", "as_mapping", "before_typing", "handlers"]

Answered = Template | Redirect | Response[Any]
FAREWELL = 1024 * enclosing.MEGABYTE
"""Bytes that are read of a form that is too large, so that its sender gets our answer."""


async def form_page(
    request: Web, personal: Personal, token: str, end: str, *, status: int = 200, **values: Any
) -> Template:
    whole = personal.whole
    spoken = texts.language()
    return page(
        request, "calls/answer.html", status=status,
        readable=[each for each in whole.complete if each in whole.checked],
        told=spoken in await wished(personal.invitation.id),
        **(
            {"meanwhile": None, "theirs": "", "channels": labels.CHANNELS}
            | await link_values(personal, token, end)
            | answer_values(personal, spoken)
            | values
        ),
    )  # fmt: skip


async def receipt_page(
    request: Web, personal: Personal, token: str, end: str, **values: Any
) -> Template:
    return page(
        request, "calls/receipt.html", version=personal.version,
        milestones=await milestones_of([personal.whole.window.id]),
        kept=unsent(personal.invitation.draft, personal.version), channels=labels.CHANNELS,
        **(
            await link_values(personal, token, end)
            | answer_values(personal, texts.language())
            | values
        ),
    )  # fmt: skip


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
        return await receipt_page(request, personal, token, end)
    there = dict(as_mapping(personal.invitation.draft) or before_typing(personal))
    if "colleague" in request.query_params:
        there = _somebody_else(there, personal)
    if tapped:
        there["stance"] = tapped
    return await form_page(request, personal, token, end, typed=there)


def _somebody_else(there: dict[str, str], personal: Personal) -> dict[str, str]:
    """Who was asked by a colleague says who they are; what has been typed stays."""
    contact = personal.contact
    if contact is not None and there.get("answered_by") == contact.name:
        return there | {"answered_by": "", "role": "clerk", "basis": "office"}
    return there


@post(
    "/a/{token:str}",
    opt=PUBLIC,
    status_code=200,
    request_max_body_size=enclosing.LARGEST_UPLOAD,
)
async def send_answer(request: Web, token: FromPath[str]) -> Answered:
    personal = await queries.invitation_by_token(token)
    end = speak(request, personal)
    try:
        form = await typed(request)
    except HTTPException as error:
        if error.status_code != HTTP_413_REQUEST_ENTITY_TOO_LARGE:
            raise
        return await _far_too_large(request, personal, token, end)
    wrong = await take_files(request, personal)
    try:
        if pressed := next((each for each in ("save", "ask", "remove") if form.get(each)), ""):
            await _keep(personal, form, wrong)
            return go(_after(pressed, personal, token, end))
        fresh = await queries.invitation(personal.invitation.id)
        answer = _read(form, fresh, wrong)
        where = forms.page(form)
        # Twice the same is one version. Not `once`: who goes back in the browser, writes more and
        # sends again has the key of the first time.
        await actions.contribute(
            personal.invitation.id, answer, page=where, now=clock.now(),
            base_version=where.base if where else None,
        )  # fmt: skip
        return go(f"/a/{token}{end}")
    except Invalid as error:
        return await _not_taken(request, token, end, form, error)
    except Outdated as error:
        return await _meanwhile(request, token, end, form, error)


async def _keep(personal: Personal, form: Mapping[str, str], wrong: Mapping[str, Message]) -> None:
    """What was typed; who only asks a colleague, or takes a file out, has begun no answer."""
    number, now = form.get("remove", ""), clock.now()
    if form.get("save") or form.get("stance") or forms.words_in(form):
        await actions.save_draft(personal.invitation.id, form, now)
    if number.isascii() and number.isdigit():
        await enclosing.remove(personal.invitation.id, int(number[:9]), now=now)
    if wrong:
        raise Invalid(wrong)


def _after(pressed: str, personal: Personal, token: str, end: str) -> str:
    if pressed == "ask":
        return f"/a/{token}/colleague{end}"
    if pressed == "remove" and personal.given:
        return f"/a/{token}{end}{'&' if end else '?'}change=1"
    return f"/a/{token}{end}"


def _read(form: Mapping[str, str], personal: Personal, wrong: dict[str, Message]) -> forms.Answer:
    """Invalid names what is wrong with the words and with the files at once."""
    whole = personal.whole
    try:
        answer = forms.answer(
            form, whole.questions, zone=whole.call.zone, now=clock.now(),
            language=language_of(form.get("text", ""), own=personal.invitation.language),
            enclosures=[each.id for each in personal.enclosures],
        )  # fmt: skip
    except Invalid as error:
        raise Invalid(dict(error.fields) | wrong) from None
    if wrong:
        raise Invalid(wrong)
    return answer


async def _not_taken(
    request: Web, token: str, end: str, form: Mapping[str, str], error: Invalid
) -> Template:
    """The same page with what to do, and all that was typed kept: here and in the draft."""
    personal = await queries.invitation_by_token(token)
    problems = dict(error.fields)
    try:
        await actions.save_draft(personal.invitation.id, form, clock.now())
    except Invalid as too_long:
        problems |= too_long.fields
    except Outdated as outdated:
        return await _meanwhile(request, token, end, form, outdated)
    # It shows now what is kept: whoever sends it again has seen it.
    personal = await queries.invitation_by_token(token)
    return await form_page(
        request, personal, token, end, status=422, typed=form, problems=problems,
        base=form.get("_base", ""),
    )  # fmt: skip


async def _meanwhile(
    request: Web, token: str, end: str, form: Mapping[str, str], error: Outdated
) -> Template:
    """Somebody else has answered, or types too. Both stand on the page; sending goes on from it."""
    personal = await queries.invitation_by_token(token)
    where = forms.page(form)
    answered = personal.given and where is not None and where.base != _version(personal)
    theirs = error.theirs
    if answered:
        with suppress(Invalid, Outdated):  # somebody's draft stays; mine is on the page
            await actions.save_draft(personal.invitation.id, form, clock.now())
            theirs = ""
        personal = await queries.invitation_by_token(token)
    return await form_page(
        request, personal, token, end, status=409, typed=form, theirs=theirs,
        meanwhile=personal.version if answered else None,
    )  # fmt: skip


def _version(personal: Personal) -> int:
    return personal.contribution.version if personal.contribution else 0


async def _far_too_large(request: Web, personal: Personal, token: str, end: str) -> Template:
    """Nothing of such a form is read. The rest of it is listened to, or the browser would say
    that the connection was lost instead of showing this page.
    """
    heard, more = 0, True
    while more and heard < FAREWELL:
        event = await request.receive()
        if event["type"] != "http.request":
            break
        heard, more = heard + len(event["body"]), event["more_body"]
    there = as_mapping(personal.invitation.draft) or before_typing(personal)
    problem = Message(
        "Together these files are too large: nothing of this form was read. At most %(most)s "
        "files of %(size)s MB each go with an answer.",
        {"most": enclosing.MOST, "size": enclosing.LARGEST // enclosing.MEGABYTE},
    )
    return await form_page(
        request, personal, token, end, status=413, typed=there,
        problems={enclosing.FIELD: problem},
    )  # fmt: skip


handlers = [personal_page, send_answer]
