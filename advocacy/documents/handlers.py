"""Hand documents in, look at one with its versions, take a file out."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any  # a page's values are what its template shows

from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.documents import actions, forms, labels, queries, rules
from advocacy.documents.queries import DocumentRow
from advocacy.dossiers import queries as dossiers
from advocacy.dossiers.joining.merged import target_of
from advocacy.dossiers.labels import WINDOW_KINDS
from advocacy.dossiers.tables import Dossier
from advocacy.errors import Invalid, Message, NotFound
from advocacy.people.guards import house, secretariat
from advocacy.templating import address
from advocacy.web.files import to_save
from advocacy.web.once import once
from advocacy.web.pages import Web, page, person_of, say, typed

Problems = Mapping[str, Message]


async def _found(ref: str) -> Dossier:
    """The dossier of an address; for a merged one that which it leads on to."""
    dossier = await dossiers.by_ref(ref)
    return await target_of(dossier) or dossier


async def _files(request: Web) -> list[tuple[str, bytes]]:
    """Name and content of what was chosen; of one that is too large no more than shows that."""
    chosen = (await request.form()).getall(forms.FIELD, [])
    files = [each for each in chosen if isinstance(each, UploadFile)]
    return [
        (each.filename, await each.read(rules.LARGEST + 1)) for each in files[: rules.AT_ONCE + 1]
    ]


async def _sniffed(request: Web) -> list[forms.Paper]:
    """In a thread: the largest take seconds."""
    return await asyncio.to_thread(forms.papers, await _files(request))


async def _window_choices(dossier: Dossier) -> list[tuple[str, Any]]:
    windows = await dossiers.windows_of(dossier.id)
    return [(str(place), window) for place, window in enumerate(windows, start=1)]


@get("/{lang:str}/d/{ref:str}/documents/new", guards=[secretariat])
async def new_documents(request: Web, ref: FromPath[str]) -> Template:
    return await _form(request, await _found(ref), {})


@post(
    "/{lang:str}/d/{ref:str}/documents/new",
    guards=[secretariat],
    status_code=200,
    request_max_body_size=rules.LARGEST_UPLOAD,
)
async def add(request: Web, ref: FromPath[str]) -> Template | Redirect:
    dossier = await _found(ref)
    form = await typed(request)

    async def act() -> str:
        files = await _sniffed(request)
        windows = await dossiers.windows_of(dossier.id)
        described = forms.description(form, windows=len(windows), files=len(files))
        event = await actions.add(
            dossier.id, files, described, by=person_of(request), now=clock.now()
        )
        many = texts.ngettext(
            "%(num)d document is kept.", "%(num)d documents are kept.", len(files)
        )
        say(request, many % {"num": len(files)}, undo=event)
        return address(f"/d/{dossier.number}#documents")

    try:
        return await once(form, act, now=clock.now())
    except Invalid as error:
        return await _form(request, dossier, form, problems=error.fields)


async def _form(
    request: Web, dossier: Dossier, form: Mapping[str, str], *, problems: Problems | None = None
) -> Template:
    return page(
        request, "documents/new.html", status=422 if problems else 200, problems=problems or {},
        typed=form, dossier=dossier, windows=await _window_choices(dossier), rules=rules,
        window_kinds=WINDOW_KINDS,
    )  # fmt: skip


@get("/{lang:str}/d/{ref:str}/documents/{place:int}", guards=[house])
async def document_page(request: Web, ref: FromPath[str], place: FromPath[int]) -> Template:
    dossier = await _found(ref)
    document = await queries.one(dossier.id, place)
    return await _document(request, dossier, document)


async def _document(
    request: Web,
    dossier: Dossier,
    document: DocumentRow,
    *,
    form: Mapping[str, str] | None = None,
    problems: Problems | None = None,
) -> Template:
    described = document.described
    now_there = {
        "title": described.title,
        "code": described.code,
        "language": described.language,
        "original": described.original,
        "window": str(described.place or ""),
        "base": described.fingerprint(),
    }
    return page(
        request, "documents/one.html", status=422 if problems else 200, problems=problems or {},
        typed=now_there | dict(form or {}), dossier=dossier, document=document, labels=labels,
        windows=await _window_choices(dossier), rules=rules,
        window_kinds=WINDOW_KINDS,
    )  # fmt: skip


async def _acted(
    request: Web,
    ref: str,
    place: int,
    said: str,
    act: Callable[[Dossier, Mapping[str, str]], Awaitable[int | None]],
    *,
    leads_to: str = "",
) -> Template | Redirect:
    """Once, then to the document or to `leads_to`; with what is wrong, the same page again."""
    dossier = await _found(ref)
    form = await typed(request)

    async def acting() -> str:
        event = await act(dossier, form)
        if event is not None:
            say(request, said, undo=event)
        return address(f"/d/{dossier.number}{leads_to or f'/documents/{place}'}")

    try:
        return await once(form, acting, now=clock.now())
    except Invalid as error:
        document = await queries.one(dossier.id, place)
        return await _document(request, dossier, document, form=form, problems=error.fields)


@post("/{lang:str}/d/{ref:str}/documents/{place:int}", guards=[secretariat], status_code=200)
async def describe(request: Web, ref: FromPath[str], place: FromPath[int]) -> Template | Redirect:
    async def act(dossier: Dossier, form: Mapping[str, str]) -> int | None:
        new = forms.description(form, windows=len(await dossiers.windows_of(dossier.id)))
        return await actions.describe(
            dossier.id, place, new, base=form.get("base", ""), by=person_of(request),
            now=clock.now(),
        )  # fmt: skip

    return await _acted(request, ref, place, texts.gettext("The document is changed."), act)


@post(
    "/{lang:str}/d/{ref:str}/documents/{place:int}/version",
    guards=[secretariat],
    status_code=200,
    request_max_body_size=rules.LARGEST + rules.MEGABYTE,
)
async def replace(request: Web, ref: FromPath[str], place: FromPath[int]) -> Template | Redirect:
    async def act(dossier: Dossier, _: Mapping[str, str]) -> int:
        papers = await _sniffed(request)
        if len(papers) > 1:
            raise Invalid({forms.FIELD: Message("One file is one version: choose one")})
        return await actions.replace(
            dossier.id, place, papers[0], by=person_of(request), now=clock.now()
        )

    return await _acted(request, ref, place, texts.gettext("The new version is kept."), act)


@post("/{lang:str}/d/{ref:str}/documents/{place:int}/remove", guards=[secretariat], status_code=200)
async def remove(request: Web, ref: FromPath[str], place: FromPath[int]) -> Template | Redirect:
    async def act(dossier: Dossier, _: Mapping[str, str]) -> int:
        return await actions.remove(dossier.id, place, by=person_of(request), now=clock.now())

    said = texts.gettext("The document is removed.")
    return await _acted(request, ref, place, said, act, leads_to="#documents")


@get("/{lang:str}/d/{ref:str}/documents/{place:int}/{number:int}", guards=[house])
async def download(
    ref: FromPath[str], place: FromPath[int], number: FromPath[int]
) -> Response[bytes]:
    """One version, to be saved: nothing of it is ever shown as a page."""
    document = await queries.one((await _found(ref)).id, place)
    version = next((each for each in document.versions if each.number == number), None)
    if version is None:
        raise NotFound(queries.NOT_THERE)
    content = await queries.content_of(version)
    return to_save(content, name=version.name, media_type=version.media_type)


handlers = [new_documents, add, document_page, describe, replace, remove, download]
