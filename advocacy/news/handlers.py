"""Pages: what is new, for everybody; and an entry marked as worth knowing."""

import json
from typing import Any  # Litestar's responses are generic over their content

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.dossiers.labels import topic_name
from advocacy.errors import Invalid, NotFound
from advocacy.news import actions, forms, labels, queries, rules
from advocacy.news.rules import Interests, NewsKind
from advocacy.people.guards import secretariat
from advocacy.people.rules import COUNTRIES, LANGUAGES
from advocacy.web.pages import Web, page, person_of, say, to, typed
from feeds.reading.topics import TOPICS
from feeds.tables import Entry

NEWEST = 60
LARGEST = 2**31
"""What a column of numbers holds."""


@get("/{lang:str}/news", opt={"public": True})
async def news(request: Web) -> Template:
    """The newest of each kind; ?topic= and ?country= narrow it."""
    query = request.query_params
    topic, country = query.get("topic", ""), query.get("country", "").upper()
    wanted = Interests(frozenset({topic} & set(TOPICS)), frozenset({country} & set(COUNTRIES)))
    items = await queries.fresh(texts.language(), until=clock.now(), limit=NEWEST)
    mine = queries.concerning(items, wanted)
    return page(
        request,
        "news/list.html",
        kinds=[
            (labels.KINDS[kind], [item for item in mine if item.kind is kind]) for kind in NewsKind
        ],
        topics=[(key, topic_name(key, texts.language())) for key in TOPICS],
        countries=COUNTRIES,
        topic=topic,
        country=country,
    )


@get("/{lang:str}/inbox/{number:int}/news", guards=[secretariat])
async def note_page(request: Web, number: FromPath[int]) -> Template:
    return await _page(request, number)


async def _page(
    request: Web, number: int, *, form: forms.Typed | None = None, **more: Any
) -> Template:
    entry = await Entry.objects().where(Entry.id == number).first() if number < LARGEST else None
    if entry is None:
        raise NotFound("There is no such entry")
    stored, sentences = await queries.of_entry(number)
    chosen = {
        "topics": stored.topics if stored else _read(entry),
        "countries": stored.countries if stored else "",
        **{f"sentence-{language}": text for language, text in sentences.items()},
    } | dict(form or {})
    return page(
        request,
        "news/note.html",
        status=422 if more else 200,
        entry=entry,
        base=(form or {}).get("base") or await actions.shown(number),
        stands=stored is not None and stored.withdrawn is None,
        typed=chosen,
        languages=LANGUAGES,
        longest=rules.LONGEST_SENTENCE,
        topics=[(key, topic_name(key, texts.language())) for key in TOPICS],
        countries=COUNTRIES,
        **more,
    )


def _read(entry: Entry) -> str:
    """The topics that were read from it, as a form sends them."""
    return ",".join(found["key"] for found in json.loads(entry.topics))


@post("/{lang:str}/inbox/{number:int}/news", guards=[secretariat], status_code=200)
async def note(request: Web, number: FromPath[int]) -> Template | Redirect:
    form = await typed(request)
    try:
        noted = forms.noted(form)
    except Invalid as error:
        return await _page(request, number, form=form, problems=error.fields)
    event = await actions.note(
        number, noted, base=form.get("base", ""), by=person_of(request), now=clock.now()
    )
    say(request, texts.gettext("Marked as worth knowing. The next letters tell it."), undo=event)
    return to(f"/inbox/{number}/news")


@post("/{lang:str}/inbox/{number:int}/news/withdraw", guards=[secretariat], status_code=303)
async def withdraw(request: Web, number: FromPath[int]) -> Redirect:
    event = await actions.withdraw(number, by=person_of(request), now=clock.now())
    say(request, texts.gettext("The mark is taken back. No further letter tells it."), undo=event)
    return to(f"/inbox/{number}/news")


handlers = [news, note_page, note, withdraw]
