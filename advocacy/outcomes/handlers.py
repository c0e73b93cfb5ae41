"""The fate of each ask, for everybody; the report-back, before and after it leaves."""

from collections.abc import Mapping
from dataclasses import replace

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.approvals import queries as rounds
from advocacy.errors import Invalid, NotFound
from advocacy.municipalities.rules import Rhythm
from advocacy.outcomes import actions, forms, labels, mails, queries
from advocacy.outcomes.queries import Followed
from advocacy.outcomes.reports import Report, reports_of
from advocacy.people.guards import secretariat
from advocacy.people.rules import Role
from advocacy.positions import queries as positions
from advocacy.positions.rules import READERS
from advocacy.settings import settings
from advocacy.templating import address
from advocacy.web.once import once
from advocacy.web.pages import Web, page, person_of, say, typed

PREVIEWED = 3  # letters shown whole


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
        evidence=await queries.evidence(found.ground.dossier.id) if found and may_change else [],
        problems=problems or {},
        typed=form or {},
    )


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
                entry=new.entry, decided=new.decided, seen=new.seen, by=by, now=now,
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


@get("/{lang:str}/p/{number:str}/report-back", guards=[secretariat])
async def preview(request: Web, number: FromPath[str]) -> Template:
    """What would leave, to whom; the first letters as they will be read."""
    position = await positions.by_number(number)
    ground = await rounds.ground_of(position)
    found = await queries.followed(number, texts.language())
    if found is None:
        return page(request, "outcomes/report_back.html", found=None, ground=ground)
    reports = await reports_of(found.ground)
    told = await queries.reported(found.submission.id)
    return page(
        request,
        "outcomes/report_back.html",
        found=found,
        ground=found.ground,
        reports=reports,
        told=told,
        ahead=[
            each
            for each in reports
            if each.email and each.rhythm is not Rhythm.NEVER and each.invitation not in told
        ],
        declined=[each for each in reports if each.email and each.rhythm is Rhythm.NEVER],
        unreachable=[each for each in reports if not each.email],
        letters=[
            mails.report_back(
                _without_link(each),
                submission=found.submission,
                ground=found.ground,
                title=title,
                body=body,
            )
            for each in reports[:PREVIEWED]
            for title, body in [await actions.title_in(found.ground, each.language)]
        ],
    )


def _without_link(report: Report) -> Report:
    """Who has the link is the municipality: nobody else sees it, in a preview neither."""
    return replace(report, link=f"{settings().base_url}/a/…", contact_id=0)


@post("/{lang:str}/p/{number:str}/report-back", guards=[secretariat], status_code=303)
async def report_back(request: Web, number: FromPath[str]) -> Redirect:
    form, now, by = await typed(request), clock.now(), person_of(request)
    found = await _handed_in(number)

    async def act() -> str:
        count = await actions.report_back(found.submission.id, by=by, now=now)
        text = texts.ngettext(
            "%(num)s letter is on its way.", "%(num)s letters are on their way.", count
        )
        say(request, text % {"num": count})
        return address(f"/p/{number}/report-back")

    return await once(form, act, now=now)


handlers = [outcome_page, set_outcome, preview, report_back]
