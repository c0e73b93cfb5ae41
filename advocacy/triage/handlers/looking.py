"""The inbox as a page."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any  # rows

from litestar import get
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.dossiers import queries as dossiers  # looks ahead, only to read
from advocacy.errors import Message, NotFound
from advocacy.learned import queries as learned  # looks ahead, only to read
from advocacy.people.guards import secretariat
from advocacy.templating import address
from advocacy.triage import forms, heading, labels, presence, queries, rules, twins
from advocacy.triage.handlers.entry import detail, matter
from advocacy.triage.queries import InboxRow
from advocacy.web.pages import Web, page, person_of, say, to
from feeds.queries import entry_with_versions

Problems = Mapping[str, Message]


@get("/{lang:str}/inbox", guards=[secretariat])
async def inbox(request: Web) -> Template:
    return await show(request, request.query_params, now=clock.now())


async def show(
    request: Web,
    asked: Mapping[str, str],
    *,
    now: datetime,
    problems: Problems | None = None,
    typed: Mapping[str, str] | None = None,
) -> Template:
    """`asked`: filters, page and entry, as the address has them; `typed`: a refused form."""
    me = person_of(request)
    wanted, after = forms.filters(asked), asked.get("after", "")
    shown = await queries.inbox(wanted, after=after, now=now)
    ids = [row.id for row in shown.rows]
    chosen = forms.identity(asked.get("item", "")) or next(iter(ids), None)
    older = await twins.before(chosen) if chosen else []
    found = await detail(chosen, older=older, reader=me, now=now) if chosen else None
    if chosen and "x-ahead" not in request.headers:  # what is fetched ahead is not looked at
        await presence.look(chosen, me, now=now)
    return page(
        request,
        "triage/inbox.html",
        status=422 if problems else 200,
        problems=problems or {},
        typed=typed or {},
        now=now,
        filters=wanted,
        after=after,
        list_query=wanted.query(after=after),
        here=address(f"/inbox?{wanted.query(after=after)}&item=").replace("?&", "?"),
        shown=shown,
        suggested=await _suggested(shown.rows),
        repeats=await twins.in_list(shown.rows, older),
        looking=await presence.lookers(ids, but=me, now=now),
        detail=found,
        beside=_beside(ids, chosen),
        progress=await heading.progress(now=now),
        choices=await heading.choices(),
        topics=labels.topics(texts.language()),
        failing=await heading.failing_sources(),
        next_visit=None if shown.rows else await heading.next_visit(),
        dismissed=await _dismissed(request, now),
        learned=await learned.for_inbox(chosen, now=now),
        labels=labels,
        counted=heading.COUNTED,
        undo_lasts=rules.UNDO_LASTS,
    )


async def _suggested(rows: list[InboxRow]) -> dict[str, str]:
    """Procedure number → number of the dossier that has it."""
    return await dossiers.with_numbers([number for row in rows for number in row.numbers])


def _beside(ids: list[int], chosen: int | None) -> dict[str, int | None]:
    """The entries before and after the chosen one in the list."""
    place = ids.index(chosen) if chosen in ids else -1
    return {
        "previous": ids[place - 1] if place > 0 else None,
        "next": ids[place + 1] if place + 1 < len(ids) else None,
    }


async def _dismissed(request: Web, now: datetime) -> dict[str, Any] | None:
    """Right after dismissing, the other reasons are offered."""
    if not request.scope.get("banner"):
        return None
    return await queries.just_dismissed(person_of(request).id, now=now)


@get("/{lang:str}/inbox/{entry:int}/in-my-language", guards=[secretariat])
async def in_my_language(request: Web, entry: FromPath[int]) -> Redirect:
    """To the entry that says the same in the language of the page, or back with a word."""
    known = forms.identity(str(entry))
    found = await entry_with_versions(known) if known else None
    if found is None:
        raise NotFound("There is no such entry")
    language, item = texts.language(), found.id
    twin = await twins.in_language(found.id, matter(found), language)
    if found.language == language:
        say(request, texts.gettext("This entry is in your language already."), kind="info")
    elif twin is None:
        told = texts.gettext("No source has published this in your language, as far as we know.")
        say(request, told, kind="info")
    else:
        item = twin.id
    query = forms.filters(request.query_params).query(
        after=request.query_params.get("after", ""), item=item
    )
    return to(f"/inbox?{query}")


handlers = [inbox, in_my_language]
