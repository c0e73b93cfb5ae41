"""The page before a call leaves: letters, recipients, what is missing, who checks it."""

from collections.abc import Mapping, Sequence
from typing import Any  # values of a page

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.calls import actions, labels, mails, rules
from advocacy.calls.asking import call_forms
from advocacy.calls.asking.whole_calls import (
    Recipient,
    WholeCall,
    audience_of,
    missing,
    recipients,
    whole,
)
from advocacy.calls.mails import Addressee
from advocacy.calls.rules import CallState
from advocacy.errors import Invalid, Message
from advocacy.mail.letters import Written
from advocacy.municipalities.queries import coordinators
from advocacy.people.guards import secretariat, staff
from advocacy.people.queries import people_with
from advocacy.people.rules import LANGUAGES, Role
from advocacy.people.tables import Person
from advocacy.web.once import once
from advocacy.web.pages import Web, page, person_of, say, to, typed

NOBODY = 0  # the number of no invitation: a preview's links lead nowhere


def sentence(gap: rules.Missing, checkers: Mapping[str, Sequence[Person]]) -> Message:
    """What is missing, and who has it."""
    names = texts.listed([each.name for each in checkers.get(gap.language, ())])
    who = texts.gettext("Waits for %(names)s.") % {"names": names} if names else ""
    language = texts.language_name(gap.language) if gap.language else ""
    return Message(labels.GAPS[gap.gap].text, {"language": language, "who": who})


def anchor(gap: rules.Missing) -> str:
    """The part of the page where it is mended."""
    return f"check-{gap.language}" if gap.language else "facts"


async def checkers_by_language() -> dict[str, list[Person]]:
    found: dict[str, list[Person]] = {}
    for each in await people_with(Role.COORDINATOR):
        found.setdefault(each.language, []).append(each)
    return found


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


def _by_country(meant: Sequence[Recipient]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for each in meant:
        row = found.setdefault(each.country, {"asked": 0, "letters": 0, "without": []})
        row["asked"] += 1
        row["letters"] += each.contact is not None
        if each.contact is None:
            row["without"].append(each)
    return dict(sorted(found.items()))


async def _page(
    request: Web, found: WholeCall, *, status: int = 200, blocked: bool = False
) -> Template:
    """`blocked`: the button was pressed and something is missing."""
    meant = await recipients(audience_of(found.call))
    checkers = await checkers_by_language()
    gaps = missing(found, meant, now=clock.now())
    said = {anchor(gap): sentence(gap, checkers) for gap in gaps}
    spoken = sorted({each.language for each in meant} | set(found.words))
    return page(
        request, "calls/check.html", status=status, whole=found, call=found.call,
        state=CallState(found.call.state), states=labels.CALLS,
        spoken=sorted({each.language for each in meant}), languages=spoken, gaps=said,
        problems=said if blocked else {}, letters=await _preview(found, meant),
        countries=_by_country(meant), count=len(meant), checkers=checkers,
        may_send=person_of(request).role == Role.SECRETARIAT,
    )  # fmt: skip


@get("/{lang:str}/c/{number:str}", guards=[staff])
async def check_page(request: Web, number: FromPath[str]) -> Template | Redirect:
    found = await whole(number)
    if found.call.state in {CallState.OPEN, CallState.CLOSED}:
        return to(f"/c/{number}/results")
    return await _page(request, found)


@post("/{lang:str}/c/{number:str}/check/{language:str}", guards=[staff], status_code=200)
async def check_language(
    request: Web, number: FromPath[str], language: FromPath[str]
) -> Template | Redirect:
    found = await whole(number)
    try:
        await actions.check_text(found.call.id, language, by=person_of(request), now=clock.now())
    except Invalid:
        return await _page(request, found, status=422, blocked=True)
    name = texts.language_name(language)
    say(request, texts.gettext("%(language)s is checked.") % {"language": name})
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
        return await _page(request, found, status=422, blocked=True)


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


async def _text_page(
    request: Web, found: WholeCall, language: str, form: Mapping[str, str], **values: Any
) -> Template:
    return page(
        request, "calls/text.html", whole=found, call=found.call, text_language=language,
        typed=form, base=rules.words_hash(_words(found, language).as_facts()), **values,
    )  # fmt: skip


def _words(found: WholeCall, language: str) -> call_forms.Words:
    return found.words.get(language, call_forms.Words())


@get("/{lang:str}/c/{number:str}/text/{language:str}", guards=[staff])
async def text_page(
    request: Web, number: FromPath[str], language: FromPath[str]
) -> Template | Redirect:
    found = await whole(number)
    if language not in LANGUAGES:
        return to(f"/c/{number}")
    form = call_forms.typed_words(_words(found, language), language)
    return await _text_page(request, found, language, form)


@post("/{lang:str}/c/{number:str}/text/{language:str}", guards=[staff], status_code=200)
async def save_text(
    request: Web, number: FromPath[str], language: FromPath[str]
) -> Template | Redirect:
    """Two buttons: save, or save and say that it is right."""
    form = await typed(request)
    found = await whole(number)
    me, now = person_of(request), clock.now()
    if language not in LANGUAGES:
        return to(f"/c/{number}")
    try:
        words = call_forms.translation(form, language, found.questions)
        base = form.get("base", "")
        await actions.save_text(found.call.id, language, words, base=base, by=me, now=now)
        if form.get("checked"):
            await actions.check_text(found.call.id, language, by=me, now=now)
    except Invalid as error:
        return await _text_page(
            request, await whole(number), language, form, problems=error.fields, status=422
        )
    name = texts.language_name(language)
    say(request, texts.gettext("%(language)s is kept.") % {"language": name})
    return to(f"/c/{number}")


handlers = [check_page, check_language, launch, stop, send, text_page, save_text]
