"""The board of sources: what was fetched and kept, what fails, what is next."""

from collections.abc import Mapping
from typing import Any  # Litestar's responses are generic over their content

from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.errors import Invalid, Message, NotFound
from advocacy.overview import actions, health, labels
from advocacy.overview.told import told
from advocacy.overview.windows import OFFICE_ZONE
from advocacy.people.guards import secretariat
from advocacy.settings import settings
from advocacy.web.pages import Web, page, person_of, say, to, typed
from feeds import queries
from feeds.health import health_of, outage_since, sources_with_health
from feeds.polling.noting import PollResult
from feeds.sources import export_opml

VISITS = 10
LARGEST_LIST = 2 * 1024 * 1024  # bytes


async def _board(
    request: Web,
    *,
    status: int = 200,
    problems: Mapping[str, Message] | None = None,
    form: Mapping[str, str] | None = None,
) -> Template:
    now = clock.now()
    rows = health.on_board(await sources_with_health(now=now), now=now)
    filters = health.filters_of(request.query_params)
    return page(
        request,
        "sources/board.html",
        status=status,
        summary=health.summary(rows),
        rows=[row for row in rows if filters.takes(row)],
        all=len(rows),
        kinds=sorted({row.source.kind for row in rows}),
        filters=filters,
        outage=await outage_since(),
        drift_sentence=health.drift_sentence,
        told=told,
        labels=labels,
        zone=OFFICE_ZONE,
        problems=problems or {},
        typed=form or {},
        now=now,
    )


@get("/{lang:str}/sources", guards=[secretariat])
async def board(request: Web) -> Template:
    return await _board(request)


@post("/{lang:str}/sources", guards=[secretariat], status_code=200)
async def add(request: Web) -> Template | Redirect:
    """Sent twice it adds once. It may visit the address: no transaction waits for that."""
    form = await typed(request)
    try:
        source = await actions.add_source(
            form,
            by=person_of(request),
            private_networks=settings().private_sources,
            now=clock.now(),
        )
    except Invalid as error:
        return await _board(request, status=422, problems=error.fields, form=form)
    say(request, texts.translate(labels.ADDED) % {"name": source.name or source.address})
    return to(f"/sources/{source.id}")


@get("/{lang:str}/sources/{number:int}", guards=[secretariat])
async def one(request: Web, number: FromPath[int]) -> Template:
    now = clock.now()
    await actions.source_by_id(number)
    known = await health_of(number, now=now)
    if known is None:
        raise NotFound("There is no such source")
    return page(
        request,
        "sources/one.html",
        row=health.watched(known, now=now),
        source=known,
        polls=await queries.last_polls(number, limit=VISITS),
        entries=await queries.entries_of(number, limit=VISITS),
        drift_sentence=health.drift_sentence,
        told=told,
        labels=labels,
        zone=OFFICE_ZONE,
        now=now,
    )


@post("/{lang:str}/sources/{number:int}/poll", guards=[secretariat], status_code=303)
async def poll(request: Web, number: FromPath[int]) -> Redirect:
    result = await actions.poll_now(
        number,
        by=person_of(request),
        private_networks=settings().private_sources,
        now=clock.now(),
    )
    good = result.outcome in labels.VISITED
    say(request, _sentence(result), kind="ok" if good else "warn")
    return to(f"/sources/{number}")


def _sentence(result: PollResult) -> str:
    if message := labels.VISITED.get(result.outcome):
        values = {"new": result.new, "changed": result.changed, "same": result.same}
        return texts.translate(Message(message.text, values))
    return texts.translate(Message(labels.TROUBLE.text, {"error": told(result.error)[0]}))


@post("/{lang:str}/sources/{number:int}/pause", guards=[secretariat], status_code=303)
async def pause(request: Web, number: FromPath[int]) -> Redirect:
    event = await actions.pause(number, by=person_of(request), now=clock.now())
    say(request, texts.gettext("The source is paused."), undo=event)
    return to(f"/sources/{number}")


@post("/{lang:str}/sources/{number:int}/resume", guards=[secretariat], status_code=303)
async def resume(request: Web, number: FromPath[int]) -> Redirect:
    event = await actions.resume(number, by=person_of(request), now=clock.now())
    say(request, texts.gettext("The source is visited again."), undo=event)
    return to(f"/sources/{number}")


@post("/{lang:str}/sources/{number:int}/rhythm", guards=[secretariat], status_code=303)
async def rhythm(request: Web, number: FromPath[int]) -> Redirect:
    await actions.usual_rhythm(number, by=person_of(request), now=clock.now())
    say(request, texts.gettext("The source is visited now, and then in its usual rhythm."))
    return to(f"/sources/{number}")


@post("/{lang:str}/sources/import", guards=[secretariat], status_code=200)
async def import_list(request: Web) -> Template | Redirect:
    file = (await request.form()).get("file")
    document = await file.read(LARGEST_LIST) if isinstance(file, UploadFile) else b""
    try:
        done = await actions.import_list(document, by=person_of(request), now=clock.now())
    except Invalid as error:
        return await _board(request, status=422, problems=error.fields)
    refused = "".join(f" {address}: {told(sentence)[0]}" for address, sentence in done.refused[:3])
    counts = {"added": len(done.added), "known": done.known, "refused": len(done.refused)}
    said = texts.gettext("%(added)s added, %(known)s known already, %(refused)s refused.") % counts
    say(request, said + refused, kind="warn" if refused else "ok")
    return to("/sources")


@get("/{lang:str}/sources/list.opml", guards=[secretariat])
async def export_list() -> Response[Any]:
    headers = {"content-disposition": 'attachment; filename="alphorn.opml"'}
    return Response(await export_opml(), media_type="text/x-opml", headers=headers)


handlers = [board, add, one, poll, pause, resume, rhythm, import_list, export_list]
