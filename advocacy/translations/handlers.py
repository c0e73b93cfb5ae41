"""The page on which a position is translated."""

from collections import Counter
from typing import Any  # a page's values are what its template shows

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.calls.asking.glossary import agreed
from advocacy.dossiers import queries as dossiers
from advocacy.errors import Invalid, NotFound
from advocacy.people.guards import staff
from advocacy.people.tables import Person
from advocacy.positions import forms
from advocacy.positions import queries as positions
from advocacy.positions.tables import Position
from advocacy.settings import settings
from advocacy.translations import actions, drafting, labels, queries, rules
from advocacy.translations.actions import SameTranslation
from advocacy.translator import translator
from advocacy.web.once import once
from advocacy.web.pages import Web, page, person_of, say, to, typed

ALL = "all"


async def translated(number: str, language: str, person: Person) -> Position:
    """The position, if this person may translate it into that language; else 404."""
    rules.check_translates(person.role, person.countries.split(","), language)
    position = await positions.by_number(number)
    if language == position.language:
        raise NotFound("There is no such page")
    return position


@get("/{lang:str}/p/{number:str}/translate/{language:str}", guards=[staff])
async def translation(request: Web, number: FromPath[str], language: FromPath[str]) -> Template:
    position = await translated(number, language, person_of(request))
    return await _page(request, position, language)


async def _page(
    request: Web, position: Position, language: str, *, status: int = 200, **more: Any
) -> Template:
    rows = await queries.aligned(position.id, language)
    values = {"theirs": {}} | more
    return page(
        request,
        "translations/translate.html",
        status=status,
        position=position,
        dossier=await dossiers.by_id(position.dossier),
        wanted=language,
        version=await positions.version(position.id),
        rows=rows,
        open=sum(not row.is_right for row in rows),
        counts=Counter(row.stands_as for row in rows),
        agreed={
            row.key: agreed(row.original, position.language, language)
            for row in rows
            if not row.is_right
        },
        machine=translator(settings()),
        labels=labels,
        **values,
    )


@post("/{lang:str}/p/{number:str}/translate/{language:str}", guards=[staff], status_code=200)
async def translate(
    request: Web, number: FromPath[str], language: FromPath[str]
) -> Template | Redirect:
    """Every button saves all that was typed; "check" then checks one part, or all."""
    form = await typed(request)
    position = await translated(number, language, person_of(request))

    events: list[int | None] = []

    async def act() -> str:
        events.append(await _save(position, language, form, by=person_of(request)))
        return f"/{texts.language()}/p/{number}/translate/{language}"

    try:
        answer = await once(form, act, now=clock.now())
    except Invalid as error:
        return await _page(
            request, position, language, status=422, problems=error.fields, typed=form
        )
    except SameTranslation as error:
        return await _page(
            request, position, language, status=409, typed=form, theirs=error.theirs_by_key
        )
    say(request, texts.gettext("The translation is saved."), undo=events[0] if events else None)
    return answer


async def _save(position: Position, language: str, form: forms.Typed, *, by: Person) -> int | None:
    texts_typed, was = _fields(form, "text-"), _fields(form, "was-")
    wanted = form.get("check", "")
    filled = [key for key, text in texts_typed.items() if text.strip()]
    check = filled if wanted == ALL else [wanted] if wanted else []
    return await actions.save_all(
        position.id,
        language,
        texts_typed,
        was=was,
        version=forms.number(form.get("version", ""), default=position.version),
        check=check,
        unchanged=[form["unchanged"]] if form.get("unchanged") else [],
        by=by,
        now=clock.now(),
    )


@post(
    "/{lang:str}/p/{number:str}/translate/{language:str}/machine", guards=[staff], status_code=303
)
async def by_machine(request: Web, number: FromPath[str], language: FromPath[str]) -> Redirect:
    """What is missing is drafted; nothing that a person has written is touched."""
    me = person_of(request)
    position = await translated(number, language, me)
    machine = translator(settings())
    if machine is None:
        raise NotFound("No translator is set up here")
    done = await drafting.machine_drafts(position.id, language, machine, by=me, now=clock.now())
    said = texts.ngettext(
        "%(num)d part is drafted by a machine and waits for somebody to check it.",
        "%(num)d parts are drafted by a machine and wait for somebody to check them.",
        done.parts,
    ) % {"num": done.parts}
    trouble = f"{texts.translate(done.trouble)}. " if done.trouble else ""
    say(request, trouble + said, kind="warn" if done.trouble else "ok", undo=done.event)
    return to(f"/p/{number}/translate/{language}")


def _fields(form: forms.Typed, prefix: str) -> dict[str, str]:
    return {
        name.removeprefix(prefix): value for name, value in form.items() if name.startswith(prefix)
    }


handlers = [translation, translate, by_machine]
