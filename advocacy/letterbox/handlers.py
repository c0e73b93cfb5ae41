"""The mails that came; what waits for somebody; the municipality's own yes or no."""

import asyncio
from datetime import date
from typing import Any  # values of a page

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.calls import labels as calls
from advocacy.calls.queries import Personal, invitation_by_token, link_of
from advocacy.calls.rules import InvitationState, Stance
from advocacy.documents.rules import cleaned_name
from advocacy.errors import Invalid, NotFound
from advocacy.letterbox import actions, forms, queries
from advocacy.letterbox.labels import KINDS, STATES, WHYS
from advocacy.letterbox.notes import note_in
from advocacy.letterbox.queries import WaitingRow
from advocacy.letterbox.reading import read
from advocacy.letterbox.rules import OPEN, Kind, State, Why, may_be_question, steps_of
from advocacy.letterbox.tables import Received
from advocacy.people.guards import house, staff
from advocacy.people.rules import STAFF
from advocacy.settings import settings
from advocacy.templating import address
from advocacy.web.files import to_save
from advocacy.web.once import once
from advocacy.web.pages import Web, go, page, person_of, say, typed

PUBLIC = {"public": True}
WORDS: dict[str, Any] = {"kinds": KINDS, "states": STATES, "whys": WHYS, "open": OPEN}


@get("/{lang:str}/letterbox", guards=[staff])
async def letterbox(request: Web) -> Template:
    wanted = request.query_params
    every = wanted.get("show") == "all"
    before = forms.number(wanted.get("before", ""))
    listed = await queries.listed(person_of(request), every=every, before=before)
    return page(
        request, "letterbox/list.html", listed=listed, every=every,
        fetched=bool(settings().imap_url), **WORDS,
    )  # fmt: skip


@get("/{lang:str}/letterbox/{number:int}", guards=[house])
async def one_mail(request: Web, number: FromPath[int]) -> Template:
    return await _mail(request, number)


async def _mail(request: Web, number: int, **values: Any) -> Template:
    me = person_of(request)
    received, row = await queries.received(number, by=me)
    find = forms.search(request.query_params)
    message = await asyncio.to_thread(read, received.content)
    return page(
        request, "letterbox/mail.html", row=row, text=received.text, body=message.body,
        files=[each.name for each in message.attachments], stance=_understood(received),
        back=_back(row), steps=steps_of(row.state) if me.role in STAFF else (), find=find,
        may_ask=may_be_question(row.state), may_list=me.role in STAFF,
        found=await queries.invitations(find, by=me) if find else [],
        invitations={str(each): calls.INVITATIONS[each] for each in InvitationState},
        **(WORDS | values),
    )  # fmt: skip


def _understood(received: Received) -> object:
    return calls.STANCES[Stance(received.stance)] if received.stance else None


def _back(row: WaitingRow) -> date | None:
    return (
        date.fromisoformat(row.note.reason)
        if row.kind is Kind.ABSENCE and row.note.reason
        else None
    )


@post("/{lang:str}/letterbox/{number:int}", guards=[staff], status_code=200)
async def settle(request: Web, number: FromPath[int]) -> Template | Redirect:
    form, now = await typed(request), clock.now()
    me = person_of(request)
    await queries.received(number, by=me)

    async def act() -> str:
        do, said = form.get("do"), texts.gettext("It is kept as an answer.")
        if do == "assign":
            event = await actions.assign(
                number, _invitation(form.get("invitation", "")), by=me, now=now
            )
        elif do == "confirm":
            event = await actions.confirm(number, by=me, now=now)
        elif do == "ask":
            enquiry = await actions.make_question(number, by=me, now=now)
            say(request, texts.gettext("It is a question now. Somebody has it in hand."))
            return address(f"/advice/{enquiry}")
        elif do == "file":
            event = await actions.file_away(number, by=me, now=now)
            said = texts.gettext("It is filed and counts as no answer.")
        else:
            raise Invalid({"do": "Choose what this mail is"})
        say(request, said, undo=event)
        return address(f"/letterbox/{number}")

    try:
        return await once(form, act, now=now)
    except Invalid as error:
        return await _mail(request, number, status=422, problems=error.fields)


def _invitation(text: str) -> int:
    number = forms.number(text)
    if number is None:
        raise Invalid({"member": "Choose which call it answers"})
    return number


@get("/{lang:str}/letterbox/{number:int}/source.eml", guards=[house])
async def source(request: Web, number: FromPath[int]) -> Response[bytes]:
    received, _ = await queries.received(number, by=person_of(request))
    name = f"mail-{number}.eml"
    return to_save(received.content, name=name, media_type="message/rfc822")


@get("/{lang:str}/letterbox/{number:int}/files/{file:int}", guards=[house])
async def one_file(request: Web, number: FromPath[int], file: FromPath[int]) -> Response[bytes]:
    """Never shown in the browser: nobody has looked at it yet."""
    received, _ = await queries.received(number, by=person_of(request))
    files = (await asyncio.to_thread(read, received.content)).attachments
    if not 0 < file <= len(files):
        raise NotFound("There is no such file")
    one = files[file - 1]
    name = cleaned_name(one.name)
    return to_save(one.content, name=name, media_type="application/octet-stream")


@get("/a/{token:str}/reply/{number:int}", opt=PUBLIC)
async def asked_to_confirm(request: Web, token: FromPath[str], number: FromPath[int]) -> Template:
    """Opening it confirms nothing, however often and by whatever program."""
    return await _to_confirm(request, await invitation_by_token(token), number)


async def _to_confirm(
    request: Web, personal: Personal, number: int, **values: Any
) -> Template:  # fmt: skip
    texts.speak(_language(request, personal))
    received = await queries.to_confirm(number, invitation=personal.invitation.id)
    spoken, words = personal.whole.words_in(texts.language())
    message = await asyncio.to_thread(read, received.content)
    return page(
        request, "letterbox/confirm.html", received=received, personal=personal, words=words,
        words_language=spoken, stance=calls.STANCES[queries.stance_in(received)],
        files=[each.name for each in message.attachments],
        unproven=note_in(received.note).why is Why.UNPROVEN,
        link=link_of(personal.invitation.id).removeprefix(settings().base_url), **values,
    )  # fmt: skip


def _language(request: Web, personal: Personal) -> str:
    wished = request.query_params.get("language", "")
    return wished if wished in texts.LANGUAGES else personal.invitation.language


@post("/a/{token:str}/reply/{number:int}", opt=PUBLIC, status_code=200)
async def confirm(
    request: Web, token: FromPath[str], number: FromPath[int]
) -> Template | Redirect:  # fmt: skip
    form, now = await typed(request), clock.now()
    personal = await invitation_by_token(token)
    received = await queries.to_confirm(number, invitation=personal.invitation.id)
    if received.state != State.TO_CONFIRM:  # a second click: the page says what became of it
        return go(request.url.path)
    try:
        if form.get("do") == "confirm":
            await actions.confirm(received.id, by=None, now=now)
        elif form.get("do") == "reject":
            await actions.file_away(received.id, by=None, now=now)
    except Invalid as error:
        return await _to_confirm(request, personal, number, status=422, problems=error.fields)
    return go(request.url.path)


handlers = [letterbox, one_mail, settle, source, one_file, asked_to_confirm, confirm]
