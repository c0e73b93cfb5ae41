"""Rules that sort: which there are, what they did, what is proposed."""

from collections.abc import Awaitable, Callable, Mapping

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.errors import Invalid, NotFound
from advocacy.learned import actions, forms, preview, queries
from advocacy.learned.forms import NewRule
from advocacy.learned.labels import LABELS
from advocacy.learned.rules import State
from advocacy.people.guards import secretariat
from advocacy.templating import address
from advocacy.triage import labels as triage
from advocacy.triage.forms import identity
from advocacy.triage.rules import OFFICE_ZONE
from advocacy.web.once import once
from advocacy.web.pages import Web, page, person_of, say, typed
from feeds.reading.topics import TOPICS, topic_label

NAMED = 3  # entries in a banner; the rule's own page names all


@get("/{lang:str}/inbox/rules", guards=[secretariat])
async def every_rule(request: Web) -> Template:
    return await _every_rule(request)


async def _every_rule(
    request: Web, *, form: Mapping[str, str] | None = None, error: Invalid | None = None
) -> Template:
    found = await queries.every_rule()
    return page(
        request, "learned/rules.html", status=422 if error else 200, zone=OFFICE_ZONE,
        rules={state: [row for row in found if row.state == state] for state in State},
        proposals=await queries.proposals(), sources=await queries.sources(),
        topics=_topics(), dismissals=triage.DISMISSALS,
        problems=error.fields if error else {}, typed=form or {},
    )  # fmt: skip


def _topics() -> list[tuple[str, str]]:
    named = ((key, topic_label(key, texts.language())) for key in TOPICS)
    return sorted(named, key=lambda topic: topic[1])


@get("/{lang:str}/inbox/rules/preview", guards=[secretariat])
async def try_rule(request: Web) -> Template:
    """A proposal, or a rule of somebody's own, before it is on."""
    form = dict(request.query_params)
    try:
        new = await _new_rule(form)
    except Invalid as error:
        return await _every_rule(request, form=form, error=error)
    now = clock.now()
    return page(
        request, "learned/preview.html", now=now, zone=OFFICE_ZONE, triage=triage,
        new=new, said=await queries.said(new.condition),
        shown=await preview.preview(new.condition, now=now),
        counted=preview.COUNTED,
    )  # fmt: skip


async def _new_rule(form: Mapping[str, str]) -> NewRule:
    return forms.new_rule(form, sources=[number for number, _ in await queries.sources()])


@post("/{lang:str}/inbox/rules", guards=[secretariat], status_code=200)
async def make_rule(request: Web) -> Redirect | Template:
    form = await typed(request)
    try:
        new = await _new_rule(form)
    except Invalid as error:
        return await _every_rule(request, form=form, error=error)
    return await once(form, lambda: _make(request, form, new), now=clock.now())


async def _make(request: Web, form: Mapping[str, str], new: NewRule) -> str:
    by, now = person_of(request), clock.now()
    if form.get("do") == "refuse":
        event = await actions.refuse(new, by=by, now=now)
        say(request, texts.gettext("This rule is not proposed any more."), undo=event)
        return address("/inbox/rules")
    switched = await actions.switch_on(new, also=form.get("also") == "1", by=by, now=now)
    told = texts.gettext("The rule is on.")
    if switched.count:
        told += " " + _sorted(switched.count)
    say(request, told, undo=switched.event)
    return address(f"/inbox/rules/{switched.rule}")


def _sorted(count: int) -> str:
    return texts.ngettext("%(num)d entry was sorted.", "%(num)d entries were sorted.", count) % {
        "num": count
    }


@get("/{lang:str}/inbox/rules/{rule:int}", guards=[secretariat])
async def one_rule(request: Web, rule: FromPath[int]) -> Template:
    now = clock.now()
    row = await queries.rule(_known(rule))
    return page(
        request, "learned/rule.html", now=now, zone=OFFICE_ZONE, triage=triage, labels=LABELS,
        rule=row, new=NewRule(row.condition, row.reason),
        entries=await queries.entries_of(row.id), anew=await queries.decided_anew(row.id),
        shown=await preview.preview(row.condition, now=now),
        counted=preview.COUNTED,
    )  # fmt: skip


def _known(rule: int) -> int:
    number = identity(str(rule))
    if number is None:
        raise NotFound("There is no such rule")
    return number


@post("/{lang:str}/inbox/rules/{rule:int}", guards=[secretariat], status_code=303)
async def change_rule(request: Web, rule: FromPath[int]) -> Redirect:
    form = await typed(request)
    do = CHANGES.get(form.get("do", ""))
    if do is None:
        raise Invalid({"do": "Choose what to do with the rule"})
    row = await queries.rule(_known(rule))
    return await once(form, lambda: do(request, row), now=clock.now())


async def _off(request: Web, row: queries.RuleRow) -> str:
    event = await actions.switch_off(row.id, by=person_of(request), now=clock.now())
    say(request, texts.gettext("The rule is off. What it has decided stays."), undo=event)
    return address(f"/inbox/rules/{row.id}")


async def _back(request: Web, row: queries.RuleRow) -> str:
    back = await actions.take_everything_back(row.id, by=person_of(request), now=clock.now())
    told = texts.ngettext(
        "The rule is off and %(num)d entry is back in the inbox.",
        "The rule is off and %(num)d entries are back in the inbox.",
        back.count,
    ) % {"num": back.count}
    if back.anew:
        named = " · ".join(title[:80] for title in back.anew[:NAMED])
        stays = texts.ngettext(
            "%(num)d entry that people have decided anew stays: %(titles)s",
            "%(num)d entries that people have decided anew stay, among them: %(titles)s",
            len(back.anew),
        )
        told += " " + stays % {"num": len(back.anew), "titles": named}
    say(request, told)
    return address(f"/inbox/rules/{row.id}")


async def _again(request: Web, row: queries.RuleRow) -> str:
    await actions.offer_again(row.id, by=person_of(request), now=clock.now())
    say(request, texts.gettext("This rule may be proposed again."))
    return address("/inbox/rules")


CHANGES: Mapping[str, Callable[[Web, queries.RuleRow], Awaitable[str]]] = {
    "off": _off,
    "back": _back,
    "again": _again,
}

handlers = [every_rule, try_rule, make_rule, one_rule, change_rule]
