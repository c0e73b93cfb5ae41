"""A dossier as it was on a day, and what has changed since somebody's last visit.

Both stand at the dossier's own address: `looking` asks for them.
"""

import re
from datetime import date, timedelta
from typing import Any  # a page's values are what its template shows

from litestar.response import Template

from advocacy import clock, texts
from advocacy.bodies import queries as bodies
from advocacy.calls import labels as calls_labels  # looks ahead, only to read
from advocacy.calls.rules import CallState  # looks ahead, only to read
from advocacy.deadlines import Milestone as Kind
from advocacy.dossiers import labels
from advocacy.dossiers.deadlines import planning
from advocacy.dossiers.looking_back import chronicle, past, rebuilding, seen
from advocacy.dossiers.looking_back.past import Act, Gap
from advocacy.dossiers.looking_back.rebuilding import Then
from advocacy.dossiers.looking_back.seen import SECTIONS, Since
from advocacy.dossiers.rules import DeadlineState, Station
from advocacy.dossiers.tables import Dossier
from advocacy.errors import Message
from advocacy.web.pages import Web, page, person_of

ASKED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
DAYS = 60  # of those on which something happened; the form leads to any other
ACTS = 50


async def past_page(request: Web, dossier: Dossier, asked: str) -> Template:
    """`asked`: the day as it stands in the address. 422: it is none; 404: nothing was there."""
    today = past.day_of(clock.now())
    day = _day(asked)
    acts = await rebuilding.acts_of(dossier)
    first = rebuilding.opened(dossier)
    wrong = _wrong(day, first, today)
    values: dict[str, Any] = {
        "dossier": dossier,
        "first": first,
        "today": today,
        "day": day,
        "asked": asked if day is None else day.isoformat(),
        "days": [each for each in chronicle.days(acts) if each >= first][:DAYS],
        "wrong": wrong,
    }
    if day is None or wrong is not None:
        problems = {"as-of": wrong} if day is None else {}
        status = 422 if day is None else 404
        return page(
            request, "dossiers/past.html", status=status, problems=problems, then=None, **values
        )
    then = await rebuilding.then(dossier, acts, day)
    values |= _shown(then) | _around(day, first, today)
    return page(request, "dossiers/past.html", **values)


def _day(asked: str) -> date | None:
    """Years nobody can go to are none."""
    try:
        return date.fromisoformat(asked) if ASKED.fullmatch(asked) else None
    except ValueError:
        return None


def _wrong(day: date | None, first: date, today: date) -> Message | None:
    if day is None:
        return Message("Enter a day such as 2026-11-12")
    if day < first:
        values = {"day": texts.short_day(first)}
        return Message("It did not exist yet. It was opened on this day: %(day)s", values)
    if day > today:
        return Message("This day has not come yet.")
    return None


def _around(day: date, first: date, today: date) -> dict[str, date | None]:
    return {
        "before": day - timedelta(days=1) if day > first else None,
        "after": day + timedelta(days=1) if day < today else None,
    }


def _shown(then: Then) -> dict[str, Any]:
    language = texts.language()
    facts = then.facts
    body, procedure = then.names["body"], then.names["procedure"]
    gaps = {gap for gap, _ in then.gaps}
    return {
        "then": then,
        "names": {
            "body": bodies.body_name(body, language) if body else "",
            "procedure": bodies.body_name(procedure, language) if procedure else "",
            "lead": then.names["lead"],
            "topics": [
                labels.topic_name(key, language) for key in facts["topics"].split(",") if key
            ],
            "station": labels.STATIONS[Station(facts["station"])],
            "priority": labels.PRIORITIES[facts["priority"]],
        },
        "windows": [_window(then, row) for row in then.windows],
        "calls": [(each, calls_labels.LABELS[CallState(each.state)]) for each in then.calls],
        "acts": then.acts[:ACTS],
        "earlier": max(len(then.acts) - ACTS, 0),
        "unsure_of_facts": Gap.FACTS in gaps,
        "labels": labels,
    }


def _window(then: Then, row: Any) -> dict[str, Any]:
    return {
        **row,
        "label": labels.DEADLINE_STATES[DeadlineState(row["state"])],
        "plan": [
            (labels.MILESTONES[Kind(kind)], each, planning.arithmetic(each["reason"]))
            for kind, each in row["plan"]
        ],
        "unsure": (Gap.DEADLINES, row["id"]) in then.gaps,
        "unsure_of_plan": (Gap.MILESTONES, row["id"]) in then.gaps,
    }


async def since_of(request: Web, dossier: Dossier, newest: int) -> Since | None:
    """What others did since this person's last visit; `newest` is the last event on the page.

    Looking is kept: only of people of the house (the page's guard has seen to that), and never
    when nobody looks (HEAD).
    """
    if request.scope.get("only_head"):
        return None
    person = person_of(request)
    return await seen.since(dossier.id, person.id, event=newest, now=clock.now())


def section_of(act: Act) -> str:
    return SECTIONS.get(act.kind, "facts")
