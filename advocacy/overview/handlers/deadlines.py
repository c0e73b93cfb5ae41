"""All dates: as an agenda, as a timeline with its table, as a month."""

from datetime import date, datetime
from typing import Any  # values of a page

from babel.dates import get_day_names
from litestar import get
from litestar.response import Template

from advocacy import clock, deadlines, texts
from advocacy.dossiers.calendars.calendar import SPOKEN
from advocacy.dossiers.labels import DEADLINE_STATES, topic_name
from advocacy.overview import agenda, asked, month
from advocacy.overview.agenda import Dated
from advocacy.overview.asked import Asked
from advocacy.overview.shown import Shown, for_everybody, for_house, holiday
from advocacy.overview.timeline import WEEKS, drawn
from advocacy.overview.windows import OFFICE_ZONE, OpenWindow, periods
from advocacy.people.rules import COUNTRIES, Role
from advocacy.web.pages import Web, page
from feeds.reading.topics import TOPICS

HOUSE = frozenset({Role.SECRETARIAT, Role.COORDINATOR, Role.PRESIDENCY})


@get("/{lang:str}/deadlines", opt={"public": True})
async def deadlines_page(request: Web) -> Template:
    now, person = clock.now(), request.user
    today = deadlines.local_date(now, OFFICE_ZONE)
    wanted = asked.read(request.query_params, today=today, topics=TOPICS)
    in_house = person is not None and person.role in HOUSE
    if person is not None and in_house:
        shown = await for_house(person, wanted, now=now)
    else:
        shown = await for_everybody(wanted, now=now)
    views: dict[str, Any] = {"agenda": None, "timeline": None, "month": None}
    for view in (wanted.view,) if wanted.view else ("agenda", "timeline"):
        views[view] = VIEWS[view](wanted, shown, now)
    return page(
        request, "overview/deadlines.html", now=now, asked=wanted, views=views, in_house=in_house,
        countries=COUNTRIES, topics=_topics(), states=DEADLINE_STATES, span=WEEKS,
    )  # fmt: skip


def _agenda(_: Asked, shown: Shown, now: datetime) -> dict[str, Any]:
    dates = shown.ahead(now=now)
    return {"weeks": agenda.by_week(dates), "own": [each for each in dates if _is_decision(each)]}


def _is_decision(each: Dated) -> bool:
    return each.own and each.what is agenda.DECIDES


def _timeline(wanted: Asked, shown: Shown, now: datetime) -> dict[str, Any]:
    drawing = drawn(
        periods(shown.windows, own=shown.own), now=now, zone=OFFICE_ZONE, first=wanted.first
    )
    paths = {row.path or row.label for row in drawing.rows}
    rows = [each for each in shown.windows if (each.path or each.title) in paths]
    in_order = _sorted(rows, wanted.sort)
    ends = agenda.of_windows(in_order, internal=False)
    return {"drawing": drawing, "rows": list(zip(in_order, ends, strict=True))}


def _sorted(rows: list[OpenWindow], sort: str) -> list[OpenWindow]:
    keys: dict[str, Any] = {
        "closes": lambda each: each.closes,
        "title": lambda each: each.title.casefold(),
        "opens": lambda each: (each.opens is not None, each.opens or each.closes),
        "state": lambda each: texts.translate(DEADLINE_STATES[each.state]),
    }
    column = sort.removeprefix("-")
    return sorted(rows, key=keys[column], reverse=sort.startswith("-"))


def _month(wanted: Asked, shown: Shown, now: datetime) -> dict[str, Any]:
    def off(day: date) -> str:
        return holiday(day, wanted.country)

    today = deadlines.local_date(now, OFFICE_ZONE)
    names = get_day_names("abbreviated", locale=texts.locale())
    weeks = month.weeks_of(wanted.month, shown.dates, holiday=off, today=today)
    return {
        "weeks": weeks,
        "days": month.listed(weeks),
        "name": texts.month(wanted.month),
        "weekdays": [names[place] for place in range(7)],  # 0 is Monday
        "spoken": SPOKEN.get(wanted.country, ""),
    }


VIEWS = {"agenda": _agenda, "timeline": _timeline, "month": _month}


def _topics() -> list[tuple[str, str]]:
    """Keys and names, by name."""
    language = texts.language()
    return sorted(((key, topic_name(key, language)) for key in TOPICS), key=lambda each: each[1])


handlers = [deadlines_page]
