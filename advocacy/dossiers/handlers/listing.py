"""The list of dossiers."""

import json

from litestar import get
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.bodies import queries as bodies
from advocacy.bodies.rules import name_in
from advocacy.dossiers import labels, listing, queries
from advocacy.dossiers.forms import number_in
from advocacy.dossiers.handlers.looking import topic_choices
from advocacy.people.guards import house
from advocacy.people.rules import COUNTRIES
from advocacy.web.pages import Web, page, to


@get("/{lang:str}/dossiers", guards=[house])
async def dossiers(request: Web) -> Template | Redirect:
    asked = listing.asked(request.query_params)
    if number := number_in(asked.search):
        return to(f"/d/{number}")
    now, language = clock.now(), texts.language()
    rows = await listing.listed(asked, language=language, now=now)
    known = await bodies.bodies(now=now)
    for row in rows:
        names = json.loads(row.pop("body_names") or "{}")
        row["body"] = name_in(names, language)
    return page(
        request, "dossiers/list.html", now=now, rows=rows[: queries.PAGE],
        more=len(rows) > queries.PAGE, asked=asked, labels=labels, countries=COUNTRIES,
        topics=topic_choices(), leads=[each.name for each in await queries.leads()],
        bodies=[(each.key, bodies.body_name(each, language)) for each in known],
    )  # fmt: skip


handlers = [dossiers]
