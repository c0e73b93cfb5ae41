"""Who has answered what: sentence, table, map, list; reminders; answers by phone and paper."""

from typing import Any  # values of a page

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.calls import actions, labels, queries
from advocacy.calls.answering import forms
from advocacy.calls.asking.whole_calls import whole
from advocacy.calls.covering.coverage import Coverage, answers_to, invited
from advocacy.calls.covering.map import coverage_map
from advocacy.calls.covering.reminding import remindable
from advocacy.calls.handlers.answering import answer_values, as_mapping, before_typing, language_of
from advocacy.calls.queries import Personal
from advocacy.calls.rules import CallState, InvitationState, accepts
from advocacy.errors import Invalid, NotAllowed, Outdated
from advocacy.municipalities.queries import coordinators
from advocacy.municipalities.rules import is_code, may_edit
from advocacy.people.guards import house, secretariat, staff
from advocacy.people.rules import COUNTRIES
from advocacy.web.once import once
from advocacy.web.pages import Web, page, person_of, say, to, typed


def _map(covered: Coverage) -> str:
    return coverage_map(
        {each.key: each.step for each in covered.countries},
        covered.places,
        counts={each.key: f"{each.answered}/{each.asked}" for each in covered.countries},
        title=texts.gettext("Share of answers by country; the table says the same"),
    )


@get("/{lang:str}/c/{number:str}/results", guards=[house])
async def results(request: Web, number: FromPath[str]) -> Template | Redirect:
    found = await whole(number)
    if found.call.state == CallState.DRAFT:
        return to(f"/c/{number}")
    me, now = person_of(request), clock.now()
    wanted = request.query_params
    state, country = wanted.get("state", ""), wanted.get("country", "").upper()
    country = country if country in COUNTRIES else ""
    after = wanted.get("after", "").upper()
    rows, further = await invited(
        found.call.id, state=state, country=country, after=after if is_code(after) else ""
    )
    answers = await answers_to([row["id"] for row in rows])
    covered = await queries.coverage(found.call.id)
    is_open = accepts(CallState(found.call.state), answers_until=found.call.answers_until, now=now)
    waiting = await remindable(found.call.id, zone=found.call.zone, now=now, country=country)
    return page(
        request, "calls/results.html", whole=found, call=found.call, covered=covered,
        map=_map(covered), rows=rows, answers=answers, further=further, state=state,
        country=country, states=labels.INVITATIONS, stances=labels.STANCES,
        state_label=labels.CALLS[CallState(found.call.state)], carers=await coordinators(),
        waiting=len(waiting), may_remind=is_open and me.role == "secretariat",
        may_answer_for=[
            each for each in COUNTRIES
            if may_edit(me.role, me.countries.split(","), country=each)
        ],
        answered=InvitationState.ANSWERED,
    )  # fmt: skip


@post("/{lang:str}/c/{number:str}/remind", guards=[secretariat], status_code=303)
async def remind(request: Web, number: FromPath[str]) -> Redirect:
    form = await typed(request)
    found = await whole(number)
    country = form.get("country", "")

    async def act() -> str:
        written = await actions.remind(
            found.call.id, by=person_of(request), now=clock.now(),
            country=country if country in COUNTRIES else "",
        )  # fmt: skip
        said = texts.ngettext(
            "%(num)d reminder is leaving.", "%(num)d reminders are leaving.", written
        )
        say(request, said % {"num": written})
        return f"/{texts.language()}/c/{number}/results"

    return await once(form, act, now=clock.now())


async def _on_behalf(request: Web, personal: Personal, **values: Any) -> Template:
    carers = await coordinators()
    return page(
        request, "calls/on_behalf.html", coordinator=carers.get(personal.municipality.country),
        reception=personal.reception(now=clock.now()), version=personal.version,
        channels=[(key, labels.CHANNELS[key]) for key in ("phone", "paper")],
        **(answer_values(personal, personal.invitation.language) | values),
    )  # fmt: skip


async def _asked(request: Web, number: str, code: str) -> Personal:
    personal = await queries.invitation_of(number, code)
    me = person_of(request)
    if not may_edit(me.role, me.countries.split(","), country=personal.municipality.country):
        raise NotAllowed("Only the secretariat and the coordinator of the country answer for it")
    return personal


@get("/{lang:str}/c/{number:str}/answer/{code:str}", guards=[staff])
async def answer_for(request: Web, number: FromPath[str], code: FromPath[str]) -> Template:
    personal = await _asked(request, number, code)
    there = before_typing(personal) | dict(as_mapping(personal.invitation.draft))
    there |= {"channel": "phone", "base": str(_version(personal))}
    return await _on_behalf(request, personal, typed=there)


def _version(personal: Personal) -> int:
    return personal.contribution.version if personal.contribution else 0


@post("/{lang:str}/c/{number:str}/answer/{code:str}", guards=[staff], status_code=200)
async def send_for(
    request: Web, number: FromPath[str], code: FromPath[str]
) -> Template | Redirect:  # fmt: skip
    """Marked as by phone or on paper, with who typed it; the municipality gets the receipt."""
    form, now, me = await typed(request), clock.now(), person_of(request)
    personal = await _asked(request, number, code)
    base = form.get("base", "0")
    try:
        answer = forms.answer(
            form, personal.whole.questions, zone=personal.whole.call.zone, now=now,
            language=language_of(form.get("text", ""), personal),
        )  # fmt: skip

        async def act() -> str:
            await actions.contribute(
                personal.invitation.id, answer, by=me, now=now,
                channel="paper" if form.get("channel") == "paper" else "phone",
                base_version=int(base[:9]) if base.isascii() and base.isdigit() else 0,
            )  # fmt: skip
            name = personal.municipality.name
            say(request, texts.gettext("The answer of %(name)s is kept.") % {"name": name})
            return f"/{texts.language()}/c/{number}/results"

        return await once(form, act, now=now)
    except Invalid as error:
        return await _on_behalf(request, personal, status=422, typed=form, problems=error.fields)
    except Outdated as error:
        fresh = await _asked(request, number, code)
        return await _on_behalf(
            request, fresh, status=409, problems={"text": error.message},
            typed={**form, "base": str(_version(fresh))},
        )  # fmt: skip


handlers = [results, remind, answer_for, send_for]
