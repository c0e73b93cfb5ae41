"""One question: read it, answer, ask back, hand over, close, say where it belongs."""

from typing import Any  # values of a page

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.advice import actions, forms, labels, queries, rules
from advocacy.advice.answering.becoming import NOT_FOR_THEM
from advocacy.advice.asking import about
from advocacy.advice.publishing import good_answers, published
from advocacy.advice.queries import Thread
from advocacy.advice.rules import MessageKind, WhyNot
from advocacy.advice.tables import Enquiry
from advocacy.calls import labels as calls
from advocacy.calls.rules import OFFERED
from advocacy.errors import Invalid, Message, NotFound, Outdated
from advocacy.letterbox import queries as letterbox  # looks ahead, only to read
from advocacy.municipalities.rules import may_edit
from advocacy.people.guards import house
from advocacy.people.labels import ROLES
from advocacy.people.rules import Role
from advocacy.people.tables import Person
from advocacy.settings import settings
from advocacy.templating import address
from advocacy.translator import translator
from advocacy.web.once import once
from advocacy.web.pages import Web, go, page, person_of, say, typed

OUTDATED = {"hand": "note", "put": "subject"}
"""At which field it is said, by button."""


@get("/{lang:str}/advice/{number:int}", guards=[house])
async def one_question(request: Web, number: FromPath[int]) -> Template:
    return await _page(request, await queries.thread(number, by=person_of(request)))


async def _page(request: Web, thread: Thread, **values: Any) -> Template:
    me, now = person_of(request), clock.now()
    stored = thread.stored
    invitation = await queries.may_become(stored, now=now)
    shown: dict[str, Any] = {
        "typed": {
            "code": thread.row.code or "", "dossier": thread.row.number or "",
            "subject": stored.subject,
        }
    }  # fmt: skip
    return page(
        request, "advice/thread.html", thread=thread, row=thread.row, labels=labels,
        zone=queries.ZONE, people=await _people(stored.owner), roles=ROLES,
        why_not=_why_not(thread, invitation, me),
        stances=[(each.value, calls.STANCES[each]) for each in OFFERED], now=now,
        allowed=rules.ALLOWED[thread.row.state], mine=stored.owner == me.id,
        good=await published.of_enquiry(stored.id), may_publish=rules.may_publish(me.role),
        has_answer=any(each.kind is MessageKind.ANSWER for each in thread.said),
        machine=translator(settings()) is not None,
        mails=await letterbox.of_enquiry(stored.id) if _reads_mails(stored, me) else [],
        project=await about.project_of(stored, now=now),
        **(shown | values),
    )  # fmt: skip


def _reads_mails(stored: Enquiry, me: Person) -> bool:
    return me.role != Role.PRESIDENCY or stored.owner == me.id


def _why_not(thread: Thread, found: int | WhyNot, me: Person) -> Message | None:
    if isinstance(found, WhyNot):
        return labels.WHY_NOT[found]
    may = may_edit(me.role, me.countries.split(","), country=thread.row.country or "")
    return None if may else NOT_FOR_THEM


async def _people(but: int) -> list[tuple[Role, list[Person]]]:
    """Who may take it over, by role."""
    people = [person for person in await queries.house() if person.id != but]
    order = (Role.SECRETARIAT, Role.COORDINATOR, Role.PRESIDENCY)
    groups = [(role, [each for each in people if each.role == role]) for role in order]
    return [(role, there) for role, there in groups if there]


@post("/{lang:str}/advice/{number:int}", guards=[house], status_code=200)
async def act_on_question(request: Web, number: FromPath[int]) -> Template | Redirect:
    form, now, me = await typed(request), clock.now(), person_of(request)
    await queries.thread(number, by=me)
    do = form.get("do", "")

    async def act() -> str:
        said, undo, leads_to = await _act(do, number, form, me)
        say(request, said, undo=undo)
        return address(leads_to or await _after(number, me))

    try:
        if do == "machine":  # it may take a minute, in which others go on
            return go(await act())
        return await once(form, act, now=now)
    except Invalid as error:
        fresh = await queries.thread(number, by=me)
        return await _page(request, fresh, status=422, problems=error.fields, typed=_kept(form, fresh))  # noqa: E501  # fmt: skip
    except Outdated as error:
        fresh = await queries.thread(number, by=me)
        problems = {OUTDATED.get(do, "text"): error.message}
        return await _page(request, fresh, status=409, problems=problems, typed=_kept(form, fresh))


def _kept(form: forms.Typed, thread: Thread) -> dict[str, str]:
    """Every typed word, beside what the other forms of the page hold."""
    there = {
        "code": thread.row.code or "", "dossier": thread.row.number or "",
        "subject": thread.stored.subject,
    }  # fmt: skip
    return there | dict(form)


async def _after(number: int, me: Person) -> str:
    """The thread, as long as it is theirs to see."""
    try:
        await queries.thread(number, by=me)
    except NotFound:
        return "/advice"
    return f"/advice/{number}"


async def _act(do: str, number: int, form: forms.Typed, me: Person) -> tuple[str, int | None, str]:
    """What is said of it, the event that can be undone, and where to go if not back."""
    now, event = clock.now(), None
    leads_to = ""
    match do:
        case "answer":
            await actions.answer(number, forms.reply(form), by=me, now=now)
            said = texts.gettext("Your answer is on its way.")
        case "back":
            await actions.ask_back(number, forms.reply(form), by=me, now=now)
            said = texts.gettext("Your question back is on its way.")
        case "hand":
            event = await actions.hand_over(number, forms.handing(form), by=me, now=now)
            said = texts.gettext("The question is handed over.")
        case "close":
            event = await actions.close(number, seen=forms.seen(form), by=me, now=now)
            said = texts.gettext("The question is closed.")
        case "reopen":
            event = await actions.reopen(number, seen=forms.seen(form), by=me, now=now)
            said = texts.gettext("The question waits for an answer again.")
        case "put":
            await actions.put(number, forms.place(form), by=me, now=now)
            said = texts.gettext("It is kept.")
        case "become":
            given = forms.stance(form)
            await actions.become(number, given, seen=forms.seen(form), by=me, now=now)
            said = texts.gettext("It is an answer to the call now. The municipality has a receipt.")
        case "publish":
            good = await good_answers.draft(number, by=me, now=now)
            said = texts.gettext("Put it into words that name nobody, then publish it.")
            leads_to = f"/advice/answers/{good.id}"
        case "translate" | "machine":
            said = await _translated(do, number, form, me)
            leads_to = f"/advice/{number}#n{forms.number(form.get('number', '')) or 1}"
        case _:
            raise Invalid({"text": "Choose one of the buttons"})
    return said, event, leads_to


async def _translated(do: str, number: int, form: forms.Typed, me: Person) -> str:
    if do == "translate":
        await actions.translate(number, forms.translated(form), by=me, now=clock.now())
        return texts.gettext("The translation is kept beside the original.")
    message = forms.number(form.get("number", "")) or 0
    language = form.get("language", "")
    await actions.draft_by_machine(number, message, language, by=me, now=clock.now())
    return texts.gettext("A machine has drafted the translation. Nobody has checked it.")


handlers = [one_question, act_on_question]
