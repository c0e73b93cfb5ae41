"""Ask people to check the languages of a call by a day."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date

from litestar import post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, database, texts
from advocacy.calls.asking import wanted
from advocacy.calls.asking.whole_calls import WholeCall, whole
from advocacy.calls.handlers.checking import check_page
from advocacy.errors import Invalid, Message
from advocacy.people.guards import secretariat
from advocacy.people.rules import LANGUAGES
from advocacy.people.tables import Person
from advocacy.web.once import once
from advocacy.web.pages import Web, person_of, say, typed

Ask = tuple[str, Person, date]


def _read(form: Mapping[str, str], people: Mapping[str, Person]) -> list[Ask]:
    """One for each language with a person. Invalid names the days."""
    asks, wrong = list[Ask](), dict[str, Message]()
    for language in LANGUAGES:
        person = people.get(form.get(f"person-{language}", ""))
        if person is None:
            continue
        with suppress(ValueError):
            asks.append((language, person, date.fromisoformat(form.get(f"due-{language}", ""))))
            continue
        wrong[f"due-{language}"] = Message("Enter a day, for example 2026-11-24")
    if wrong:
        raise Invalid(wrong)
    return asks


async def _ask(found: WholeCall, asks: list[Ask], *, by: Person) -> None:
    """All or none."""
    async with database.transaction():
        for language, person, due in asks:
            await wanted.ask(found.call.id, language, person, due, by=by, now=clock.now())


@post("/{lang:str}/c/{number:str}/wanted", guards=[secretariat], status_code=200)
async def ask(request: Web, number: FromPath[str]) -> Template | Redirect:
    form = await typed(request)
    found = await whole(number)
    people = {str(each.id): each for each in await wanted.checkers()}

    async def act() -> str:
        asks = _read(form, people)
        await _ask(found, asks, by=person_of(request))
        names = texts.listed(list(dict.fromkeys(person.name for _, person, _ in asks)))
        said = texts.gettext("Asked: %(names)s") if asks else texts.gettext("Nobody is asked.")
        say(request, said % {"names": names})
        return f"/{texts.language()}/c/{number}"

    try:
        return await once(form, act, now=clock.now())
    except Invalid as error:
        return await check_page(request, found, status=422, problems=error.fields, typed=form)


handlers = [ask]
