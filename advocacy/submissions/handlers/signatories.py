"""Who signs beside the network: the list, for the secretariat."""

from collections.abc import Mapping

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.approvals import queries as rounds
from advocacy.errors import Invalid, NotFound
from advocacy.people.guards import secretariat
from advocacy.positions import queries as positions
from advocacy.submissions import actions, forms, labels, queries
from advocacy.submissions.rules import HANDED_IN
from advocacy.submissions.signing import signed
from advocacy.templating import address
from advocacy.web.once import once
from advocacy.web.pages import Web, page, person_of, say, to, typed

LARGEST_ID = 2**31 - 1


@get("/{lang:str}/p/{number:str}/signatories", guards=[secretariat])
async def signatories_page(request: Web, number: FromPath[str]) -> Template:
    return await _list(request, number)


async def _list(
    request: Web,
    number: str,
    *,
    status: int = 200,
    problems: Mapping[str, object] | None = None,
    form: Mapping[str, str] | None = None,
) -> Template:
    position = await positions.by_number(number)
    held = await rounds.last_opened(position.id)
    ground = await rounds.ground_of(position, version=held.version if held else None)
    submission = await queries.of_round(held.id) if held else None
    return page(
        request,
        "submissions/signatories.html",
        status=status,
        number=number,
        ground=ground,
        held=held,
        rows=await signed.of_position(position.id),
        has_left=submission is not None and submission.state in HANDED_IN,
        labels=labels,
        problems=problems or {},
        typed=form or {},
    )


@post("/{lang:str}/p/{number:str}/signatories", guards=[secretariat], status_code=200)
async def add(request: Web, number: FromPath[str]) -> Template | Redirect:
    form, now, by = await typed(request), clock.now(), person_of(request)
    position = await positions.by_number(number)
    try:
        new = forms.signatory(form)

        async def act() -> str:
            await actions.add(position.id, new, by=by, now=now)
            asked = texts.gettext("It is asked by letter.")
            say(request, asked if new.email else texts.gettext("It is on the list."))
            return address(f"/p/{number}/signatories")

        return await once(form, act, now=now)
    except Invalid as error:
        return await _list(request, number, status=422, problems=error.fields, form=form)


@post(
    "/{lang:str}/p/{number:str}/signatories/{signatory:int}",
    guards=[secretariat],
    status_code=303,
)
async def change(request: Web, number: FromPath[str], signatory: FromPath[int]) -> Redirect:
    """Two buttons: again, for the text as it is now; off the list."""
    form, now, by = await typed(request), clock.now(), person_of(request)
    position = await positions.by_number(number)
    if not 0 < signatory <= LARGEST_ID:
        raise NotFound("There is no such signatory")
    row = await signed.by_id(signatory)
    if row.position != position.id:
        raise NotFound("There is no such signatory")
    if form.get("act") == "off":
        await actions.take_off(row.id, by=by, now=now)
        say(request, texts.gettext("It is off the list."))
    else:
        await actions.ask_again(row.id, by=by, now=now)
        say(request, texts.gettext("It counts for the text as it is now, or is asked for it."))
    return to(f"/p/{number}/signatories")


handlers = [signatories_page, add, change]
