"""What everybody reads: the list, one gathering, its date to keep."""

from typing import Any  # values of a page

from litestar import Response, get
from litestar.params import FromPath
from litestar.response import Template

from advocacy import clock, texts
from advocacy.dossiers.labels import topic_name
from advocacy.errors import NotFound
from advocacy.events import labels, queries, rules
from advocacy.events.fields import number
from advocacy.events.keeping.files import files_of
from advocacy.events.keeping.listing import Wanted
from advocacy.events.keeping.programme import PointRow, points_of
from advocacy.events.rules import Became, GatheringKind
from advocacy.events.saying.minutes import minutes_of
from advocacy.events.showing.calendar import MEDIA_TYPE
from advocacy.events.showing.stops import Stop, map_of
from advocacy.events.showing.subscribed import calendar_file
from advocacy.events.tables import Gathering
from advocacy.people.rules import COUNTRIES, STAFF, Role
from advocacy.positions.public import known_matters
from advocacy.web.pages import Web, page
from feeds.reading.topics import TOPICS

PUBLIC = {"public": True}
HOUSE = frozenset({Role.SECRETARIAT, Role.COORDINATOR, Role.PRESIDENCY})
LONGEST_QUERY = 200


def role_of(request: Web) -> str | None:
    return request.user.role if request.user else None


async def looked_at(request: Web, gathering_id: int) -> Gathering:
    """For everybody what was published; drafts for the house. NotFound otherwise."""
    gathering = await queries.by_id(gathering_id)
    if not rules.may_look(role_of(request), gathering.state):
        raise NotFound("There is no such gathering")
    return gathering


def _wanted(request: Web) -> Wanted:
    """What is not known narrows nothing."""
    asked = request.query_params
    country, topic, kind = asked.get("country", ""), asked.get("topic", ""), asked.get("kind", "")
    return Wanted(
        country=country if country in COUNTRIES else "",
        topic=topic if topic in TOPICS else "",
        kind=kind if kind in set(GatheringKind) else "",
        query=asked.get("q", "")[:LONGEST_QUERY].replace("\0", ""),
    )


@get("/{lang:str}/events", opt=PUBLIC)
async def gatherings(request: Web) -> Template:
    now, wanted = clock.now(), _wanted(request)
    after = number(request.query_params.get("after", ""))
    over = request.query_params.get("show") == "past"
    listing = queries.past if over else queries.ahead
    me = request.user
    return page(
        request, "events/list.html", rows=await listing(wanted, after=after, now=now), now=now,
        over=over, wanted=wanted, labels=labels, countries=COUNTRIES,
        topics=_topics(), may_add=me is not None and rules.may_add(me.role),
        drafts=await queries.drafts(me, now=now) if me and me.role in STAFF and not over else [],
    )  # fmt: skip


def _topics() -> list[tuple[str, str]]:
    named = [(key, topic_name(key, texts.language())) for key in TOPICS]
    return sorted(named, key=lambda pair: pair[1].casefold())


@get("/{lang:str}/events/{gathering_id:int}", opt=PUBLIC)
async def one(request: Web, gathering_id: FromPath[int]) -> Template:
    gathering = await looked_at(request, gathering_id)
    return await page_of(request, gathering)


async def page_of(request: Web, gathering: Gathering, **values: Any) -> Template:
    now, language = clock.now(), texts.language()
    inside = role_of(request) in HOUSE
    known = await queries.texts_of(gathering.id)
    points = await points_of(gathering.id, language)
    said = await minutes_of(gathering.id)
    return page(
        request, "events/one.html", gathering=gathering, now=now, labels=labels, points=points,
        told=queries.told(gathering, known, language), known=known, inside=inside,
        entrance=queries.entrance(gathering, now=now), entrances=rules.MAY_REGISTER,
        may_keep=queries.may_keep(request.user, gathering), map=map_of_points(points),
        matters={} if inside else await known_matters(texts.language()), topic_name=topic_name,
        files=await files_of(gathering.id, all_of_them=inside),
        minutes=[each for each in said if inside or each.became == Became.NEWS],
        **values,
    )  # fmt: skip


def map_of_points(points: list[PointRow]) -> Any:
    stops = [
        Stop(each.number, each.latitude, each.longitude, each.title)
        for each in points
        if each.latitude is not None and each.longitude is not None
    ]
    return map_of(stops, title=texts.gettext("Stops on the map"))


@get("/{lang:str}/events/{gathering_id:int}/calendar.ics", opt=PUBLIC)
async def to_keep(request: Web, gathering_id: FromPath[int]) -> Response[bytes]:
    gathering = await looked_at(request, gathering_id)
    content = await calendar_file(gathering)
    name = f'attachment; filename="gathering-{gathering.id}.ics"'
    return Response(content, media_type=MEDIA_TYPE, headers={"content-disposition": name})


handlers = [gatherings, one, to_keep]
