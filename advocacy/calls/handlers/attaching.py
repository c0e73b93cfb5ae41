"""The official text of a call: hand it in, look through its paragraphs, take the file out."""

import asyncio
from collections.abc import Mapping

from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.calls import queries
from advocacy.calls.asking import attaching, official, paragraphs, reading_official
from advocacy.calls.asking.attaching import PASTED, Handed
from advocacy.calls.asking.whole_calls import WholeCall, whole
from advocacy.calls.rules import CallState, Reception
from advocacy.calls.tables import OfficialText
from advocacy.documents import rules
from advocacy.errors import Invalid, Message, NotAllowed, NotFound
from advocacy.people.guards import secretariat, staff
from advocacy.people.rules import LANGUAGES
from advocacy.web.files import to_save
from advocacy.web.once import once
from advocacy.web.pages import Web, page, person_of, say, to, typed
from feeds.reading.language import detect

NONE = Message("This call has no official text")


async def _page(
    request: Web, found: WholeCall, *, status: int = 200, form: Mapping[str, str] | None = None,
    **values: object,
) -> Template:  # fmt: skip
    """With a file that nobody has looked through yet, its paragraphs as they were read."""
    there = await official.kept(found.call.id)
    problems: dict[str, Message] = {}
    typed_so_far = dict(form or {})
    if there is not None and form is None:
        try:
            typed_so_far = await _as_typed(there, found)
        except Invalid as error:
            problems = dict(error.fields)
    return page(
        request, "calls/official.html", status=status, whole=found, call=found.call, handed=there,
        is_draft=found.call.state == CallState.DRAFT, largest=rules.LARGEST // rules.MEGABYTE,
        **({"typed": typed_so_far, "problems": problems} | values),
    )  # fmt: skip


async def _as_typed(there: OfficialText, found: WholeCall) -> dict[str, str]:
    counts = found.official
    return {
        "title": there.title,
        "language": there.language,
        "text": paragraphs.as_text(counts.paragraphs if counts else await _read(there)),
        "base": attaching.fingerprint(there, counts),
    }


async def _read(there: OfficialText) -> tuple[paragraphs.Paragraph, ...]:
    content = await official.content_of(there.call)
    return await asyncio.to_thread(reading_official.read, there.name, there.media_type, content)


@get("/{lang:str}/c/{number:str}/official", guards=[secretariat])
async def official_page(request: Web, number: FromPath[str]) -> Template:
    return await _page(request, await whole(number))


@post(
    "/{lang:str}/c/{number:str}/official",
    guards=[secretariat],
    status_code=200,
    request_max_body_size=rules.LARGEST + rules.MEGABYTE,
)
async def hand_in(request: Web, number: FromPath[str]) -> Template | Redirect:
    """A file, or what was pasted; of both the file."""
    form, found = await typed(request), await whole(number)

    async def act() -> str:
        handed = await _handed(request, form)
        await attaching.hand_in(found.call.id, handed, by=person_of(request), now=clock.now())
        return f"/{texts.language()}/c/{number}/official"

    try:
        return await once(form, act, now=clock.now())
    except Invalid as error:
        return await _page(request, found, status=422, form=form, problems=error.fields)


async def _handed(request: Web, form: Mapping[str, str]) -> Handed:
    """Read already here, so that what cannot be read is refused at once."""
    chosen = (await request.form()).getall(reading_official.FIELD, [])
    file = next((each for each in chosen if isinstance(each, UploadFile) and each.filename), None)
    pasted = form.get("pasted", "").strip()
    if file is None and not pasted:
        raise Invalid({reading_official.FIELD: Message("Choose a file, or paste the text")})
    name, content, kind = "", pasted.encode(), PASTED
    if file is not None:
        name, content = file.filename, await file.read(rules.LARGEST + 1)
        kind = await asyncio.to_thread(reading_official.media_type, name, content)
    read = await asyncio.to_thread(reading_official.read, name, kind, content)
    said = "\n".join(each.text for each in read[:50])
    language = detect(said) or ""
    return Handed(
        _title(read, name), language if language in LANGUAGES else "", content, name, kind
    )


def _title(read: tuple[paragraphs.Paragraph, ...], name: str) -> str:
    first = " ".join(read[0].text.split()) if read else ""
    return first if 0 < len(first) <= 150 else name.rpartition(".")[0]  # noqa: PLR2004  a heading


@post("/{lang:str}/c/{number:str}/official/paragraphs", guards=[secretariat], status_code=200)
async def keep_paragraphs(request: Web, number: FromPath[str]) -> Template | Redirect:
    """Two buttons: number them anew to look at, or say that they are right."""
    form, found = await typed(request), await whole(number)
    if form.get("renumber"):
        read = paragraphs.from_text(form.get("text", ""))
        return await _page(request, found, form=form, numbered=read)

    async def act() -> str:
        number_of = await attaching.count(
            found.call.id, form.get("title", ""), form.get("language", ""), form.get("text", ""),
            base=form.get("base", ""), by=person_of(request), now=clock.now(),
        )  # fmt: skip
        many = texts.ngettext(
            "%(num)d paragraph is kept.", "%(num)d paragraphs are kept.", number_of
        )
        say(request, many % {"num": number_of})
        return f"/{texts.language()}/c/{number}"

    try:
        return await once(form, act, now=clock.now())
    except Invalid as error:
        return await _page(request, found, status=422, form=form, problems=error.fields)


@post("/{lang:str}/c/{number:str}/official/remove", guards=[secretariat], status_code=303)
async def remove(request: Web, number: FromPath[str]) -> Redirect:
    found = await whole(number)
    await attaching.take_away(found.call.id, by=person_of(request), now=clock.now())
    say(request, texts.gettext("The official text is removed."))
    return to(f"/c/{number}")


@get("/{lang:str}/c/{number:str}/official/file", guards=[staff])
async def file(number: FromPath[str]) -> Response[bytes]:
    return await _file(await whole(number))


@get("/a/{token:str}/official", opt={"public": True})
async def file_for_municipality(token: FromPath[str]) -> Response[bytes]:
    """With the personal link; opening it records nothing."""
    personal = await queries.invitation_by_token(token)
    if personal.reception(now=clock.now()) is Reception.NOT_YET:
        raise NotAllowed("This call has not begun yet")
    return await _file(personal.whole)


async def _file(found: WholeCall) -> Response[bytes]:
    """As it was handed in; a pasted text as a text file."""
    there = await official.kept(found.call.id)
    if there is None:
        raise NotFound(NONE)
    return to_save(
        await official.content_of(found.call.id),
        name=there.name or f"{found.call.number}.txt",
        media_type=there.media_type if there.name else "text/plain; charset=utf-8",
    )


handlers = [
    official_page,
    hand_in,
    keep_paragraphs,
    remove,
    file,
    file_for_municipality,
]
