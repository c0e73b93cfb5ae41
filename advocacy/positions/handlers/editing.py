"""Handlers: begin a position and write it."""

from typing import Any  # a page's values are what its template shows

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.dossiers import queries as dossiers
from advocacy.errors import Invalid
from advocacy.people.guards import secretariat
from advocacy.people.tables import Person
from advocacy.positions import actions, forms, labels, queries, rules
from advocacy.positions.actions import SameParagraph
from advocacy.positions.forms import Sheet
from advocacy.positions.passages import grouping, quotations
from advocacy.positions.tables import Position
from advocacy.provenance import citations, word_diff
from advocacy.web.once import once
from advocacy.web.pages import Web, page, person_of, say, to, typed


@post("/{lang:str}/p/{number:str}/start", guards=[secretariat], status_code=303)
async def start(request: Web, number: FromPath[str]) -> Redirect:
    form = await typed(request)
    dossier = await dossiers.by_number(number)
    await actions.start(
        dossier.id,
        language=form.get("language", "") or dossier.language,
        title=form.get("title", "").strip() or dossier.title,
        by=person_of(request),
        now=clock.now(),
    )
    return to(f"/p/{dossier.number}/edit")


@get("/{lang:str}/p/{number:str}/edit", guards=[secretariat])
async def edit(request: Web, number: FromPath[str]) -> Template:
    position = await queries.by_number(number)
    rules.check_edit(position.state)
    current = await queries.version(position.id)
    sheet = forms.sheet_of(queries.draft_of(current), base_version=current.number)
    sheet = sheet if sheet.rows else forms.with_paragraph(sheet)
    return await _edit_page(request, position, sheet)


@post("/{lang:str}/p/{number:str}/edit", guards=[secretariat], status_code=200)
async def change(request: Web, number: FromPath[str]) -> Template | Redirect:
    """One form, several buttons; only "save" writes. Whatever happens, what was typed is there."""
    form = await typed(request)
    position = await queries.by_number(number)
    rules.check_edit(position.state)
    sheet = forms.sheet(form)
    match form.get("do", "save"):
        case "paragraph":
            return await _edit_page(request, position, forms.with_paragraph(sheet))
        case "ask":
            return await _edit_page(request, position, forms.with_ask(sheet))
        case "assemble":
            return await _edit_page(request, position, await _assembled(position, sheet))
        case "preview":
            return await _edit_page(request, position, sheet, preview=True)
    return await _save(request, number, position, sheet, form)


async def _save(
    request: Web, number: str, position: Position, sheet: Sheet, form: forms.Typed
) -> Template | Redirect:
    async def act() -> str:
        await actions.save(
            position.id,
            forms.draft_of(sheet),
            base_version=sheet.base_version,
            by=person_of(request),
            now=clock.now(),
        )
        return f"/{texts.language()}/p/{number}"

    try:
        answer = await once(form, act, now=clock.now())
    except Invalid as error:
        return await _edit_page(request, position, sheet, status=422, problems=error.fields)
    except SameParagraph as error:
        merged = forms.sheet_of(error.merged, base_version=error.current)
        return await _edit_page(request, position, merged, status=409, collision=error)
    say(request, texts.gettext("The text is saved."))
    return answer


async def _assembled(position: Position, sheet: Sheet) -> Sheet:
    """Only on an empty sheet: what somebody has written is never replaced."""
    if any(row.text for row in sheet.rows):
        return sheet
    rows = [row for row in await quotations.passages(position.dossier) if row.stands]
    paragraphs = grouping.assembled(rows, language=position.language)
    made = [forms.ParagraphRow(key, text, str(n)) for n, (key, text) in enumerate(paragraphs, 1)]
    return Sheet(sheet.title, made or sheet.rows, sheet.asks, sheet.note, sheet.base_version)


async def _edit_page(
    request: Web,
    position: Position,
    sheet: Sheet,
    *,
    status: int = 200,
    preview: bool = False,
    collision: SameParagraph | None = None,
    **more: Any,
) -> Template:
    draft = forms.draft_of(sheet)
    rows = await quotations.passages(position.dossier)
    places = {
        mark: n for n, (_, text) in enumerate(draft.paragraphs, 1) for mark in citations(text)
    }
    theirs = {
        each.place: word_diff(each.theirs, each.mine)
        for each in (collision.collisions if collision else ())
    }
    return page(
        request,
        "positions/edit.html",
        status=status,
        position=position,
        dossier=await dossiers.by_id(position.dossier),
        sheet=sheet,
        labels=labels,
        length=rules.text_length(draft.paragraphs),
        limit=await queries.text_limit(position.dossier),
        tags=grouping.by_tag([row for row in rows if row.stands]),
        marks_of=grouping.marks_of,
        used=places,
        preview=queries.shown(draft.paragraphs, rows) if preview else None,
        collision=collision,
        theirs=theirs,
        faster=await _faster(position, collision),
        **more,
    )


async def _faster(position: Position, collision: SameParagraph | None) -> str:
    if collision is None:
        return ""
    saved = await queries.version(position.id, collision.current)
    row = await Person.select(Person.name).where(Person.id == saved.person).first()
    return row["name"] if row else ""


handlers = [start, edit, change]
