"""The people of a member, as who keeps them sees them."""

from typing import Any  # values of a page

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.errors import Invalid, NotFound
from advocacy.municipalities import actions, contacts, forms, labels, queries
from advocacy.municipalities.tables import Contact, Municipality
from advocacy.people.guards import staff
from advocacy.web.once import once
from advocacy.web.pages import Web, page, person_of, say, to, typed


def _form(request: Web, member: Municipality, contact: Contact | None, **values: Any) -> Template:
    return page(
        request, "municipalities/contact.html", member=member, contact=contact,
        roles=labels.ROLES, shown=contacts.seen(contact) if contact else "", **values,
    )  # fmt: skip


async def _keeps(request: Web, code: str) -> Municipality:
    """The municipality, if this person keeps its contacts."""
    member = await queries.by_code(code)
    actions.check_right(person_of(request), member.country)
    return member


async def _contact(member: Municipality, number: int) -> Contact:
    """Of this municipality, and of no other."""
    contact = await queries.contact(number)
    if contact.municipality.id != member.id:
        raise NotFound("There is no such person")
    return contact


@get("/{lang:str}/m/{code:str}/contacts", guards=[staff])
async def new_contact(request: Web, code: FromPath[str]) -> Template:
    member = await _keeps(request, code)
    return _form(request, member, None, typed={"language": member.language})


@post("/{lang:str}/m/{code:str}/contacts", guards=[staff], status_code=200)
async def add_contact(request: Web, code: FromPath[str]) -> Template | Redirect:
    form = await typed(request)
    member = await _keeps(request, code)

    async def act() -> str:
        new = forms.contact(form)
        event = await actions.add_contact(member, new, by=person_of(request), now=clock.now())
        say(request, texts.gettext("%(name)s is added.") % {"name": new.name}, undo=event)
        return f"/{texts.language()}/m/{member.code}"

    try:
        return await once(form, act, now=clock.now())
    except Invalid as error:
        return _form(request, member, None, status=422, problems=error.fields, typed=form)


@get("/{lang:str}/m/{code:str}/contacts/{number:int}", guards=[staff])
async def contact_page(request: Web, code: FromPath[str], number: FromPath[int]) -> Template:
    member = await _keeps(request, code)
    contact = await _contact(member, number)
    form = {name: getattr(contact, name) or "" for name in contacts.SHOWN}
    return _form(request, member, contact, typed=form)


@post("/{lang:str}/m/{code:str}/contacts/{number:int}", guards=[staff], status_code=200)
async def change_contact(
    request: Web, code: FromPath[str], number: FromPath[int]
) -> Template | Redirect:
    form = await typed(request)
    member = await _keeps(request, code)
    contact = await _contact(member, number)

    async def act() -> str:
        new = forms.contact(form)
        event = await actions.change_contact(
            number, new, shown=form.get("shown", ""), by=person_of(request), now=clock.now()
        )
        say(request, texts.gettext("%(name)s is kept.") % {"name": new.name}, undo=event)
        return f"/{texts.language()}/m/{member.code}"

    try:
        return await once(form, act, now=clock.now())
    except Invalid as error:
        return _form(request, member, contact, status=422, problems=error.fields, typed=form)


@post("/{lang:str}/m/{code:str}/contacts/{number:int}/remove", guards=[staff], status_code=303)
async def remove_contact(request: Web, code: FromPath[str], number: FromPath[int]) -> Redirect:
    member = await _keeps(request, code)
    contact = await _contact(member, number)
    event = await actions.remove_contact(number, by=person_of(request), now=clock.now())
    say(request, texts.gettext("%(name)s is removed.") % {"name": contact.name}, undo=event)
    return to(f"/m/{member.code}")


@post("/{lang:str}/m/{code:str}/confirm", guards=[staff], status_code=303)
async def ask_to_confirm(request: Web, code: FromPath[str]) -> Redirect:
    member = await _keeps(request, code)
    people = (await queries.contacts_of([member.id])).get(member.id, [])
    count = await actions.ask_to_confirm(
        [each.id for each in people], by=person_of(request), now=clock.now()
    )
    said = texts.ngettext(
        "%(num)d letter asks whether the address is still right.",
        "%(num)d letters ask whether the addresses are still right.",
        count,
    )
    if not count:
        said = texts.gettext("Everybody here was asked within sixty days.")
    say(request, said % {"num": count})
    return to(f"/m/{member.code}")


handlers = [
    new_contact,
    add_contact,
    contact_page,
    change_contact,
    remove_contact,
    ask_to_confirm,
]
