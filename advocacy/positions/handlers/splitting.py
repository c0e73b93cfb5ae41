"""Handlers: one answer, cut into passages at its sentences, mended by hand."""

from collections.abc import Iterator, Sequence
from typing import Any  # a page's values are what its template shows

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.dossiers import queries as dossiers
from advocacy.dossiers.tables import Dossier
from advocacy.errors import Invalid, NotFound, Outdated
from advocacy.people.guards import secretariat
from advocacy.positions import actions, forms, labels, rules
from advocacy.positions.forms import Piece
from advocacy.positions.passages import quotations, splitting
from advocacy.positions.passages.quotations import Original
from advocacy.positions.rules import PassageStance
from advocacy.templating import address
from advocacy.web.once import once
from advocacy.web.pages import Web, page, person_of, say, typed

FURTHER_PIECES = 2  # empty ones at the end of a split that is mended


async def _original(dossier: Dossier, contribution: int) -> Original:
    found = await quotations.originals(dossier.id, only=contribution)
    if not found or found[0].withdrawn:
        raise NotFound("There is no such answer, or it has been withdrawn")
    return found[0]


def proposed(original: Original) -> list[Piece]:
    """The passages as they were cut; else the sentences of the answer and of its comments, where
    those that an earlier version had keep tag, stance and place.
    """
    if original.is_split:
        return [
            Piece(each.text, each.tag, PassageStance(each.stance), each.place, each.number)
            for each in original.passages
            if each.version == original.version
        ]
    known = {each.text: each for each in original.passages}
    return [
        Piece(text, known[text].tag, PassageStance(known[text].stance), known[text].place)
        if text in known
        else Piece(text, place=place)
        for text, place in _sentences(original)
    ]


def _sentences(original: Original) -> Iterator[tuple[str, str]]:
    for place, said in [("", original.text), *original.comments]:
        for sentence in rules.sentences(said):
            if text := forms.clean(sentence):
                yield text, place


@get("/{lang:str}/d/{number:str}/passages/{contribution:int}", guards=[secretariat])
async def split_page(
    request: Web, number: FromPath[str], contribution: FromPath[int]
) -> Template | Redirect:
    dossier = await dossiers.by_number(number)
    original = await _original(dossier, contribution)
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
    tags, places = await quotations.known_words(dossier.id)
    further = FURTHER_PIECES if original.is_split and status == 200 else 0  # noqa: PLR2004
    return page(
        request,
        "positions/split.html",
        status=status,
        dossier=dossier,
        original=original,
        pieces=[*pieces, *[Piece("")] * further],
        seen=await splitting.shown_state(original.id, original.version),
        labels=labels,
        tags=tags,
        places=sorted({*places, *(each.place for each in original.comments)}),
        **more,
    )


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
    by, now = person_of(request), clock.now()

    async def act() -> str:
        if form.get("version", "") != str(original.version):
            raise Outdated("The municipality has changed its answer. Please split the new one.")
        pieces = forms.pieces(form)
        if form.get("do") == "mend":
            seen = form.get("seen", "")
            event = await actions.mend(contribution, pieces, seen=seen, by=by, now=now)
            say(request, texts.gettext("The passages are changed."), undo=event)
        else:
            await actions.split(contribution, pieces, by=by, now=now)
            split_by = await splitting.event_of_splitting(contribution)
            say(request, texts.gettext("The answer is split into passages."), undo=split_by)
        return address(f"/d/{dossier.number}/passages")

    try:
        return await once(form, act, now=now)
    except Invalid as error:
        return await _split_page(
            request, dossier, original, typed_pieces(form), status=422, problems=error.fields
        )


def typed_pieces(form: forms.Typed) -> list[Piece]:
    """As typed, for the form that is shown again; an unknown stance is shown as supports."""
    pieces = []
    count = 1
    while f"piece-{count}" in form:
        stance = form.get(f"stance-{count}", "")
        known = PassageStance(stance) if stance in set(PassageStance) else PassageStance.SUPPORTS
        tag, place = form.get(f"tag-{count}", ""), form.get(f"place-{count}", "")
        number = forms.number(form.get(f"number-{count}", ""))
        pieces.append(Piece(form[f"piece-{count}"], tag, known, place, number))
        count += 1
    return pieces


handlers = [split_page, split]
