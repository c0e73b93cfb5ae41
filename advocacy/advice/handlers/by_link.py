"""The thread as who asked sees it, behind the link of the letters. Opening it records nothing."""

from typing import Any  # values of a page

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.advice import actions, forms, labels, queries
from advocacy.advice.asking import limits
from advocacy.advice.queries import Thread
from advocacy.errors import Invalid
from advocacy.web.once import once
from advocacy.web.pages import Web, page, typed

PUBLIC = {"public": True}


def _end(request: Web, thread: Thread) -> str:
    wished = request.query_params.get("language", "")
    chosen = wished if wished in texts.LANGUAGES else ""
    texts.speak(chosen or thread.stored.language)
    return f"?language={chosen}" if chosen else ""


async def _page(request: Web, thread: Thread, token: str, end: str, **values: Any) -> Template:
    return page(
        request, "advice/own_thread.html", thread=thread, row=thread.row, labels=labels,
        here=f"/q/{token}{end}", zone=queries.ZONE, **values,
    )  # fmt: skip


@get("/q/{token:str}", opt=PUBLIC)
async def own_thread(request: Web, token: FromPath[str]) -> Template:
    thread = await queries.by_token(token)
    end = _end(request, thread)
    return await _page(request, thread, token, end)


@post("/q/{token:str}", opt=PUBLIC, status_code=200)
async def write_more(request: Web, token: FromPath[str]) -> Template | Redirect:
    form, now = await typed(request), clock.now()
    thread = await queries.by_token(token)
    end = _end(request, thread)

    async def act() -> str:
        text = forms.words(form)
        await limits.count(f"enquiry:{thread.stored.id}", field="text", now=now)
        await actions.add_words(thread.stored.id, text, now=now)
        return f"/q/{token}{end}"

    try:
        return await once(form, act, now=now)
    except Invalid as error:
        return await _page(
            request, thread, token, end, status=422, problems=error.fields, typed=form
        )  # fmt: skip


handlers = [own_thread, write_more]
