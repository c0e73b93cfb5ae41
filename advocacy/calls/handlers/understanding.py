"""An answer in another language, and beside it what it says in the network's."""

from typing import Any  # values of a page

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.calls.asking import glossary
from advocacy.calls.handlers.ringing import known_country
from advocacy.calls.understanding import foreign_answers, understanding
from advocacy.calls.understanding.foreign_answers import Beside
from advocacy.errors import Invalid, NotFound, Outdated
from advocacy.people.guards import staff
from advocacy.settings import settings
from advocacy.web.once import once
from advocacy.web.pages import Web, page, person_of, say, typed


async def _found(request: Web, country: str, contribution: int) -> Beside:
    found = await foreign_answers.beside(contribution)
    if found.country != known_country(country):
        raise NotFound("There is no such answer")
    understanding.check_right(person_of(request), found.country)
    return found


async def _page(request: Web, found: Beside, *, status: int = 200, **values: Any) -> Template:
    queue = await foreign_answers.unread([found.country])
    said = "\n\n".join(found.words)
    terms = glossary.terms(said, found.version.language, settings().language)
    return page(
        request, "calls/translate.html", status=status, found=found, working=settings().language,
        waiting=sum(each.contribution != found.contribution for each in queue),
        agreed={each.word: each.agreed for each in reversed(terms)},
        **({"theirs": "", "was": found.text} | values),
    )  # fmt: skip


@get("/{lang:str}/countries/{country:str}/answers/{contribution:int}", guards=[staff])
async def answer_beside(
    request: Web, country: FromPath[str], contribution: FromPath[int]
) -> Template:
    return await _page(request, await _found(request, country, contribution))


@post(
    "/{lang:str}/countries/{country:str}/answers/{contribution:int}",
    guards=[staff],
    status_code=200,
)
async def save_translation(
    request: Web, country: FromPath[str], contribution: FromPath[int]
) -> Template | Redirect:
    """Kept, or kept and checked: then the next answer of the queue."""
    form, now, me = await typed(request), clock.now(), person_of(request)
    found = await _found(request, country, contribution)
    checked, seen = bool(form.get("checked")), form.get("version", "")

    async def act() -> str:
        event = await understanding.save(
            contribution, form.get("text", ""), was=form.get("was", ""), checked=checked,
            version=int(seen[:9]) if seen.isascii() and seen.isdigit() else 0, by=me, now=now,
        )  # fmt: skip
        said = (
            texts.gettext("The translation of %(name)s is checked.")
            if checked
            else texts.gettext("The translation of %(name)s is kept.")
        )
        say(request, said % {"name": found.name}, undo=event)
        return f"/{texts.language()}{await _next(found, checked=checked)}"

    try:
        return await once(form, act, now=now)
    except Invalid as error:
        return await _page(request, found, status=422, problems=error.fields, typed=form)
    except Outdated as error:
        fresh = await _found(request, country, contribution)
        return await _page(
            request, fresh, status=409, typed=form, theirs=error.theirs,
            problems={"text": error.message},
        )  # fmt: skip


async def _next(found: Beside, *, checked: bool) -> str:
    here = f"/countries/{found.country.lower()}"
    if not checked:
        return f"{here}/answers/{found.contribution}"
    queue = await foreign_answers.unread([found.country])
    return f"{here}/answers/{queue[0].contribution}" if queue else f"{here}#unread"


handlers = [answer_beside, save_translation]
