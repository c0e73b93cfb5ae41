"""The directory of members, one member, the import of a list; mail settings without login."""

from typing import Any  # values of a page

from litestar import get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.calls import queries as calls
from advocacy.errors import Invalid, NotFound
from advocacy.municipalities import actions, forms, labels, links, queries, rules
from advocacy.municipalities.reading_tables import as_csv, read_members
from advocacy.municipalities.rules import Rhythm
from advocacy.municipalities.tables import Contact, Municipality
from advocacy.people.guards import house, secretariat, staff
from advocacy.people.rules import COUNTRIES
from advocacy.spreadsheets.reading import BadTable
from advocacy.web.once import once
from advocacy.web.pages import Web, go, page, person_of, say, to, typed


@get("/{lang:str}/municipalities", guards=[house])
async def directory(request: Web) -> Template:
    wanted = request.query_params
    country = wanted.get("country", "").upper()
    country = country if country in COUNTRIES else ""
    query = wanted.get("q", "")[:200]
    after = wanted.get("after", "").upper()
    listed = await queries.listed(
        country=country, query=query, after=after if rules.is_code(after) else ""
    )
    return page(
        request, "municipalities/list.html", listed=listed, country=country, q=query,
        countries=await queries.countries(), may_import=person_of(request).role == "secretariat",
    )  # fmt: skip


@get("/{lang:str}/m/{code:str}", guards=[house])
async def member_page(request: Web, code: FromPath[str]) -> Template:
    member = await queries.by_code(code)
    people = await queries.contacts_of([member.id])
    carers = await queries.coordinators()
    me = person_of(request)
    return page(
        request, "municipalities/member.html", member=member, labels=labels,
        contacts=people.get(member.id, []), coordinator=carers.get(member.country),
        may_edit=rules.may_edit(me.role, me.countries.split(","), country=member.country),
        calls=await calls.of_municipality(member.id),
    )  # fmt: skip


