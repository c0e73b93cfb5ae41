"""How a body decides: procedures and their stages."""

from collections.abc import Mapping, Sequence
from typing import Any  # a row of the form

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.bodies import actions, keeping, labels, queries, rules, stages
from advocacy.bodies.handlers.keeping import Problems, done, names_typed, retyped
from advocacy.bodies.tables import Body, Procedure
from advocacy.errors import Invalid
from advocacy.people.guards import secretariat
from advocacy.web.pages import Web, page, person_of, typed


@get("/{lang:str}/bodies/{key:str}/procedures/new", guards=[secretariat])
async def new_procedure(request: Web, key: FromPath[str]) -> Template:
    return _form(request, await queries.by_key(key), None, {}, stages.with_blanks([]))


@post("/{lang:str}/bodies/{key:str}/procedures/new", guards=[secretariat], status_code=200)
async def add_procedure(request: Web, key: FromPath[str]) -> Template | Redirect:
    form = await typed(request)
    body = await queries.by_key(key)
    if form.get("do") == "row":
        return _form(request, body, None, form, _rows(form, more=True))

    async def act() -> tuple[str, int]:
        new = stages.procedure(form, known=(), language=texts.language())
        by, now = person_of(request), clock.now()
        _, event = await actions.add_procedure(body.id, new, by=by, now=now)
        return body.key, event

    try:
        return await done(request, form, texts.gettext("The procedure is added."), act)
    except Invalid as error:
        return _form(request, body, None, form, _rows(form), problems=error.fields)


@get("/{lang:str}/bodies/{key:str}/procedures/{way:str}", guards=[secretariat])
async def edit_procedure(request: Web, key: FromPath[str], way: FromPath[str]) -> Template:
    body = await queries.by_key(key)
    procedure = await queries.procedure(body.id, way)
    there = keeping.shown(keeping.PROCEDURE, procedure)
    values = retyped(keeping.columns(there)) | names_typed(procedure.names)
    rows = stages.rows_of(rules.stages_of(procedure.stages), texts.language())
    return _form(
        request, body, procedure, values | {"base": there.fingerprint()}, stages.with_blanks(rows)
    )


@post("/{lang:str}/bodies/{key:str}/procedures/{way:str}", guards=[secretariat], status_code=200)
async def change_procedure(
    request: Web, key: FromPath[str], way: FromPath[str]
) -> Template | Redirect:
    form = await typed(request)
    body = await queries.by_key(key)
    procedure = await queries.procedure(body.id, way)
    if form.get("do") == "row":
        return _form(request, body, procedure, form, _rows(form, more=True))

    async def act() -> tuple[str, int | None]:
        known = rules.stages_of(procedure.stages)
        event = await actions.change_procedure(
            procedure.id, stages.procedure(form, known=known, language=texts.language()),
            base=form.get("base", ""), by=person_of(request), now=clock.now(),
        )  # fmt: skip
        return body.key, event

    try:
        return await done(request, form, texts.gettext("The procedure is changed."), act)
    except Invalid as error:
        return _form(request, body, procedure, form, _rows(form), problems=error.fields)


def _rows(form: Mapping[str, str], *, more: bool = False) -> list[dict[str, Any]]:
    return stages.with_blanks(stages.typed_rows(form), more=more)


def _form(
    request: Web,
    body: Body,
    procedure: Procedure | None,
    form: Mapping[str, str],
    rows: Sequence[dict[str, Any]],
    *,
    problems: Problems | None = None,
) -> Template:
    language = texts.language()
    return page(
        request,
        "bodies/procedure.html",
        status=422 if problems else 200,
        problems=problems or {},
        typed=form,
        body=body,
        procedure=procedure,
        called=queries.body_name(body, language),
        title=queries.body_name(procedure, language) if procedure else "",
        rows=rows,
        full=len(rows) >= stages.MOST,
        kinds=labels.STAGE_KINDS,
    )


handlers = [new_procedure, add_procedure, edit_procedure, change_procedure]
