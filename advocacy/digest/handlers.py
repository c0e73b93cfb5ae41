"""The rhythm of the digest, changed from a letter or from one's own settings.

Opening a page changes nothing.
"""

from collections.abc import Mapping

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.digest import choosing, links, queries
from advocacy.digest.labels import KINDS
from advocacy.digest.rules import Kind
from advocacy.errors import Invalid, NotFound
from advocacy.news.forms import interests
from advocacy.people.guards import house
from advocacy.people.labels import RHYTHMS
from advocacy.people.rules import Rhythm
from advocacy.people.tables import Person
from advocacy.templating import address
from advocacy.web.pages import Web, go, page, person_of, say, typed

INCOMPLETE = "This link is not complete. Please open it from the letter once more."


def _reader(key: str) -> tuple[int, tuple[Kind, ...]]:
    reader = links.reader_of(key)
    if reader is None:
        raise NotFound(INCOMPLETE)
    return reader


async def _page(
    request: Web,
    key: str,
    *,
    before: Mapping[Kind, Rhythm] | None = None,
    error: Invalid | None = None,
) -> Template:
    """`before`: what one click has just switched off."""
    number, kinds = _reader(key)
    person = await Person.objects().where(Person.id == number).first()
    if person is None:
        raise NotFound(INCOMPLETE)
    wished = request.query_params.get("language", "")
    texts.speak(wished if wished in texts.LANGUAGES else person.language)
    return page(
        request,
        "people/digest.html",
        status=422 if error else 200,
        person=person,
        chosen=await queries.rhythms_of(person),
        kinds=KINDS,
        of_letter=kinds,
        rhythms=RHYTHMS,
        key=key,
        before=before or {},
        **({"problems": error.fields} if error else {}),
    )


@get("/u/digest/{key:str}", opt={"public": True})
async def rhythm_page(request: Web, key: FromPath[str]) -> Template:
    return await _page(request, key)


@post("/u/digest/{key:str}", opt={"public": True}, status_code=200)
async def choose_rhythm(request: Web, key: FromPath[str]) -> Template | Redirect:
    """A form of ours, or the one click of a mail program (RFC 8058): at once, without a cookie."""
    form = await typed(request)
    number, kinds = _reader(key)
    if form.get("List-Unsubscribe") == "One-Click":
        before = await choosing.stop(number, kinds, now=clock.now())
        return await _page(request, key, before=before)
    try:
        chosen = choosing.typed_rhythms(form, tuple(Kind))
    except Invalid as error:
        return await _page(request, key, error=error)
    await choosing.choose(number, chosen, now=clock.now())
    return go(request.url.path)


@post("/{lang:str}/me/digest", guards=[house], status_code=303)
async def choose_mine(request: Web) -> Redirect:
    person = person_of(request)
    form = await typed(request)
    chosen = choosing.typed_rhythms(form, choosing.kinds_of(person))
    topics, countries = interests(form)
    await choosing.choose(person.id, chosen, now=clock.now())
    await choosing.want(person.id, topics, countries)
    say(request, texts.gettext("Your settings are kept."))
    return go(address("/me"))


handlers = [rhythm_page, choose_rhythm, choose_mine]
