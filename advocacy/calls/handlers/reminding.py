"""Reminders by hand: who would get one, who is left out and why, and the letter itself."""

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.calls import actions, labels
from advocacy.calls.asking.whole_calls import whole
from advocacy.calls.reminding.choosing import chosen_of
from advocacy.calls.reminding.reminder_plan import plan
from advocacy.calls.reminding.reminding import samples
from advocacy.calls.rules import CallState, accepts
from advocacy.people.guards import secretariat
from advocacy.web.once import once
from advocacy.web.pages import Web, page, person_of, say, to, typed


@get("/{lang:str}/c/{number:str}/remind", guards=[secretariat])
async def remind_page(request: Web, number: FromPath[str]) -> Template | Redirect:
    """Opening it writes nothing."""
    found, now = await whole(number), clock.now()
    chosen = chosen_of(request.query_params)
    if not accepts(CallState(found.call.state), answers_until=found.call.answers_until, now=now):
        return to(f"/c/{number}/results")
    planned = await plan(found.call.id, chosen=chosen, now=now)
    everybody = await plan(found.call.id, chosen=chosen, tired_too=True, now=now)
    return page(
        request, "calls/remind.html", whole=found, call=found.call, chosen=chosen, plan=planned,
        everybody=everybody, letters=await samples(everybody), now=now,
        left_labels=labels.LEFT_OUT, sizes=labels.SIZES,
    )  # fmt: skip


@post("/{lang:str}/c/{number:str}/remind", guards=[secretariat], status_code=303)
async def remind(request: Web, number: FromPath[str]) -> Redirect:
    form, now = await typed(request), clock.now()
    found = await whole(number)

    async def act() -> str:
        done = await actions.remind(
            found.call.id, by=person_of(request), now=now, chosen=chosen_of(form),
            tired_too=bool(form.get("tired_too")),
        )  # fmt: skip
        say(request, _said(done.letters), undo=done.event)
        return f"/{texts.language()}/c/{number}/results"

    return await once(form, act, now=now)


def _said(letters: int) -> str:
    if not letters:
        return texts.gettext("Nobody is to be reminded now.")
    said = texts.ngettext(
        "%(num)d reminder leaves in ten minutes.",
        "%(num)d reminders leave in ten minutes.",
        letters,
    )
    return said % {"num": letters}


handlers = [remind_page, remind]
