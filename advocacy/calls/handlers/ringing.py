"""The list of those who have not answered, to ring them one after the other."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import fields, replace
from datetime import date
from typing import Any  # values of a page

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.calls.asking.whole_calls import WholeCall, whole
from advocacy.calls.labels import RING_STATES
from advocacy.calls.ringing import ring_lists, ringing
from advocacy.calls.ringing.ring_lists import RingList, RingRow
from advocacy.calls.rules import CallState, RingOutcome, accepts
from advocacy.errors import Invalid, Message, NotFound
from advocacy.municipalities import actions as municipalities
from advocacy.municipalities import forms
from advocacy.municipalities import queries as members
from advocacy.municipalities.labels import ROLES
from advocacy.municipalities.tables import Contact
from advocacy.people.guards import secretariat, staff
from advocacy.people.rules import COUNTRIES
from advocacy.web.once import once
from advocacy.web.pages import Web, page, person_of, say, to, typed

FILTERS = ("", "not_rung", *ring_lists.STATES)


def known_country(country: str) -> str:
    if country.upper() not in COUNTRIES:
        raise NotFound("There is no such page")
    return country.upper()


async def _found(request: Web, number: str, country: str) -> tuple[WholeCall, str]:
    """The call and the country, if this person rings there."""
    code = known_country(country)
    ringing.check_right(person_of(request), code)
    found = await whole(number)
    if found.call.state not in {CallState.OPEN, CallState.CLOSED}:
        raise NotFound("There is no such page")
    return found, code


def _shown(row: RingRow, wanted: str) -> bool:
    if wanted == "not_rung":
        return row.last is None
    return wanted in ("", row.state)


async def _page(
    request: Web, found: WholeCall, country: str, *, status: int = 200, **values: Any
) -> Template:
    """`mend`: the code of the municipality whose contact is being mended in the list."""
    wanted = request.query_params.get("show", "")
    wanted = wanted if wanted in FILTERS else ""
    listed = await ring_lists.list_of(found.call.id, country)
    call, now = found.call, clock.now()
    return page(
        request, "calls/ring.html", status=status, whole=found, call=call, country=country,
        here=f"/c/{call.number}/ring/{country.lower()}", listed=listed, show=wanted,
        filters=[(each, RING_STATES[each]) for each in FILTERS], states=RING_STATES, roles=ROLES,
        rows=[row for row in listed.rows if _shown(row, wanted)],
        wishes=await ring_lists.requests([country], call=call.id),
        is_open=accepts(CallState(call.state), answers_until=call.answers_until, now=now),
        **({"mend": request.query_params.get("mend", "")} | values),
    )  # fmt: skip


@get("/{lang:str}/c/{number:str}/ring/{country:str}", guards=[staff])
async def ring_list(request: Web, number: FromPath[str], country: FromPath[str]) -> Template:
    found, code = await _found(request, number, country)
    return await _page(request, found, code)


def _row(listed: RingList, code: str) -> RingRow:
    row = next((each for each in listed.rows if each.code == code.upper()), None)
    if row is None:
        raise NotFound("This municipality is not on the list: it was not asked, or has answered")
    return row


def _day(form: Mapping[str, str]) -> date | None:
    """As the calendar field sends it, or as people write it; empty: nobody said."""
    text = form.get("until", "").strip()
    if not text:
        return None
    with suppress(ValueError):
        return date.fromisoformat(text)
    with suppress(ValueError):
        day, month, year = (int(part) for part in text.replace("/", ".").split("."))
        return date(year, month, day)
    raise Invalid({"until": Message("Enter a day, for example 14.11.2026")})


def _next(listed: RingList, code: str, outcome: RingOutcome, show: str) -> str:
    """The part of the address after the list's: the contact to be mended, or the next row."""
    kept = [f"show={show}"] if show in FILTERS[1:] else []
    if outcome == RingOutcome.WRONG_CONTACT:
        kept.append(f"mend={code}")
    following = code if outcome == RingOutcome.WRONG_CONTACT else listed.after(code)
    query = f"?{'&'.join(kept)}" if kept else ""
    return f"{query}#row-{following}" if following else query


