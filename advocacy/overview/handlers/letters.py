"""The letters in the folder: for an office without a mail server, and for the demo."""

from pathlib import Path
from typing import Any  # Litestar's responses are generic over their content

from litestar import Response, get
from litestar.handlers import BaseRouteHandler
from litestar.params import FromPath
from litestar.response import Template

from advocacy.errors import NotFound
from advocacy.overview import letters
from advocacy.people.guards import Connection, secretariat
from advocacy.settings import settings
from advocacy.web.pages import Web, page


async def may_read_letters(connection: Connection, handler: BaseRouteHandler) -> None:
    """In the demo everybody: how else would a visitor find the invented mayor's link?"""
    if not settings().demo:
        await secretariat(connection, handler)


def _folder() -> Path:
    folder = settings().mail_folder
    if folder is None:
        raise NotFound("Letters leave over a mail server; none are kept here")
    return folder


@get("/{lang:str}/letters", guards=[may_read_letters])
async def letters_page(request: Web) -> Template:
    rows, further = letters.page_of(_folder(), after=request.query_params.get("after", ""))
    return page(request, "overview/letters.html", letters=rows, further=further)


@get("/{lang:str}/letters/{name:str}", guards=[may_read_letters])
async def letter_page(request: Web, name: FromPath[str]) -> Template:
    letter = letters.letter(_folder(), name)
    pieces = letters.linked(letter.text, house=settings().base_url)
    return page(request, "overview/letter.html", letter=letter, pieces=pieces)


@get("/{lang:str}/letters/{name:str}/file", guards=[may_read_letters])
async def letter_file(name: FromPath[str]) -> Response[Any]:
    content = letters.content(_folder(), name)
    # A name of our own making, but a key may hold anything: only plain letters go into a header.
    plain = "".join(sign for sign in name if sign.isascii() and (sign.isalnum() or sign in "-_."))
    headers = {"content-disposition": f'attachment; filename="{plain}"'}
    return Response(content, media_type="message/rfc822", headers=headers)


handlers = [letters_page, letter_page, letter_file]
