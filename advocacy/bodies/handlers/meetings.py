"""When a body meets: add, move, call off."""

from collections.abc import Mapping

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.bodies import actions, forms, keeping, queries
from advocacy.bodies.handlers.keeping import Problems, done, retyped
from advocacy.bodies.rules import MeetingState
from advocacy.bodies.tables import Body, Meeting
from advocacy.errors import Invalid
from advocacy.people.guards import secretariat
from advocacy.web.pages import Web, page, person_of, typed


@get("/{lang:str}/bodies/{key:str}/meetings/new", guards=[secretariat])
async def new_meeting(request: Web, key: FromPath[str]) -> Template:
    return _form(request, await queries.by_key(key), None, {})


@post("/{lang:str}/bodies/{key:str}/meetings/new", guards=[secretariat], status_code=200)
async def add_meeting(request: Web, key: FromPath[str]) -> Template | Redirect:
    form = await typed(request)
    body = await queries.by_key(key)

    async def act() -> tuple[str, int]:
        new = forms.meeting(form)
        by, now = person_of(request), clock.now()
        return body.key, await actions.add_meeting(body.id, new, by=by, now=now)

    try:
        return await done(request, form, texts.gettext("The meeting is added."), act)
    except Invalid as error:
        return _form(request, body, None, form, problems=error.fields)


@get("/{lang:str}/bodies/{key:str}/meetings/{number:int}", guards=[secretariat])
async def edit_meeting(request: Web, key: FromPath[str], number: FromPath[int]) -> Template:
    body = await queries.by_key(key)
    meeting = await queries.meeting(body.id, number)
    there = keeping.shown(keeping.MEETING, meeting)
    values = retyped(keeping.columns(there)) | {"base": there.fingerprint()}
    return _form(request, body, meeting, values)


@post("/{lang:str}/bodies/{key:str}/meetings/{number:int}", guards=[secretariat], status_code=200)
async def change_meeting(
    request: Web, key: FromPath[str], number: FromPath[int]
) -> Template | Redirect:
    form = await typed(request)
    body = await queries.by_key(key)
    meeting = await queries.meeting(body.id, number)

    async def act() -> tuple[str, int | None]:
        event = await actions.change_meeting(
            number, forms.meeting(form), base=form.get("base", ""), by=person_of(request),
            now=clock.now(),
        )  # fmt: skip
        return body.key, event

    try:
        return await done(request, form, texts.gettext("The meeting is changed."), act)
    except Invalid as error:
        return _form(request, body, meeting, form, problems=error.fields)


@post(
    "/{lang:str}/bodies/{key:str}/meetings/{number:int}/call-off",
    guards=[secretariat],
    status_code=303,
)
async def call_off(request: Web, key: FromPath[str], number: FromPath[int]) -> Redirect:
    form = await typed(request)
    body = await queries.by_key(key)
    await queries.meeting(body.id, number)

    async def act() -> tuple[str, int | None]:
        return body.key, await actions.call_off(number, by=person_of(request), now=clock.now())

    return await done(request, form, texts.gettext("The meeting is called off."), act)


@post(
    "/{lang:str}/bodies/{key:str}/meetings/{number:int}/restore",
    guards=[secretariat],
    status_code=303,
)
async def restore(request: Web, key: FromPath[str], number: FromPath[int]) -> Redirect:
    form = await typed(request)
    body = await queries.by_key(key)
    await queries.meeting(body.id, number)

    async def act() -> tuple[str, int | None]:
        return body.key, await actions.restore(number, by=person_of(request), now=clock.now())

    return await done(request, form, texts.gettext("The meeting takes place after all."), act)


def _form(
    request: Web,
    body: Body,
    meeting: Meeting | None,
    form: Mapping[str, str],
    *,
    problems: Problems | None = None,
) -> Template:
    return page(
        request, "bodies/meeting.html", status=422 if problems else 200,
        problems=problems or {}, typed=form, body=body, meeting=meeting,
        called=queries.body_name(body, texts.language()), states=MeetingState,
    )  # fmt: skip


handlers = [new_meeting, add_meeting, edit_meeting, change_meeting, call_off, restore]