@post("/{lang:str}/c/{number:str}/ring/{country:str}/{code:str}", guards=[staff], status_code=200)
async def rung(
    request: Web, number: FromPath[str], country: FromPath[str], code: FromPath[str]
) -> Template | Redirect:
    form, now, me = await typed(request), clock.now(), person_of(request)
    found, place = await _found(request, number, country)
    chosen = form.get("outcome", "")
    if chosen not in set(RingOutcome):
        raise NotFound("There is no such page")
    outcome = RingOutcome(chosen)
    listed = await ring_lists.list_of(found.call.id, place)
    row = _row(listed, code)

    async def act() -> str:
        event = await ringing.ring(
            row.invitation, outcome, until=_day(form), note=form.get("note", ""), by=me, now=now
        )
        said = texts.gettext("%(name)s: %(outcome)s.") % {
            "name": row.name,
            "outcome": texts.translate(ringing.label(outcome)),
        }
        say(request, said, undo=event)
        after = _next(listed, row.code, outcome, form.get("show", ""))
        return f"/{texts.language()}/c/{number}/ring/{place.lower()}{after}"

    try:
        return await once(form, act, now=now)
    except Invalid as error:
        wrong = {f"until-{row.code}": text for text in error.fields.values()}
        return await _page(
            request, found, place, status=422, problems=wrong,
            typed={f"until-{row.code}": form.get("until", "")},
        )  # fmt: skip


def _mended(contact: Contact, form: Mapping[str, str]) -> forms.NewContact:
    """The two fields: a name, and a telephone number or an address. What is empty stays."""
    kept = {each.name: getattr(contact, each.name) for each in fields(forms.NewContact)}
    name, reach = (" ".join(form.get(key, "").split()) for key in ("name", "reach"))
    wanted = {"name": name or contact.name}
    if reach:
        is_phone = "@" not in reach and any(sign.isdigit() for sign in reach)
        wanted["phone" if is_phone else "email"] = reach
    checked = forms.contact({key: str(value or "") for key, value in kept.items()} | wanted)
    return replace(
        forms.NewContact(**kept), name=checked.name, email=checked.email, phone=checked.phone
    )


@post(
    "/{lang:str}/c/{number:str}/ring/{country:str}/{code:str}/contact",
    guards=[staff],
    status_code=200,
)
async def mend_contact(
    request: Web, number: FromPath[str], country: FromPath[str], code: FromPath[str]
) -> Template | Redirect:
    form, now, me = await typed(request), clock.now(), person_of(request)
    found, place = await _found(request, number, country)
    row = _row(await ring_lists.list_of(found.call.id, place), code)
    if row.contact is None:
        return to(f"/m/{row.code}/contacts")
    contact = await members.contact(row.contact)
    try:
        new = _mended(contact, form)
    except Invalid as error:
        wrong = {"name" if each == "name" else "reach": said for each, said in error.fields.items()}
        return await _page(
            request, found, place, status=422, mend=row.code, problems=wrong, typed=form
        )
    event = await municipalities.change_contact(row.contact, new, by=me, now=now)
    say(request, texts.gettext("%(name)s is kept.") % {"name": new.name}, undo=event)
    return to(f"/c/{number}/ring/{place.lower()}#row-{row.code}")


@post("/{lang:str}/c/{number:str}/ask-to-ring", guards=[secretariat], status_code=303)
async def ask_to_ring(request: Web, number: FromPath[str]) -> Redirect:
    """The secretariat asks the coordinator of a country, with a word of its own if it likes."""
    form, now, me = await typed(request), clock.now(), person_of(request)
    found = await whole(number)
    country = known_country(form.get("country", ""))

    async def act() -> str:
        await ringing.ask(found.call.id, country, form.get("note", ""), by=me, now=now)
        keeper = (await members.coordinators())[country]
        said = texts.gettext("%(name)s is asked to ring. The letter is leaving.")
        say(request, said % {"name": keeper.name})
        return f"/{texts.language()}/c/{number}/results?country={country}"

    return await once(form, act, now=now)


handlers = [ring_list, rung, mend_contact, ask_to_ring]
