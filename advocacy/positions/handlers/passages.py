"""Handlers: the passages of a dossier, tagged and decided upon, several at once."""

from collections.abc import Mapping, Sequence
from typing import Any  # a page's values are what its template shows
from urllib.parse import urlencode

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.dossiers import queries as dossiers
from advocacy.dossiers.tables import Dossier
from advocacy.errors import Invalid, Message, NotFound
from advocacy.people.guards import secretariat, staff
from advocacy.people.rules import Role
from advocacy.positions import actions, forms, labels, queries
from advocacy.positions.passages import grouping, quotations, wordings
from advocacy.positions.passages.quotations import PassageRow
from advocacy.positions.rules import Disposition
from advocacy.templating import address
from advocacy.web.once import once
from advocacy.web.pages import Web, go, page, person_of, say, to, typed

FILTERS = ("tag", "stance", "country", "disposition", "use")
COMPARED = ("tag", "stance", "country", "disposition")
WITHOUT_TAG = "-"
GROUPS_A_PAGE = 40
ANSWERS_SHOWN = 20
SENDERS_SHOWN = 3  # of a group; the others on a page of their own


def chosen_by(rows: Sequence[PassageRow], wanted: Mapping[str, str]) -> list[PassageRow]:
    values = {**wanted, **({"tag": ""} if wanted.get("tag") == WITHOUT_TAG else {})}
    names = [name for name in COMPARED if wanted.get(name)]
    return [row for row in rows if all(getattr(row, name) == values[name] for name in names)]


def wanted_of(request: Web) -> dict[str, str]:
    return {name: request.query_params.get(name, "")[:60] for name in FILTERS}


@get("/{lang:str}/d/{number:str}/passages", guards=[staff])
async def passages_page(request: Web, number: FromPath[str]) -> Template:
    dossier = await dossiers.by_number(number)
    return await _page(request, dossier)


