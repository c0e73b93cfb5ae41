"""Enter a project, change it, add what it made."""

import asyncio
from collections.abc import Mapping
from typing import Any  # values of a page

from litestar import get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.documents import forms as papers
from advocacy.documents import rules as files
from advocacy.errors import Invalid, NotFound
from advocacy.people.guards import staff
from advocacy.people.rules import LANGUAGES
from advocacy.people.tables import Person
from advocacy.projects import actions, forms, keeping, labels, queries, rules
from advocacy.projects.handlers.looking import topics
from advocacy.projects.queries import ProjectPage
from advocacy.projects.rules import ProjectState
from advocacy.templating import address
from advocacy.web.once import once
from advocacy.web.pages import Web, page, person_of, say, to, typed

HERE = "/{lang:str}/projects/{number:int}"


@get("/{lang:str}/projects/new", guards=[staff])
async def new(request: Web) -> Template:
    return _form(request, {"language": texts.language(), "state": ProjectState.RUNNING})


@post("/{lang:str}/projects/new", guards=[staff], status_code=200)
async def enter(request: Web) -> Template | Redirect:
    form = await typed(request)

    async def act() -> str:
        new = forms.project(form)
        number, event = await actions.entered(new, by=person_of(request), now=clock.now())
        say(request, texts.gettext("The project is entered."), undo=event)
        return address(f"/projects/{number}")

    try:
        return await once(form, act, now=clock.now())
    except Invalid as error:
        return _form(request, form, status=422, problems=error.fields)


@get(f"{HERE}/edit", guards=[staff])
async def edit(request: Web, number: FromPath[int]) -> Template:
    found = await _editable(number, person_of(request))
    return await _edit(request, found, _shown(found))


async def _editable(number: int, person: Person) -> ProjectPage:
    """A project that this person does not look after has no such page for them."""
    found = await queries.one(number, texts.language(), today=clock.now().date())
    countries = {each["country"] for each in found.members}
    if not rules.may_edit(person.role, person.countries.split(","), countries):
        raise NotFound(queries.NOT_THERE)
    return found


def _shown(found: ProjectPage) -> dict[str, str]:
    """What the form shows, as it would come back."""
    project = found.project
    shown = {name: str(getattr(project, name) or "") for name in keeping.COLUMNS}
    shown |= {
        "contact_public": "yes" if project.contact_public else "",
        "led_by": found.led_by["code"] if found.led_by else "",
        "members": " ".join(each["code"] for each in found.members),
        "begins": project.begins.isoformat() if project.begins else "",
        "ends": project.ends.isoformat() if project.ends else "",
    }
    for language, told in found.texts.items():
        for name in ("title", "summary", "results"):
            shown[f"{name}-{language}"] = getattr(told, name)
    return shown


@post(f"{HERE}/edit", guards=[staff], status_code=200)
async def change(request: Web, number: FromPath[int]) -> Template | Redirect:
    found = await _editable(number, person_of(request))
    form = await typed(request)
    try:
        event = await actions.change(
            number, forms.project(form), base=form.get("shown", ""), by=person_of(request),
            now=clock.now(),
        )  # fmt: skip
    except Invalid as error:
        return await _edit(request, found, form, status=422, problems=error.fields)
    if event is not None:
        say(request, texts.gettext("The project is changed."), undo=event)
    return to(f"/projects/{number}")


async def _edit(
    request: Web, found: ProjectPage, form: Mapping[str, str], **values: Any
) -> Template:
    base = form.get("shown") or keeping.fingerprint(await keeping.state_of(found.project.id))
    return _form(request, form, found=found, base=base, **values)


def _form(request: Web, form: Mapping[str, str], **values: Any) -> Template:
    shown: dict[str, Any] = {"found": None, "base": "", "problems": {}} | values
    return page(
        request, "projects/edit.html", typed=form, topics=topics(), languages=LANGUAGES,
        states=ProjectState, labels=labels, largest=files.LARGEST, **shown,
    )  # fmt: skip


@post(f"{HERE}/remove", guards=[staff], status_code=303)
async def remove(request: Web, number: FromPath[int]) -> Redirect:
    await _editable(number, person_of(request))
    event = await actions.remove(number, by=person_of(request), now=clock.now())
    say(request, texts.gettext("The project is off the lists."), undo=event)
    return to("/projects")


@post(
    f"{HERE}/results", guards=[staff], status_code=200,
    request_max_body_size=files.LARGEST_UPLOAD,
)  # fmt: skip
async def add_result(request: Web, number: FromPath[int]) -> Template | Redirect:
    found = await _editable(number, person_of(request))
    form = await typed(request)

    async def act() -> str:
        upload = (await request.form()).get(papers.FIELD)
        paper = None
        if isinstance(upload, UploadFile) and upload.filename:
            chosen = [(upload.filename, await upload.read(files.LARGEST + 1))]
            [paper] = await asyncio.to_thread(papers.papers, chosen)
        result = forms.result(form, has_file=paper is not None)
        event = await actions.add_result(
            number, result, paper, by=person_of(request), now=clock.now()
        )
        say(request, texts.gettext("The result is kept."), undo=event)
        return address(f"/projects/{number}#results")

    try:
        return await once(form, act, now=clock.now())
    except Invalid as error:
        shown = _shown(found) | {
            name: value for name, value in form.items() if name.startswith("result_")
        }
        return await _edit(request, found, shown, status=422, problems=error.fields)


@post(f"{HERE}/results/{{result:int}}/remove", guards=[staff], status_code=303)
async def remove_result(request: Web, number: FromPath[int], result: FromPath[int]) -> Redirect:
    await _editable(number, person_of(request))
    event = await actions.remove_result(number, result, by=person_of(request), now=clock.now())
    say(request, texts.gettext("The result is removed."), undo=event)
    return to(f"/projects/{number}/edit#results")


handlers = [new, enter, edit, change, remove, add_result, remove_result]
