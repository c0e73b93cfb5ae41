"""The inbox: see, decide, next."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any  # what JSON columns hold is described in feeds/tables.py

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.dossiers import queries as dossiers  # looks ahead, only to read
from advocacy.dossiers.labels import topic_name
from advocacy.errors import Message, NotFound, Outdated
from advocacy.learned import queries as learned  # looks ahead, only to read
from advocacy.people.guards import secretariat
from advocacy.templating import address
from advocacy.triage import actions, forms, labels, queries, rules
from advocacy.triage.forms import TypedDecision
from advocacy.web.once import once
from advocacy.web.pages import Web, page, person_of, say, to, typed
from feeds.queries import EntryPage, entry_with_versions
from feeds.reading.sameness import Matter


@get("/{lang:str}/inbox", guards=[secretariat])
async def inbox(request: Web) -> Template:
    now = clock.now()
    wanted = forms.filters(request.query_params)
    shown = await queries.inbox(wanted, after=request.query_params.get("after", ""), now=now)
    ids = [row.id for row in shown.rows]
    chosen = forms.identity(request.query_params.get("item", "")) or next(iter(ids), None)
    numbers = [number for row in shown.rows for number in row.numbers]
    return page(
        request,
        "triage/inbox.html",
        now=now,
        filters=wanted,
        shown=shown,
        suggested=await dossiers.with_numbers(numbers),
        detail=await _detail(chosen) if chosen else None,
        beside=_beside(ids, chosen),
        progress=await queries.progress(now=now),
        sources=await queries.source_names(),
        failing=await queries.failing_sources(),
        next_visit=None if shown.rows else await queries.next_visit(),
        dismissed=await _dismissed(request, now),
        learned=await learned.for_inbox(chosen, now=now),
        labels=labels,
        counted=queries.COUNTED,
    )


@dataclass(frozen=True, slots=True)
class Detail:
    """Everything the right side says of one entry."""

    entry: EntryPage
    zone: str
    deadlines: list[dict[str, Any]]
    topics: list[tuple[str, list[str]]]
    decision: dict[str, Any] | None
    dossier: str | None
    suggestion: Any
    twins: list[queries.Twin]
    twin_dossier: str | None
    choose: list[dict[str, Any]]
    not_ours: bool


async def _detail(entry_id: int) -> Detail:
    entry = await entry_with_versions(entry_id)
    if entry is None:
        raise NotFound("There is no such entry")
    numbers = tuple(entry.procedure_numbers)
    published = entry.published.date() if entry.published else None
    matter = Matter(entry.title, entry.language, numbers, entry.address, published)
    twins = await queries.twins(entry_id, matter)
    language = texts.language()
    return Detail(
        entry=entry,
        zone=entry.deadlines[0]["zone"] if entry.deadlines else rules.OFFICE_ZONE,
        deadlines=[_deadline(each) for each in entry.deadlines],
        topics=[(topic_name(each["key"], language), each["words"]) for each in entry.topics],
        decision=await queries.decision_on(entry_id),
        dossier=await dossiers.dossier_of_entry(entry_id),
        suggestion=await dossiers.suggestion(matter),
        twins=twins,
        twin_dossier=await dossiers.dossier_of_entry(twins[0].id) if twins else None,
        choose=await dossiers.open_dossiers(),
        not_ours=rules.probably_not_ours(entry.topics, entry.deadlines),
    )


def _deadline(found: dict[str, Any]) -> dict[str, Any]:
    words = found["words"] if isinstance(found["words"], str) else "".join(found["words"])
    at = datetime.fromisoformat(found["at"]) if found["at"] else None
    former = date.fromisoformat(found["former"]) if found.get("former") else None
    return found | {"at": at, "former": former, "pieces": rules.marked(found["quote"], words)}


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


@post("/{lang:str}/inbox/decide", guards=[secretariat], status_code=303)
async def decide(request: Web) -> Redirect | Template:
    form = await typed(request)
    now = clock.now()
    wanted = forms.decision(form, now=now)
    leads_to = address(forms.next_path(form, wanted.entries))

    async def act() -> str:
        event = await actions.decide(
            wanted.entries, wanted.decision, reason=wanted.reason, until=wanted.until,
            by=person_of(request), now=now,
        )  # fmt: skip
        say(request, _told(wanted), undo=event)
        return leads_to

    try:
        return await once(form, act, now=now)
    except Outdated as error:
        return await _decided_already(request, wanted.entries, error)


def _told(wanted: TypedDecision) -> str:
    what = texts.translate(labels.DECISIONS[wanted.decision])
    count = len(wanted.entries)
    how_many = texts.ngettext("%(num)d entry", "%(num)d entries", count) % {"num": count}
    reason = texts.translate(labels.reason_label(wanted.reason)) if wanted.reason else ""
    return f"{how_many}: {what}" + (f" ({reason})" if reason else "")


async def _decided_already(request: Web, entries: tuple[int, ...], error: Outdated) -> Template:
    """Who decided what, when: nobody decides a second time unseen."""
    found = [await queries.decision_on(entry) for entry in entries[: queries.PAGE]]
    return page(
        request, "triage/decided_already.html", status=409, labels=labels, rules=rules,
        decisions=[each for each in found if each], error=error, zone=rules.OFFICE_ZONE,
    )  # fmt: skip


@get("/{lang:str}/inbox/decided", guards=[secretariat])
async def decided(request: Web) -> Template:
    before = forms.identity(request.query_params.get("before", ""))
    rows = await queries.decided(before=before)
    return page(
        request, "triage/decided.html", rows=rows, labels=labels, zone=rules.OFFICE_ZONE,
        undo_lasts=rules.UNDO_LASTS, full=len(rows) == queries.PAGE,
    )  # fmt: skip


@get("/{lang:str}/inbox/later", guards=[secretariat])
async def later(request: Web) -> Template:
    now = clock.now()
    rows = await queries.put_off(now=now, after=request.query_params.get("after", ""))
    return page(
        request, "triage/later.html", now=now, rows=rows, labels=labels, zone=rules.OFFICE_ZONE,
        full=len(rows) == queries.PAGE,
    )  # fmt: skip


@post("/{lang:str}/inbox/{entry:int}/reason", guards=[secretariat], status_code=303)
async def change_reason(request: Web, entry: FromPath[int]) -> Redirect:
    form = await typed(request)
    reason = forms.dismissal(form)
    known = forms.identity(str(entry))
    if known is None:
        raise NotFound("There is no such entry")
    await actions.change_reason(known, reason, by=person_of(request), now=clock.now())
    label = texts.translate(labels.DISMISSALS[reason])
    say(request, texts.translate(Message("Reason: %(reason)s", {"reason": label})))
    return to("/inbox/decided" if form.get("back") == "decided" else "/inbox")


handlers = [inbox, decide, decided, later, change_reason]
