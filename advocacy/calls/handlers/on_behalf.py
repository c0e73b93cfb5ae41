"""What a municipality said by phone or on paper, typed by a colleague and marked so."""

from collections.abc import Mapping
from typing import Any  # values of a page

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.calls import actions, labels, queries
from advocacy.calls.answering import enclosing, forms
from advocacy.calls.answering.drafts import as_mapping
from advocacy.calls.answering.language import language_of
from advocacy.calls.handlers.keeping import as_file
from advocacy.calls.handlers.personal import (
    answer_values,
    before_typing,
    take_files,
)
from advocacy.calls.queries import Personal
from advocacy.errors import Invalid, Message, NotAllowed, Outdated
from advocacy.municipalities.queries import coordinators
from advocacy.municipalities.rules import may_edit
from advocacy.people.guards import staff
from advocacy.web.once import once
from advocacy.web.pages import Web, page, person_of, say, typed

CHANNELS = ("phone", "paper")


async def _page(request: Web, personal: Personal, **values: Any) -> Template:
    carers = await coordinators()
    call, code = personal.whole.call, personal.municipality.code
    return page(
        request, "calls/on_behalf.html", coordinator=carers.get(personal.municipality.country),
        reception=personal.reception(now=clock.now()), version=personal.version,
        here=f"/{texts.language()}/c/{call.number}/answer/{code}", end="", enclosing=enclosing,
        channels=[(key, labels.CHANNELS[key]) for key in CHANNELS], channel_labels=labels.CHANNELS,
        **(answer_values(personal, personal.invitation.language) | {"met": False} | values),
    )  # fmt: skip


async def _asked(request: Web, number: str, code: str) -> Personal:
    personal = await queries.invitation_of(number, code)
    me = person_of(request)
    if not may_edit(me.role, me.countries.split(","), country=personal.municipality.country):
        raise NotAllowed("Only the secretariat and the coordinator of the country answer for it")
    return personal


def _version(personal: Personal) -> int:
    return personal.contribution.version if personal.contribution else 0


@get("/{lang:str}/c/{number:str}/answer/{code:str}", guards=[staff])
async def answer_for(request: Web, number: FromPath[str], code: FromPath[str]) -> Template:
    personal = await _asked(request, number, code)
    there = before_typing(personal) | dict(as_mapping(personal.invitation.draft))
    there |= {"channel": "phone", "base": str(_version(personal))}
    return await _page(request, personal, typed=there)


def _channel(form: Mapping[str, str]) -> str:
    return "paper" if form.get("channel") == "paper" else "phone"


def _number(text: str) -> int:
    return int(text[:9]) if text.isascii() and text.isdigit() else 0


def _read(
    form: Mapping[str, str], personal: Personal, wrong: Mapping[str, Message]
) -> forms.Answer:
    """Invalid names what is wrong with the words and with the files at once."""
    whole = personal.whole
    try:
        answer = forms.answer(
            form, whole.questions, zone=whole.call.zone, now=clock.now(),
            language=language_of(form.get("text", ""), own=personal.invitation.language),
            enclosures=[each.id for each in personal.enclosures],
        )  # fmt: skip
    except Invalid as error:
        raise Invalid(dict(error.fields) | dict(wrong)) from None
    if wrong:
        raise Invalid(wrong)
    return answer


@post(
    "/{lang:str}/c/{number:str}/answer/{code:str}",
    guards=[staff],
    status_code=200,
    request_max_body_size=enclosing.LARGEST_UPLOAD,
)
async def send_for(
    request: Web, number: FromPath[str], code: FromPath[str]
) -> Template | Redirect:  # fmt: skip
    """Marked as by phone or on paper, with who typed it; the municipality gets the receipt."""
    form, now, me = await typed(request), clock.now(), person_of(request)
    personal = await _asked(request, number, code)
    wrong = await take_files(request, personal, channel=_channel(form))
    if taken := form.get("remove"):
        await enclosing.remove(personal.invitation.id, _number(taken), now=now)
    personal = await _asked(request, number, code)
    if taken:
        return await _page(request, personal, typed=form, problems=wrong)
    try:
        answer = _read(form, personal, wrong)

        async def act() -> str:
            await actions.contribute(
                personal.invitation.id, answer, by=me, now=now, channel=_channel(form),
                base_version=_number(form.get("base", "0")),
            )  # fmt: skip
            name = personal.municipality.name
            say(request, texts.gettext("The answer of %(name)s is kept.") % {"name": name})
            return f"/{texts.language()}/c/{number}/results"

        return await once(form, act, now=now)
    except Invalid as error:
        return await _page(request, personal, status=422, typed=form, problems=error.fields)
    except Outdated as error:
        fresh = await _asked(request, number, code)
        return await _page(
            request, fresh, status=409, problems={"text": error.message}, met=True,
            typed={**form, "base": str(_version(fresh))},
        )  # fmt: skip


@get("/{lang:str}/c/{number:str}/answer/{code:str}/files/{enclosure:int}", guards=[staff])
async def file_of(
    request: Web, number: FromPath[str], code: FromPath[str], enclosure: FromPath[int]
) -> Response[bytes]:
    """Also what is only being prepared: whoever typed it may look at it."""
    personal = await _asked(request, number, code)
    return await as_file(await enclosing.one(personal.invitation.id, enclosure))


handlers = [answer_for, send_for, file_of]
