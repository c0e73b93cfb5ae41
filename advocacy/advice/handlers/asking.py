"""A municipality asks, from its own page or from a call. No account; the link is the key."""

from typing import Any  # values of a page

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.advice import actions, forms, queries
from advocacy.advice.asking import about, limits
from advocacy.advice.asking.owning import owner_of
from advocacy.advice.asking.taking_in import Asker
from advocacy.calls.queries import Personal, invitation_by_token
from advocacy.errors import Invalid, Message, NotFound
from advocacy.municipalities import links
from advocacy.municipalities import queries as municipalities
from advocacy.municipalities.tables import Contact, Municipality
from advocacy.projects.lists import ProjectRow
from advocacy.web.once import once
from advocacy.web.pages import Web, page, typed

PUBLIC = {"public": True}
LONGEST_NUMBER = 10
"""Digits of a row's number, and one more."""


def _speak(request: Web, own: str) -> str:
    """The language of the person, or the one chosen on this page; returns the address's end."""
    wished = request.query_params.get("language", "")
    chosen = wished if wished in texts.LANGUAGES else ""
    texts.speak(chosen or own)
    return f"?language={chosen}" if chosen else ""


async def _form(request: Web, member: Municipality, dossier: int | None, **values: Any) -> Template:
    shown: dict[str, Any] = {"words": None, "words_language": "", "contact": None, "project": None}
    return page(
        request,
        "advice/ask.html",
        member=member,
        owner=await owner_of(member, dossier),
        **(shown | values),
    )


async def _contact(key: str) -> Contact:
    number = links.contact_of(key, links.PAGE)
    if number is None:
        raise NotFound("This link is not complete. Please open it from the letter once more.")
    return await municipalities.contact(number)


@get("/m/{key:str}/ask", opt=PUBLIC)
async def ask_freely(request: Web, key: FromPath[str]) -> Template:
    contact = await _contact(key)
    end = _speak(request, contact.language)
    project = await _project(request)
    return await _form(
        request, contact.municipality, None, contact=contact, project=project,
        here=_here(key, end, project), back=f"/m/{key}{end}",
    )  # fmt: skip


async def _project(request: Web) -> ProjectRow | None:
    number = request.query_params.get("project", "")
    known = number.isascii() and number.isdecimal() and len(number) < LONGEST_NUMBER
    return await about.project(int(number), texts.language(), now=clock.now()) if known else None


def _here(key: str, end: str, project: ProjectRow | None) -> str:
    of = f"{'&' if end else '?'}project={project.id}" if project else ""
    return f"/m/{key}/ask{end}{of}"


@post("/m/{key:str}/ask", opt=PUBLIC, status_code=200)
async def send_freely(request: Web, key: FromPath[str]) -> Template | Redirect:
    """The answer goes to the address that we know."""
    form, now = await typed(request), clock.now()
    contact = await _contact(key)
    end = _speak(request, contact.language)
    member = contact.municipality
    asker = Asker(contact.name, contact.email, contact.language, member, contact)
    project = await _project(request)

    async def act() -> str:
        new = forms.question(form)
        await limits.count(f"contact:{contact.id}", field="text", now=now)
        made = await actions.ask(new, asker, project=project.id if project else None, now=now)
        return f"/q/{queries.token_of(made.id)}{end}"

    try:
        return await once(form, act, now=now)
    except Invalid as error:
        return await _form(
            request, member, None, contact=contact, project=project,
            here=_here(key, end, project), back=f"/m/{key}{end}", status=422,
            problems=error.fields, typed=form,
        )  # fmt: skip


async def _about_call(request: Web, personal: Personal, token: str, **values: Any) -> Template:
    end = _speak(request, personal.invitation.language)
    spoken, words = personal.whole.words_in(texts.language())
    contact = personal.contact
    before = {
        "asker": contact.name if contact else "", "email": contact.email if contact else "",
    }  # fmt: skip
    return await _form(
        request, personal.municipality, personal.whole.dossier.id, here=f"/a/{token}/ask{end}",
        back=f"/a/{token}{end}", words=words, words_language=spoken,
        **({"typed": before} | values),
    )  # fmt: skip


@get("/a/{token:str}/ask", opt=PUBLIC)
async def ask_about_call(request: Web, token: FromPath[str]) -> Template:
    return await _about_call(request, await invitation_by_token(token), token)


@post("/a/{token:str}/ask", opt=PUBLIC, status_code=200)
async def send_about_call(request: Web, token: FromPath[str]) -> Template | Redirect:
    """Whoever has the link asks for the municipality; a colleague names an address of their own."""
    form, now = await typed(request), clock.now()
    personal = await invitation_by_token(token)
    end = _speak(request, personal.invitation.language)

    async def act() -> str:
        new, who = _read(form)
        await limits.count(f"invitation:{personal.invitation.id}", field="text", now=now)
        asker = _asker(personal, who)
        made = await actions.ask(new, asker, dossier=personal.whole.dossier.id, now=now)
        return f"/q/{queries.token_of(made.id)}{end}"

    try:
        return await once(form, act, now=now)
    except Invalid as error:
        return await _about_call(
            request, personal, token, status=422, problems=error.fields, typed=form
        )


def _read(form: forms.Typed) -> tuple[forms.NewQuestion, forms.Who]:
    """Invalid names all that is wrong at once."""
    wrong: dict[str, Message] = {}
    new = who = None
    try:
        new = forms.question(form)
    except Invalid as error:
        wrong |= dict(error.fields)
    try:
        who = forms.who(form)
    except Invalid as error:
        wrong |= dict(error.fields)
    if new is None or who is None:
        raise Invalid(wrong)
    return new, who


def _asker(personal: Personal, who: forms.Who) -> Asker:
    contact = personal.contact
    known = contact is not None and contact.email.lower() == who.email.lower()
    return Asker(
        who.name, who.email, personal.invitation.language, personal.municipality,
        contact if known else None, sure=known,
    )  # fmt: skip


handlers = [ask_freely, send_freely, ask_about_call, send_about_call]
