"""Saved choices of members."""

from collections.abc import Mapping

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.calls.asking import call_forms, lists
from advocacy.calls.asking.audience import Audience
from advocacy.calls.asking.recipients import chosen_by
from advocacy.errors import Invalid
from advocacy.people.guards import secretariat
from advocacy.web.once import once
from advocacy.web.pages import Web, page, person_of, say, to, typed


async def _page(
    request: Web, *, status: int = 200, form: Mapping[str, str] | None = None, **values: object
) -> Template:
    return page(
        request, "calls/lists.html", status=status, lists=await lists.all_lists(named=True),
        typed=form or {}, longest=lists.LONGEST_NAME, **values,
    )  # fmt: skip


@get("/{lang:str}/lists", guards=[secretariat])
async def all_lists(request: Web) -> Template:
    return await _page(request)


@post("/{lang:str}/lists", guards=[secretariat], status_code=200)
async def keep(request: Web) -> Template | Redirect:
    """Only members are kept; what is not known is named and stays typed."""
    form, now = await typed(request), clock.now()
    codes = call_forms.audience({"codes": form.get("codes", "")}).codes
    known = {each.code for each in (await chosen_by(Audience(codes=codes))).asked} if codes else ()
    unknown = [code for code in codes if code not in known]
    if unknown:
        return await _page(request, status=422, form=form, unknown=unknown)

    async def act() -> str:
        made = await lists.keep(form.get("list_name", ""), codes, by=person_of(request), now=now)
        say(request, texts.gettext("The list is kept: %(name)s") % {"name": made.name})
        return f"/{texts.language()}/lists"

    try:
        return await once(form, act, now=now)
    except Invalid as error:
        return await _page(request, status=422, form=form, problems=error.fields)


@post("/{lang:str}/lists/{number:int}/remove", guards=[secretariat], status_code=303)
async def remove(request: Web, number: FromPath[int]) -> Redirect:
    event = await lists.remove(number, by=person_of(request), now=clock.now())
    say(request, texts.gettext("The list is removed."), undo=event)
    return to("/lists")


handlers = [all_lists, keep, remove]
