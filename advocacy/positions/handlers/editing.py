"""Handlers: begin a position and write it."""

from typing import Any  # a page's values are what its template shows

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.dossiers import queries as dossiers
from advocacy.errors import Invalid, Message, NotFound
from advocacy.people.guards import secretariat
from advocacy.people.tables import Person
from advocacy.positions import actions, forms, labels, queries, rules
from advocacy.positions.actions import SameParagraph
from advocacy.positions.forms import Sheet
from advocacy.positions.passages import grouping, quotations
from advocacy.positions.proposing import actions as proposing
from advocacy.positions.rules import PassageStance, ProposalSource
from advocacy.positions.tables import Position
from advocacy.positions.writing import earlier, evidence, linking, offering, setting_aside
from advocacy.positions.writing.earlier import EarlierWording
from advocacy.provenance import citations, word_diff
from advocacy.translations import queries as translations
from advocacy.web.once import once
from advocacy.web.pages import Web, page, person_of, say, to, typed

STANCES = frozenset(stance.value for stance in PassageStance)
CHANGES = frozenset({"paragraph", "ask", "assemble", "take", "preview", "filter", "restore"})


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
    """`?of=` an earlier version: its words in the form, on what stands now."""
    position = await queries.by_number(number)
    rules.check_edit(position.state)
    current = await queries.version(position.id)
    of = forms.number(request.query_params.get("of", ""), default=current.number)
    shown = await queries.version(position.id, of)
    sheet = forms.sheet_of(queries.draft_of(shown), base_version=current.number)
    sheet = sheet if sheet.rows else forms.with_paragraph(sheet)
    return await _edit_page(request, position, sheet)


@post("/{lang:str}/p/{number:str}/edit", guards=[secretariat], status_code=200)
async def change(request: Web, number: FromPath[str]) -> Template | Redirect:
    """One form, several buttons; only "save" writes. Whatever happens, what was typed is there."""
    form = await typed(request)
    position = await queries.by_number(number)
    rules.check_edit(position.state)
    sheet = forms.sheet(form)
    do, _, of = form.get("do", "save").partition(" ")
    if do == "save" and form.get("cite") and form.get("to"):
        do = "cite"  # Enter in the number field presses the first button
    if do == "cite" or do in STANCES:
        return await _link(request, position, sheet, form, do)
    if do == "propose":
        return await _set_aside(request, position, sheet, form, of)
    if do not in CHANGES:
        return await _save(request, number, position, sheet, form)
    sheet, said = await _changed(position, sheet, do, of)
    return await _edit_page(request, position, sheet, form=form, said=said, preview=do == "preview")


async def _changed(position: Position, sheet: Sheet, do: str, of: str) -> tuple[Sheet, str]:
    """The sheet after this button, and what there is to say about it; nothing is written."""
    match do:
        case "paragraph":
            return forms.with_paragraph(sheet), ""
        case "ask":
            return forms.with_ask(sheet), ""
        case "assemble":
            return await _assembled(position, sheet), ""
        case "take":
            return await _taken(position, sheet, of)
    return sheet, ""


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


async def _set_aside(
    request: Web, position: Position, sheet: Sheet, form: forms.Typed, place: str
) -> Template:
    """Where two wrote one place: the other's words stay, mine become a proposal."""
    current = await queries.version(position.id)
    theirs = setting_aside.words_at(queries.draft_of(current), place)
    mine = setting_aside.words_at(forms.draft_of(sheet), place)
    person = person_of(request)
    await proposing.propose(
        position.id, place, mine, before=theirs, version=current.number,
        source=ProposalSource.PAGE, author=person.name, language=position.language, by=person,
        now=clock.now(),
    )  # fmt: skip
    said = texts.gettext("Yours is a proposal now. Theirs stands in the field.")
    kept = setting_aside.set_aside(sheet, place, theirs)
    return await _edit_page(request, position, kept, form=form, said=said)


