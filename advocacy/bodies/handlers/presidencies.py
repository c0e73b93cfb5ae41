"""Who presides over a body: add, change."""

from collections.abc import Mapping

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.bodies import actions, forms, keeping, queries
from advocacy.bodies.handlers.keeping import Problems, done, retyped
from advocacy.bodies.tables import Body, Presidency
from advocacy.errors import Invalid
from advocacy.people.guards import secretariat
from advocacy.web.pages import Web, page, person_of, typed


@get("/{lang:str}/bodies/{key:str}/presidencies/new", guards=[secretariat])
async def new_presidency(request: Web, key: FromPath[str]) -> Template:
    return _form(request, await queries.by_key(key), None, {})


@post("/{lang:str}/bodies/{key:str}/presidencies/new", guards=[secretariat], status_code=200)
async def add_presidency(request: Web, key: FromPath[str]) -> Template | Redirect:
    form = await typed(request)
    body = await queries.by_key(key)

    async def act() -> tuple[str, int]:
        new = forms.presidency(form)
        by, now = person_of(request), clock.now()
        return body.key, await actions.add_presidency(body.id, new, by=by, now=now)

    try:
        return await done(request, form, texts.gettext("The presidency is added."), act)
    except Invalid as error:
        return _form(request, body, None, form, problems=error.fields)


@get("/{lang:str}/bodies/{key:str}/presidencies/{number:int}", guards=[secretariat])
async def edit_presidency(request: Web, key: FromPath[str], number: FromPath[int]) -> Template:
    body = await queries.by_key(key)
    presidency = await queries.presidency(body.id, number)
    there = keeping.shown(keeping.PRESIDENCY, presidency)
    values = retyped(keeping.columns(there)) | {"base": there.fingerprint()}
    return _form(request, body, presidency, values)


@post(
    "/{lang:str}/bodies/{key:str}/presidencies/{number:int}", guards=[secretariat], status_code=200
)
async def change_presidency(
    request: Web, key: FromPath[str], number: FromPath[int]
) -> Template | Redirect:
    form = await typed(request)
    body = await queries.by_key(key)
    presidency = await queries.presidency(body.id, number)

    async def act() -> tuple[str, int | None]:
        event = await actions.change_presidency(
            number, forms.presidency(form), base=form.get("base", ""), by=person_of(request),
            now=clock.now(),
        )  # fmt: skip
        return body.key, event

    try:
        return await done(request, form, texts.gettext("The presidency is changed."), act)
    except Invalid as error:
        return _form(request, body, presidency, form, problems=error.fields)


def _form(
    request: Web,
    body: Body,
    presidency: Presidency | None,
    form: Mapping[str, str],
    *,
    problems: Problems | None = None,
) -> Template:
    return page(
        request, "bodies/presidency.html", status=422 if problems else 200,
        problems=problems or {}, typed=form, body=body, presidency=presidency,
        called=queries.body_name(body, texts.language()),
    )  # fmt: skip


handlers = [new_presidency, add_presidency, edit_presidency, change_presidency]
