"""Numbers under which others follow a dossier, and dossiers that belong to it; its sources."""

from collections.abc import Awaitable, Callable, Mapping

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.dossiers import labels, queries, sources
from advocacy.dossiers.handlers.looking import found
from advocacy.dossiers.relations import references, referring, relating
from advocacy.dossiers.tables import Dossier
from advocacy.errors import Invalid, Message
from advocacy.people.guards import house, secretariat
from advocacy.templating import address
from advocacy.triage.forms import one_line
from advocacy.web.once import once
from advocacy.web.pages import Web, page, person_of, say, typed

Problems = Mapping[str, Message]


@get("/{lang:str}/d/{ref:str}/numbers", guards=[secretariat])
async def numbers_page(request: Web, ref: FromPath[str]) -> Template:
    return await _page(request, await found(ref), {})


async def _page(
    request: Web,
    dossier: Dossier,
    form: Mapping[str, str],
    *,
    problems: Problems | None = None,
    elsewhere: Dossier | None = None,
) -> Template:
    related, proposed = await relating.around(dossier)
    return page(
        request, "dossiers/numbers.html", status=422 if problems else 200,
        problems=problems or {}, typed=form, dossier=dossier, references=references, labels=labels,
        numbers=await queries.references_of(dossier.id), related=related, proposed=proposed,
        elsewhere=elsewhere, topic=labels.topic_name,
    )  # fmt: skip


async def _acted(
    request: Web,
    ref: str,
    anchor: str,
    said: str,
    act: Callable[[Dossier, Mapping[str, str]], Awaitable[int | None]],
) -> Template | Redirect:
    """Once, then back to the dossier; with what is wrong, the page of numbers."""
    dossier = await found(ref)
    form = await typed(request)

    async def acting() -> str:
        event = await act(dossier, form)
        if event is not None:
            say(request, said, undo=event)
        return address(f"/d/{dossier.number}{anchor}")

    try:
        return await once(form, acting, now=clock.now())
    except Invalid as error:
        return await _page(request, dossier, form, problems=error.fields)


@post("/{lang:str}/d/{ref:str}/numbers", guards=[secretariat], status_code=200)
async def add_number(request: Web, ref: FromPath[str]) -> Template | Redirect:
    """A number that another dossier has is asked back first: keep it here too, or go there."""
    dossier = await found(ref)
    form = await typed(request)
    try:
        number = references.read(form.get("kind", ""), form.get("value", ""))
    except Invalid as error:
        return await _page(request, dossier, form, problems=error.fields)
    other = await referring.elsewhere(dossier, number)
    if other is not None and form.get("keep") != "yes":
        return await _page(request, dossier, form, elsewhere=other)

    async def act(of: Dossier, _: Mapping[str, str]) -> int | None:
        return await referring.add_reference(of.id, number, by=person_of(request), now=clock.now())

    return await _acted(request, ref, "#facts", texts.gettext("The number is noted."), act)


@post("/{lang:str}/d/{ref:str}/numbers/remove", guards=[secretariat], status_code=200)
async def remove_number(request: Web, ref: FromPath[str]) -> Template | Redirect:
    async def act(of: Dossier, form: Mapping[str, str]) -> int:
        number = references.read(form.get("kind", ""), form.get("value", ""))
        return await referring.remove_reference(
            of.id, number, by=person_of(request), now=clock.now()
        )

    return await _acted(request, ref, "#facts", texts.gettext("The number is removed."), act)


@post("/{lang:str}/d/{ref:str}/related", guards=[secretariat], status_code=200)
async def relate(request: Web, ref: FromPath[str]) -> Template | Redirect:
    async def act(of: Dossier, form: Mapping[str, str]) -> int | None:
        return await relating.relate(
            of.id, form.get("other", ""), reason=one_line(form.get("reason", "")),
            by=person_of(request), now=clock.now(),
        )  # fmt: skip

    return await _acted(request, ref, "#related", texts.gettext("The dossiers are related."), act)


@post("/{lang:str}/d/{ref:str}/related/remove", guards=[secretariat], status_code=200)
async def unrelate(request: Web, ref: FromPath[str]) -> Template | Redirect:
    async def act(of: Dossier, form: Mapping[str, str]) -> int:
        return await relating.unrelate(
            of.id, form.get("other", ""), by=person_of(request), now=clock.now()
        )

    said = texts.gettext("The dossiers are not related any more.")
    return await _acted(request, ref, "#related", said, act)


@get("/{lang:str}/d/{ref:str}/sources/{place:int}", guards=[house])
async def source_page(request: Web, ref: FromPath[str], place: FromPath[int]) -> Template:
    dossier = await found(ref)
    source = await sources.source_at(dossier.id, place)
    return page(request, "dossiers/source.html", dossier=dossier, source=source, labels=labels)


handlers = [numbers_page, add_number, remove_number, relate, unrelate, source_page]
