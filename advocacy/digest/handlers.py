"""The rhythm of the digest, changed from a letter. Opening the page changes nothing."""

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.digest import actions, links
from advocacy.errors import NotFound
from advocacy.people.labels import RHYTHMS
from advocacy.people.rules import Rhythm
from advocacy.people.tables import Person
from advocacy.web.pages import Web, go, page, typed

INCOMPLETE = "This link is not complete. Please open it from the letter once more."


def _number(key: str) -> int:
    number = links.person_of(key)
    if number is None:
        raise NotFound(INCOMPLETE)
    return number


def _page(request: Web, person: Person | None, key: str, *, before: str = "") -> Template:
    """`before`: the rhythm that one click has just switched off."""
    if person is None:
        raise NotFound(INCOMPLETE)
    wished = request.query_params.get("language", "")
    texts.speak(wished if wished in texts.LANGUAGES else person.language)
    return page(
        request, "people/digest.html", person=person, rhythms=RHYTHMS, key=key, before=before
    )


@get("/u/digest/{key:str}", opt={"public": True})
async def rhythm_page(request: Web, key: FromPath[str]) -> Template:
    person = await Person.objects().where(Person.id == _number(key)).first()
    return _page(request, person, key)


@post("/u/digest/{key:str}", opt={"public": True}, status_code=200)
async def choose_rhythm(request: Web, key: FromPath[str]) -> Template | Redirect:
    """A form of ours, or the one click of a mail program (RFC 8058): at once, without a cookie."""
    form = await typed(request)
    number = _number(key)
    if form.get("List-Unsubscribe") == "One-Click":
        before = await Person.select(Person.digest).where(Person.id == number).first()
        person = await actions.choose_rhythm(number, Rhythm.NEVER, now=clock.now())
        return _page(request, person, key, before=before["digest"] if before else "")
    await actions.choose_rhythm(number, form.get("digest", ""), now=clock.now())
    return go(request.url.path)


handlers = [rhythm_page, choose_rhythm]
