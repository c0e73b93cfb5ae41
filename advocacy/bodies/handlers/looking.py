"""The bodies, and one body."""

import json
from datetime import date
from typing import Any  # a page's values are what its template shows

from litestar import get
from litestar.params import FromPath
from litestar.response import Template

from advocacy import clock, texts
from advocacy.bodies import labels, queries, rules
from advocacy.bodies.tables import Body, Presidency, Procedure
from advocacy.dossiers import labels as dossier_labels
from advocacy.dossiers import queries as dossiers  # looks ahead, only to read
from advocacy.people.guards import house
from advocacy.web.pages import Web, page


@get("/{lang:str}/bodies", guards=[house])
async def bodies(request: Web) -> Template:
    now = clock.now()
    today = rules.office_day(now)
    known = await queries.all_bodies()
    past = request.query_params.get("past") == "1"
    shown = [each for each in known if past or queries.is_valid(each, today)]
    chairs = await queries.chairing(known, today)
    groups: dict[str, list[dict[str, Any]]] = {}
    for body, depth in rules.in_order(shown):
        row = _row(body, today) | {"depth": min(depth, 2), "chair": _own(body, chairs)}
        groups.setdefault(body.level, []).append(row)
    return page(
        request, "bodies/list.html", now=now, groups=groups, labels=labels, past=past,
        others=len(known) - len(shown),
    )  # fmt: skip


def _row(body: Body, today: date) -> dict[str, Any]:
    names = json.loads(body.names)
    name = queries.body_name(body, texts.language())
    return {
        "body": body,
        "called": name,
        # a name that stands in for a missing one is said in its own language
        "written_in": next(
            (code for code, each in names.items() if each == name), texts.language()
        ),
        "valid": queries.is_valid(body, today),
    }


def _own(body: Body, chairs: dict[int, tuple[Presidency, Body]]) -> str:
    """Who presides over it; empty when it is one above it that has the presidency."""
    head, over = chairs.get(body.id, (None, body))
    return labels.holders(head.holders) if head is not None and over.id == body.id else ""


@get("/{lang:str}/bodies/{key:str}", guards=[house])
async def body_page(request: Web, key: FromPath[str]) -> Template:
    body = await queries.by_key(key)
    now = clock.now()
    today = rules.office_day(now)
    known = await queries.all_bodies()
    ahead, past = await queries.meetings_of(body.id, now=now)
    before = await dossiers.before_body(body.id)
    return page(
        request,
        "bodies/body.html",
        now=now,
        today=today,
        **_row(body, today),
        names=[(code, each) for code, each in json.loads(body.names).items() if each],
        parent=next((_row(each, today) for each in known if each.id == body.parent), None),
        children=[_row(each, today) for each in known if each.parent == body.id],
        chair=(await queries.chairing(known, today)).get(body.id),
        presidencies=await queries.presidencies_of([body.id]),
        ahead=ahead,
        past=past,
        procedures=[_procedure(each, today) for each in await queries.procedures_of(body.id)],
        dossiers=before[: dossiers.PAGE],
        more=len(before) > dossiers.PAGE,
        labels=labels,
        stations=dossier_labels.STATIONS,
    )


def _procedure(procedure: Procedure, today: date) -> dict[str, Any]:
    language = texts.language()
    return {
        "procedure": procedure,
        "called": queries.body_name(procedure, language),
        "valid": queries.is_valid(procedure, today),
        "stages": [
            {
                "name": rules.name_in(stage.names, language),
                "days": stage.days,
                "takes_input": stage.takes_input,
                "ends": stage.ends,
                "note": rules.name_in(stage.notes, language),
            }
            for stage in rules.stages_of(procedure.stages)
        ],
    }


handlers = [bodies, body_page]
