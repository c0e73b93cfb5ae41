"""The check before it leaves, the files, the hand-in; the board of hours."""

from collections.abc import Mapping
from urllib.parse import quote

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.approvals.labels import KINDS as ROUND_KINDS
from advocacy.approvals.labels import LABELS as ROUND_LABELS
from advocacy.approvals.rules import RoundState
from advocacy.errors import Invalid, NotFound, Outdated
from advocacy.people.guards import house, requires, secretariat
from advocacy.people.rules import Role
from advocacy.positions.forms import clean
from advocacy.positions.labels import STATES
from advocacy.submissions import actions, forms, labels, queries, rules
from advocacy.submissions.queries import Check
from advocacy.templating import address
from advocacy.web.once import once
from advocacy.web.pages import Web, page, person_of, say, to, typed

LARGEST_ID = 2**31 - 1


@get("/{lang:str}/submissions", guards=[house])
async def board(request: Web) -> Template:
    after = queries.number_typed(request.query_params.get("after", ""))
    waiting = await queries.waiting(after=after)
    now = clock.now()
    return page(
        request,
        "submissions/board.html",
        now=now,
        waiting=[row | {"hours": rules.hours_left(row["closes"], now)} for row in waiting],
        further=waiting[-1]["number"] if len(waiting) == queries.PAGE else "",
        gone_out=await queries.gone_out(),
        states=STATES,
        labels=labels,
    )


@get("/{lang:str}/p/{number:str}/submit", guards=[secretariat])
async def check_page(request: Web, number: FromPath[str]) -> Template:
    return await _check(request, number)


async def _check(
    request: Web,
    number: str,
    *,
    status: int = 200,
    problems: Mapping[str, object] | None = None,
    form: Mapping[str, str] | None = None,
) -> Template:
    now = clock.now()
    check = await queries.check_of(number, language=texts.language(), now=now)
    return page(
        request,
        "submissions/submit.html",
        status=status,
        now=now,
        check=check,
        adopted=check.held is not None and check.held.state == RoundState.ADOPTED,
        round_label=ROUND_LABELS[RoundState(check.held.state)] if check.held else None,
        round_kind=ROUND_KINDS[RoundState(check.held.state)] if check.held else "",
        labels=labels,
        problems=problems or {},
        typed=form or {},
    )


@post("/{lang:str}/p/{number:str}/submit/prepare", guards=[secretariat], status_code=200)
async def prepare(request: Web, number: FromPath[str]) -> Template | Redirect:
    form, now, by = await typed(request), clock.now(), person_of(request)
    check = await queries.check_of(number, language=texts.language(), now=now)
    if check.held is None:
        raise Outdated("There is no adopted round on this text")
    try:
        wanted = forms.preparation(form)
        await actions.prepare(
            check.held.id, channel=wanted.channel, language=wanted.language, by=by, now=now
        )
    except Invalid as error:
        return await _check(request, number, status=422, problems=error.fields, form=form)
    say(request, texts.gettext("The files are made. Please open each before it leaves."))
    return to(f"/p/{number}/submit")


@post("/{lang:str}/p/{number:str}/submit", guards=[secretariat], status_code=200)
async def hand_in(request: Web, number: FromPath[str]) -> Template | Redirect:
    form, now, by = await typed(request), clock.now(), person_of(request)
    check = await queries.check_of(number, language=texts.language(), now=now)
    submission = _prepared(check)
    try:
        given = forms.hand_in(form, zone=check.ground.zone)

        async def act() -> str:
            await actions.hand_in(submission, receipt=given.receipt, at=given.at, by=by, now=now)
            say(request, texts.gettext("It is recorded as handed in."))
            return address(f"/p/{number}/submit")

        return await once(form, act, now=now)
    except Invalid as error:
        return await _check(request, number, status=422, problems=error.fields, form=form)


def _prepared(check: Check) -> int:
    if check.submission is None:
        raise Outdated("Make the files first")
    return check.submission.id


@post("/{lang:str}/p/{number:str}/submit/receipt", guards=[secretariat], status_code=200)
async def record_receipt(request: Web, number: FromPath[str]) -> Template | Redirect:
    form, now, by = await typed(request), clock.now(), person_of(request)
    check = await queries.check_of(number, language=texts.language(), now=now)
    try:
        await actions.record_receipt(
            _prepared(check), clean(form.get("receipt", "")), by=by, now=now
        )
    except Invalid as error:
        return await _check(request, number, status=422, problems=error.fields, form=form)
    say(request, texts.gettext("The receipt is kept."))
    return to(f"/p/{number}/submit")


@get(
    "/{lang:str}/s/{submission:int}/{name:str}",
    guards=[requires(Role.SECRETARIAT, Role.PRESIDENCY)],
)
async def file(submission: FromPath[int], name: FromPath[str]) -> Response[bytes]:
    if not 0 < submission <= LARGEST_ID or not name.isprintable():
        raise NotFound("There is no such file")
    found = await queries.file_named(submission, name)
    return Response(
        found.content,
        media_type=found.media_type,
        headers={
            "content-disposition": disposition(found.name),
            "x-content-type-options": "nosniff",
        },
    )


def disposition(name: str) -> str:
    """RFC 6266, 4.1: a plain name for all, the exact one (RFC 8187) for who reads it."""
    plain = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in name[:-5])
    plain += name[-5:].encode("ascii", "replace").decode().replace('"', "-")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


handlers = [board, check_page, prepare, hand_in, record_receipt, file]
