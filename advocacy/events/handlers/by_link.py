"""Behind a link of a letter: register, change, give back. No account; looking records nothing."""

from collections.abc import Mapping
from typing import Any  # values of a page

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.errors import Invalid, NotAllowed
from advocacy.events import actions, labels, queries, rules
from advocacy.events.handlers.looking import map_of_points
from advocacy.events.keeping.programme import points_of
from advocacy.events.registering import typed as registering
from advocacy.events.rules import COMES, RegistrationState
from advocacy.events.tables import Gathering, GatheringInvitation, Registration
from advocacy.positions.public import known_matters
from advocacy.web.once import once
from advocacy.web.pages import Web, go, page, typed

PUBLIC = {"public": True}


def speak(request: Web, language: str) -> None:
    chosen = request.query_params.get("language", "")
    texts.speak(chosen if chosen in texts.LANGUAGES else language)


async def about(gathering: Gathering) -> dict[str, Any]:
    """What every page behind a link shows of a gathering."""
    now, language = clock.now(), texts.language()
    points = await points_of(gathering.id, language)
    return {
        "gathering": gathering,
        "told": await queries.told_in(gathering, language),
        "points": points,
        "map": map_of_points(points),
        "matters": await known_matters(language),
        "entrance": queries.entrance(gathering, now=now),
        "entrances": rules.MAY_REGISTER,
        "interpreted": [code for code in gathering.interpretation.split(",") if code],
        "labels": labels,
        "inside": False,
        "may_keep": False,
        "now": now,
    }


@get("/g/{token:str}", opt=PUBLIC)
async def invited(request: Web, token: FromPath[str]) -> Template:
    invitation = await queries.invitation_by_token(token)
    speak(request, invitation.language)
    return await _invited(request, invitation, token)


@post("/g/{token:str}", opt=PUBLIC, status_code=200)
async def register(request: Web, token: FromPath[str]) -> Template | Redirect:
    invitation = await queries.invitation_by_token(token)
    speak(request, invitation.language)
    form, now = await typed(request), clock.now()
    gathering = await queries.by_id(invitation.gathering)
    try:
        guest = registering.guest(form, interpreted=gathering.interpretation.split(","))

        # also of what is refused: nobody tries with it who else is registered
        await actions.guests.count(f"invitation {invitation.id}", now=now)

        async def act() -> str:
            await actions.guests.count_letter(guest.email, now=now)
            row = await actions.placing.register_invited(invitation, guest, now=now)
            # Who is registered by another way has a link of their own, in their mail.
            return f"/g/{token}{_language(request)}#place-{row.id}"

        return await once(form, act, now=now)
    except Invalid as error:
        return await _invited(
            request, invitation, token, status=422, problems=error.fields, typed=form
        )
    except NotAllowed as error:
        problems = {"name": error.message}
        return await _invited(request, invitation, token, status=422, problems=problems, typed=form)


@post("/g/{token:str}/give-back/{registration_id:int}", opt=PUBLIC, status_code=303)
async def give_back_for(
    request: Web, token: FromPath[str], registration_id: FromPath[int]
) -> Redirect:
    """The municipality gives back a place that was taken with its link."""
    invitation = await queries.invitation_by_token(token)
    mine = {row.id: row for row in await queries.of_invitation(invitation.id)}
    here = f"/g/{token}{_language(request)}"
    row = mine.get(registration_id)
    if row is None:
        return go(here)
    had_place = row.state == RegistrationState.PLACED
    await actions.placing.give_back(row, by=invitation.municipality.name, now=clock.now())
    return go(f"{here}{'&' if '?' in here else '?'}given=back" if had_place else here)


def _language(request: Web) -> str:
    chosen = request.query_params.get("language", "")
    return f"?language={chosen}" if chosen in texts.LANGUAGES else ""


async def _invited(
    request: Web, invitation: GatheringInvitation, token: str, **values: Any
) -> Template:
    gathering = await queries.by_id(invitation.gathering)
    over = clock.now() >= gathering.ends
    coming = [] if over else await queries.of_invitation(invitation.id)
    contact = invitation.contact
    known: Mapping[str, str] = {"language": texts.language()}
    if contact and not any(row.email == contact.email.lower() for row in coming):
        known = {"name": contact.name, "email": contact.email, "language": contact.language}
    shown: dict[str, Any] = await about(gathering) | {
        "typed": known,
        "coming": coming,
        "given_back": request.query_params.get("given") == "back",
        "may_more": len(coming) < rules.MOST_PER_MUNICIPALITY,
        "action": f"/g/{token}",
        "end": _language(request),
        "member": invitation.municipality,
    }
    return page(request, "events/invited.html", **(shown | values))


@get("/g/place/{token:str}", opt=PUBLIC)
async def place(request: Web, token: FromPath[str]) -> Template:
    row = await queries.registration_by_token(token)
    speak(request, row.language)
    return await _place(request, row, token)


@post("/g/place/{token:str}", opt=PUBLIC, status_code=200)
async def change(request: Web, token: FromPath[str]) -> Template | Redirect:
    """Confirm, change or give back: which, the button says."""
    row = await queries.registration_by_token(token)
    speak(request, row.language)
    form, now = await typed(request), clock.now()
    gathering = await queries.by_id(row.gathering)
    try:
        match form.get("act", ""):
            case "confirm":
                await actions.placing.confirm(row, now=now)
            case "give back":
                by = await queries.actor_of(row)
                await actions.placing.give_back(row, by=by, now=now)
            case _:
                guest = registering.guest(
                    form, interpreted=gathering.interpretation.split(","), email=row.email
                )
                await actions.placing.change(row, guest, now=now)
        return go(f"/g/place/{token}{_language(request)}")
    except Invalid as error:
        return await _place(request, row, token, status=422, problems=error.fields, typed=form)
    except NotAllowed as error:
        problems = {"name": error.message}
        return await _place(request, row, token, status=422, problems=problems, typed=form)


async def _place(request: Web, row: Registration, token: str, **values: Any) -> Template:
    gathering = await queries.by_id(row.gathering)
    waiting = row.state == RegistrationState.WAITING
    placed = row.state == RegistrationState.PLACED and clock.now() < gathering.ends
    others = (
        await queries.registrations_of(gathering.id, RegistrationState.PLACED) if placed else []
    )
    shown: dict[str, Any] = await about(gathering) | {
        "typed": {
            name: getattr(row, name)
            for name in ("name", "organisation", "language", "hears", "note")
        }
        | {"listed": "1" if row.listed else ""},
        "row": row,
        "comes": row.state in COMES,
        "action": f"/g/place/{token}{_language(request)}",
        "before": await queries.waiting_before(row) if waiting else 0,
        "others": [each for each in others if each["listed"] and each["id"] != row.id],
    }
    return page(request, "events/place.html", **(shown | values))


handlers = [invited, register, give_back_for, place, change]
