"""Choose who is invited, look at it once more, send."""

from collections.abc import Mapping
from typing import Any  # values of a page

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.errors import Invalid
from advocacy.events import actions, labels, queries
from advocacy.events.handlers.keeping import kept, topics
from advocacy.events.inviting import typed as wanted
from advocacy.events.inviting.inviting import meant_by
from advocacy.events.tables import Gathering
from advocacy.people.guards import staff
from advocacy.people.rules import COUNTRIES
from advocacy.templating import address
from advocacy.web.once import once
from advocacy.web.pages import Web, page, person_of, say, typed

SHOWN = 12


@get("/{lang:str}/events/{gathering_id:int}/invite", guards=[staff])
async def invite_page(request: Web, gathering_id: FromPath[int]) -> Template:
    gathering = await kept(request, gathering_id)
    return await _page(request, gathering, {})


@post("/{lang:str}/events/{gathering_id:int}/invite", guards=[staff], status_code=200)
async def invite(request: Web, gathering_id: FromPath[int]) -> Template | Redirect:
    """First shows who would be invited; the second button sends: letters leave the house."""
    form, now = await typed(request), clock.now()
    gathering = await kept(request, gathering_id)
    try:
        chosen = wanted.invited(form)
        if form.get("act") != "send":
            meant = await meant_by(chosen, by=person_of(request))
            return await _page(request, gathering, form, meant=meant)

        async def act() -> str:
            done = await actions.invite(gathering.id, chosen, by=person_of(request), now=now)
            many = texts.ngettext(
                "%(num)d municipality is invited.", "%(num)d municipalities are invited.",
                done.invited,
            )  # fmt: skip
            say(request, many % {"num": done.invited})
            return address(f"/events/{gathering.id}/registrations")

        return await once(form, act, now=now)
    except Invalid as error:
        return await _page(request, gathering, form, status=422, problems=error.fields)


async def _page(
    request: Web, gathering: Gathering, form: Mapping[str, str], **values: Any
) -> Template:
    me = person_of(request)
    mine = [code for code in COUNTRIES if me.role == "secretariat" or code in me.countries]
    there = {row.code for row in await queries.invited_to(gathering.id)}
    return page(
        request, "events/invite.html", typed=form, gathering=gathering, labels=labels,
        told=await queries.told_in(gathering, texts.language()), countries=mine, topics=topics(),
        invited_before=there, most=SHOWN, **({"meant": None} | values),
    )  # fmt: skip


handlers = [invite_page, invite]
