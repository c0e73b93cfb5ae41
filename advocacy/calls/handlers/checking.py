"""The page before a call leaves: letters, recipients, what is missing, who checks it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any  # values of a page

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.calls import actions, labels, mails, rules
from advocacy.calls.answering import reply_to
from advocacy.calls.asking import official, wanted
from advocacy.calls.asking.recipients import Chosen, Recipient, audience_of, chosen_by, missing
from advocacy.calls.asking.wanted import Wanted
from advocacy.calls.asking.whole_calls import WholeCall, whole
from advocacy.calls.handlers.translating import is_theirs, translated
from advocacy.calls.mails import Addressee
from advocacy.calls.rules import CallState
from advocacy.deadlines import REMINDER_DAYS, last_day, local_date
from advocacy.errors import Invalid, Message
from advocacy.mail.letters import Written
from advocacy.municipalities.queries import coordinators
from advocacy.municipalities.rules import Rhythm
from advocacy.people.guards import secretariat, staff
from advocacy.people.rules import LANGUAGES, Role
from advocacy.people.tables import Person
from advocacy.settings import settings
from advocacy.web.once import once
from advocacy.web.pages import Web, page, person_of, say, to, typed

NOBODY = 0  # the number of no invitation: a preview's links lead nowhere


def sentence(
    gap: rules.Missing, people: Sequence[Person], asked: Mapping[str, Wanted]
) -> Message:  # fmt: skip
    """What is missing, and who has it."""
    language = texts.language_name(gap.language) if gap.language else ""
    values = {"language": language, "who": _who(gap.language, people, asked)}
    return Message(labels.GAPS[gap.gap].text, values)


def _who(language: str, people: Sequence[Person], asked: Mapping[str, Wanted]) -> str:
    there = asked.get(language)
    if there is not None and there.due is not None:
        values = {"name": there.name, "day": texts.short_day(there.due)}
        return texts.gettext("Asked: %(name)s. Due: %(day)s") % values
    names = [p.name for p in people if p.language == language and p.role == Role.COORDINATOR]
    return texts.gettext("Waits for %(names)s.") % {"names": texts.listed(names)} if names else ""


def anchor(gap: rules.Missing) -> str:
    """The part of the page where it is mended."""
    if gap.gap is rules.Gap.UNREAD:
        return "official"
    return f"check-{gap.language}" if gap.language else "facts"


async def _preview(found: WholeCall, meant: Sequence[Recipient]) -> dict[str, Written]:
    """Per language the letter as the first recipient gets it."""
    carers = await coordinators()
    letters: dict[str, Written] = {}
    for each in meant:
        if each.contact is None or each.language in letters:
            continue
        if each.language not in found.complete:
            continue
        who = Addressee(NOBODY, each.code, each.name, each.contact, each.language)
        letters[each.language] = mails.call(found, who, carers.get(each.country))
    return letters


def _by_country(chosen: Chosen) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for each in chosen.asked:
        row = found.setdefault(each.country, {"asked": [], "letters": 0, "without": []})
        row["asked"].append(each)
        row["letters"] += each.contact is not None
        if each.contact is None:
            row["without"].append(each)
    return dict(sorted(found.items()))


def _happens(found: WholeCall, chosen: Chosen, *, now: datetime) -> dict[str, Any]:
    """What the button does, in figures and days."""
    call, contacts = found.call, [each.contact for each in chosen.asked if each.contact]
    return {
        "letters": len(contacts),
        "weekly": sum(each.calls == Rhythm.WEEKLY for each in contacts),
        "leaves": now + rules.HOLD,
        "reminders": _reminders(call.answers_until, call.zone, now=now),
        "sender": settings().sender,
        "replies": bool(reply_to.address(NOBODY)),
    }


def _reminders(until: datetime, zone: str, *, now: datetime) -> list[date]:
    """The days on which those who have not answered are reminded."""
    last, today = last_day(until, zone), local_date(now, zone)
    days = [last - timedelta(days=before) for before in REMINDER_DAYS]
    return [day for day in days if day > today]


async def check_page(
    request: Web, found: WholeCall, *, status: int = 200, blocked: bool = False, **values: Any
) -> Template:
    """`blocked`: the button was pressed and something is missing."""
    now, me = clock.now(), person_of(request)
    chosen = await chosen_by(audience_of(found.call))
    people, asked = await wanted.checkers(), await wanted.wanted(found)
    gaps = await missing(found, chosen, now=now)
    said = {anchor(gap): sentence(gap, people, asked) for gap in gaps}
    there = {
        "whole": found, "call": found.call, "state": CallState(found.call.state),
        "states": labels.CALLS, "spoken": chosen.languages, "gaps": said, "chosen": chosen,
        "languages": sorted({*chosen.languages, *found.words}), "problems": said if blocked else {},
        "letters": await _preview(found, chosen.asked), "countries": _by_country(chosen),
        "happens": _happens(found, chosen, now=now), "people": people, "asked": asked,
        "proposals": await wanted.proposals(found, chosen, people, asked, now=now),
        "handed": await official.kept(found.call.id), "why_not": labels.WHY_NOT,
        "may_send": me.role == Role.SECRETARIAT,
        "theirs": [each for each in LANGUAGES if is_theirs(found, each, me)],
    }  # fmt: skip
    return page(request, "calls/check.html", status=status, **(there | values))


@get("/{lang:str}/c/{number:str}", guards=[staff])
async def look(request: Web, number: FromPath[str]) -> Template | Redirect:
    found = await whole(number)
    if found.call.state in {CallState.OPEN, CallState.CLOSED}:
        return to(f"/c/{number}/results")
    return await check_page(request, found)


@post("/{lang:str}/c/{number:str}/check/{language:str}", guards=[staff], status_code=200)
async def check_language(
    request: Web, number: FromPath[str], language: FromPath[str]
) -> Template | Redirect:
    found = await translated(number, language, person_of(request))
    try:
        event = await actions.check_text(
            found.call.id, language, by=person_of(request), now=clock.now()
        )
    except Invalid:
        return await check_page(request, found, status=422, blocked=True)
    name = texts.language_name(language)
    say(request, texts.gettext("%(language)s is checked.") % {"language": name}, undo=event)
    return to(f"/c/{number}")


@post("/{lang:str}/c/{number:str}/launch", guards=[secretariat], status_code=200)
async def launch(request: Web, number: FromPath[str]) -> Template | Redirect:
    form = await typed(request)
    found = await whole(number)

    async def act() -> str:
        await actions.launch(found.call.id, by=person_of(request), now=clock.now())
        return f"/{texts.language()}/c/{number}"

    try:
        return await once(form, act, now=clock.now())
    except actions.Incomplete:
        return await check_page(request, found, status=422, blocked=True)


@post("/{lang:str}/c/{number:str}/stop", guards=[secretariat], status_code=303)
async def stop(request: Web, number: FromPath[str]) -> Redirect:
    found = await whole(number)
    await actions.stop_launch(found.call.id, by=person_of(request), now=clock.now())
    say(request, texts.gettext("Stopped. No letter has left."))
    return to(f"/c/{number}")


@post("/{lang:str}/c/{number:str}/send", guards=[secretariat], status_code=303)
async def send(request: Web, number: FromPath[str]) -> Redirect:
    found = await whole(number)
    await actions.send_now(found.call.id, by=person_of(request), now=clock.now())
    say(request, texts.gettext("The letters are leaving now."))
    return to(f"/c/{number}/results")


handlers = [look, check_language, launch, stop, send]
