"""The buttons of the inbox: one entry or many, one act, one undo."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, database, texts
from advocacy.bodies import queries as bodies
from advocacy.dossiers import actions as dossiers
from advocacy.dossiers import forms as dossier_forms
from advocacy.dossiers import queries as known_dossiers
from advocacy.dossiers.forms import NewDossier
from advocacy.errors import Invalid, Message, NotFound, Outdated
from advocacy.history import queries as history
from advocacy.people.guards import secretariat
from advocacy.people.tables import Person
from advocacy.templating import address
from advocacy.triage import actions, forms, labels, queries, rules
from advocacy.triage.forms import TypedDecision
from advocacy.triage.handlers.entry import proposed
from advocacy.triage.handlers.looking import show
from advocacy.triage.rules import Decision
from advocacy.undoing.changing import release
from advocacy.web.once import once
from advocacy.web.pages import Web, page, person_of, say, to, typed

NO_DOSSIER = Invalid({"dossier": Message("There is no such dossier")})


@post("/{lang:str}/inbox/decide", guards=[secretariat], status_code=303)
async def decide(request: Web) -> Redirect | Template:
    form = await typed(request)
    now, me = clock.now(), person_of(request)
    try:
        wanted = forms.decision(form, now=now)
        new = await _new_dossier(form, wanted, now)
    except Invalid as error:
        return await _refused(request, form, error, now)

    async def act() -> str:
        async with database.transaction():
            if wanted.instead_of:
                await release(wanted.entries, wanted.instead_of, by=me, now=now)
            event, told = await _act(wanted, new, me, now)
        say(request, told, undo=event)
        return address(forms.next_path(form, wanted.entries))

    try:
        return await once(form, act, now=now)
    except Invalid as error:
        return await _refused(request, form, error, now)
    except Outdated as error:
        return await _decided_already(request, form, wanted, error)


@get("/{lang:str}/inbox/decide", guards=[secretariat])
async def decided_nothing(request: Web) -> Redirect:  # noqa: ARG001  the guard's
    """Where a refused decision stands: in another language, or read again, it is the inbox."""
    return to("/inbox")


async def _new_dossier(
    form: Mapping[str, str], wanted: TypedDecision, now: datetime
) -> NewDossier | None:
    """From the panel's three fields and what is read from the entry."""
    if wanted.decision is not Decision.DOSSIER:
        return None
    if len(wanted.entries) > 1:
        several = Message("Open the dossier from one entry, then attach the others to it")
        raise Invalid({"entry": several})
    values, source = await proposed(wanted.entries[0], form)
    new = dossier_forms.new_dossier(values, language=texts.language(), now=now)
    body = bodies.guessed_body(source, await bodies.bodies(now=now))
    return replace(new, body=body.key if body else "")


async def _act(
    wanted: TypedDecision, new: NewDossier | None, me: Person, now: datetime
) -> tuple[int, str]:
    """The event, and what the banner says of it."""
    if new is not None:
        dossier = await dossiers.open_dossier(new, entry_id=wanted.entries[0], by=me, now=now)
        [event, *_] = await history.of_object("dossier", dossier.id)
        created = texts.gettext("Created: %(number)s") % {"number": dossier.number}
        return event["id"], f"{created} {dossier.title}"
    if wanted.dossier:
        number = dossier_forms.number_in(wanted.dossier)
        if number is None:
            raise NO_DOSSIER
        try:
            dossier = await known_dossiers.by_number(number)
        except NotFound:
            raise NO_DOSSIER from None
        how = "duplicate" if wanted.decision is Decision.DUPLICATE else "source"
        act = await dossiers.attach(wanted.entries, dossier.id, how=how, by=me, now=now)
        return act, f"{_told(wanted)}: {dossier.number} {dossier.title}"
    act = await actions.decide(
        *(wanted.entries, wanted.decision),
        reason=wanted.reason,
        until=wanted.until,
        by=me,
        now=now,
    )
    return act, _told(wanted)


def _told(wanted: TypedDecision) -> str:
    what = texts.translate(labels.DECISIONS[wanted.decision])
    count = len(wanted.entries)
    how_many = texts.ngettext("%(num)d entry", "%(num)d entries", count) % {"num": count}
    said = texts.translate(labels.reason_label(wanted.reason)) if wanted.reason else ""
    if wanted.until:
        said = texts.short_day(wanted.until, rules.OFFICE_ZONE)
    return f"{how_many}: {what}" + (f" ({said})" if said else "")


async def _refused(
    request: Web, form: Mapping[str, str], error: Invalid, now: datetime
) -> Template:
    """The same page with every typed word; a problem of the selection leads to its own field."""
    first = next(iter(forms.entries(form)), "")
    asked = forms.list_of(form) | {"item": form.get("item", "") or str(first)}
    selected = form.get("part") == "selection"
    problems = {f"selected-{name}" if selected else name: m for name, m in error.fields.items()}
    return await show(request, asked, now=now, problems=problems, typed=form)


async def _decided_already(
    request: Web, form: Mapping[str, str], wanted: TypedDecision, error: Outdated
) -> Template:
    """Who decided what, when; and to decide otherwise all the same, in one step."""
    found = await queries.decisions_on(wanted.entries)
    standing = [each for each in found if rules.ALLOWED[each["decision"]] == frozenset()]
    taken = {each["entry"] for each in standing}
    return page(
        request,
        "triage/decided_already.html",
        status=409,
        labels=labels,
        decisions=[
            each | {"number": await known_dossiers.dossier_of_entry(each["entry"])}
            for each in standing[: queries.PAGE]
        ],
        others=[entry for entry in wanted.entries if entry not in taken],
        alone=len(wanted.entries) == 1,
        wanted=wanted,
        form={
            name: text
            for name, text in form.items()
            if not name.startswith("_") and name not in {"entry", "instead_of"}
        },
        back=forms.next_path(form, ()),
        error=error,
        zone=rules.OFFICE_ZONE,
    )


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
    return to("/inbox/decided" if form.get("back") == "decided" else forms.next_path(form, ()))


handlers = [decide, decided_nothing, change_reason]
