"""A draft goes out as a Word file, and comes back with other people's changes."""

from collections.abc import Mapping

from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.documents.rules import LARGEST, MEDIA_TYPES, MEGABYTE, Kind
from advocacy.errors import Invalid, Message, NotFound
from advocacy.people.guards import house
from advocacy.positions import queries, rules
from advocacy.positions.handlers.looking import readable
from advocacy.positions.passages import quotations
from advocacy.positions.word import arrived, reading, taking_in
from advocacy.positions.word.taking_in import Taken
from advocacy.positions.word.working_copy import working_copy
from advocacy.settings import settings
from advocacy.templating import address
from advocacy.typesetting import in_turn
from advocacy.web.files import to_save
from advocacy.web.once import once
from advocacy.web.pages import Web, page, person_of, say, typed

NO_FILE = Message("Choose the Word file that came back")


@get("/{lang:str}/p/{number:str}/word", guards=[house])
async def word_page(request: Web, number: FromPath[str]) -> Template:
    return await _page(request, number)


async def _page(
    request: Web,
    number: str,
    *,
    status: int = 200,
    problems: Mapping[str, Message | str] | None = None,
) -> Template:
    position, version = await readable(number, request.user)
    return page(
        request,
        "positions/word.html",
        status=status,
        number=number,
        position=position,
        version=version,
        proposed=await arrived.waiting(position.id, version),
        may_upload=position.state != rules.PositionState.SUBMITTED,
        most=LARGEST // MEGABYTE,
        problems=problems or {},
    )


@get("/{lang:str}/p/{number:str}/word.docx", guards=[house])
async def word_file(request: Web, number: FromPath[str]) -> Response[bytes]:
    """The current draft, in the language that it is written in."""
    position, version = await readable(number, request.user)
    if not version.number:
        raise NotFound("There is no text yet")
    draft, rows = queries.draft_of(version), await quotations.passages(position.dossier)
    with texts.speaking(position.language):
        content = await in_turn(
            lambda: working_copy(
                draft, rows, number=number, version=version.number,
                language=position.language, network=settings().network, made=version.at,
            )
        )  # fmt: skip
    name = f"{number}-v{version.number}-{position.language}.docx"
    return to_save(content, name=name, media_type=MEDIA_TYPES[Kind.DOCX])


@post(
    "/{lang:str}/p/{number:str}/word",
    guards=[house],
    status_code=200,
    request_max_body_size=LARGEST + MEGABYTE,
)
async def take_in(request: Web, number: FromPath[str]) -> Template | Redirect:
    form, by = await typed(request), person_of(request)
    position, _ = await readable(number, by)

    async def act() -> str:
        name, content = await _file(request)
        taken = await taking_in.take_in(position.id, name, content, by=by, now=clock.now())
        say(request, said(taken), kind="warn" if taken.is_older else "ok")
        return address(f"/p/{number}/word")

    try:
        return await once(form, act, now=clock.now())
    except Invalid as error:
        return await _page(request, number, status=422, problems=error.fields)


async def _file(request: Web) -> tuple[str, bytes]:
    """Of one that is too large no more is read than shows that."""
    chosen = (await request.form()).get(reading.FIELD)
    if not isinstance(chosen, UploadFile) or not chosen.filename:
        raise Invalid({reading.FIELD: NO_FILE})
    return chosen.filename, await chosen.read(LARGEST + 1)


def said(taken: Taken) -> str:
    """How many changes by how many people, and what else whoever brought the file should know."""
    changes = texts.ngettext("%(num)d change", "%(num)d changes", taken.proposed)
    people = texts.ngettext("by %(num)d person", "by %(num)d people", len(taken.people))
    parts = [
        texts.gettext("%(changes)s %(people)s: each is a proposal now.")
        % {
            "changes": changes % {"num": taken.proposed},
            "people": people % {"num": len(taken.people)},
        }
    ]
    if not taken.proposed:
        parts = [texts.gettext("Nothing new in this file.")]
    if taken.known:
        known = texts.ngettext(
            "%(num)d was proposed before.", "%(num)d were proposed before.", taken.known
        )
        parts.append(known % {"num": taken.known})
    if taken.left:
        left = texts.gettext("Asks that were taken out are left as they are: %(numbers)s.")
        parts.append(left % {"numbers": ", ".join(map(str, taken.left))})
    if taken.is_older:
        older = texts.gettext(
            "The file was made from version %(version)s, the text is at version %(current)s now: "
            "compare before you accept."
        )
        parts.append(older % {"version": taken.version, "current": taken.current})
    return " ".join(parts)


handlers = [word_page, word_file, take_in]
