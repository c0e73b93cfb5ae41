"""Open a dossier, from an entry or by hand; attach an entry to one."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any  # what JSON columns hold is described in feeds/tables.py

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.bodies import queries as bodies
from advocacy.dossiers import actions, forms, labels, queries
from advocacy.dossiers.deadlines import instants
from advocacy.dossiers.handlers.looking import topic_choices
from advocacy.errors import Invalid, Message, NotFound
from advocacy.history import queries as history
from advocacy.people.guards import secretariat
from advocacy.people.rules import COUNTRIES
from advocacy.templating import address
from advocacy.triage.forms import identity, next_path
from advocacy.web.once import once
from advocacy.web.pages import Web, page, person_of, say, typed
from feeds.reading.procedures import cites_law
from feeds.tables import Entry

Problems = Mapping[str, Message]
SAME_NUMBER = Message(
    "%(number)s has the same procedure number. Open that one, or create this all the same."
)


@get("/{lang:str}/inbox/{entry:int}/open", guards=[secretariat])
async def open_from_entry(request: Web, entry: FromPath[int]) -> Template:
    source = await queries.entry_to_open(entry)
    return await _form(request, await _proposal(source), source)


@get("/{lang:str}/dossiers/new", guards=[secretariat])
async def open_by_hand(request: Web) -> Template:
    return await _form(request, {"zone": instants.ZONES[0]}, None)


@post("/{lang:str}/inbox/{entry:int}/open", guards=[secretariat], status_code=200)
async def open_it_from_entry(request: Web, entry: FromPath[int]) -> Template | Redirect:
    return await _open(request, await queries.entry_to_open(entry))


@post("/{lang:str}/dossiers/new", guards=[secretariat], status_code=200)
async def open_it_by_hand(request: Web) -> Template | Redirect:
    return await _open(request, None)


async def _open(request: Web, source: Entry | None) -> Template | Redirect:
    form = await typed(request)
    now = clock.now()

    async def act() -> str:
        new = forms.new_dossier(form, language=texts.language(), now=now)
        await bodies.check_choice(new.body, new.procedure, now=now)
        if source is None:
            await _check_number(new.procedure_number, seen=form.get("same", ""))
        dossier = await actions.open_dossier(
            new, entry_id=source.id if source else None, by=person_of(request), now=now
        )
        [event, *_] = await history.of_object("dossier", dossier.id)
        say(request, texts.gettext("Created: %(number)s") % {"number": dossier.number},
            undo=event["id"])  # fmt: skip
        return address(f"/d/{dossier.number}")

    try:
        return await once(form, act, now=now)
    except Invalid as error:
        return await _form(request, form, source, problems=error.fields)


async def _check_number(number: str, *, seen: str) -> None:
    """`seen`: the dossier with that number, of which the form has told already."""
    same = await queries.with_procedure_number(number)
    if same and same.number != seen:
        raise Invalid({"procedure_number": Message(SAME_NUMBER.text, {"number": same.number})})


async def _form(
    request: Web, form: Mapping[str, str], source: Entry | None, *, problems: Problems | None = None
) -> Template:
    return page(
        request,
        "dossiers/new.html",
        status=422 if problems else 200,
        problems=problems or {},
        typed=form,
        source=source,
        same=await queries.with_procedure_number(form.get("procedure_number", "")[:60]),
        offered=await bodies.offered(now=clock.now(), first=form.get("body", "")),
        people=[(each.id, each.name) for each in await queries.leads()],
        labels=labels,
        zones=instants.ZONES,
        countries=COUNTRIES,
        topics=topic_choices(),
    )


async def _proposal(entry: Entry) -> dict[str, str]:
    """What the form shows at first: all of it read from the entry, for a person to check."""
    source = entry.source
    body = bodies.guessed_body(source, await bodies.bodies(now=clock.now()))
    # The law that a draft would change is no number of its procedure.
    numbers = [each for each in json.loads(entry.procedure_numbers) if not cites_law(each)]
    topics = [each["key"] for each in json.loads(entry.topics)]
    proposal = {
        "title": entry.title[: forms.TITLE],
        "language": entry.language or texts.language(),
        "body": body.key if body else "",
        "procedure_number": numbers[0] if numbers else "",
        "topics": ",".join(topics),
        "countries": ",".join(code for code in source.countries.split(",") if code in COUNTRIES),
        "zone": source.zone if source.zone in instants.ZONES else instants.ZONES[0],
    }
    return proposal | _deadline(json.loads(entry.deadlines), entry.next_deadline)


def _deadline(found: list[dict[str, Any]], ahead: datetime | None) -> dict[str, str]:
    """The deadline for input that lies ahead, with the sentence it was read from."""
    for each in found:
        if each["at"] and ahead and datetime.fromisoformat(each["at"]) == ahead:
            zone = each["zone"] if each["zone"] in instants.ZONES else instants.ZONES[0]
            shown = instants.retyped(ahead, zone, each["precision"])
            return {"deadline": shown, "zone": zone, "evidence": each["quote"]}
    return {}


@post("/{lang:str}/inbox/{entry:int}/attach", guards=[secretariat], status_code=303)
async def attach(request: Web, entry: FromPath[int]) -> Redirect:
    form = await typed(request)
    now = clock.now()
    how = form.get("how", "source")
    wanted = form.get("twin_dossier" if how == "duplicate" else "dossier", "")
    number = forms.number_in(wanted)
    known = identity(str(entry))
    if number is None or known is None or how not in actions.HOW:
        raise NotFound(queries.NOT_THERE)
    dossier = await queries.by_number(number)

    async def act() -> str:
        event = await actions.attach([known], dossier.id, how=how, by=person_of(request), now=now)
        told = texts.translate(labels.HOW[how])
        say(request, f"{told}: {dossier.number} {dossier.title}", undo=event)
        return address(next_path(form, [known]))

    return await once(form, act, now=now)


handlers = [open_from_entry, open_by_hand, open_it_from_entry, open_it_by_hand, attach]
