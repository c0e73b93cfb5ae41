"""One dossier on one page."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any  # a page's values are what its template shows

from litestar import get
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.advice import labels as advice_labels  # looks ahead, only to read
from advocacy.advice import queries as advice  # looks ahead, only to read
from advocacy.advice.rules import WANTED_WITHIN  # looks ahead, only to read
from advocacy.calls import queries as calls  # looks ahead, only to read
from advocacy.calls.rules import CallState  # looks ahead, only to read
from advocacy.documents import labels as documents_labels  # looks ahead, only to read
from advocacy.documents import queries as documents  # looks ahead, only to read
from advocacy.dossiers import following, labels, next_step, queries, rules
from advocacy.dossiers.calendars.dates import calendar_address
from advocacy.dossiers.contradictions import claims
from advocacy.dossiers.deadlines import planning
from advocacy.dossiers.facts import facts_of
from advocacy.dossiers.forms import number_in
from advocacy.dossiers.handlers.past import past_page, since_of
from advocacy.dossiers.joining import merging
from advocacy.dossiers.joining.merged import read_together, target_of
from advocacy.dossiers.looking_back.seen import SECTIONS
from advocacy.dossiers.relations import references, relating
from advocacy.dossiers.rules import DeadlineState, Station
from advocacy.dossiers.tables import Dossier, Milestone, Window
from advocacy.history import queries as history
from advocacy.people.guards import house
from advocacy.people.rules import Role
from advocacy.positions import labels as positions_labels  # looks ahead, only to read
from advocacy.positions import queries as positions  # looks ahead, only to read
from advocacy.positions.rules import PositionState  # looks ahead, only to read
from advocacy.projects import labels as project_labels  # looks ahead, only to read
from advocacy.projects import queries as projects  # looks ahead, only to read
from advocacy.templating import address
from advocacy.triage.forms import identity
from advocacy.web.pages import Web, page, person_of, say
from feeds.reading.topics import TOPICS

HISTORY = ("deadlines", "calls", "position", "documents")
"""What the history can be narrowed to: the sections of the page."""


async def found(ref: str) -> Dossier:
    """By 2026-014 or 2026-014-any-words; for a merged one the dossier it leads on to."""
    dossier = await queries.by_ref(ref)
    return await target_of(dossier) or dossier


def topic_choices() -> list[tuple[str, str]]:
    """Keys and names, by name."""
    language = texts.language()
    return sorted(
        ((key, labels.topic_name(key, language)) for key in TOPICS), key=lambda each: each[1]
    )


@get("/{lang:str}/d/{ref:str}", guards=[house])
async def dossier_page(request: Web, ref: FromPath[str]) -> Template | Redirect:
    if asked := request.query_params.get("as-of", ""):
        return await past_page(request, await queries.by_ref(ref), asked)
    dossier = await found(ref)
    if ref != dossier.number:
        return _canonical(request, ref, dossier)
    now = clock.now()
    windows = await queries.windows_of(dossier.id)
    milestones = await queries.milestones_of([window.id for window in windows])
    claimed = await claims.open_claims(dossier.id)
    calls_shown = await _calls(dossier)
    position = await positions.of_dossier(dossier.id)
    related, proposed = await relating.around(dossier)
    countries = queries.countries_of(dossier)
    is_secretariat = person_of(request).role == Role.SECRETARIAT
    known = next_step.Known(
        station=Station(dossier.station),
        number=dossier.number,
        claims=len(claimed),
        deadlines=[(DeadlineState(each.state), each.closes) for each in windows],
        calls=[(each["number"], each["state"], each["answers_until"]) for each in calls_shown],
        has_position=position is not None,
    )
    return page(
        request,
        "dossiers/dossier.html",
        now=now,
        dossier=dossier,
        facts=await facts_of(dossier, windows, now=now),
        trail=_trail(dossier),
        step=next_step.next_step(known, now=now),
        signs=_signs(windows, milestones, now),
        windows=[planning.shown(each, milestones, countries) for each in windows],
        claims=claimed,
        follows=await following.is_following(dossier.id, person_of(request).id),
        twins=await merging.twins_of(dossier) if is_secretariat else [],
        sources=await queries.sources_of(dossier.id),
        documents=await documents.of_dossier(dossier.id),
        document_kinds=documents_labels.OF_MEDIA_TYPE,
        calls=calls_shown,
        questions=await advice.of_dossier(dossier.id, by=person_of(request)),
        answers_published=await advice.published_in(dossier.id),
        question_labels=advice_labels,
        late=WANTED_WITHIN,
        projects=await projects.beside(dossier, texts.language(), today=now.date()),
        project_labels=project_labels,
        position=position,
        position_state=positions_labels.LABELS[PositionState(position.state)] if position else "",
        related=related,
        proposed=proposed,
        topic=labels.topic_name,
        topic_name=labels.topic_name,
        calendar=calendar_address(dossier),
        labels=labels,
        references=references,
        rules=rules,
        station=Station(dossier.station),
        **await _history(request, dossier),
    )


def _canonical(request: Web, ref: str, dossier: Dossier) -> Redirect:
    """The words behind the number are decoration; one that was merged leads on, and says so."""
    query = f"?{request.url.query}" if request.url.query else ""
    path = address(f"/d/{dossier.number}{query}")
    if (asked := number_in(ref)) == dossier.number:
        return Redirect(path=path, status_code=301)
    told = texts.gettext("%(number)s has been merged into this dossier.") % {"number": asked}
    say(request, told, kind="info")
    return Redirect(path=path, status_code=303)


async def _calls(dossier: Dossier) -> list[dict[str, Any]]:
    rows = await calls.of_dossier(dossier.id)
    shares = await calls.participation_of([row["id"] for row in rows])
    for row in rows:
        row["asked"], row["answered"] = shares[row["id"]]
        row["prepared"] = row["state"] in {CallState.DRAFT, CallState.HELD}
    return rows


async def _history(request: Web, dossier: Dossier) -> dict[str, Any]:
    """A page of it, narrowed to a section if that is asked."""
    chosen = request.query_params.get("only", "")
    chosen = chosen if chosen in HISTORY else ""
    kinds = [kind for kind, section in SECTIONS.items() if section == chosen]
    before = identity(request.query_params.get("before", ""))
    together = await read_together(dossier.id)
    events = await history.of_dossier(*together, before=before, kinds=kinds)
    newest = events[0]["id"] if events and not (before or chosen) else 0
    return {
        "since": await since_of(request, dossier, newest) if newest else None,
        "events": [each | _told(json.loads(each["details"])) for each in events],
        "more": len(events) == history.PAGE,
        "only": chosen,
    }


def _told(details: dict[str, Any]) -> dict[str, Any]:
    """Of the details of an event of any room, what a reader wants to know."""
    before, reason = details.get("before"), details.get("reason")
    closes = before.get("closes") if isinstance(before, dict) else None
    what = details.get("what")
    return {
        "what": what if isinstance(what, list) else [],
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


def _signs(
    windows: Sequence[Window], milestones: Sequence[Milestone], now: datetime
) -> dict[str, Any]:
    """The next deadline of a body, and the next date of our own."""
    going = {window.id: window for window in windows if window.state != DeadlineState.WITHDRAWN}
    ahead = [each for each in going.values() if each.closes > now]
    own = [each for each in milestones if each.due > now and not each.met and each.window in going]
    return {
        "external": min(ahead, key=lambda each: each.closes, default=None),
        "internal": own[0] if own else None,
        "zone": going[own[0].window].zone if own else "",
    }


handlers = [dossier_page]
