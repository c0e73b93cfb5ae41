"""The one page of those who decide, by their letter's link or signed in."""

from collections.abc import Mapping

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template
from markupsafe import Markup

from advocacy import clock, texts
from advocacy.approvals import actions, labels, queries
from advocacy.approvals.rules import Policy, RoundState
from advocacy.approvals.tables import Round
from advocacy.approvals.voting.sheet import Sheet, sheet_of
from advocacy.calls.covering.map import coverage_map
from advocacy.errors import Invalid, NotFound, Outdated
from advocacy.people.guards import house
from advocacy.people.tables import Person
from advocacy.positions import queries as positions
from advocacy.positions.forms import clean
from advocacy.positions.labels import MARKS
from advocacy.templating import address
from advocacy.web.pages import Web, go, page, person_of, to, typed

PUBLIC = {"public": True}  # the link itself is the key


@get("/r/{token:str}", opt=PUBLIC)
async def by_letter(request: Web, token: FromPath[str]) -> Template:
    """Mail scanners open links: this page records nothing, its buttons do."""
    ballot, person = await queries.ballot_by_token(token)
    _speak(request, person)
    held = await queries.round_by_id(ballot.round)
    return await _sheet(request, held, person, action=f"/r/{token}")


@post("/r/{token:str}", opt=PUBLIC, status_code=200)
async def vote_by_letter(request: Web, token: FromPath[str]) -> Template | Redirect:
    ballot, person = await queries.ballot_by_token(token)
    _speak(request, person)
    held = await queries.round_by_id(ballot.round)
    return await _vote(request, held, person, action=f"/r/{token}")


@post("/r/{token:str}/read", opt=PUBLIC, status_code=303)
async def read_by_letter(token: FromPath[str]) -> Redirect:
    ballot, person = await queries.ballot_by_token(token)
    await actions.mark_read(ballot.round, person, now=clock.now())
    return go(f"/r/{token}")


@get("/{lang:str}/p/{number:str}/approve", guards=[house])
async def approve_page(request: Web, number: FromPath[str]) -> Template:
    held = await _latest(number)
    return await _sheet(request, held, person_of(request), action=_approve(number))


@post("/{lang:str}/p/{number:str}/approve", guards=[house], status_code=200)
async def approve(request: Web, number: FromPath[str]) -> Template | Redirect:
    held = await _latest(number)
    return await _vote(request, held, person_of(request), action=_approve(number))


@post(
    "/{lang:str}/p/{number:str}/approve/read",
    guards=[house],
    status_code=303,
)
async def approve_later(request: Web, number: FromPath[str]) -> Redirect:
    held = await _latest(number)
    await actions.mark_read(held.id, person_of(request), now=clock.now())
    return to(f"/p/{number}/approve")


def _approve(number: str) -> str:
    return address(f"/p/{number}/approve")


def _speak(request: Web, person: Person) -> None:
    """The member's language, unless another was chosen in the foot of the page."""
    chosen = request.query_params.get("language", "")
    texts.speak(chosen if chosen in texts.LANGUAGES else person.language)


async def _latest(number: str) -> Round:
    position = await positions.by_number(number)
    held = await queries.latest_round(position.id)
    if held is None:
        raise NotFound("No round has been opened yet")
    return held


async def _sheet(
    request: Web,
    held: Round,
    person: Person,
    *,
    action: str,
    status: int = 200,
    problems: Mapping[str, object] | None = None,
    form: Mapping[str, str] | None = None,
) -> Template:
    now = clock.now()
    sheet = await sheet_of(held, person, language=texts.language(), now=now)
    mine = sheet.ballot_of(person)
    return page(
        request,
        "approvals/approve.html",
        status=status,
        now=now,
        sheet=sheet,
        mine=mine,
        stands_in_for=mine["name"] if mine and mine["person"] != person.id else "",
        map=_map(sheet),
        reader=person,
        action=action,
        policy=labels.POLICIES[Policy(held.policy)],
        labels=labels,
        marks=MARKS,
        may_vote=sheet.result.state is RoundState.OPEN,
        may_think_again=bool(mine and mine["choice"])
        and queries.may_think_again(held, sheet.ground.position)
        and now <= held.ends,
        problems=problems or {},
        typed=form or {},
    )


def _map(sheet: Sheet) -> Markup:
    title = texts.gettext("Who stands behind the text, by country")
    return coverage_map(
        sheet.behind.steps, sheet.behind.places, counts=sheet.behind.counts, title=title
    )


async def _vote(request: Web, held: Round, person: Person, *, action: str) -> Template | Redirect:
    form = await typed(request)
    now = clock.now()
    choice, remark = form.get("choice", ""), clean(form.get("remark", ""))

    try:
        # Not `once`: the same again is nothing, and who goes back and chooses otherwise means it.
        await actions.vote(held.id, person, choice, remark, form.get("text_hash", ""), now=now)
        return go(action)
    except Invalid as error:
        return await _sheet(
            request, held, person, action=action, status=422, problems=error.fields, form=form
        )
    except Outdated as error:
        title = texts.translate(error.message)
        return page(
            request,
            "shared/error.html",
            status=409,
            code=409,
            title=title,
            error=error,
            again=action,
        )


handlers = [
    by_letter,
    vote_by_letter,
    read_by_letter,
    approve_page,
    approve,
    approve_later,
]
