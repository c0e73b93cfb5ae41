"""Open to guests: they type their address and confirm it by mail."""

from collections.abc import Mapping
from typing import Any  # values of a page

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.errors import Invalid, NotAllowed, NotFound
from advocacy.events import actions, queries
from advocacy.events.handlers.by_link import about
from advocacy.events.handlers.looking import looked_at
from advocacy.events.registering import typed as registering
from advocacy.events.tables import Gathering
from advocacy.web.pages import Web, page, to, typed

PUBLIC = {"public": True}


async def _open(request: Web, gathering_id: int) -> Gathering:
    gathering = await looked_at(request, gathering_id)
    if not gathering.guests:
        raise NotFound("There is no such page")
    return gathering


@get("/{lang:str}/events/{gathering_id:int}/register", opt=PUBLIC)
async def guest_page(request: Web, gathering_id: FromPath[int]) -> Template:
    gathering = await _open(request, gathering_id)
    return await _page(request, gathering, {"language": texts.language()})


@post("/{lang:str}/events/{gathering_id:int}/register", opt=PUBLIC, status_code=200)
async def ask(request: Web, gathering_id: FromPath[int]) -> Template | Redirect:
    """The same page whatever is known of the address."""
    gathering = await _open(request, gathering_id)
    form, now = await typed(request), clock.now()
    try:
        guest = registering.guest(form, interpreted=gathering.interpretation.split(","))
        host = request.client.host if request.client else ""
        await actions.guests.ask(gathering, guest, network_address=host, now=now)
        return to(f"/events/{gathering.id}/asked")
    except Invalid as error:
        return await _page(request, gathering, form, status=422, problems=error.fields)
    except NotAllowed as error:
        problems = {"name": error.message}
        return await _page(request, gathering, form, status=422, problems=problems)


@get("/{lang:str}/events/{gathering_id:int}/asked", opt=PUBLIC)
async def asked(request: Web, gathering_id: FromPath[int]) -> Template:
    gathering = await _open(request, gathering_id)
    told = await queries.told_in(gathering, texts.language())
    return page(request, "events/asked.html", gathering=gathering, told=told)


async def _page(
    request: Web, gathering: Gathering, form: Mapping[str, str], **values: Any
) -> Template:
    shown: dict[str, Any] = await about(gathering) | {"typed": form}
    return page(request, "events/register.html", **(shown | values))


handlers = [guest_page, ask, asked]
