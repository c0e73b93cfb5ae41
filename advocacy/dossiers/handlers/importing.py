"""Import a list of dossiers and deadlines: first what it would do, then do it."""

import base64

from litestar import get, post
from litestar.datastructures import UploadFile
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.dossiers.importing import import_file, plan
from advocacy.errors import Invalid, Message
from advocacy.people.guards import secretariat
from advocacy.spreadsheets.reading import BadTable
from advocacy.templating import address
from advocacy.web.once import once
from advocacy.web.pages import Web, page, person_of, say, typed


@get("/{lang:str}/dossiers/import", guards=[secretariat])
async def import_page(request: Web) -> Template:
    return page(request, "dossiers/import.html", plan=None, bad=())


@post("/{lang:str}/dossiers/import", guards=[secretariat], status_code=200)
async def dry_run(request: Web) -> Template:
    """Shows what the file would do; nothing is written yet."""
    upload = (await request.form()).get("file")
    content = await upload.read() if isinstance(upload, UploadFile) else b""
    name = upload.filename if isinstance(upload, UploadFile) else ""
    try:
        found = await plan(content, name, by=person_of(request), now=clock.now())
    except BadTable as error:
        return _bad(request, error)
    return page(
        request, "dossiers/import.html", plan=found, filename=name, bad=(),
        file=base64.b64encode(content).decode(),
    )  # fmt: skip


def _bad(request: Web, error: BadTable) -> Template:
    return page(
        request, "dossiers/import.html", status=422, plan=None,
        bad=[each for each in error.problems if each.row],
        problems={"file": next(iter(error.fields.values()))},
    )  # fmt: skip


@post("/{lang:str}/dossiers/import/now", guards=[secretariat], status_code=200)
async def import_now(request: Web) -> Redirect | Template:
    """The same file once more: what has changed meanwhile is looked at again."""
    form = await typed(request)
    now = clock.now()

    async def act() -> str:
        content = _content(form.get("file", ""))
        done = await import_file(content, form.get("name", ""), by=person_of(request), now=now)
        opened, extended = len(done.opened), len(done.extended)
        new = texts.ngettext("%(num)d dossier is new.", "%(num)d dossiers are new.", opened)
        more = texts.ngettext(
            "%(num)d further deadline is set.", "%(num)d further deadlines are set.", extended
        )
        say(request, f"{new % {'num': opened}} {more % {'num': extended}}")
        return address("/dossiers")

    try:
        return await once(form, act, now=now)
    except BadTable as error:
        return _bad(request, error)


def _content(encoded: str) -> bytes:
    try:
        return base64.b64decode(encoded, validate=True)
    except ValueError:
        raise Invalid({"file": Message("Choose a file")}) from None


handlers = [import_page, dry_run, import_now]