def _contact_form(
    request: Web, member: Municipality, contact: Contact | None, **values: Any
) -> Template:
    return page(
        request, "municipalities/contact.html", member=member, contact=contact,
        roles=labels.ROLES, **values,
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
    return _contact_form(request, member, None, typed={"language": member.language})


@post("/{lang:str}/m/{code:str}/contacts", guards=[staff], status_code=200)
async def add_contact(request: Web, code: FromPath[str]) -> Template | Redirect:
    form = await typed(request)
    member = await _keeps(request, code)
    try:
        new = forms.contact(form)
    except Invalid as error:
        return _contact_form(
            request, member, None, status=422, problems=error.fields, typed=form
        )  # fmt: skip

    async def act() -> str:
        event = await actions.add_contact(member, new, by=person_of(request), now=clock.now())
        say(request, texts.gettext("%(name)s is added.") % {"name": new.name}, undo=event)
        return f"/{texts.language()}/m/{member.code}"

    return await once(form, act, now=clock.now())


@get("/{lang:str}/m/{code:str}/contacts/{number:int}", guards=[staff])
async def contact_page(request: Web, code: FromPath[str], number: FromPath[int]) -> Template:
    member = await _keeps(request, code)
    contact = await _contact(member, number)
    names = ("name", "email", "role", "phone", "language")
    form = {name: getattr(contact, name) for name in names}
    return _contact_form(request, member, contact, typed=form)


@post("/{lang:str}/m/{code:str}/contacts/{number:int}", guards=[staff], status_code=200)
async def change_contact(
    request: Web, code: FromPath[str], number: FromPath[int]
) -> Template | Redirect:
    form = await typed(request)
    member = await _keeps(request, code)
    contact = await _contact(member, number)
    try:
        new = forms.contact(form)
    except Invalid as error:
        return _contact_form(
            request, member, contact, status=422, problems=error.fields, typed=form
        )  # fmt: skip
    event = await actions.change_contact(number, new, by=person_of(request), now=clock.now())
    say(request, texts.gettext("%(name)s is kept.") % {"name": new.name}, undo=event)
    return to(f"/m/{member.code}")


@post("/{lang:str}/m/{code:str}/contacts/{number:int}/remove", guards=[staff], status_code=303)
async def remove_contact(request: Web, code: FromPath[str], number: FromPath[int]) -> Redirect:
    member = await _keeps(request, code)
    contact = await _contact(member, number)
    event = await actions.remove_contact(number, by=person_of(request), now=clock.now())
    say(request, texts.gettext("%(name)s is removed.") % {"name": contact.name}, undo=event)
    return to(f"/m/{member.code}")


@get("/{lang:str}/municipalities/import", guards=[secretariat])
async def import_page(request: Web) -> Template:
    return page(request, "municipalities/import.html", plan=None, list_as_csv="", bad=())


@post("/{lang:str}/municipalities/import", guards=[secretariat], status_code=200)
async def dry_run(request: Web) -> Template:
    """Shows what the file would do; nothing is written yet."""
    upload = (await request.form()).get("file")
    content = await upload.read() if isinstance(upload, UploadFile) else b""
    name = upload.filename if isinstance(upload, UploadFile) else ""
    try:
        members = read_members(content, name)
    except BadTable as error:
        return page(
            request, "municipalities/import.html", status=422, plan=None, list_as_csv="",
            bad=[each for each in error.problems if each.row],
            problems={"file": next(iter(error.fields.values()))},
        )  # fmt: skip
    plan = await actions.compare(members)
    return page(
        request, "municipalities/import.html", plan=plan, list_as_csv=as_csv(members), bad=()
    )


@post("/{lang:str}/municipalities/import/now", guards=[secretariat], status_code=303)
async def import_now(request: Web) -> Redirect:
    form = await typed(request)

    async def act() -> str:
        content = form.get("list", "").encode()
        done = await actions.import_file(
            content, "list.csv", by=person_of(request), now=clock.now()
        )
        count = len(done.new) + len(done.changed)
        said = texts.ngettext(
            "%(num)d municipality is new or changed.", "%(num)d municipalities are new or changed.",
            count,
        )  # fmt: skip
        say(request, said % {"num": count})
        return f"/{texts.language()}/municipalities"

    return await once(form, act, now=clock.now())


@get(["/u/{key:str}", "/u/{key:str}/{of:str}"], opt={"public": True})
async def mail_settings(request: Web, key: FromPath[str]) -> Template:
    """Opening it changes nothing: programs that look through mail open every link."""
    return await _settings_page(request, key)


async def _settings_page(request: Web, key: str, *, switched_off: str = "") -> Template:
    number = links.contact_of(key)
    if number is None:
        raise NotFound("This link is not complete. Please open it from the letter once more.")
    contact = await queries.contact(number)
    wished = request.query_params.get("language", "")
    texts.speak(wished if wished in texts.LANGUAGES else contact.language)
    return page(
        request, "municipalities/mail_settings.html", contact=contact, key=key,
        switched_off=switched_off,
    )  # fmt: skip


@post(["/u/{key:str}", "/u/{key:str}/{of:str}"], opt={"public": True}, status_code=200)
async def change_mail_settings(
    request: Web, key: FromPath[str], of: FromPath[str] = ""
) -> Template | Redirect:
    """A form of ours, or the one click of a mail program (RFC 8058): at once, without a cookie."""
    form = await typed(request)
    number = links.contact_of(key)
    if number is None or of not in ("", *rules.LETTERS):
        raise NotFound("This link is not complete. Please open it from the letter once more.")
    before = await queries.contact(number)
    wants = {each: Rhythm(getattr(before, each)) for each in rules.LETTERS}
    one_click = form.get("List-Unsubscribe") == "One-Click"
    if one_click:
        wants |= {each: Rhythm.NEVER for each in rules.LETTERS if of in ("", each)}
    else:
        wants |= {
            each: Rhythm(form[each]) for each in rules.LETTERS if form.get(each) in set(Rhythm)
        }
    await actions.want_letters(number, wants, now=clock.now())
    if one_click:
        return await _settings_page(request, key, switched_off=of or "calls")
    return go(request.url.path.removesuffix(f"/{of}") if of else request.url.path)


handlers = [
    directory,
    member_page,
    new_contact,
    add_contact,
    contact_page,
    change_contact,
    remove_contact,
    import_page,
    dry_run,
    import_now,
    mail_settings,
    change_mail_settings,
]
