"""A window's internal dates: pure, from deadlines.back_plan to rows and back to words."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from advocacy.deadlines import Plan, PlannedMilestone, Reason, ReasonCode, back_plan
from advocacy.dossiers.tables import Milestone, Window


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """How a milestone's date came about; `holidays` are the days off that are no weekend."""

    working_days: int
    weekend_days: int
    holidays: tuple[tuple[date, str], ...]


def plan_of(window: Window, countries: Sequence[str], *, now: datetime) -> Plan:
    return back_plan(
        window.closes, zone=window.zone, countries=countries, opens=window.opens, now=now
    )


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
        (date.fromisoformat(day), why) for day, why in told["skipped"] if why != "weekend"
    )
    return Arithmetic(told["days"], len(told["skipped"]) - len(holidays), holidays)


def warnings(plan: Plan) -> list[Reason]:
    """What a person must know: the call is short, or the window too short for the whole way."""
    told = (ReasonCode.CALL_SHORTENED, ReasonCode.TOO_SHORT, ReasonCode.NO_DAYS_LEFT)
    return [reason for reason in plan.reasons if reason.code in told]
