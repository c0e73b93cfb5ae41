"""What is kept while somebody answers, and what came with it: drafts, files, the date."""

from litestar import MediaType, Response, get, post
from litestar.params import FromPath
from litestar.response import Template

from advocacy import clock, texts
from advocacy.calls import actions, queries
from advocacy.calls.answering import calendar, enclosing
from advocacy.calls.answering.enclosures import EnclosureRow, content, sent_with_call
from advocacy.calls.handlers.personal import PUBLIC, link_values, speak, take_files
from advocacy.errors import Invalid, Message, Outdated
from advocacy.people.guards import staff
from advocacy.web.files import to_save
from advocacy.web.pages import Web, page, typed

STAMP = "x-draft"
TWO_AT_ONCE = Message(
    "Somebody else has typed here meanwhile. Your text is kept on this device. "
    "Open the page anew to see both."
)


@post("/a/{token:str}/draft", opt=PUBLIC, status_code=200, media_type=MediaType.TEXT)
async def keep_draft(request: Web, token: FromPath[str]) -> Response[str]:
    """While somebody types. The answer is what the page shows; its header names this draft."""
    form, now = await typed(request), clock.now()
    personal = await queries.invitation_by_token(token)
    speak(request, personal)
    try:
        kept = await actions.save_draft(personal.invitation.id, form, now)
    except Outdated:
        return Response(texts.translate(TWO_AT_ONCE), status_code=409)
    except Invalid as error:
        return Response(texts.translate(error.message), status_code=422)
    time = texts.clock_time(now, personal.whole.call.zone)
    said = texts.gettext("Draft saved at %(time)s") % {"time": time}
    return Response(said, headers={STAMP: kept})


@post(
    "/a/{token:str}/files",
    opt=PUBLIC,
    status_code=200,
    request_max_body_size=enclosing.LARGEST_UPLOAD,
)
async def keep_files(request: Web, token: FromPath[str]) -> Template:
    """As soon as they are chosen: the list as it stands then, to be put into the page."""
    personal = await queries.invitation_by_token(token)
    end = speak(request, personal)
    wrong = await take_files(request, personal)
    personal = await queries.invitation(personal.invitation.id)
    return page(
        request, "calls/enclosures.html", status=422 if wrong else 200, problems=wrong,
        personal=personal, **await link_values(personal, token, end),
    )  # fmt: skip


@get("/a/{token:str}/files/{number:int}", opt=PUBLIC)
async def own_file(token: FromPath[str], number: FromPath[int]) -> Response[bytes]:
    """For who has the link: what goes with the next answer, and what went with an earlier one."""
    personal = await queries.invitation_by_token(token)
    return await as_file(await enclosing.one(personal.invitation.id, number))


@get("/{lang:str}/c/{number:str}/files/{enclosure:int}", guards=[staff])
async def sent_file(number: FromPath[str], enclosure: FromPath[int]) -> Response[bytes]:
    """For the house: what was sent, nothing that is only being prepared."""
    return await as_file(await sent_with_call(number, enclosure))


async def as_file(row: EnclosureRow) -> Response[bytes]:
    """To be saved: nothing of it is ever shown as a page of ours."""
    return to_save(await content(row.id), name=row.name, media_type=row.media_type)


@get("/a/{token:str}/deadline.ics", opt=PUBLIC)
async def deadline_as_calendar(request: Web, token: FromPath[str]) -> Response[bytes]:
    personal = await queries.invitation_by_token(token)
    speak(request, personal)
    title = personal.whole.words_in(texts.language())[1].title
    made = calendar.deadline(
        personal.whole.call, title=title, now=clock.now(),
        address=queries.link_of(personal.invitation.id),
    )  # fmt: skip
    name = f'attachment; filename="{personal.whole.call.number}.ics"'
    return Response(made, media_type="text/calendar", headers={"content-disposition": name})


handlers = [keep_draft, keep_files, own_file, sent_file, deadline_as_calendar]
