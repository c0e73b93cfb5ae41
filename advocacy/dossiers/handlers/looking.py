"""The list of dossiers, one dossier, its calendar."""

import hmac
import json
from typing import Any  # a page's values are what its template shows

from litestar import Response, get
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.calls.queries import of_dossier as calls_of  # looks ahead, only to read
from advocacy.dossiers import labels, planning, queries, rules
from advocacy.dossiers.calendar import calendar
from advocacy.dossiers.dates import events_of
from advocacy.dossiers.forms import number_in
from advocacy.dossiers.rules import DeadlineState, Station
from advocacy.dossiers.tables import Dossier, Milestone, Window
from advocacy.errors import NotFound
from advocacy.history import queries as history
from advocacy.people.guards import house
from advocacy.people.rules import COUNTRIES
from advocacy.people.tokens import derived_token
from advocacy.positions import queries as positions  # looks ahead, only to read
from advocacy.settings import settings
from advocacy.triage.forms import identity, one_line
from advocacy.web.pages import Web, page, to
from feeds.reading.topics import TOPICS

CALENDAR = "calendar/dossier"


async def found(ref: str) -> Dossier:
    """By 2026-014 or 2026-014-any-words."""
    number = number_in(ref)
    if number is None:
        raise NotFound(queries.NOT_THERE)
    return await queries.by_number(number)


@get("/{lang:str}/dossiers", guards=[house])
async def dossiers(request: Web) -> Template | Redirect:
    asked = request.query_params
    search = one_line(asked.get("q", ""))[:200]
    if number := number_in(search):
        return to(f"/d/{number}")
    chosen = {
        "station": asked.get("station", "") if asked.get("station") in set(Station) else "",
        "country": asked.get("country", "") if asked.get("country") in COUNTRIES else "",
        "topic": asked.get("topic", "") if asked.get("topic") in TOPICS else "",
    }
    rows = await queries.listed(
        **chosen, search=search, language=texts.language(), now=clock.now(),
        before=identity(asked.get("before", "")),
    )  # fmt: skip
    return page(
        request, "dossiers/list.html", rows=rows[: queries.PAGE], more=len(rows) > queries.PAGE,
        chosen=chosen, search=search, labels=labels, countries=COUNTRIES, topics=topic_choices(),
    )  # fmt: skip


def topic_choices() -> list[tuple[str, str]]:
    """Keys and names, by name."""
    language = texts.language()
    return sorted(
        ((key, labels.topic_name(key, language)) for key in TOPICS), key=lambda each: each[1]
    )


@get("/{lang:str}/d/{ref:str}", guards=[house])
async def dossier_page(request: Web, ref: FromPath[str]) -> Template:
    dossier = await found(ref)
    now = clock.now()
    windows = await queries.windows_of(dossier.id)
    milestones = await queries.milestones_of([window.id for window in windows])
    body, procedure, lead = await queries.facts_of(dossier)
    sources = await queries.sources_of(dossier.id)
    before = identity(request.query_params.get("before", ""))
    events = await history.of_dossier(dossier.id, before=before)
    language = texts.language()
    token = derived_token(CALENDAR, dossier.id)
    return page(
        request,
        "dossiers/dossier.html",
        now=now,
        dossier=dossier,
        names={
            "body": queries.body_name(body, language) if body else "",
            "procedure": queries.body_name(procedure, language) if procedure else "",
            "lead": lead,
            "topics": [
                labels.topic_name(key, language) for key in dossier.topics.split(",") if key
            ],
        },
        trail=_trail(dossier),
        signs=_signs(windows, milestones, now),
        windows=[_shown(each, milestones, dossier) for each in windows],
        sources=sources,
        contradictions=queries.contradictions(sources, windows, now=now),
        calls=await calls_of(dossier.id),
        position=await positions.of_dossier(dossier.id),
        events=[each | _told(json.loads(each["details"])) for each in events],
        more=len(events) == history.PAGE,
        calendar=f"{settings().base_url}/cal/d/{dossier.number}/{token}.ics",
        labels=labels,
        rules=rules,
        station=Station(dossier.station),
    )


def _told(details: dict[str, Any]) -> dict[str, str]:
    """Of the details of an event of any room, what a reader wants to know."""
    before, reason = details.get("before"), details.get("reason")
    closes = before.get("closes") if isinstance(before, dict) else None
    return {
        "before": closes[: len("2026-12-14")] if isinstance(closes, str) else "",
        "reason": reason if isinstance(reason, str) else "",
    }


def _trail(dossier: Dossier) -> list[tuple[str, str]]:
    """On the trail there is room for one word."""
    names = {
        "captured": texts.pgettext("station", "Captured"),
        Station.OPENED: texts.pgettext("station", "Opened"),
        Station.CALL: texts.pgettext("station", "Call"),
        Station.DRAFT: texts.pgettext("station", "Draft"),
        Station.APPROVAL: texts.pgettext("station", "Approval"),
        Station.SUBMITTED: texts.pgettext("station", "Submitted"),
        Station.RESULT: texts.pgettext("station", "Result"),
    }
    return [(names[stop], state) for stop, state in rules.trail(Station(dossier.station))]


def _signs(windows: list[Window], milestones: list[Milestone], now: Any) -> dict[str, Any]:
    """The next deadline of a body, and the next date of our own."""
    ahead = sorted((each for each in windows if each.closes > now), key=lambda each: each.closes)
    own = [each for each in milestones if each.due > now and each.met is None]
    zones = {window.id: window.zone for window in windows}
    return {
        "external": ahead[0] if ahead else None,
        "internal": own[0] if own else None,
        "zone": zones[own[0].window] if own else "",
    }


def _shown(window: Window, milestones: list[Milestone], dossier: Dossier) -> dict[str, Any]:
    """A window as its section of the page shows it; the plan as it was when it was made."""
    own = [each for each in milestones if each.window == window.id]
    plan = planning.plan_of(window, queries.countries_of(dossier), now=window.changed)
    fast = any(each.kind == "core_position" for each in own)
    return {
        "window": window,
        "state": DeadlineState(window.state),
        "milestones": [(each, planning.arithmetic(each.reason)) for each in own],
        "warnings": [] if fast else planning.warnings(plan),
        "fast_lane": bool(plan.fast_lane) and not fast,
        "may_confirm": DeadlineState.CONFIRMED
        in rules.DEADLINE_ALLOWED[DeadlineState(window.state)],
        "may_move": DeadlineState.MOVED in rules.DEADLINE_ALLOWED[DeadlineState(window.state)],
    }


@get("/cal/d/{number:str}/{file:str}", opt={"public": True})
async def dossier_calendar(number: FromPath[str], file: FromPath[str]) -> Response[bytes]:
    """The address is the key: whoever has it may read the dates, and nothing else."""
    dossier = await found(number)
    expected = f"{derived_token(CALENDAR, dossier.id)}.ics"
    if not hmac.compare_digest(file.encode(), expected.encode()):
        raise NotFound(queries.NOT_THERE)
    content = calendar(f"{dossier.number} {dossier.title}", await events_of(dossier))
    headers = {"cache-control": "private, max-age=600"}
    return Response(content, media_type="text/calendar; charset=utf-8", headers=headers)


handlers = [dossiers, dossier_page, dossier_calendar]
