"""Who has answered what: sentence, table, map, list."""

from collections.abc import Sequence
from typing import Any  # values of a page

from litestar import get
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.calls import labels
from advocacy.calls.asking.mending import letters_of
from advocacy.calls.asking.whole_calls import whole
from advocacy.calls.covering.coverage import coverage
from advocacy.calls.covering.invited import invited
from advocacy.calls.covering.map import map_of
from advocacy.calls.covering.standings import Standing
from advocacy.calls.reminding.choosing import Chosen, chosen_of
from advocacy.calls.reminding.reminder_plan import plan
from advocacy.calls.ringing import ring_lists
from advocacy.calls.rules import CallState, InvitationState, accepts
from advocacy.calls.tables import Call
from advocacy.deadlines import days_left
from advocacy.municipalities.queries import coordinators
from advocacy.municipalities.rules import is_code, may_edit
from advocacy.people.guards import house
from advocacy.people.rules import COUNTRIES, STAFF, Role
from advocacy.people.tables import Person
from advocacy.web.pages import Web, page, person_of, to


@get("/{lang:str}/c/{number:str}/results", guards=[house])
async def results(request: Web, number: FromPath[str]) -> Template | Redirect:
    found = await whole(number)
    if found.call.state == CallState.DRAFT:
        return to(f"/c/{number}")
    me, wanted = person_of(request), request.query_params
    chosen, standing = chosen_of(wanted), wanted.get("state", "")
    standing = standing if standing in set(Standing) else ""
    after = wanted.get("after", "").upper()
    listed = await invited(
        found.call.id, standing=standing, chosen=chosen, after=after if is_code(after) else ""
    )
    covered = await coverage(found.call.id)
    return page(
        request, "calls/results.html", whole=found, call=found.call, covered=covered,
        map=map_of(covered, title=texts.gettext("Share of answers; the tables say the same")),
        listed=listed, standing=standing, chosen=chosen, standings=labels.STANDINGS,
        sizes=labels.SIZES, stances=labels.STANCES,
        state_label=labels.CALLS[CallState(found.call.state)], answered=InvitationState.ANSWERED,
        typed={}, problems={}, **await _help(found.call, chosen, me),
    )  # fmt: skip


async def _help(call: Call, chosen: Chosen, me: Person) -> dict[str, Any]:
    """Who helps, and what this person may do about those who have not answered."""
    now = clock.now()
    runs = call.state == CallState.OPEN and accepts(
        CallState.OPEN, answers_until=call.answers_until, now=now
    )
    remind = runs and me.role == Role.SECRETARIAT
    planned = await plan(call.id, chosen=chosen, now=now) if remind else None
    mine = _mine(me)
    asked = await ring_lists.requests(mine, call=call.id) if mine else []
    return {
        "carers": await coordinators(),
        "runs": runs,
        "days": days_left(call.answers_until, call.zone, now),
        "plan": planned,
        "may_answer_for": mine,
        "wished": {each.country: each for each in asked},
        "may_ask": remind,
        "letters": await letters_of(call.id) if runs and me.role in STAFF else None,
    }


def _mine(me: Person) -> Sequence[str]:
    countries = me.countries.split(",")
    return [each for each in COUNTRIES if may_edit(me.role, countries, country=each)]


handlers = [results]
