"""An answer that helps others is put into words; and everybody reads the published ones."""

from typing import Any  # values of a page

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.advice import forms, labels, rules
from advocacy.advice import queries as questions
from advocacy.advice.publishing import good_answers, published
from advocacy.advice.rules import AnswerState
from advocacy.dossiers import queries as dossiers
from advocacy.errors import Invalid, NotFound, Outdated
from advocacy.people.guards import staff
from advocacy.people.tables import Person
from advocacy.settings import settings
from advocacy.templating import address
from advocacy.translator import translator
from advocacy.web.once import once
from advocacy.web.pages import Web, go, page, person_of, say, typed

PUBLIC = {"public": True}


async def _mine(number: int, me: Person) -> published.Whole:
    whole = await published.whole(number)
    if not rules.may_publish(me.role):
        raise NotFound(published.NOT_THERE)
    if whole.stored.enquiry is not None:
        await questions.thread(whole.stored.enquiry, by=me)
    return whole


@get("/{lang:str}/advice/answers/{number:int}", guards=[staff])
async def one_answer(request: Web, number: FromPath[int]) -> Template:
    return await _page(request, await _mine(number, person_of(request)))


def _chosen(request: Web, whole: published.Whole) -> str:
    wished = request.query_params.get("text", "")
    return wished if wished in texts.LANGUAGES else whole.stored.language


async def _page(request: Web, whole: published.Whole, **values: Any) -> Template:
    chosen = _chosen(request, whole)
    needed = await published.needed(whole.stored)
    text = whole.texts.get(chosen)
    shown: dict[str, Any] = {
        "typed": {"question": text.question, "answer": text.answer} if text else {},
        "shown": good_answers.stamp_of(text),
        "theirs": "",
    }
    row = await dossiers.by_id(whole.stored.dossier) if whole.stored.dossier else None
    return page(
        request, "advice/good_answer.html", whole=whole, chosen=chosen, needed=needed,
        original=whole.texts.get(whole.stored.language), labels=labels, dossier=row,
        state=AnswerState(whole.stored.state), text=text,
        missing=rules.missing_texts(needed, whole.checked),
        given_away=await good_answers.given_away(whole),
        machine=translator(settings()) is not None and text is None, zone=questions.ZONE,
        **(shown | values),
    )  # fmt: skip


@post("/{lang:str}/advice/answers/{number:int}", guards=[staff], status_code=200)
async def act_on_answer(request: Web, number: FromPath[int]) -> Template | Redirect:
    form, now, me = await typed(request), clock.now(), person_of(request)
    whole = await _mine(number, me)
    chosen = _chosen(request, whole)

    async def act() -> str:
        said, undo = await _act(form, number, chosen, me)
        say(request, said, undo=undo)
        return address(f"/advice/answers/{number}?text={chosen}")

    try:
        if form.get("do") == "machine":  # it may take a minute, in which others go on
            return go(await act())
        return await once(form, act, now=now)
    except Invalid as error:
        return await _again(request, number, form, status=422, problems=error.fields)
    except Outdated as error:
        problems = {"answer": error.message}
        return await _again(request, number, form, status=409, problems=problems, theirs=error.theirs)  # noqa: E501  # fmt: skip


async def _again(
    request: Web, number: int, form: forms.Typed, *, theirs: str = "", **values: Any
) -> Template:
    """Every typed word; a press on a button of another form has typed none."""
    if "question" in form:
        values["typed"] = form
    fresh = await published.whole(number)
    return await _page(request, fresh, theirs=theirs, **values)


async def _act(form: forms.Typed, number: int, language: str, me: Person) -> tuple[str, int | None]:
    now = clock.now()
    match form.get("do"):
        case "save":
            told, shown = forms.told(form), form.get("shown", "")
            await good_answers.save_text(number, language, told, shown=shown, by=me, now=now)
            return texts.gettext("The text is kept."), None
        case "machine":
            await good_answers.draft_by_machine(number, language, by=me, now=now)
            return texts.gettext("A machine has drafted the text. Save it when you have read it."), None  # noqa: E501  # fmt: skip
        case "publish":
            sure = form.get("sure") == "1"
            event = await good_answers.publish(number, sure=sure, by=me, now=now)
            return texts.gettext("It is published."), event
        case "take-back":
            event = await good_answers.take_back(number, by=me, now=now)
            return texts.gettext("Nobody else reads it any more."), event
        case _:
            raise Invalid({"answer": "Choose one of the buttons"})


@get("/{lang:str}/d/{ref:str}/questions", opt=PUBLIC)
async def of_dossier(request: Web, ref: FromPath[str]) -> Template:
    """NotFound without a published answer: nobody learns here that there is such a dossier."""
    dossier = await dossiers.by_ref(ref)
    if not await published.count(dossier.id):
        raise NotFound("There is no such page")
    before = forms.number(request.query_params.get("before", ""))
    listed = await published.listed(texts.language(), dossier=dossier.id, before=before)
    return page(
        request, "advice/questions.html", listed=listed, dossier=dossier, zone=questions.ZONE
    )


@get("/{lang:str}/questions", opt=PUBLIC)
async def every_answer(request: Web) -> Template:
    before = forms.number(request.query_params.get("before", ""))
    listed = await published.listed(texts.language(), before=before)
    return page(
        request, "advice/questions.html", listed=listed, dossier=None, zone=questions.ZONE
    )  # fmt: skip


handlers = [one_answer, act_on_answer, of_dossier, every_answer]
