"""Handlers: propose other words for a place of the draft, or remark on it; the list of both."""

from collections.abc import Mapping
from typing import Any  # a page's values are what its template shows

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.dossiers.deadlines.instants import Wrong, retyped, typed_day
from advocacy.errors import Invalid
from advocacy.people.guards import house, secretariat
from advocacy.positions import forms, labels, queries, rules
from advocacy.positions.handlers.looking import readable
from advocacy.positions.proposing import actions, checking
from advocacy.positions.proposing import queries as proposing
from advocacy.positions.proposing.wanted import Spot, spot, wanted
from advocacy.positions.rules import ProposalSource
from advocacy.positions.tables import Position
from advocacy.templating import address
from advocacy.web.once import once
from advocacy.web.pages import Web, page, person_of, say, to, typed


@get("/{lang:str}/p/{number:str}/propose/{key:str}", guards=[house])
async def propose_page(request: Web, number: FromPath[str], key: FromPath[str]) -> Template:
    position, version = await readable(number, request.user)
    rules.check_edit(position.state)
    there = spot(queries.draft_of(version), key)
    return await _form(request, number, position, there, version.number)


async def _form(
    request: Web,
    number: str,
    position: Position,
    there: Spot,
    version: int,
    *,
    status: int = 200,
    problems: Mapping[str, Any] | None = None,
    form: forms.Typed | None = None,
) -> Template:
    board = await proposing.board(position)
    known = next((each for each in board.places if each.key == there.key), None)
    return page(
        request,
        "positions/propose.html",
        status=status,
        by_link=False,
        number=number,
        position=position,
        text_language=position.language,
        spot=there,
        version=version,
        known=known,
        labels=labels,
        action=address(f"/p/{number}/propose/{there.path}"),
        back=address(f"/p/{number}"),
        problems=problems or {},
        typed=form or {},
    )


@post("/{lang:str}/p/{number:str}/propose/{key:str}", guards=[house], status_code=200)
async def propose(request: Web, number: FromPath[str], key: FromPath[str]) -> Template | Redirect:
    """`do`: "propose", or "remark" for a word about it without other words for it."""
    form, by, now = await typed(request), person_of(request), clock.now()
    position, current = await readable(number, by)
    read = forms.number(form.get("version", ""), default=current.number)
    version = current if read == current.number else await queries.version(position.id, read)
    there = spot(queries.draft_of(version), key)
    who: dict[str, Any] = {"version": version.number, "author": by.name, "by": by, "now": now}

    async def act() -> str:
        if form.get("do") == "remark":
            await actions.remark(
                position.id, there.key, form.get("remark", ""), language=texts.language(), **who
            )
            say(request, texts.gettext("The secretariat reads your remark."))
        else:
            await actions.propose(
                position.id, there.key, wanted(there, form.get("text", "")), before=there.words,
                after=there.after, reason=form.get("reason", ""), source=ProposalSource.PAGE,
                language=position.language, **who,
            )  # fmt: skip
            say(request, texts.gettext("The secretariat answers your proposal."))
        return address(f"/p/{number}/proposals")

    try:
        return await once(form, act, now=now)
    except Invalid as error:
        return await _form(
            request, number, position, there, version.number,
            status=422, problems=error.fields, form=form,
        )  # fmt: skip


@get("/{lang:str}/p/{number:str}/proposals", guards=[house])
async def proposals(request: Web, number: FromPath[str]) -> Template:
    position, _ = await readable(number, request.user)
    return await _board(request, number, position)


async def _board(
    request: Web,
    number: str,
    position: Position,
    *,
    status: int = 200,
    problems: Mapping[str, Any] | None = None,
    form: forms.Typed | None = None,
) -> Template:
    now, person = clock.now(), person_of(request)
    zone = await checking.zone_of(position.dossier)
    answers = rules.may_edit(person.role, position.state)
    return page(
        request,
        "positions/proposals.html",
        status=status,
        number=number,
        position=position,
        board=await proposing.board(position),
        labels=labels,
        answers=answers,
        may_propose=position.state != rules.PositionState.SUBMITTED,
        asked=len(await checking.asked(position.dossier)) if answers else 0,
        zone=zone,
        checks=position.members_until is not None and position.members_until > now,
        until=_last_end(position, zone),
        problems=problems or {},
        typed=form or {},
        now=now,
    )


def _last_end(position: Position, zone: str) -> str:
    """The last end, if there was one."""
    return retyped(position.members_until, zone, "exact") if position.members_until else ""


@post(
    "/{lang:str}/p/{number:str}/proposal/{proposal:int}/withdraw", guards=[house], status_code=303
)
async def withdraw(request: Web, number: FromPath[str], proposal: FromPath[int]) -> Redirect:
    form, by, now = await typed(request), person_of(request), clock.now()

    async def act() -> str:
        await actions.withdraw(proposal, by=by, now=now)
        say(request, texts.gettext("The proposal is withdrawn."))
        return address(f"/p/{number}/proposals")

    return await once(form, act, now=now)


@post("/{lang:str}/p/{number:str}/remark/{remark:int}", guards=[secretariat], status_code=200)
async def settle(request: Web, number: FromPath[str], remark: FromPath[int]) -> Template | Redirect:
    form, by, now = await typed(request), person_of(request), clock.now()
    position, _ = await readable(number, by)

    async def act() -> str:
        await actions.settle(remark, form.get(f"answer-{remark}", ""), by=by, now=now)
        say(request, texts.gettext("The remark is answered."))
        return address(f"/p/{number}/proposals")

    try:
        return await once(form, act, now=now)
    except Invalid as error:
        return await _board(request, number, position, status=422, problems=error.fields, form=form)


@post("/{lang:str}/p/{number:str}/check", guards=[secretariat], status_code=200)
async def show(request: Web, number: FromPath[str]) -> Template | Redirect:
    """The draft is put before the municipalities that answered."""
    form, by, now = await typed(request), person_of(request), clock.now()
    position, _ = await readable(number, by)
    zone = await checking.zone_of(position.dossier)

    async def act() -> str:
        try:
            until = typed_day(form.get("until", ""), zone=zone, now=now)
        except Wrong as error:
            raise Invalid({"until": error.message}) from None
        event = await actions.show(position.id, until, by=by, now=now)
        text = texts.gettext("The municipalities can read the draft. Letters leave in ten minutes.")
        say(request, text, undo=event)
        return address(f"/p/{number}/proposals")

    try:
        return await once(form, act, now=now)
    except Invalid as error:
        return await _board(request, number, position, status=422, problems=error.fields, form=form)


@post("/{lang:str}/p/{number:str}/check/close", guards=[secretariat], status_code=303)
async def close(request: Web, number: FromPath[str]) -> Redirect:
    position = await queries.by_number(number)
    await actions.close(position.id, by=person_of(request), now=clock.now())
    say(request, texts.gettext("The municipalities can no longer change anything."))
    return to(f"/p/{number}/proposals")


handlers = [propose_page, propose, proposals, withdraw, settle, show, close]
