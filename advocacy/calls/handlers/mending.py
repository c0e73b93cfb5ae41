"""Letters of a call that did not arrive: an address is put right, and the letter goes again."""

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.calls.asking import mending
from advocacy.calls.asking.whole_calls import WholeCall, whole
from advocacy.errors import Invalid
from advocacy.municipalities.rules import may_edit
from advocacy.people.guards import staff
from advocacy.people.rules import COUNTRIES
from advocacy.web.once import once
from advocacy.web.pages import Web, page, person_of, say, typed


async def _page(request: Web, found: WholeCall, *, status: int = 200, **values: object) -> Template:
    me = person_of(request)
    return page(
        request, "calls/letters_page.html", status=status, whole=found, call=found.call,
        letters=await mending.letters_of(found.call.id),
        may_answer_for=[
            each for each in COUNTRIES if may_edit(me.role, me.countries.split(","), country=each)
        ],
        **values,
    )  # fmt: skip


@get("/{lang:str}/c/{number:str}/letters", guards=[staff])
async def letters(request: Web, number: FromPath[str]) -> Template:
    return await _page(request, await whole(number))


@post("/{lang:str}/c/{number:str}/letters/{invitation:int}", guards=[staff], status_code=200)
async def mend(
    request: Web, number: FromPath[str], invitation: FromPath[int]
) -> Template | Redirect:
    form, now = await typed(request), clock.now()
    found = await whole(number)

    async def act() -> str:
        email = form.get("email", "").strip()
        event = await mending.mend(
            invitation, email, name=form.get("name", ""), by=person_of(request), now=now
        )
        said = texts.gettext("The letter leaves now: %(address)s") % {"address": email}
        say(request, said, undo=event)
        return f"/{texts.language()}/c/{number}/results"

    try:
        return await once(form, act, now=now)
    except Invalid as error:
        problems = {f"{name}-{invitation}": text for name, text in error.fields.items()}
        return await _page(request, found, status=422, problems=problems, typed=form)


handlers = [letters, mend]