async def _page(request: Web, dossier: Dossier, *, status: int = 200, **more: Any) -> Template:
    wanted = wanted_of(request)
    originals = await quotations.originals(dossier.id)
    rows = [row for original in originals for row in original.passages if row.stands]
    position = await queries.of_dossier(dossier.id)
    text = queries.paragraphs_of(await queries.version(position.id)) if position else []
    unused = queries.unused_of(text, rows)
    shown = chosen_by(unused if wanted["use"] == "unused" else rows, wanted)
    groups = [(name, group) for name, tagged in grouping.by_tag(shown) for group in tagged]
    if alike := request.query_params.get("alike", "")[:20]:
        groups = [
            (name, [row])
            for name, group in groups
            for row in group
            if group[0].mark.removeprefix("@") == alike
        ]
    last = max(1, -(-len(groups) // GROUPS_A_PAGE))
    at = min(forms.number(request.query_params.get("page", ""), default=1) or 1, last)
    return page(
        request,
        "positions/passages.html",
        status=status,
        dossier=dossier,
        position=position,
        originals=originals,
        to_split=[each for each in originals if each.waits],
        answers_shown=ANSWERS_SHOWN,
        senders_shown=SENDERS_SHOWN,
        alike=alike,
        reworded={row.id for each in originals for row in each.passages if each.rewords(row)},
        groups=groups[(at - 1) * GROUPS_A_PAGE : at * GROUPS_A_PAGE],
        at=at,
        last=last,
        total=len(rows),
        found=len(shown),
        unused={row.id for row in unused},
        undecided=sum(row.disposition == Disposition.OPEN for row in unused),
        tags=sorted({row.tag for row in rows if row.tag}),
        places=sorted({row.place for row in rows if row.place}),
        countries=sorted({row.country for row in rows}),
        wanted=wanted,
        filtered=urlencode(
            {name: value for name, value in (wanted | {"alike": alike}).items() if value}
        ),
        wordings=await wordings.wordings(),
        labels=labels,
        chosen=more.get("typed", {}).get("passages", "").split(","),
        chosen_groups=more.get("typed", {}).get("groups", "").split(","),
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
        filters = {name: value for name, value in wanted_of(request).items() if value}
        path = address(f"/d/{dossier.number}/passages")
        return f"{path}?{urlencode(filters)}" if filters else path

    try:
        answer = await once(form, act, now=clock.now())
    except Invalid as error:
        return await _page(request, dossier, status=422, problems=error.fields, typed=form)
    say(request, texts.gettext("The passages are changed."), undo=events[0] if events else None)
    return answer


async def _chosen(request: Web, dossier: Dossier, form: forms.Typed) -> list[int]:
    """The ticked ones, all of each ticked group, or everything that the filter finds."""
    rows = [row for row in await quotations.passages(dossier.id) if row.stands]
    ids, heads = (set(forms.numbers(form.get(name, ""))) for name in ("passages", "groups"))
    if not ids | heads <= {row.id for row in rows}:
        raise NotFound("There is no such passage")
    if not heads and not form.get("everything"):
        return sorted(ids)
    wanted = wanted_of(request)
    if wanted["use"] == "unused":
        position = await queries.of_dossier(dossier.id)
        text = queries.paragraphs_of(await queries.version(position.id)) if position else []
        rows = queries.unused_of(text, rows)
    shown = chosen_by(rows, wanted)
    if form.get("everything"):
        return [row.id for row in shown]
    groups = [group for group in grouping.grouped(shown) if group[0].id in heads]
    return sorted(ids | {row.id for group in groups for row in group})


async def _change(request: Web, dossier: Dossier, form: forms.Typed) -> int:
    """Only passages of this dossier; anything else is not there."""
    ids = await _chosen(request, dossier, form)
    by, now = person_of(request), clock.now()
    if form.get("do") == "dispose":
        disposition = forms.disposition_of(form.get("disposition", ""))
        reason = forms.clean(form.get("reason", "")) or form.get("wording", "")
        event = await actions.dispose(ids, disposition, reason, by=by, now=now)
        if form.get("keep_wording"):
            await wordings.keep_wording(reason, texts.language(), by=by, now=now)
        return event
    stance = forms.stance_of(form["new_stance"]) if form.get("new_stance") else None
    name = form.get("new_tag", "").strip() or None
    place = form.get("new_place", "").strip() or None
    if form.get("do") == "untag":
        name = ""
    elif name is None and stance is None and place is None:
        raise Invalid({"new_tag": Message("Enter a tag or a place, or choose a stance")})
    return await actions.tag(ids, name, stance, place=place, by=by, now=now)


@get("/{lang:str}/wordings", guards=[secretariat])
async def wordings_page(request: Web) -> Template:
    return page(request, "positions/wordings.html", wordings=await wordings.wordings())


@post("/{lang:str}/wordings/{wording:int}/away", guards=[secretariat], status_code=303)
async def retire_wording(request: Web, wording: FromPath[int]) -> Redirect:
    event = await wordings.retire_wording(wording, by=person_of(request), now=clock.now())
    say(request, texts.gettext("The wording is taken away."), undo=event)
    return to("/wordings")


@post("/{lang:str}/wordings", guards=[secretariat], status_code=200)
async def add_wording(request: Web) -> Template | Redirect:
    form = await typed(request)
    by, now = person_of(request), clock.now()
    events: list[int | None] = []

    async def act() -> str:
        text = forms.clean(form.get("reason", ""))
        if not text:
            raise Invalid({"reason": Message("Write the reason as the municipality shall read it")})
        events.append(await wordings.keep_wording(text, texts.language(), by=by, now=now))
        return address("/wordings")

    try:
        answer = await once(form, act, now=now)
    except Invalid as error:
        return page(
            request, "positions/wordings.html", status=422, problems=error.fields, typed=form,
            wordings=await wordings.wordings(),
        )  # fmt: skip
    say(request, texts.gettext("The wording is kept."), undo=events[0] if events else None)
    return answer if isinstance(answer, Redirect) else go(address("/wordings"))


handlers = [passages_page, change_passages, wordings_page, add_wording, retire_wording]
