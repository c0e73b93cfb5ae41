"""What waits for an answer, the longest first; and a question that somebody asked by phone."""

from litestar import get, post
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.advice import actions, forms, labels, queries, rules
from advocacy.advice.asking.taking_in import Asker
from advocacy.dossiers import queries as dossiers
from advocacy.errors import Invalid, Message, NotFound
from advocacy.municipalities import queries as municipalities
from advocacy.municipalities.rules import may_edit
from advocacy.municipalities.tables import Municipality
from advocacy.people.guards import house, staff
from advocacy.people.rules import check_address
from advocacy.people.tables import Person
from advocacy.templating import address
from advocacy.web.once import once
from advocacy.web.pages import Web, page, person_of, say, typed

Found = tuple[Municipality, int | None]


@get("/{lang:str}/advice", guards=[house])
async def queue(request: Web) -> Template:
    wanted, me = request.query_params, person_of(request)
    show = wanted.get("show", "open")
    show = show if show in queries.SHOWS else "open"
    own = "mine" in wanted
    after = forms.number(wanted.get("after", ""))
    return page(
        request, "advice/queue.html", show=show, own=own, labels=labels, now=clock.now(),
        listed=await queries.queue(me, show=show, own=own, after=after), zone=queries.ZONE,
        late=rules.WANTED_WITHIN,
    )  # fmt: skip


@get("/{lang:str}/advice/new", guards=[staff])
async def new_question(request: Web) -> Template:
    there = {"code": request.query_params.get("code", "")}
    return page(request, "advice/new.html", typed=there)


@post("/{lang:str}/advice/new", guards=[staff], status_code=200)
async def take_down(request: Web) -> Template | Redirect:
    """Asked by phone, written down by somebody of the house, marked so."""
    form, now, me = await typed(request), clock.now(), person_of(request)

    async def act() -> str:
        new, asker, dossier = await _read(form, me)
        made = await actions.ask(new, asker, dossier=dossier, channel="phone", by=me, now=now)
        say(request, texts.gettext("The question is kept."))
        return address(f"/advice/{made.id}")

    try:
        return await once(form, act, now=now)
    except Invalid as error:
        return page(request, "advice/new.html", status=422, typed=form, problems=error.fields)


async def _read(form: forms.Typed, me: Person) -> tuple[forms.NewQuestion, Asker, int | None]:
    """Invalid names all that is wrong at once."""
    wrong: dict[str, Message] = {}
    new = found = None
    try:
        new = forms.question(form)
    except Invalid as error:
        wrong |= dict(error.fields)
    try:
        found = await _found(form, me)
    except Invalid as error:
        wrong |= dict(error.fields)
    name, email = forms.one_line(form.get("asker", "")), form.get("email", "").strip()
    try:
        email = check_address(email) if email else ""
    except Invalid as error:
        wrong |= dict(error.fields)
    if len(name) > forms.LONGEST_NAME:
        wrong["asker"] = Message("Enter who asks, with at most 120 characters")
    if new is None or found is None or wrong:
        raise Invalid(wrong)
    return new, await _asker(found[0], name, email), found[1]


async def _found(form: forms.Typed, me: Person) -> Found:
    wrong: dict[str, Message] = {}
    member, dossier = None, None
    try:
        member = await municipalities.by_code(forms.one_line(form.get("code", ""))[:40])
        if not may_edit(me.role, me.countries.split(","), country=member.country):
            member = None
    except NotFound:
        pass
    if member is None:
        wrong["code"] = Message("There is no municipality with this code")
    number = forms.one_line(form.get("dossier", ""))[:40]
    try:
        dossier = (await dossiers.by_ref(number)).id if number else None
    except NotFound:
        wrong["dossier"] = Message("There is no dossier with this number")
    if member is None or wrong:
        raise Invalid(wrong)
    return member, dossier


async def _asker(member: Municipality, name: str, email: str) -> Asker:
    """Without an address the answer goes to the first contact of the municipality."""
    people = (await municipalities.contacts_of([member.id])).get(member.id, [])
    known = [each for each in people if not email or each.email.lower() == email.lower()]
    contact = known[0] if known else None
    language = contact.language if contact else member.language
    there = contact.name if contact else ""
    return Asker(
        name or there, email or (contact.email if contact else ""), language, member, contact
    )  # fmt: skip


handlers = [queue, new_question, take_down]
