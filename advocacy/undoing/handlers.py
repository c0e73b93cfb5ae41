"""The button in the banner."""

from litestar import post
from litestar.params import FromPath
from litestar.response import Redirect

from advocacy import clock, texts
from advocacy.people.guards import staff
from advocacy.templating import address
from advocacy.undoing.actions import undo
from advocacy.web.once import once
from advocacy.web.pages import Web, person_of, say, typed


@post("/{lang:str}/undo/{event:int}", guards=[staff], status_code=303)
async def take_back(request: Web, event: FromPath[int]) -> Redirect:
    now = clock.now()

    async def act() -> str:
        return address(await undo(event, by=person_of(request), now=now))

    answer = await once(await typed(request), act, now=now)
    say(request, texts.gettext("Undone: everything is as it was."))
    return answer


handlers = [take_back]
