"""Beside answering: ask a colleague, wish for a language."""

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from typing import Any  # values of a page

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.calls import queries
from advocacy.calls.answering import delegating
from advocacy.calls.answering.wishing import wish
from advocacy.calls.handlers.personal import PUBLIC, answer_values, link_values, speak
from advocacy.calls.queries import Personal
from advocacy.calls.rules import Reception
from advocacy.errors import Invalid, NotAllowed, Outdated
from advocacy.web.once import once
from advocacy.web.pages import Web, go, page, typed


async def _colleague(
    request: Web, personal: Personal, token: str, end: str, **values: Any
) -> Template:
    return page(
        request, "calls/colleague.html", most=delegating.MOST,
        **(
            await link_values(personal, token, end)
            | answer_values(personal, texts.language())
            | values
        ),
    )  # fmt: skip


@get("/a/{token:str}/colleague", opt=PUBLIC)
async def colleague(request: Web, token: FromPath[str]) -> Template | Redirect:
    personal = await queries.invitation_by_token(token)
    end = speak(request, personal)
    reception = personal.reception(now=clock.now())
    if reception not in {Reception.OPEN, Reception.LATE}:
        return go(f"/a/{token}{end}")
    return await _colleague(request, personal, token, end)


@post("/a/{token:str}/colleague", opt=PUBLIC, status_code=200)
async def ask_colleague(request: Web, token: FromPath[str]) -> Template | Redirect:
    form, now = await typed(request), clock.now()
    personal = await queries.invitation_by_token(token)
    end = speak(request, personal)

    async def act() -> str:
        await delegating.ask(
            personal.invitation.id, form.get("email", ""), form.get("note", ""), now=now
        )
        return f"/a/{token}{end}"

    try:
        return await once({"_once": _key(form)}, act, now=now)
    except Invalid as error:
        return await _colleague(
            request, personal, token, end, status=422, typed=form, problems=error.fields
        )


def _key(form: Mapping[str, str]) -> str:
    """Of this request: who goes back in the browser and asks another has the page's key again."""
    said = "\n".join((form.get("_once", ""), form.get("email", ""), form.get("note", "")))
    return hashlib.sha256(said.encode()).hexdigest() if form.get("_once") else ""


@post("/a/{token:str}/colleague/{number:int}/stop", opt=PUBLIC, status_code=303)
async def stop_asking(request: Web, token: FromPath[str], number: FromPath[int]) -> Redirect:
    """When the letter has left, the page says so."""
    personal = await queries.invitation_by_token(token)
    end = speak(request, personal)
    with suppress(Outdated):
        await delegating.stop(personal.invitation.id, number, now=clock.now())
    return go(f"/a/{token}{end}")


@post("/a/{token:str}/tell", opt=PUBLIC, status_code=303)
async def tell_me(request: Web, token: FromPath[str]) -> Redirect:
    personal = await queries.invitation_by_token(token)
    end = speak(request, personal)
    with suppress(NotAllowed):  # it has come meanwhile: the page shows it
        await wish(personal.invitation.id, texts.language(), now=clock.now())
    return go(f"/a/{token}{end}")


handlers = [colleague, ask_colleague, stop_asking, tell_me]
