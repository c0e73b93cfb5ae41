"""Handlers: the answers of a dossier, split into passages, tagged and decided upon."""

from collections.abc import Mapping, Sequence
from typing import Any  # a page's values are what its template shows

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.dossiers import queries as dossiers
from advocacy.dossiers.tables import Dossier
from advocacy.errors import Invalid, Message, NotFound, Outdated
from advocacy.people.guards import secretariat, staff
from advocacy.people.rules import Role
from advocacy.positions import actions, forms, labels, queries, rules
from advocacy.positions.forms import Piece
from advocacy.positions.passages import grouping, quotations
from advocacy.positions.passages.quotations import Original, PassageRow
from advocacy.positions.rules import Disposition, PassageStance
from advocacy.web.once import once
from advocacy.web.pages import Web, page, person_of, say, to, typed

FILTERS = ("tag", "stance", "country", "use")


def chosen_by(rows: Sequence[PassageRow], wanted: Mapping[str, str]) -> list[PassageRow]:
    return [
        row
        for row in rows
        if all(
            not wanted.get(name) or getattr(row, name) == wanted[name]
            for name in ("tag", "stance", "country")
        )
    ]


@get("/{lang:str}/d/{number:str}/passages", guards=[staff])
async def passages_page(request: Web, number: FromPath[str]) -> Template:
    dossier = await dossiers.by_number(number)
    return await _page(request, dossier)


async def _page(request: Web, dossier: Dossier, *, status: int = 200, **more: Any) -> Template:
    wanted = {name: request.query_params.get(name, "")[:60] for name in FILTERS}
    originals = await quotations.originals(dossier.id)
    rows = [row for original in originals for row in original.passages if row.stands]
    position = await queries.of_dossier(dossier.id)
    text = queries.paragraphs_of(await queries.version(position.id)) if position else []
    unused = queries.unused_of(text, rows)
    shown = chosen_by(unused if wanted["use"] == "unused" else rows, wanted)
    return page(
        request,
        "positions/passages.html",
        status=status,
        dossier=dossier,
        position=position,
        originals=originals,
        to_split=[each for each in originals if each.waits],
        reworded={row.id for each in originals for row in each.passages if each.rewords(row)},
        groups=grouping.by_tag(shown),
        total=len(rows),
        unused={row.id for row in unused},
        undecided=sum(row.disposition == Disposition.OPEN for row in unused),
        tags=sorted({row.tag for row in rows if row.tag}),
        countries=sorted({row.country for row in rows}),
        wanted=wanted,
        labels=labels,
        chosen=more.get("typed", {}).get("passages", "").split(","),
        may_write=request.user is not None and request.user.role == Role.SECRETARIAT,
        **more,
    )


@post("/{lang:str}/d/{number:str}/passages", guards=[secretariat], status_code=200)
async def change_passages(request: Web, number: FromPath[str]) -> Template | Redirect:
    form = await typed(request)
    dossier = await dossiers.by_number(number)
    events: list[int] = []

    async def act() -> str:
        events.append(await _change(request, dossier, form))
        return f"/{texts.language()}/d/{dossier.number}/passages"

    try:
        answer = await once(form, act, now=clock.now())
    except Invalid as error:
        return await _page(request, dossier, status=422, problems=error.fields, typed=form)
    say(request, texts.gettext("The passages are changed."), undo=events[0] if events else None)
    return answer


async def _change(request: Web, dossier: Dossier, form: forms.Typed) -> int:
    """Only passages of this dossier; anything else is not there."""
    ids = forms.numbers(form.get("passages", ""))
    here = {row.id for row in await quotations.passages(dossier.id)}
    if not set(ids) <= here:
        raise NotFound("There is no such passage")
    by, now = person_of(request), clock.now()
    if form.get("do") == "dispose":
        disposition = forms.disposition_of(form.get("disposition", ""))
        return await actions.dispose(ids, disposition, form.get("reason", ""), by=by, now=now)
    stance = forms.stance_of(form["new_stance"]) if form.get("new_stance") else None
    name = form.get("new_tag", "").strip() or None
    if form.get("do") == "untag":
        name = ""
    elif name is None and stance is None:
        raise Invalid({"new_tag": Message("Enter a tag or choose a stance")})
    return await actions.tag(ids, name, stance, by=by, now=now)


async def _original(dossier: Dossier, contribution: int) -> Original:
    found = [each for each in await quotations.originals(dossier.id) if each.id == contribution]
    if not found or found[0].withdrawn:
        raise NotFound("There is no such answer, or it has been withdrawn")
    return found[0]


def proposed(original: Original) -> list[Piece]:
    """The sentences of the answer; those that an earlier version had keep tag and stance."""
    known = {each.text: each for each in original.passages}
    pieces = []
    for sentence in rules.sentences(original.text):
        text = forms.clean(sentence)
        if text and text in known:
            pieces.append(Piece(text, known[text].tag, PassageStance(known[text].stance)))
        elif text:
            pieces.append(Piece(text))
    return pieces


@get("/{lang:str}/d/{number:str}/passages/{contribution:int}", guards=[secretariat])
async def split_page(
    request: Web, number: FromPath[str], contribution: FromPath[int]
) -> Template | Redirect:
    dossier = await dossiers.by_number(number)
    original = await _original(dossier, contribution)
    if original.is_split:
        return to(f"/d/{dossier.number}/passages")
    return await _split_page(request, dossier, original, proposed(original))


async def _split_page(
    request: Web,
    dossier: Dossier,
    original: Original,
    pieces: Sequence[Piece],
    *,
    status: int = 200,
    **more: Any,
) -> Template:
    rows = await quotations.passages(dossier.id)
    return page(
        request, "positions/split.html", status=status, dossier=dossier, original=original,
        pieces=pieces, labels=labels, tags=sorted({row.tag for row in rows if row.tag}), **more,
    )  # fmt: skip


@post(
    "/{lang:str}/d/{number:str}/passages/{contribution:int}",
    guards=[secretariat],
    status_code=200,
)
async def split(
    request: Web, number: FromPath[str], contribution: FromPath[int]
) -> Template | Redirect:
    form = await typed(request)
    dossier = await dossiers.by_number(number)
    original = await _original(dossier, contribution)

    async def act() -> str:
        if form.get("version", "") != str(original.version):
            raise Outdated("The municipality has changed its answer. Please split the new one.")
        await actions.split(
            contribution, forms.pieces(form), by=person_of(request), now=clock.now()
        )
        return f"/{texts.language()}/d/{dossier.number}/passages"

    try:
        answer = await once(form, act, now=clock.now())
    except Invalid as error:
        pieces = typed_pieces(form)
        return await _split_page(
            request, dossier, original, pieces, status=422, problems=error.fields
        )
    say(request, texts.gettext("The answer is split into passages."))
    return answer


def typed_pieces(form: forms.Typed) -> list[Piece]:
    """As typed, for the form that is shown again; an unknown stance is shown as supports."""
    pieces = []
    count = 1
    while f"piece-{count}" in form:
        stance = form.get(f"stance-{count}", "")
        known = PassageStance(stance) if stance in set(PassageStance) else PassageStance.SUPPORTS
        pieces.append(Piece(form[f"piece-{count}"], form.get(f"tag-{count}", ""), known))
        count += 1
    return pieces


handlers = [passages_page, change_passages, split_page, split]
