"""Mail health: for the secretariat, who sees here whether letters arrive."""

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.mail.labels import LABELS as STATES
from advocacy.overview import mail_health
from advocacy.overview.labels import LETTERS
from advocacy.overview.windows import OFFICE_ZONE
from advocacy.people.guards import secretariat
from advocacy.settings import settings
from advocacy.web.once import once
from advocacy.web.pages import Web, page, person_of, say, typed


@get("/{lang:str}/mail", guards=[secretariat])
async def mail_page(request: Web) -> Template:
    now = clock.now()
    wanted = request.query_params.get("before", "")[:9]
    before = int(wanted) if wanted.isascii() and wanted.isdigit() else None
    rows, further = await mail_health.in_trouble(before=before)
    return page(
        request, "overview/mail.html", health=await mail_health.mail_health(now=now), rows=rows,
        further=further, first=before is None, kinds=LETTERS, states=STATES, zone=OFFICE_ZONE,
        folder=settings().mail_folder is not None, days=mail_health.LOOKS_BACK.days, now=now,
    )  # fmt: skip


@post("/{lang:str}/mail/{letter:int}/again", guards=[secretariat], status_code=303)
async def try_again(request: Web, letter: FromPath[int]) -> Redirect:
    form, now = await typed(request), clock.now()

    async def act() -> str:
        recipient = await mail_health.try_again(letter, by=person_of(request), now=now)
        say(request, texts.gettext("The letter to %(name)s is tried again.") % {"name": recipient})
        return f"/{texts.language()}/mail"

    return await once(form, act, now=now)


handlers = [mail_page, try_again]
