"""Who comes: the hosts' list, as a table and as badges; registering somebody who rang."""

from collections.abc import Mapping
from functools import partial
from typing import Any  # rows and values of a page

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.errors import Invalid, Message, NotAllowed, NotFound, Outdated
from advocacy.events import actions, labels, queries, rules
from advocacy.events.fields import number, one_line
from advocacy.events.handlers.keeping import kept
from advocacy.events.registering import typed as registering
from advocacy.events.rules import RegistrationState
from advocacy.events.showing.badges import Badge, badges
from advocacy.events.showing.participants import sheet
from advocacy.events.tables import Gathering
from advocacy.municipalities import queries as municipalities
from advocacy.people.guards import staff
from advocacy.spreadsheets.writing import as_csv, as_xlsx
from advocacy.templating import address
from advocacy.typesetting import in_turn
from advocacy.web.files import disposition
from advocacy.web.once import once
from advocacy.web.pages import Web, page, person_of, say, to, typed

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS = {"xlsx": (as_xlsx, XLSX), "csv": (as_csv, "text/csv")}


@get("/{lang:str}/events/{gathering_id:int}/registrations", guards=[staff])
async def registrations(request: Web, gathering_id: FromPath[int]) -> Template:
    gathering = await kept(request, gathering_id)
    return await _page(request, gathering, {"language": texts.language()})


@post("/{lang:str}/events/{gathering_id:int}/registrations", guards=[staff], status_code=200)
async def register_for(request: Web, gathering_id: FromPath[int]) -> Template | Redirect:
    """For somebody who rang; they get the letter with their link."""
    form, now = await typed(request), clock.now()
    gathering = await kept(request, gathering_id)

    async def act() -> str:
        guest = registering.guest(form, interpreted=gathering.interpretation.split(","))
        municipality = await _municipality(form)
        row = await actions.placing.register_for(
            gathering.id, guest, municipality=municipality, by=person_of(request), now=now
        )
        placed = row.state == RegistrationState.PLACED
        said = texts.gettext("%(name)s has a place.")
        said = said if placed else texts.gettext("%(name)s is on the waiting list.")
        say(request, said % {"name": row.name})
        return address(f"/events/{gathering.id}/registrations")

    try:
        return await once(form, act, now=now)
    except Invalid as error:
        return await _page(request, gathering, form, status=422, problems=error.fields)
    except (NotAllowed, Outdated) as error:
        problems = {"email": error.message}
        return await _page(request, gathering, form, status=422, problems=problems)


async def _municipality(form: Mapping[str, str]) -> int | None:
    code = one_line(form.get("code", ""))[:12]
    if not code:
        return None
    try:
        return int((await municipalities.by_code(code)).id)
    except NotFound:
        wrong = Message("There is no municipality with the code %(code)s", {"code": code})
        raise Invalid({"code": wrong}) from None


@post(
    "/{lang:str}/events/{gathering_id:int}/registrations/{registration_id:int}/give-back",
    guards=[staff],
    status_code=303,
)
async def give_back(
    request: Web, gathering_id: FromPath[int], registration_id: FromPath[int]
) -> Redirect:
    gathering = await kept(request, gathering_id)
    row = await queries.registration(gathering.id, registration_id)
    await actions.placing.give_back(row, by=person_of(request), now=clock.now())
    say(request, texts.gettext("The place of %(name)s is given back.") % {"name": row.name})
    return to(f"/events/{gathering.id}/registrations")


@post("/{lang:str}/events/{gathering_id:int}/presence", guards=[staff], status_code=303)
async def note_presence(request: Web, gathering_id: FromPath[int]) -> Redirect:
    form = await typed(request)
    gathering = await kept(request, gathering_id)
    there = [known for part in form.get("there", "").split(",") if (known := number(part))]
    came = await actions.presence.note(gathering.id, there, by=person_of(request), now=clock.now())
    many = texts.ngettext("%(num)d person was there.", "%(num)d people were there.", came)
    say(request, many % {"num": came})
    return to(f"/events/{gathering.id}/registrations")


HERE = "/{lang:str}/events/{gathering_id:int}/participants."


@get([f"{HERE}{ending}" for ending in FORMATS], guards=[staff])
async def table(request: Web, gathering_id: FromPath[int]) -> Response[bytes]:
    gathering = await kept(request, gathering_id)
    ending = request.url.path.rpartition(".")[2]
    rows = await queries.registrations_of(gathering.id)
    name = f"participants-{gathering.id}"
    write, media_type = FORMATS[ending]
    content = write(sheet(rows, name=name, zone=gathering.zone))
    headers = {"content-disposition": disposition(f"{name}.{ending}")}
    return Response(content, media_type=media_type, headers=headers)


@get("/{lang:str}/events/{gathering_id:int}/badges.pdf", guards=[staff])
async def badges_file(request: Web, gathering_id: FromPath[int]) -> Response[bytes]:
    gathering = await kept(request, gathering_id)
    told = await queries.told_in(gathering, texts.language())
    rows = await queries.registrations_of(gathering.id, RegistrationState.PLACED)
    rows.sort(key=lambda row: str(row["name"]).casefold())
    make = partial(
        badges, [_badge(row) for row in rows], title=told.title, language=told.language,
        day=texts.short_day(gathering.begins, gathering.zone), made=gathering.changed,
    )  # fmt: skip
    content = await in_turn(make)
    headers = {"content-disposition": disposition(f"badges-{gathering.id}.pdf")}
    return Response(content, media_type="application/pdf", headers=headers)


def _badge(row: Mapping[str, Any]) -> Badge:
    return Badge(
        name=row["name"], organisation=row["organisation"] or row["municipality"] or "",
        country=row["country"] or "", speaks=row["language"], hears=row["hears"],
    )  # fmt: skip


async def _page(
    request: Web, gathering: Gathering, form: Mapping[str, str], **values: Any
) -> Template:
    rows = await queries.registrations_of(gathering.id)
    now = clock.now()
    return page(
        request, "events/registrations.html", gathering=gathering, labels=labels, now=now,
        told=await queries.told_in(gathering, texts.language()), typed=form, rows=rows,
        placed=[row for row in rows if row["state"] == RegistrationState.PLACED],
        waiting=[row for row in rows if row["state"] == RegistrationState.WAITING],
        unconfirmed=[row for row in rows if row["state"] == RegistrationState.UNCONFIRMED],
        invited=await queries.invited_to(gathering.id), has_begun=now >= gathering.begins,
        may_more=gathering.state == rules.GatheringState.PUBLISHED and now < gathering.begins,
        interpreted=[code for code in gathering.interpretation.split(",") if code], **values,
    )  # fmt: skip


handlers = [registrations, register_for, give_back, note_presence, table, badges_file]
