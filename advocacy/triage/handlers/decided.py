"""What was decided, and what waits for its day."""

from litestar import get
from litestar.response import Template

from advocacy import clock
from advocacy.people.guards import secretariat
from advocacy.triage import forms, labels, queries, rules
from advocacy.triage.rules import Decision
from advocacy.web.pages import Web, page


@get("/{lang:str}/inbox/decided", guards=[secretariat])
async def decided(request: Web) -> Template:
    now = clock.now()
    wanted = forms.decided_filters(request.query_params, now=now)
    before = forms.identity(request.query_params.get("before", ""))
    rows = await queries.decided(wanted, before=before)
    return page(
        request,
        "triage/decided.html",
        now=now,
        rows=rows,
        wanted=wanted,
        people=await queries.deciders(),
        final=[each for each in Decision if each is not Decision.LATER],
        labels=labels,
        zone=rules.OFFICE_ZONE,
        today=now.astimezone(rules.office_zone()).date(),
        undo_lasts=rules.UNDO_LASTS,
        full=len(rows) == queries.PAGE,
    )


@get("/{lang:str}/inbox/later", guards=[secretariat])
async def later(request: Web) -> Template:
    now = clock.now()
    rows = await queries.put_off(now=now, after=request.query_params.get("after", ""))
    return page(
        request,
        "triage/later.html",
        now=now,
        rows=rows,
        labels=labels,
        zone=rules.OFFICE_ZONE,
        full=len(rows) == queries.PAGE,
    )


handlers = [decided, later]
