"""Handlers: the proposals on one place become one text, and each gets its answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any  # a page's values are what its template shows

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.errors import Invalid
from advocacy.people.guards import secretariat
from advocacy.positions import forms, labels, rules
from advocacy.positions.handlers.looking import readable
from advocacy.positions.proposing import actions
from advocacy.positions.proposing import queries as proposing
from advocacy.positions.proposing.actions import Answer
from advocacy.positions.proposing.answering import TAKEN
from advocacy.positions.proposing.queries import Place, ProposalRow
from advocacy.positions.proposing.weaving import Woven, weave
from advocacy.positions.rules import ProposalState
from advocacy.positions.tables import Position
from advocacy.templating import address
from advocacy.web.once import once
from advocacy.web.pages import Web, page, person_of, say, typed

ANSWERS = (ProposalState.ACCEPTED, ProposalState.MODIFIED, ProposalState.NOT_ACCEPTED)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The proposals laid over each other: those of `among`, in their order."""

    among: Sequence[ProposalRow]
    woven: Woven
    states: Mapping[int, str]

    @property
    def names(self) -> list[str]:
        return [each.row.author for each in self.among]


def _sheet(place: Place, form: forms.Typed) -> Sheet:
    """Before anything is typed all that can be compared are taken."""
    states = {
        each.row.id: form.get(f"state-{each.row.id}", "" if form or each.foreign else "accepted")
        for each in place.open
    }
    taken = {number for number, state in states.items() if state in TAKEN}
    among = [each for each in place.open if each.row.id in taken and not each.foreign]
    chosen: dict[int, int] = {}
    if form.get("among", "") == _ids(among):
        for name, value in form.items():
            start, _, number = name.partition("-")
            if start == "take":
                chosen[forms.number(number, default=-1)] = forms.number(value, default=-1)
    return Sheet(among, weave(place.words or "", [each.text for each in among], chosen), states)


def _answers(form: forms.Typed) -> dict[int, Answer]:
    """Also to what somebody else has answered meanwhile: that is told."""
    return {
        number: Answer(ProposalState(state), form.get(f"reason-{number}", ""))
        for name, state in form.items()
        if name.startswith("state-")
        and (number := forms.number(name.removeprefix("state-")))
        and state in set(ANSWERS)
    }


def _ids(rows: Sequence[ProposalRow]) -> str:
    return " ".join(str(each.row.id) for each in rows)


@get("/{lang:str}/p/{number:str}/proposals/{key:str}", guards=[secretariat])
async def answer_page(request: Web, number: FromPath[str], key: FromPath[str]) -> Template:
    position, _ = await readable(number, request.user)
    return await _page(request, number, position, key, {})


async def _page(
    request: Web,
    number: str,
    position: Position,
    key: str,
    form: forms.Typed,
    *,
    text: str | None = None,
    status: int = 200,
    problems: Mapping[str, Any] | None = None,
) -> Template:
    board = await proposing.board(position)
    place = board.at(key)
    sheet = _sheet(place, form)
    return page(
        request,
        "positions/answer.html",
        status=status,
        number=number,
        position=position,
        version=board.version,
        place=place,
        sheet=sheet,
        among=_ids(sheet.among),
        text=sheet.woven.text if text is None else text,
        may_answer=rules.may_edit(person_of(request).role, position.state),
        labels=labels,
        answers=[(each.value, labels.LABELS[each]) for each in ANSWERS],
        problems=problems or {},
        typed=form,
    )


@post("/{lang:str}/p/{number:str}/proposals/{key:str}", guards=[secretariat], status_code=200)
async def answer(request: Web, number: FromPath[str], key: FromPath[str]) -> Template | Redirect:
    """`do`: "merge" lays what is accepted over each other anew; "save" answers."""
    form, by, now = await typed(request), person_of(request), clock.now()
    position, _ = await readable(number, by)
    place = (await proposing.board(position)).at(key)
    if form.get("do") == "merge":
        return await _page(request, number, position, key, form)
    text = forms.clean(form.get("text", ""))
    if text == forms.clean(form.get("offered", "")):
        text = _sheet(place, form).woven.text  # nobody has touched it: what is accepted now
    answers = _answers(form)

    async def act() -> str:
        base = forms.number(form.get("base", ""))
        event = await actions.answer(
            position.id, key, text, answers, base_version=base, by=by, now=now
        )
        said = texts.ngettext(
            "%(num)d proposal is answered. Letters leave in ten minutes.",
            "%(num)d proposals are answered. Letters leave in ten minutes.",
            len(answers),
        )
        say(request, said % {"num": len(answers)}, undo=event)
        return address(f"/p/{number}/proposals")

    try:
        return await once(form, act, now=now)
    except Invalid as error:
        return await _page(
            request, number, position, key, form, text=text, status=422, problems=error.fields
        )


handlers = [answer_page, answer]