async def _link(
    request: Web, position: Position, sheet: Sheet, form: forms.Typed, do: str
) -> Template:
    """Cites what is ticked in § `to`; `do` is a stance, or "cite" to leave each passage its own.

    What a passage says of the matter is kept at once (and can be taken back); the text is kept
    when it is saved.
    """
    rows = await quotations.passages(position.dossier)
    chosen = offering.ticked(form.get("cite", ""), [row for row in rows if row.stands])
    beside = await evidence.offered(position.dossier, position.language)
    quoted = [(row.mark, row.text) for row in chosen]
    quoted += offering.ticked_beside(form.get("cite", ""), beside)
    place = forms.number(form.get("to", ""))
    if not quoted or not 0 < place <= len(sheet.rows) + 1:
        problem = Message("Tick what you want to cite and enter the number of a paragraph")
        return await _edit_page(
            request, position, sheet, form=form, status=422, problems={"to": problem}
        )
    told = texts.ngettext(
        "%(num)d source is cited in § %(place)s. Save the text to keep it.",
        "%(num)d sources are cited in § %(place)s. Save the text to keep it.",
        len(quoted),
    ) % {"num": len(quoted), "place": place}
    others = [row.id for row in chosen if do in STANCES and row.stance != do]
    if others:
        stance = PassageStance(do)
        await actions.tag(others, None, stance, by=person_of(request), now=clock.now())
        name = texts.translate(labels.LABELS[stance])
        told += f" {texts.label(texts.gettext('What they say of the matter now'))} {name}."
    linked = linking.linked(sheet, place, quoted)
    return await _edit_page(request, position, linked, form=form, said=told, linked=place)


async def _taken(position: Position, sheet: Sheet, of: str) -> tuple[Sheet, str]:
    number, _, key = of.partition(" ")
    offered = [each for each in await _earlier(position) if each.number == number]
    words = {each.key: each.text for wording in offered for each in wording.paragraphs}
    if key not in words:
        raise NotFound("This wording is not offered any more")
    origin = texts.gettext("Wording of %(number)s") % {"number": number}
    said = texts.gettext("The paragraph stands at the end. Save the text to keep it.")
    return linking.taken_over(sheet, words[key], origin), said


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
    form: forms.Typed | None = None,
    preview: bool = False,
    collision: SameParagraph | None = None,
    said: str = "",
    linked: int = 0,
    **more: Any,
) -> Template:
    draft = forms.draft_of(sheet)
    rows = await quotations.passages(position.dossier)
    standing = [row for row in rows if row.stands]
    wanted = offering.wanted(form or {})
    beside = await evidence.cited(position.dossier, draft.paragraphs, position.language)
    paragraphs = queries.shown(draft.paragraphs, rows, evidence=beside)
    places = {
        mark: number for number, row in enumerate(sheet.rows, 1) for mark in citations(row.text)
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
        offer=offering.offer(standing, places, wanted),
        wanted=wanted,
        tags=sorted({row.tag for row in standing if row.tag}),
        countries=sorted({row.country for row in standing}),
        marks_of=grouping.marks_of,
        used=places,
        evidence=await evidence.offered(position.dossier, position.language),
        shown_by_key={each.key: each for each in paragraphs},
        earlier=await _earlier(position),
        preview=paragraphs if preview else None,
        said=said,
        linked=linked,
        collision=collision,
        theirs=theirs,
        faster=await _faster(position, collision),
        **more,
    )


async def _earlier(position: Position) -> list[EarlierWording]:
    """In the language of this text where the earlier one has been translated as a whole."""
    found = await earlier.earlier_wording(position.dossier, position.language)
    spoken = []
    for each in found:
        is_foreign = each.language != position.language
        whole = (
            await translations.whole_in(each.position, position.language) if is_foreign else None
        )
        spoken.append(
            each.in_language(position.language, whole.title, dict(whole.paragraphs))
            if whole
            else each
        )
    return spoken


async def _faster(position: Position, collision: SameParagraph | None) -> str:
    if collision is None:
        return ""
    saved = await queries.version(position.id, collision.current)
    row = await Person.select(Person.name).where(Person.id == saved.person).first()
    return row["name"] if row else ""


handlers = [start, edit, change]
