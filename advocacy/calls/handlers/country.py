"""A country on one page: what its coordinator has to do, and how its calls stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any  # values of a page

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.calls import labels
from advocacy.calls.answering import contributing
from advocacy.calls.covering import country as countries
from advocacy.calls.covering.country import RunningCall
from advocacy.calls.handlers.ringing import known_country
from advocacy.calls.ringing import ring_lists
from advocacy.calls.rules import OFFERED, Stance
from advocacy.calls.understanding import foreign_answers, understanding
from advocacy.errors import NotFound
from advocacy.letterbox import queries as letterbox
from advocacy.municipalities import queries as members
from advocacy.municipalities.rules import is_code, may_edit
from advocacy.people.guards import house, staff
from advocacy.people.rules import Role
from advocacy.settings import settings
from advocacy.translations.rules import SPOKEN
from advocacy.web.once import once
from advocacy.web.pages import Web, page, person_of, say, to, typed

ZONE = "Europe/Brussels"
"""In which a day begins where no deadline says another zone."""
LONGEST_LIST = 20


@dataclass(frozen=True, slots=True)
class Desk:
    """What waits in one country."""

    texts: Sequence[countries.TextToCheck]
    wishes: Sequence[ring_lists.Wish]
    letters: Sequence[letterbox.WaitingRow]
    stances: Sequence[Mapping[str, Any]]
    unread: Sequence[foreign_answers.Unread]
    people: countries.People

    @property
    def things(self) -> int:
        """Rows of the list: texts and calls to ring for one by one, the rest by its kind."""
        kinds = (self.letters, self.stances, self.unread, *self._people)
        return len(self.texts) + len(self.wishes) + sum(bool(each) for each in kinds)

    @property
    def _people(self) -> tuple[Sequence[Any], ...]:
        return (self.people.bounced, self.people.unconfirmed)


async def _desk(code: str) -> Desk:
    now = clock.now()
    return Desk(
        texts=await countries.texts_to_check(sorted(SPOKEN.get(code, frozenset()))),
        wishes=await ring_lists.wishes([code]),
        letters=await letterbox.waiting([code]),
        stances=await foreign_answers.without_stance([code]),
        unread=await foreign_answers.unread([code]),
        people=await countries.people(code, zone=ZONE, now=now),
    )


def _sentence(code: str, calls: Sequence[RunningCall]) -> str:
    """How many have answered: of the call that runs, or of all of them together."""
    asked, answered = sum(call.asked for call in calls), sum(call.answered for call in calls)
    values = {"country": texts.country_name(code), "answered": answered, "num": asked}
    if not calls:
        return texts.gettext("%(country)s: no call is running.") % values
    if len(calls) == 1:
        said = texts.ngettext(
            "%(country)s: %(answered)s of %(num)d has answered.",
            "%(country)s: %(answered)s of %(num)d have answered.", asked,
        )  # fmt: skip
        return said % values
    said = texts.gettext(
        "%(country)s: %(answered)s of %(num)d answers to %(calls)d calls are here."
    )
    return said % (values | {"calls": len(calls)})


@get("/{lang:str}/countries/{country:str}", guards=[house])
async def country_page(request: Web, country: FromPath[str]) -> Template:
    code, me = known_country(country), person_of(request)
    wanted = request.query_params
    after = wanted.get("after", "").upper()
    query = wanted.get("q", "")[:200]
    calls = await countries.running(code)
    own = [each for each in me.countries.split(",") if each] if me.role == Role.COORDINATOR else []
    return page(
        request, "calls/country.html", country=code, calls=calls, sentence=_sentence(code, calls),
        desk=await _desk(code), others=[each for each in own if each != code], q=query,
        listed=await members.listed(
            members.Wanted(country=code, query=query), after=after if is_code(after) else "",
            now=clock.now(),
        ),
        keeper=(await members.coordinators()).get(code), most=LONGEST_LIST,
        may_act=may_edit(me.role, me.countries.split(","), country=code),
        stances={each: labels.STANCES[each] for each in OFFERED}, zone=ZONE,
        working=settings().language,
    )  # fmt: skip


@post(
    "/{lang:str}/countries/{country:str}/stance/{contribution:int}",
    guards=[staff],
    status_code=303,
)
async def assign_stance(
    request: Web, country: FromPath[str], contribution: FromPath[int]
) -> Redirect:
    """One click: what an answer by mail says, read by a person."""
    form, now, me = await typed(request), clock.now(), person_of(request)
    code = known_country(country)
    found = await foreign_answers.beside(contribution)
    understanding.check_right(me, found.country)
    if found.country != code or form.get("stance", "") not in set(OFFERED):
        raise NotFound("There is no such page")
    stance = Stance(form["stance"])

    async def act() -> str:
        event = await contributing.assign_stance(contribution, stance, by=me, now=now)
        values = {"name": found.name, "stance": texts.translate(labels.STANCES[stance])}
        say(request, texts.gettext("%(name)s: %(stance)s.") % values, undo=event)
        return f"/{texts.language()}/countries/{code.lower()}#stances"

    return await once(form, act, now=now)


@get("/{lang:str}/countries", guards=[staff])
async def own_countries(request: Web) -> Redirect:
    """To the first country in somebody's care; the secretariat has them all."""
    own = person_of(request).countries.split(",")[0]
    return to(f"/countries/{own.lower()}" if own else "/municipalities")


handlers = [own_countries, country_page, assign_stance]
