"""The way in with a short code, and the way back: withdraw an answer, or the name beside it."""

from collections.abc import Mapping
from contextlib import suppress

from litestar import HttpMethod, post, route
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.calls import actions, queries
from advocacy.calls.answering import codes
from advocacy.calls.answering.drafts import opened
from advocacy.calls.handlers.answering import receipt_page
from advocacy.calls.handlers.personal import PUBLIC, speak
from advocacy.errors import Invalid, Outdated
from advocacy.web.pages import Web, go, page, typed


def _base(form: Mapping[str, str]) -> int | None:
    base = form.get("_base", "")[:9]
    return int(base) if base.isascii() and base.isdigit() else None


@post("/a/{token:str}/withdraw", opt=PUBLIC, status_code=200)
async def withdraw_answer(request: Web, token: FromPath[str]) -> Redirect | Template:
    """After the deadline the receipt says that the answer stands."""
    form, now = await typed(request), clock.now()
    personal = await queries.invitation_by_token(token)
    end = speak(request, personal)
    try:
        with suppress(Invalid):
            await actions.withdraw(personal.invitation.id, now, base_version=_base(form))
    except Outdated:
        fresh = await queries.invitation_by_token(token)
        return await receipt_page(request, fresh, token, end, status=409, not_withdrawn=True)
    return go(f"/a/{token}{end}")


@post("/a/{token:str}/name", opt=PUBLIC, status_code=303)
async def change_consent(request: Web, token: FromPath[str]) -> Redirect:
    form = await typed(request)
    personal = await queries.invitation_by_token(token)
    public = form.get("name_public") == "1"
    await actions.consent(personal.invitation.id, name_public=public, now=clock.now())
    return go(f"/a/{token}{speak(request, personal)}")


@route("/a", http_method=[HttpMethod.GET], opt=PUBLIC)
async def code_page(request: Web) -> Template:
    return page(request, "calls/code.html", helpers=[])


@post("/a", opt=PUBLIC, status_code=200)
async def enter_code(request: Web) -> Template | Redirect:
    form, now = await typed(request), clock.now()
    address = request.client.host if request.client else ""
    try:
        found = await codes.invitation_of(form.get("code", ""), network_address=address, now=now)
    except Invalid as error:
        return page(
            request, "calls/code.html", status=422, problems=error.fields, typed=form,
            helpers=await codes.who_helps(texts.language()) if codes.is_locked(error) else [],
        )  # fmt: skip
    await opened(found.invitation.id, now)
    return go(f"/a/{queries.token_of(found.invitation.id)}")


handlers = [withdraw_answer, change_consent, code_page, enter_code]
