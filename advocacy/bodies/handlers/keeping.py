"""Add a body, change what is known of it."""

import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import date

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.bodies import actions, forms, keeping, labels, queries, rules
from advocacy.bodies.tables import Body
from advocacy.errors import Invalid, Message
from advocacy.people.guards import secretariat
from advocacy.templating import address
from advocacy.web.once import once
from advocacy.web.pages import Web, page, person_of, say, typed

Problems = Mapping[str, Message]
Act = Callable[[], Awaitable[tuple[str, int | None]]]


async def done(request: Web, form: Mapping[str, str], text: str, act: Act) -> Redirect:
    """Once, then to the body that `act` names, with what happened and its undo."""

    async def acting() -> str:
        key, event = await act()
        if event is not None:
            say(request, text, undo=event)
        return address(f"/bodies/{key}")

    return await once(form, acting, now=clock.now())


def retyped(values: Mapping[str, object]) -> dict[str, str]:
    """What is known, as its fields show it: what the form reads back."""
    return {
        name: rules.written(value)
        if isinstance(value, date)
        else ""
        if value is None
        else str(value)
        for name, value in values.items()
    }


def names_typed(names: str) -> dict[str, str]:
    return {f"name_{code}": name for code, name in json.loads(names).items()}


@get("/{lang:str}/bodies/new", guards=[secretariat])
async def new_body(request: Web) -> Template:
    return await _form(request, None, {"zone": rules.ZONES[0]})


@post("/{lang:str}/bodies/new", guards=[secretariat], status_code=200)
async def add_body(request: Web) -> Template | Redirect:
    form = await typed(request)

    async def act() -> tuple[str, int]:
        new = forms.body(form, parents=await _ids())
        body, event = await actions.add_body(new, by=person_of(request), now=clock.now())
        return body.key, event

    try:
        return await done(request, form, texts.gettext("The body is added."), act)
    except Invalid as error:
        return await _form(request, None, form, problems=error.fields)


@get("/{lang:str}/bodies/{key:str}/edit", guards=[secretariat])
async def edit_body(request: Web, key: FromPath[str]) -> Template:
    body = await queries.by_key(key)
    there = keeping.shown(keeping.BODY, body)
    above = {number: each for each, number in (await _ids()).items()}.get(body.parent or 0, "")
    values = retyped(keeping.columns(there)) | names_typed(body.names)
    return await _form(request, body, values | {"parent": above, "base": there.fingerprint()})


@post("/{lang:str}/bodies/{key:str}/edit", guards=[secretariat], status_code=200)
async def change_body(request: Web, key: FromPath[str]) -> Template | Redirect:
    form = await typed(request)
    body = await queries.by_key(key)

    async def act() -> tuple[str, int | None]:
        event = await actions.change_body(
            body.id, forms.body(form, parents=await _ids()), base=form.get("base", ""),
            by=person_of(request), now=clock.now(),
        )  # fmt: skip
        return body.key, event

    try:
        return await done(request, form, texts.gettext("The body is changed."), act)
    except Invalid as error:
        return await _form(request, body, form, problems=error.fields)


async def _ids() -> dict[str, int]:
    return {each.key: each.id for each in await queries.all_bodies()}


async def _form(
    request: Web, body: Body | None, form: Mapping[str, str], *, problems: Problems | None = None
) -> Template:
    language = texts.language()
    others = [each for each in await queries.all_bodies() if body is None or each.id != body.id]
    return page(
        request,
        "bodies/edit.html",
        status=422 if problems else 200,
        problems=problems or {},
        typed=form,
        body=body,
        called=queries.body_name(body, language) if body else "",
        levels=[(level, texts.translate(label)) for level, label in labels.LEVELS.items()],
        parents=[
            (each.key, queries.body_name(each, language)) for each, _ in rules.in_order(others)
        ],
        states=rules.STATES,
        zones=rules.ZONES,
    )


handlers = [new_body, add_body, edit_body, change_body]
