"""Tables that leave the house: a page that offers all, and each as a file."""

import asyncio
from collections.abc import Callable
from typing import Any  # Litestar's responses are generic over their content

from litestar import Response, get
from litestar.params import FromPath
from litestar.response import Template

from advocacy import clock, texts
from advocacy.errors import Message, NotFound
from advocacy.exports.sheets import SHEETS, coverage
from advocacy.people.guards import house, staff
from advocacy.people.tables import Person
from advocacy.settings import settings
from advocacy.spreadsheets.writing import Sheet, as_csv, as_tsv, as_xlsx
from advocacy.web.pages import Web, page, person_of

NO_TABLE = Message("There is no such table")
OFFICE_ZONE = "Europe/Brussels"
FORMATS: dict[str, tuple[Callable[[Sheet], bytes], str]] = {
    "csv": (as_csv, "text/csv"),
    "tsv": (as_tsv, "text/tab-separated-values"),
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


async def _file(sheet: Sheet, extension: str) -> Response[Any]:
    write, media_type = FORMATS[extension]
    headers = {"content-disposition": f'attachment; filename="{sheet.name}.{extension}"'}
    about = (
        *(sheet.about or (sheet.name,)),
        f"{settings().network} · {texts.moment(clock.now(), OFFICE_ZONE)}",
        texts.gettext("The keys of the columns stand in the hidden first row; they never change."),
        texts.gettext("Times are those of the body that set them, else Brussels time."),
    )
    whole = Sheet(sheet.name, sheet.columns, sheet.rows, about)
    # In a thread: 50,000 rows of a workbook take seconds.
    content = await asyncio.to_thread(write, whole)
    return Response(content, media_type=media_type, headers=headers)


@get("/{lang:str}/exports", guards=[house])
async def tables_page(request: Web) -> Template:
    mine = {name: each for name, each in SHEETS.items() if _may(person_of(request), name)}
    return page(request, "exports/tables.html", sheets=mine)


def _may(person: Person, name: str) -> bool:
    return person.role in SHEETS[name].roles


@get("/{lang:str}/export/{name:str}", guards=[house])
async def table(request: Web, name: FromPath[str]) -> Response[Any]:
    what, _, extension = name.rpartition(".")
    person = person_of(request)
    if what not in SHEETS or extension not in FORMATS or not _may(person, what):
        raise NotFound(NO_TABLE)
    return await _file(await SHEETS[what].write(person), extension)


@get("/{lang:str}/export/calls/{name:str}", guards=[staff])
async def invited_table(request: Web, name: FromPath[str]) -> Response[Any]:
    """One row per municipality that was asked."""
    number, extension = _of_call(name)
    return await _file(await coverage.invited(number, person_of(request)), extension)


@get("/{lang:str}/export/coverage/{name:str}", guards=[staff])
async def coverage_table(name: FromPath[str]) -> Response[Any]:
    """The figures by country, region, language and size."""
    number, extension = _of_call(name)
    return await _file(await coverage.figures(number), extension)


def _of_call(name: str) -> tuple[str, str]:
    number, _, extension = name.rpartition(".")
    if extension not in FORMATS:
        raise NotFound(NO_TABLE)
    return number, extension


handlers = [tables_page, table, invited_table, coverage_table]
