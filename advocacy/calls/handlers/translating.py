"""One language of a call: typed beside the original, and checked by whoever speaks it."""

from collections.abc import Mapping
from typing import Any  # values of a page

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.calls import actions, rules
from advocacy.calls.asking import beside, call_forms, checking
from advocacy.calls.asking.whole_calls import WholeCall, whole
from advocacy.calls.rules import CallState
from advocacy.errors import Invalid, NotFound, Outdated
from advocacy.people.guards import staff
from advocacy.people.rules import LANGUAGES
from advocacy.people.tables import Person
from advocacy.translations.rules import may_translate
from advocacy.web.pages import Web, page, person_of, say, to, typed


def is_theirs(found: WholeCall, language: str, person: Person) -> bool:
    """May they write and check it: a language of their countries, or one they were asked for."""
    text = found.texts.get(language)
    asked = text is not None and text.asked == person.id
    return asked or may_translate(person.role, person.countries.split(","), language)


async def translated(number: str, language: str, person: Person) -> WholeCall:
    """The call, if this person may write that language of it; else 404."""
    found = await whole(number)
    if language not in LANGUAGES or not is_theirs(found, language, person):
        raise NotFound("There is no such page")
    return found


def _words(found: WholeCall, language: str) -> call_forms.Words:
    return found.words.get(language, call_forms.Words())


def _text_page(
    request: Web, found: WholeCall, language: str, form: Mapping[str, str], **values: Any
) -> Template:
    """`form` is what the fields hold; `theirs` what somebody saved meanwhile."""
    lead, text = found.call.language, found.texts.get(language)
    against = checking.source_of(text) if language != lead else None
    pieces = beside.segments(
        found.lead, found.questions, source=lead, target=language, checked_against=against
    )
    title = form.get(f"title-{language}", "")
    return page(
        request, "calls/text.html", whole=found, call=found.call, text_language=language,
        text=text, segments=pieces, agreed=beside.agreed(pieces),
        changed=beside.words_changed(pieces), is_lead=language == lead,
        long=len(title) if beside.is_long(title) else 0, most=beside.SUBJECT,
        is_draft=found.call.state == CallState.DRAFT,
        base=rules.words_hash(_words(found, language).as_facts()),
        **({"theirs": {}, "typed": form} | values),
    )  # fmt: skip


@get("/{lang:str}/c/{number:str}/text/{language:str}", guards=[staff])
async def text_page(request: Web, number: FromPath[str], language: FromPath[str]) -> Template:
    found = await translated(number, language, person_of(request))
    form = call_forms.typed_words(_words(found, language), language)
    return _text_page(request, found, language, form)


@post("/{lang:str}/c/{number:str}/text/{language:str}", guards=[staff], status_code=200)
async def save_text(
    request: Web, number: FromPath[str], language: FromPath[str]
) -> Template | Redirect:
    """Two buttons: save, or save and say that it is right."""
    form = await typed(request)
    me, now = person_of(request), clock.now()
    found = await translated(number, language, me)
    event = None
    try:
        words = call_forms.translation(form, language, found.questions)
        base = form.get("base", "")
        if words != _words(found, language) or not form.get("checked"):
            await actions.save_text(found.call.id, language, words, base=base, by=me, now=now)
        if form.get("checked"):
            event = await actions.check_text(found.call.id, language, by=me, now=now)
    except Invalid as error:
        return _text_page(
            request, await whole(number), language, form, problems=error.fields, status=422
        )
    except Outdated:
        return await _met(request, number, language, form)
    name = texts.language_name(language)
    said = (
        texts.gettext("%(language)s is checked.")
        if form.get("checked")
        else texts.gettext("%(language)s is kept.")
    )
    say(request, said % {"language": name}, undo=event)
    return to(f"/c/{number}")


async def _met(request: Web, number: str, language: str, form: Mapping[str, str]) -> Template:
    """Somebody saved other words: mine stay in the fields, theirs stand beside them."""
    fresh = await whole(number)
    if fresh.call.state != CallState.DRAFT:
        raise Outdated(
            "This call has been sent: its words stay as they are",
            theirs="\n\n".join(_words(fresh, language).questions.values()),
            mine="\n\n".join(text for name, text in form.items() if name.endswith(language)),
        )
    theirs = call_forms.typed_words(_words(fresh, language), language)
    others = {name: text for name, text in theirs.items() if text != form.get(name, "")}
    return _text_page(request, fresh, language, form, theirs=others, status=409)


@post("/{lang:str}/c/{number:str}/text/{language:str}/uncheck", guards=[staff], status_code=303)
async def uncheck(request: Web, number: FromPath[str], language: FromPath[str]) -> Redirect:
    me, now = person_of(request), clock.now()
    found = await translated(number, language, me)
    event = await checking.uncheck(found.call.id, language, by=me, now=now)
    name = texts.language_name(language)
    said = texts.gettext("%(language)s is not checked any more.") % {"language": name}
    say(request, said, undo=event)
    return to(f"/c/{number}/text/{language}")


handlers = [text_page, save_text, uncheck]
