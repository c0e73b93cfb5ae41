"""What needs me now, and all dates ahead."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any  # values of a page

from litestar import get
from litestar.response import Template

from advocacy import clock, texts
from advocacy.calls.coverage import coverage
from advocacy.calls.map import coverage_map
from advocacy.overview import agenda, coordinator, presidency, secretariat
from advocacy.overview.greeting import count_in_words, greeting
from advocacy.overview.participation import CallRow, open_ones, working_calls
from advocacy.overview.rules import MOST, Need
from advocacy.overview.timeline import drawn
from advocacy.overview.windows import OFFICE_ZONE, OpenWindow, open_windows, periods
from advocacy.people.guards import house, signed_in
from advocacy.people.rules import STAFF, Role
from advocacy.people.tables import Person
from advocacy.web.pages import Web, page, person_of


@get("/{lang:str}/now", guards=[signed_in])
async def now_page(request: Web) -> Template:
    person, now = person_of(request), clock.now()
    hello = greeting(person.name, now=now, zone=OFFICE_ZONE)
    if person.role == Role.MUNICIPALITY:
        return page(request, "overview/member.html", greeting=hello)
    countries = coordinator.countries_of(person) if person.role == Role.COORDINATOR else ()
    windows, calls = await open_windows(countries=countries), await working_calls()
    needs = await needs_of(person, windows, calls, now=now)
    running = open_ones(calls)
    return page(
        request,
        "overview/now.html",
        greeting=hello,
        count=count_in_words(len(needs)),
        needs=needs[:MOST],
        further=len(needs) - MOST,
        waiting=await secretariat.waiting(calls) if person.role == Role.SECRETARIAT else [],
        **await _participation(running if person.role in STAFF else []),
        timeline=drawn(periods(windows), now=now, zone=OFFICE_ZONE),
        dates=await agenda.dates(windows, calls, now=now),
        zone=OFFICE_ZONE,
        now=now,
    )


async def _participation(running: Sequence[CallRow]) -> dict[str, Any]:
    """The most urgent call and its map."""
    if not running:
        return {"call": None, "map": ""}
    call = running[0]
    known = await coverage(call.id)
    drawing = coverage_map(
        {share.key: share.step for share in known.countries},
        known.places,
        counts={share.key: f"{share.answered}/{share.asked}" for share in known.countries},
        title=texts.gettext("Answers by country; the same stands in the table"),
    )
    return {"call": call, "map": drawing}


async def needs_of(
    person: Person, windows: Sequence[OpenWindow], calls: Sequence[CallRow], *, now: datetime
) -> list[Need]:
    if person.role == Role.SECRETARIAT:
        return await secretariat.needs(windows, calls, now=now)
    if person.role == Role.COORDINATOR:
        return await coordinator.needs(person, windows, calls)
    return await presidency.needs(person, now=now)


@get("/{lang:str}/deadlines", guards=[house])
async def deadlines_page(request: Web) -> Template:
    now = clock.now()
    windows = await open_windows()
    dates = await agenda.dates(windows, await working_calls(), now=now)
    return page(
        request,
        "overview/deadlines.html",
        weeks=agenda.by_week(dates),
        timeline=drawn(periods(windows), now=now, zone=OFFICE_ZONE),
        dates=dates,
        now=now,
    )


handlers = [now_page, deadlines_page]
