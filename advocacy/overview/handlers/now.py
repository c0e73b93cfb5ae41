"""What needs me now."""

from collections.abc import Sequence
from typing import Any  # values of a page

from litestar import get
from litestar.response import Template

from advocacy import clock, texts
from advocacy.calls.covering.coverage import coverage
from advocacy.calls.covering.map import map_of
from advocacy.dossiers.labels import station_trail
from advocacy.dossiers.rules import Station
from advocacy.overview import agenda, coordinator
from advocacy.overview.greeting import count_in_words, greeting
from advocacy.overview.information import notes_for, own_dossiers
from advocacy.overview.needs import desk_of
from advocacy.overview.participation import CallRow, open_ones, working_calls
from advocacy.overview.rules import MOST
from advocacy.overview.timeline import drawn
from advocacy.overview.windows import OFFICE_ZONE, open_windows, periods
from advocacy.people.guards import signed_in
from advocacy.people.rules import STAFF, Role
from advocacy.web.pages import Web, page, person_of


@get("/{lang:str}/now", guards=[signed_in])
async def now_page(request: Web) -> Template:
    person, now = person_of(request), clock.now()
    hello = greeting(person.name, now=now, zone=OFFICE_ZONE)
    if person.role == Role.MUNICIPALITY:
        return page(request, "overview/member.html", greeting=hello)
    countries = coordinator.countries_of(person) if person.role == Role.COORDINATOR else ()
    windows, calls = await open_windows(countries=countries), await working_calls()
    desk = await desk_of(person, windows, calls, now=now)
    every = "all" in request.query_params
    running = open_ones(calls)
    return page(
        request,
        "overview/now.html",
        greeting=hello,
        count=count_in_words(len(desk.needs)),
        needs=desk.needs if every else desk.needs[:MOST],
        all_needs=len(desk.needs),
        waiting=desk.waiting,
        notes=await notes_for(person, countries, now=now),
        own=[(each, station_trail(Station(each.station))) for each in await own_dossiers(person)],
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
    drawing = map_of(
        await coverage(call.id),
        title=texts.gettext("Answers by country; the same stands in the table"),
    )
    return {"call": call, "map": drawing}


handlers = [now_page]
