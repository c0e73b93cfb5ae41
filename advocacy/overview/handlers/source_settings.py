"""A source's settings, and the source list that ships with Alphorn."""

from collections.abc import Mapping
from itertools import groupby

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.errors import Invalid, Message
from advocacy.overview import actions, labels
from advocacy.overview.forms import as_change, source_change, zones_for
from advocacy.people.guards import secretariat
from advocacy.people.rules import COUNTRIES
from advocacy.settings import settings
from advocacy.web.pages import Web, page, person_of, say, to, typed
from feeds.sources import ShippedSource, shipped
from feeds.tables import Source


def _edit(
    request: Web,
    source: Source,
    form: Mapping[str, str],
    *,
    status: int = 200,
    problems: Mapping[str, Message] | None = None,
) -> Template:
    return page(
        request,
        "sources/edit.html",
        status=status,
        source=source,
        zones=zones_for(source),
        countries=COUNTRIES,
        typed=form,
        problems=problems or {},
    )


@get("/{lang:str}/sources/{number:int}/edit", guards=[secretariat])
async def edit(request: Web, number: FromPath[int]) -> Template:
    source = await actions.source_by_id(number)
    return _edit(request, source, as_change(source).as_typed())


@post("/{lang:str}/sources/{number:int}/edit", guards=[secretariat], status_code=200)
async def change(request: Web, number: FromPath[int]) -> Template | Redirect:
    form = await typed(request)
    source = await actions.source_by_id(number)
    try:
        new = source_change(form, source)
    except Invalid as error:
        return _edit(request, source, form, status=422, problems=error.fields)
    event = await actions.change(
        number, new, base=form.get("base", ""), by=person_of(request), now=clock.now()
    )
    say(request, texts.gettext("The settings of the source are kept."), undo=event)
    return to(f"/sources/{number}")


@get("/{lang:str}/sources/list", guards=[secretariat])
async def alpine_list(request: Web) -> Template:
    return await _list(request)


async def _list(
    request: Web,
    *,
    status: int = 200,
    problems: Mapping[str, Message] | None = None,
    chosen: frozenset[str] = frozenset(),
) -> Template:
    known = await Source.select(Source.address, Source.name)
    return page(
        request,
        "sources/list.html",
        status=status,
        groups=_by_country(shipped()),
        known={row["address"] for row in known} | {row["name"] for row in known},
        chosen=chosen,
        labels=labels,
        problems=problems or {},
    )


def _by_country(listed: list[ShippedSource]) -> list[tuple[str, list[ShippedSource]]]:
    """Those of one country each; then, under "", those of several."""

    def country(each: ShippedSource) -> str:
        return each.countries[0] if len(each.countries) == 1 else ""

    in_order = sorted(listed, key=lambda each: (not country(each), country(each)))
    return [(code, list(group)) for code, group in groupby(in_order, key=country)]


@post("/{lang:str}/sources/list", guards=[secretariat], status_code=200)
async def add_listed(request: Web) -> Template | Redirect:
    # Not through typed(): a name may hold a comma.
    names = [each for each in (await request.form()).getall("name", []) if isinstance(each, str)]

    try:
        added = await actions.add_listed(
            names,
            by=person_of(request),
            private_networks=settings().private_sources,
            now=clock.now(),
        )
    except Invalid as error:
        chosen = frozenset(names)
        return await _list(request, status=422, problems=error.fields, chosen=chosen)
    said = texts.ngettext(
        "%(num)d source is watched from now on.",
        "%(num)d sources are watched from now on.",
        len(added),
    )
    say(request, said % {"num": len(added)})
    return to("/sources")


handlers = [edit, change, alpine_list, add_listed]
