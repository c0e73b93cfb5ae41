"""Signing in and out; one's own settings."""

from urllib.parse import urlsplit

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.digest.labels import KINDS
from advocacy.digest.queries import interests_of, rhythms_of
from advocacy.errors import Invalid, NotFound
from advocacy.people import actions, queries
from advocacy.people.guards import signed_in
from advocacy.people.labels import RHYTHMS, ROLES
from advocacy.people.rules import COUNTRIES, Role
from advocacy.people.tables import LoginLink
from advocacy.templating import address
from advocacy.web.pages import Web, go, page, person_of, say, typed
from advocacy.web.sessions import cookie
from feeds.reading.topics import TOPICS, topic_label


def inside(path: str) -> str:
    """A path of this house, or the first page: no link may lead people elsewhere."""
    parts = urlsplit(path.replace("\\", "/"))
    safe = not parts.scheme and not parts.netloc and path.startswith("/") and path.isprintable()
    return path if safe and not path.startswith("//") else address("/now")


def network_address(request: Web) -> str:
    """The peer that uvicorn saw; forwarded headers count only when it was told to trust them."""
    return request.client.host if request.client else ""


@get("/{lang:str}/sign-in", opt={"public": True})
async def sign_in_page(request: Web) -> Template:
    leads_to = inside(request.query_params.get("to", address("/now")))
    return page(request, "people/sign_in.html", leads_to=leads_to, sent=False)


@post("/{lang:str}/sign-in", opt={"public": True}, status_code=200)
async def ask_for_link(request: Web) -> Template:
    form = await typed(request)
    leads_to = inside(form.get("to", address("/now")))
    try:
        await actions.send_link(
            form.get("email", ""),
            leads_to=leads_to,
            network_address=network_address(request),
            now=clock.now(),
        )
    except Invalid as error:
        return page(
            request, "people/sign_in.html", status=422, leads_to=leads_to, sent=False,
            problems=error.fields, typed=form,
        )  # fmt: skip
    return page(request, "people/sign_in.html", leads_to=leads_to, sent=True, typed=form)


@post("/{lang:str}/sign-in/code", opt={"public": True}, status_code=200)
async def sign_in_with_code(request: Web) -> Template | Redirect:
    form = await typed(request)
    try:
        token, link = await actions.sign_in_with_code(
            form.get("email", ""),
            form.get("code", ""),
            network_address=network_address(request),
            now=clock.now(),
        )
    except Invalid as error:
        return page(
            request, "people/sign_in.html", status=422, sent=True, typed=form,
            leads_to=inside(form.get("to", "")), problems=error.fields,
        )  # fmt: skip
    return _enter(token, link)


@get("/in/{token:str}", opt={"public": True})
async def confirm_sign_in(request: Web, token: FromPath[str]) -> Template | Redirect:
    """Mail scanners open links: this page signs nobody in, its button does."""
    link = await queries.open_link(token, now=clock.now())
    if link is None:
        if request.user is not None:
            return go(address("/now"))
        raise NotFound("This link has been used or is too old. Ask for a new one.")
    texts.speak(link.person.language)
    return page(request, "people/confirm_sign_in.html", person=link.person, token=token)


@post("/in/{token:str}", opt={"public": True}, status_code=303)
async def sign_in(token: FromPath[str]) -> Redirect:
    session, link = await actions.sign_in_with_link(token, now=clock.now())
    return _enter(session, link)


def _enter(token: str, link: LoginLink) -> Redirect:
    texts.speak(link.person.language)
    answer = go(inside(link.leads_to or address("/now")))
    answer.set_cookie(cookie(token))
    return answer


@post("/{lang:str}/sign-out", guards=[signed_in], status_code=303)
async def sign_out(request: Web) -> Redirect:
    session = request.scope["web_session"]  # type: ignore[typeddict-item]  # sessions.py put it there
    await actions.sign_out(session, by=person_of(request), now=clock.now())
    answer = go(address("/"))
    answer.set_cookie(cookie(""))
    return answer


@get("/{lang:str}/me", guards=[signed_in])
async def me(request: Web) -> Template:
    person = person_of(request)
    return page(
        request,
        "people/me.html",
        person=person,
        role=ROLES[Role(person.role)],
        chosen=await rhythms_of(person),
        kinds=KINDS,
        rhythms=RHYTHMS,
        interests=await interests_of(person),
        topics=[(key, topic_label(key, texts.language())) for key in TOPICS],
        countries=COUNTRIES,
    )


@post("/{lang:str}/me", guards=[signed_in], status_code=303)
async def change_me(request: Web) -> Redirect:
    form = await typed(request)
    await actions.change_settings(
        person_of(request),
        language=form.get("language", ""),
        keys_on=form.get("keys_on") == "1",
    )
    say(request, texts.gettext("Your settings are kept."))
    return go(inside(form.get("to", "") or address("/me")))


handlers = [
    sign_in_page,
    ask_for_link,
    sign_in_with_code,
    confirm_sign_in,
    sign_in,
    sign_out,
    me,
    change_me,
]
