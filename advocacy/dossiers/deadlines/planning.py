"""A window's internal dates: pure, from deadlines.back_plan to rows and back to words."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any  # a page's values are what its template shows

from advocacy import deadlines
from advocacy.deadlines import Plan, PlannedMilestone, Reason, ReasonCode, back_plan
from advocacy.dossiers.rules import DEADLINE_ALLOWED, DEADLINE_ENDS, DeadlineState, Precision
from advocacy.dossiers.tables import Milestone, Window


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day on which somebody does not work. `name` in the language of the country."""

    day: date
    country: str
    name: str


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """How a milestone's date came about: from its day to the last day of the window there are
    `days` days, the sum of the three. `holidays` are the days off that are no weekend.
    """

    working_days: int
    weekend_days: int
    holidays: tuple[tuple[date, str], ...]

    @property
    def days(self) -> int:
        return self.working_days + self.weekend_days + len(self.holidays)


@dataclass(frozen=True, slots=True)
class DayOff:
    """The deadline itself falls on it. It is said, and never shifted."""

    weekend: bool
    holidays: tuple[Holiday, ...]


def plan_of(window: Window, countries: Sequence[str], *, now: datetime) -> Plan:
    return back_plan(
        planned_until(window), zone=window.zone, countries=countries, opens=window.opens, now=now
    )


def planned_until(window: Window) -> datetime:
    """Of a month of which the day is not known the first: too early is never too late."""
    if window.precision != Precision.MONTH:
        return window.closes
    first = deadlines.last_day(window.closes, window.zone).replace(day=1)
    return deadlines.midnight_ending(first, window.zone)


def rows(window: Window, planned: Iterable[PlannedMilestone]) -> list[Milestone]:
    return [
        Milestone(
            window=window.id, kind=each.kind, due=each.due.astimezone(UTC), reason=_reason(each)
        )
        for each in planned
    ]


def _reason(planned: PlannedMilestone) -> str:
    skipped = [[day.isoformat(), why] for day, why in planned.skipped]
    return json.dumps({"days": planned.working_days_before, "skipped": skipped}, ensure_ascii=False)


def arithmetic(reason: str) -> Arithmetic | None:
    """What `rows` wrote; None for a date that somebody set by hand."""
    if not reason:
        return None
    told = json.loads(reason)
    holidays = tuple(
        (date.fromisoformat(day), why) for day, why in told["skipped"] if why != deadlines.WEEKEND
    )
    return Arithmetic(told["days"], len(told["skipped"]) - len(holidays), holidays)


def holidays_in(why: str, day: date) -> tuple[Holiday, ...]:
    """The parts of "AT Christtag; IT Natale": a country and what it calls the day."""
    parts = [each.partition(" ") for each in why.split("; ")] if why else []
    return tuple(Holiday(day, country, name) for country, _, name in parts)


def days_off(
    milestones: Iterable[tuple[Milestone, Arithmetic | None]],
) -> list[tuple[date, list[Holiday]]]:
    """Every holiday that some date of the plan skips, by day: told once for all of them."""
    skipped = {(day, why) for _, told in milestones if told for day, why in told.holidays}
    found = [each for day, why in sorted(skipped) for each in holidays_in(why, day)]
    return [
        (day, list(dict.fromkeys(several)))
        for day, several in groupby(found, key=lambda each: each.day)
    ]


def day_off(window: Window, countries: Sequence[str]) -> DayOff | None:
    """When the deadline falls on a weekend or a holiday of a country concerned."""
    if window.precision not in {Precision.EXACT, Precision.DAY}:
        return None
    day = deadlines.last_day(window.closes, window.zone)
    if day.isoweekday() > deadlines.FRIDAY:
        return DayOff(True, ())
    why = deadlines.day_off(day, countries)
    return DayOff(False, holidays_in(why, day)) if why else None


def shown(
    window: Window, milestones: Iterable[Milestone], countries: Sequence[str]
) -> dict[str, Any]:
    """A window as its section of a page shows it; the plan as it was when it was made."""
    own = [(each, arithmetic(each.reason)) for each in milestones if each.window == window.id]
    plan = plan_of(window, countries, now=window.changed)
    fast = any(each.kind == deadlines.Milestone.CORE_POSITION for each, _ in own)
    state = DeadlineState(window.state)
    return {
        "window": window,
        "state": state,
        "milestones": own,
        "days_off": days_off(own),
        "day_off": day_off(window, countries),
        "warnings": [] if fast or state in DEADLINE_ENDS else warnings(plan),
        "fast_lane": bool(plan.fast_lane) and not fast,
        "may": DEADLINE_ALLOWED[state],
        "may_confirm": DeadlineState.CONFIRMED in DEADLINE_ALLOWED[state],
        "may_move": DeadlineState.MOVED in DEADLINE_ALLOWED[state],
    }


def warnings(plan: Plan) -> list[Reason]:
    """What a person must know: the call is short, or the window too short for the whole way."""
    told = (ReasonCode.CALL_SHORTENED, ReasonCode.TOO_SHORT, ReasonCode.NO_DAYS_LEFT)
    return [reason for reason in plan.reasons if reason.code in told]
