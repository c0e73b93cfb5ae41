"""A position as a paper: PDF, Word file, plain text, data. Adopted ones are for everybody."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any  # Litestar's responses are generic over their content
from zoneinfo import ZoneInfo

from litestar import Response, get
from litestar.params import FromPath
from litestar.response import Redirect

from advocacy import texts
from advocacy.approvals import queries as rounds
from advocacy.approvals.rules import RoundState
from advocacy.errors import NotFound
from advocacy.positions import queries, rules
from advocacy.positions.tables import Position
from advocacy.submissions import queries as submissions
from advocacy.submissions.documents import SubmissionText, as_json, docx, pdf, plain_text
from advocacy.submissions.package import WORD, text_of
from advocacy.typesetting import in_turn
from advocacy.web.files import disposition
from advocacy.web.pages import Web, go

NO_PAPER = "There is no such position"
PUBLIC = {"public": True}


def _said(text: SubmissionText) -> bytes:
    return plain_text(text).encode("utf-8", "replace")


MADE: dict[str, tuple[Callable[[SubmissionText], bytes], str]] = {
    "pdf": (pdf, "application/pdf"),
    "docx": (docx, WORD),
    "txt": (_said, "text/plain"),
    "json": (as_json, "application/json"),
}
HERE = "/{lang:str}/p/{number:str}/text."


@get([f"{HERE}{ending}" for ending in MADE], opt=PUBLIC)
async def paper(request: Web, number: FromPath[str]) -> Response[Any] | Redirect:
    """In the language of the page; in the original where that is no finished translation, or of
    an adopted text one that nobody was asked to adopt.
    """
    position = await queries.by_number(number)
    role = request.user.role if request.user else None
    if not rules.may_read(role, position.state):
        raise NotFound(NO_PAPER)
    ending, language = request.url.path.rpartition(".")[2], texts.language()
    is_public = position.state in rules.PUBLIC
    held = await rounds.last_opened(position.id) if is_public else None
    if language not in await submissions.languages_of(position, held):
        return go(f"/{position.language}/p/{number}/text.{ending}")
    text = await (_adopted if is_public else _draft)(position, language)
    make, media_type = MADE[ending]
    content = await in_turn(lambda: make(text))
    name = f"{text.number}-v{text.version}-{language}.{ending}"
    headers = {
        "content-disposition": disposition(name),
        "x-content-type-options": "nosniff",
        "cache-control": "no-cache" if is_public else "private, no-store",
    }
    return Response(content, media_type=media_type, headers=headers)


async def _adopted(position: Position, language: str) -> SubmissionText:
    """From the text of the round that adopted it, and only while that is the text."""
    held = await rounds.last_opened(position.id)
    if held is None or held.state != RoundState.ADOPTED:
        raise NotFound(NO_PAPER)
    if await rounds.current_hash(position, held) != held.text_hash:
        raise NotFound(NO_PAPER)
    ground = await rounds.ground_of(position, version=held.version)
    return await text_of(
        ground,
        language=language,
        signatories=await submissions.signatories(held),
        day=_day(position.adopted or ground.version.at, ground.zone),
        text_hash=held.text_hash,
    )


async def _draft(position: Position, language: str) -> SubmissionText:
    ground = await rounds.ground_of(position)
    with texts.speaking(language):
        note = texts.gettext("Draft, version %(number)s") % {"number": ground.version.number}
    day = _day(ground.version.at, ground.zone)
    return await text_of(ground, language=language, signatories=(), day=day, note=note)


def _day(at: datetime, zone: str) -> date:
    return at.astimezone(ZoneInfo(zone)).date()


handlers = [paper]
