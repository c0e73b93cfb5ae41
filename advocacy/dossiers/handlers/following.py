"""Follow a dossier and leave it again."""

from litestar import post
from litestar.params import FromPath
from litestar.response import Redirect

from advocacy import clock, texts
from advocacy.dossiers import following, queries
from advocacy.people.guards import house
from advocacy.templating import address
from advocacy.web.once import once
from advocacy.web.pages import Web, person_of, say, typed


@post("/{lang:str}/d/{ref:str}/follow", guards=[house], status_code=303)
async def follow(request: Web, ref: FromPath[str]) -> Redirect:
    dossier = await queries.by_ref(ref)

    async def act() -> str:
        await following.follow(dossier.id, person_of(request).id, now=clock.now())
        say(request, texts.gettext("You follow this dossier: your digest tells of every step."))
        return address(f"/d/{dossier.number}")

    return await once(await typed(request), act, now=clock.now())


@post("/{lang:str}/d/{ref:str}/unfollow", guards=[house], status_code=303)
async def unfollow(request: Web, ref: FromPath[str]) -> Redirect:
    dossier = await queries.by_ref(ref)

    async def act() -> str:
        await following.unfollow(dossier.id, person_of(request).id)
        say(request, texts.gettext("You do not follow this dossier any more."))
        return address(f"/d/{dossier.number}")

    return await once(await typed(request), act, now=clock.now())


handlers = [follow, unfollow]
