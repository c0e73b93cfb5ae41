"""The letters to the municipalities: as they will be read, held, stopped, sent."""

from dataclasses import replace

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.approvals import queries as rounds
from advocacy.errors import NotFound
from advocacy.municipalities.rules import Rhythm
from advocacy.outcomes import actions, labels, queries
from advocacy.outcomes.queries import Followed
from advocacy.outcomes.rules import Fate, Occasion
from advocacy.outcomes.telling import holding
from advocacy.outcomes.telling.holding import LettersOf
from advocacy.outcomes.telling.reports import Report, reports_of
from advocacy.people.guards import secretariat
from advocacy.positions import queries as positions
from advocacy.settings import settings
from advocacy.templating import address
from advocacy.web.once import once
from advocacy.web.pages import Web, page, person_of, say, to, typed

PATHS = {Occasion.SUBMITTED: "report-back", Occasion.OUTCOME: "report-outcome"}


@get("/{lang:str}/p/{number:str}/report-back", guards=[secretariat])
async def on_submission(request: Web, number: FromPath[str]) -> Template:
    return await _preview(request, number, Occasion.SUBMITTED)


@get("/{lang:str}/p/{number:str}/report-outcome", guards=[secretariat])
async def on_outcome(request: Web, number: FromPath[str]) -> Template:
    return await _preview(request, number, Occasion.OUTCOME)


async def _preview(request: Web, number: str, occasion: Occasion) -> Template:
    """What would leave, to whom; one letter of each language as it will be read."""
    found = await queries.followed(number, texts.language())
    if found is None:
        ground = await rounds.ground_of(await positions.by_number(number))
        return page(request, "outcomes/report_back.html", found=None, ground=ground)
    reports = await reports_of(found.ground)
    told = await queries.reported(found.submission.id) if occasion is Occasion.SUBMITTED else set()
    letters = LettersOf(found.submission, found.ground, occasion)
    first = {each.language: each for each in reversed(reports)}
    waiting = await holding.held(found.submission.id)
    return page(
        request,
        "outcomes/report_back.html",
        found=found,
        ground=found.ground,
        occasion=occasion,
        other=next(each for each in Occasion if each is not occasion),
        paths=PATHS,
        labels=labels,
        reports=reports,
        told=told,
        held=waiting,
        known=any(row.fate is not Fate.OPEN for row in found.rows),
        ahead=await holding.reports_ahead(found.submission, found.ground, occasion),
        declined=[each for each in reports if each.email and each.rhythm is Rhythm.NEVER],
        unreachable=[each for each in reports if not each.email],
        letters=[await letters.letter(_without_link(each)) for each in first.values()],
    )


def _without_link(report: Report) -> Report:
    """Who has the link is the municipality: nobody else sees it, in a preview neither."""
    return replace(report, link=f"{settings().base_url}/a/…", contact_id=0)


@post("/{lang:str}/p/{number:str}/report-back", guards=[secretariat], status_code=303)
async def tell_submission(request: Web, number: FromPath[str]) -> Redirect:
    return await _tell(request, number, Occasion.SUBMITTED)


@post("/{lang:str}/p/{number:str}/report-outcome", guards=[secretariat], status_code=303)
async def tell_outcome(request: Web, number: FromPath[str]) -> Redirect:
    return await _tell(request, number, Occasion.OUTCOME)


async def _tell(request: Web, number: str, occasion: Occasion) -> Redirect:
    form, now, by = await typed(request), clock.now(), person_of(request)
    found = await _handed_in(number)

    async def act() -> str:
        telling = await actions.tell(found.submission.id, occasion, by=by, now=now)
        text = texts.ngettext(
            "%(num)s letter leaves in ten minutes.",
            "%(num)s letters leave in ten minutes.",
            telling.letters,
        )
        say(request, text % {"num": telling.letters})
        return address(f"/p/{number}/{PATHS[occasion]}")

    return await once(form, act, now=now)


async def _handed_in(number: str) -> Followed:
    found = await queries.followed(number, texts.language())
    if found is None:
        raise NotFound("Nothing has been handed in yet")
    return found


@post("/{lang:str}/p/{number:str}/letters/{do:str}", guards=[secretariat], status_code=303)
async def change_held(request: Web, number: FromPath[str], do: FromPath[str]) -> Redirect:
    """Stop the letters that wait, or send them now."""
    now, by = clock.now(), person_of(request)
    found = await _handed_in(number)
    telling = await holding.held(found.submission.id)
    if telling is None or do not in {"stop", "send"}:
        raise NotFound("No letters wait here")
    occasion = Occasion(telling.occasion)
    if do == "stop":
        await actions.stop(telling.id, by=by, now=now)
        say(request, texts.gettext("The letters are stopped. Nothing has left."))
    else:
        count = await actions.send_now(telling.id, now=now)
        text = texts.ngettext(
            "%(num)s letter is on its way.", "%(num)s letters are on their way.", count
        )
        say(request, text % {"num": count})
    return to(f"/p/{number}/{PATHS[occasion]}")


handlers = [on_submission, on_outcome, tell_submission, tell_outcome, change_held]
