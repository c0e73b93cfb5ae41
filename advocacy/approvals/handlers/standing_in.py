"""Who votes for a member that is away: named by the secretariat, or by the member itself."""

from collections.abc import Mapping

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.approvals import actions, forms, queries
from advocacy.approvals.deputies.appointing import listed, today_in_zone
from advocacy.errors import Invalid
from advocacy.people.guards import requires
from advocacy.people.queries import people_with
from advocacy.people.rules import Role
from advocacy.templating import address
from advocacy.web.once import once
from advocacy.web.pages import Web, page, person_of, say, to, typed

NAMING = [requires(Role.SECRETARIAT, Role.PRESIDENCY)]


@get("/{lang:str}/deputies", guards=NAMING)
async def deputies_page(request: Web) -> Template:
    return await _page(request)


@post("/{lang:str}/deputies", guards=NAMING, status_code=200)
async def name_deputy(request: Web) -> Template | Redirect:
    form, now, by = dict(await typed(request)), clock.now(), person_of(request)
    if by.role == Role.PRESIDENCY:
        form["member"] = str(by.id)
    try:
        new = forms.new_deputy(form)

        async def act() -> str:
            event = await actions.appoint(new, by=by, now=now)
            say(request, texts.gettext("The deputy is named."), undo=event)
            return address("/deputies")

        return await once(form, act, now=now)
    except Invalid as error:
        return await _page(request, status=422, problems=error.fields, form=form)


@post("/{lang:str}/deputies/{deputy_id:int}/dismiss", guards=NAMING, status_code=303)
async def dismiss_deputy(request: Web, deputy_id: FromPath[int]) -> Redirect:
    await actions.dismiss(deputy_id, by=person_of(request), now=clock.now())
    say(request, texts.gettext("The deputy stands in no longer."))
    return to("/deputies")


async def _page(
    request: Web,
    *,
    status: int = 200,
    problems: Mapping[str, object] | None = None,
    form: Mapping[str, str] | None = None,
) -> Template:
    now = clock.now()
    return page(
        request,
        "approvals/deputies.html",
        status=status,
        now=now,
        today=today_in_zone(now),
        zone=queries.ZONE,
        deputies=await listed(now),
        members=await queries.members(),
        eligible=await people_with(Role.COORDINATOR),
        problems=problems or {},
        typed=form or {},
    )


handlers = [deputies_page, name_deputy, dismiss_deputy]
