"""The same work for programs: JSON, bearer tokens, problem documents (RFC 9457)."""

import json
from datetime import date
from typing import Any  # JSON

from litestar import Response, get, post
from litestar.handlers import BaseRouteHandler
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.api import actions, exchange, forms, queries
from advocacy.api.description import description
from advocacy.dossiers import actions as dossiers
from advocacy.errors import Invalid, NotFound
from advocacy.people.guards import Connection, SignInFirst, secretariat
from advocacy.people.rules import Role
from advocacy.triage import actions as triage
from advocacy.triage.rules import Decision
from advocacy.web.errors import problem
from advocacy.web.pages import Web, page, person_of, say, to, typed

PUBLIC = {"public": True}


async def token(connection: Connection, _: BaseRouteHandler) -> None:
    """A cookie counts for nothing here: no page of another house may act through a browser."""
    connection.scope["user"] = None
    kind, _space, secret = connection.headers.get("authorization", "").partition(" ")
    now = clock.now()
    known = None
    if kind.lower() == "bearer" and secret.strip():
        known = await queries.live_token(secret.strip(), now=now)
    if known is None or known.person.role != Role.SECRETARIAT:
        raise SignInFirst("A valid token is needed")
    connection.scope["user"] = known.person
    await actions.used(known, now=now)


def unauthorized(_: Web, error: SignInFirst) -> Response[bytes]:
    answer = problem(401, texts.translate(error.message))
    answer.headers["www-authenticate"] = 'Bearer realm="alphorn"'
    return answer


BEHIND_TOKEN: dict[str, Any] = {
    "guards": [token],
    "exception_handlers": {SignInFirst: unauthorized},
}


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"not plain: {value!r}")


def _json(content: object) -> Response[Any]:
    written = json.dumps(content, ensure_ascii=False, default=_plain).encode()
    return Response(written, media_type="application/json")


def _page_asked(request: Web) -> tuple[int, int]:
    after = request.query_params.get("after", "0")
    limit = request.query_params.get("limit", str(queries.PAGE))
    return (
        forms.whole_number(after, "after", least=0, most=forms.LARGEST_NUMBER),
        forms.whole_number(limit, "limit", least=1, most=forms.MOST),
    )


def _listed(request: Web, name: str, rows: list[dict[str, Any]], limit: int) -> Response[Any]:
    full = len(rows) == limit
    further = f"{request.url.path}?after={rows[-1]['id']}&limit={limit}" if full else None
    return _json({name: rows, "next": further})


@get("/api/openapi.json", opt=PUBLIC)
async def openapi() -> Response[Any]:
    return _json(description())


@get("/api/v1/dossiers", **BEHIND_TOKEN)
async def dossiers_listed(request: Web) -> Response[Any]:
    after, limit = _page_asked(request)
    return _listed(request, "dossiers", await queries.dossiers(after=after, limit=limit), limit)


@get("/api/v1/dossiers/{number:str}", **BEHIND_TOKEN)
async def one_dossier(number: FromPath[str]) -> Response[Any]:
    return _json(await queries.dossier(number))


@get("/api/v1/positions/{number:str}", **BEHIND_TOKEN)
async def one_position(number: FromPath[str]) -> Response[Any]:
    return _json(await queries.position(number))


@get("/api/v1/entries", **BEHIND_TOKEN)
async def entries_listed(request: Web) -> Response[Any]:
    after, limit = _page_asked(request)
    return _listed(request, "entries", await queries.entries(after=after, limit=limit), limit)


@get("/api/v1/projects", **BEHIND_TOKEN)
async def projects_listed(request: Web) -> Response[Any]:
    after, limit = _page_asked(request)
    return _listed(request, "projects", await exchange.projects(after=after, limit=limit), limit)


@get("/api/v1/gatherings", **BEHIND_TOKEN)
async def gatherings_listed(request: Web) -> Response[Any]:
    after, limit = _page_asked(request)
    rows = await exchange.gatherings(after=after, limit=limit)
    return _listed(request, "gatherings", rows, limit)


@post("/api/v1/entries/{entry:int}/decision", status_code=200, **BEHIND_TOKEN)
async def decide(request: Web, entry: FromPath[int]) -> Response[Any]:
    decided = forms.decision(await request.body())
    await queries.check_entry(entry)
    person, now = person_of(request), clock.now()
    if decided.dossier:
        dossier = await queries.dossier_id(decided.dossier)
        how = "source" if decided.decision is Decision.ATTACHED else "duplicate"
        event = await dossiers.attach([entry], dossier, how=how, by=person, now=now)
    else:
        event = await triage.decide(
            [entry],
            decided.decision,
            reason=decided.reason,
            until=decided.until,
            by=person,
            now=now,
        )
    return _json({"event": event})


@get("/api/{rest:path}", opt=PUBLIC)
async def nothing_here() -> None:
    raise NotFound("There is no such address")


@get("/{lang:str}/me/tokens", guards=[secretariat])
async def tokens_page(request: Web) -> Template:
    return page(request, "overview/tokens.html", tokens=await queries.tokens(), secret="")


@post("/{lang:str}/me/tokens", guards=[secretariat], status_code=200)
async def make_token(request: Web) -> Template:
    """Shows the new key this once."""
    form, secret, problems, status = await typed(request), "", {}, 200
    try:
        secret = await actions.make_token(
            form.get("name", ""), by=person_of(request), now=clock.now()
        )
    except Invalid as error:
        problems, status = error.fields, 422
    return page(
        request,
        "overview/tokens.html",
        status=status,
        tokens=await queries.tokens(),
        secret=secret,
        problems=problems,
        typed=form if problems else {},
    )


@post("/{lang:str}/me/tokens/{number:int}/revoke", guards=[secretariat], status_code=303)
async def revoke_token(request: Web, number: FromPath[int]) -> Redirect:
    await actions.revoke_token(number, by=person_of(request), now=clock.now())
    say(request, texts.gettext("The token is revoked."))
    return to("/me/tokens")


handlers = [
    openapi,
    dossiers_listed,
    one_dossier,
    one_position,
    entries_listed,
    projects_listed,
    gatherings_listed,
    decide,
    nothing_here,
    tokens_page,
    make_token,
    revoke_token,
]
