"""The fate of each ask, for everybody; the secretariat keeps it."""

from collections.abc import Mapping

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.errors import Invalid, NotFound
from advocacy.outcomes import actions, forms, labels, queries
from advocacy.outcomes.queries import Evidence, Followed
from advocacy.people.guards import secretariat
from advocacy.people.rules import Role
from advocacy.positions.rules import READERS
from advocacy.templating import address
from advocacy.web.once import once
from advocacy.web.pages import Web, page, person_of, say, typed


@get("/{lang:str}/p/{number:str}/outcome", opt={"public": True})
async def outcome_page(request: Web, number: FromPath[str]) -> Template:
    return await _outcome(request, number)


async def _outcome(
    request: Web,
    number: str,
    *,
    status: int = 200,
    problems: Mapping[str, object] | None = None,
    form: Mapping[str, str] | None = None,
) -> Template:
    """What has not been handed in is nothing the public may know of."""
    found = await queries.followed(number, texts.language())
    role = request.user.role if request.user else None
    if found is None and role not in READERS:
        raise NotFound("There is no such position")
    may_change = found is not None and role == Role.SECRETARIAT
    return page(
        request,
        "outcomes/outcome.html",
        status=status,
        number=number,
        found=found,
        labels=labels,
        may_change=may_change,
        offered=await _offered(found) if found and may_change else {},
        problems=problems or {},
        typed=form or {},
    )


async def _offered(found: Followed) -> dict[int, list[Evidence]]:
    known = await queries.evidence(found.ground.dossier.id)
    return {row.number: queries.offered(row.text, found.language, known) for row in found.rows}


@post("/{lang:str}/p/{number:str}/outcome/{ask:int}", guards=[secretariat], status_code=200)
async def set_outcome(
    request: Web, number: FromPath[str], ask: FromPath[int]
) -> Template | Redirect:
    form, now, by = await typed(request), clock.now(), person_of(request)
    found = await _handed_in(number)
    try:
        new = forms.new_outcome(form, ask)

        async def act() -> str:
            event = await actions.set_outcome(
                found.submission.id, ask, new.fate, new.quotation,
                entry=new.entry, decided=new.decided, review=new.review, seen=new.seen,
                by=by, now=now,
            )  # fmt: skip
            say(request, texts.gettext("The outcome is kept."), undo=event)
            return f"{address(f'/p/{number}/outcome')}#ask-{ask}"

        return await once(form, act, now=now)
    except Invalid as error:
        return await _outcome(request, number, status=422, problems=error.fields, form=form)


async def _handed_in(number: str) -> Followed:
    found = await queries.followed(number, texts.language())
    if found is None:
        raise NotFound("Nothing has been handed in yet")
    return found


handlers = [outcome_page, set_outcome]
