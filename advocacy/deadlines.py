"""Working days, the plan back from a deadline, and when reminders go out.

Pure: dates and `now` come in, dates go out. Instants are aware; a day is a calendar day in the
zone of the body that set the deadline. A deadline "midnight" ends its day, so the instant
00:00 of the 15th has the 14th as its last day.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

import holidays

COUNTRIES = ("AT", "CH", "DE", "FR", "IT", "LI", "SI")
CLOSE_OF_BUSINESS = time(18)
WEEKEND = "weekend"
FRIDAY = 5  # as isoweekday() counts
# With fewer nobody can be said to have been asked: the fast lane asks for objections instead.
FEWEST_DAYS_TO_ANSWER = 7
REMINDER_DAYS = (9, 2)
REMINDER_REST = timedelta(days=7)


class Milestone(StrEnum):
    CALL_OUT = "call_out"
    ANSWERS_IN = "answers_in"
    DRAFT = "draft"
    TRANSLATIONS = "translations"
    MEMBER_CHECK = "member_check"
    PRESIDENCY = "presidency"
    SUBMIT = "submit"
    # The two stops of the fast lane.
    CORE_POSITION = "core_position"
    OBJECTIONS_UNTIL = "objections_until"


# In the order of the work, with working days before the last day of the window.
MILESTONES: tuple[tuple[Milestone, int], ...] = (
    (Milestone.CALL_OUT, 27),
    (Milestone.ANSWERS_IN, 12),
    (Milestone.DRAFT, 8),
    (Milestone.TRANSLATIONS, 6),
    (Milestone.MEMBER_CHECK, 5),
    (Milestone.PRESIDENCY, 4),
    (Milestone.SUBMIT, 1),
)
FAST_LANE: tuple[tuple[Milestone, int], ...] = (
    (Milestone.CORE_POSITION, 5),
    (Milestone.OBJECTIONS_UNTIL, 2),
    (Milestone.SUBMIT, 1),
)


class SkippedDay(NamedTuple):
    """`why` is `WEEKEND` or names whose holiday it was, e.g. "AT Nationalfeiertag"."""

    day: date
    why: str


class ReasonCode(StrEnum):
    COUNTED = "counted"
    SKIPPED = "skipped"
    CALL_SHORTENED = "call_shortened"
    TOO_SHORT = "too_short"
    NO_DAYS_LEFT = "no_days_left"


@dataclass(frozen=True, slots=True)
class Reason:
    """One line of the plan's arithmetic, for a template to put into words.

    COUNTED: `milestone` falls on `day`, `working_days` before the last day.
    SKIPPED: `day` does not count, `why` says so.
    CALL_SHORTENED: municipalities have only `working_days` to answer.
    TOO_SHORT: `milestone` should have been on `day`, which is over.
    NO_DAYS_LEFT: only `working_days` remain, too few even for the fast lane.
    """

    code: ReasonCode
    day: date
    working_days: int = 0
    milestone: Milestone | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class PlannedMilestone:
    """`skipped` are the days off between `due` and the last day of the window, oldest first."""

    kind: Milestone
    due: datetime
    working_days_before: int
    skipped: tuple[SkippedDay, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """`milestones` always shows the full plan; `fast_lane` is empty unless `too_short`."""

    milestones: tuple[PlannedMilestone, ...]
    too_short: bool
    fast_lane: tuple[PlannedMilestone, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class ReminderDue:
    invitation: int
    days_before: int


@cache
def _public_holidays(country: str, year: int) -> Mapping[date, str]:
    if country not in COUNTRIES:
        raise ValueError(f"no holidays known for {country!r}")
    # Without a language the library follows the locale of the machine.
    own_language = holidays.country_holidays(country).default_language
    return dict(holidays.country_holidays(country, years=year, language=own_language).items())


def day_off(day: date, countries: Iterable[str]) -> str | None:
    """Why nobody works on this day (see `SkippedDay.why`), None on a working day."""
    if day.isoweekday() > FRIDAY:
        return WEEKEND
    names = ((c, _public_holidays(c, day.year).get(day)) for c in dict.fromkeys(countries))
    return "; ".join(f"{country} {name}" for country, name in names if name) or None


def working_days_between(start: date, end: date, countries: Sequence[str]) -> int:
    """Working days from `start` (counted) to `end` (not counted); 0 if `end` is not later."""
    days = (start + timedelta(days=n) for n in range((end - start).days))
    return sum(day_off(day, countries) is None for day in days)


def working_day_before(
    last_day: date, count: int, countries: Sequence[str]
) -> tuple[date, tuple[SkippedDay, ...]]:
    """The `count`-th working day before `last_day`, and the days off passed on the way."""
    day, skipped = last_day, list[SkippedDay]()
    while count > 0:
        day -= timedelta(days=1)
        why = day_off(day, countries)
        if why is None:
            count -= 1
        else:
            skipped.append(SkippedDay(day, why))
    return day, tuple(reversed(skipped))


def _aware(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError(f"{instant.isoformat()} has no zone")
    return instant.astimezone(UTC)


def local_date(instant: datetime, zone: str) -> date:
    return _aware(instant).astimezone(ZoneInfo(zone)).date()


def last_day(deadline: datetime, zone: str) -> date:
    """The last calendar day that lies before the deadline; midnight belongs to the day it ends."""
    return local_date(_aware(deadline) - timedelta(microseconds=1), zone)


def midnight_ending(day: date, zone: str) -> datetime:
    """The instant at which `day` is over, as the Commission's "midnight (Brussels time)"."""
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=ZoneInfo(zone))


def days_left(deadline: datetime, zone: str, now: datetime) -> int:
    """Calendar days to the last day: 0 on that day, negative after it.

    0 does not say that the deadline is still open: compare the instants for that.
    """
    return (last_day(deadline, zone) - local_date(now, zone)).days


@dataclass(frozen=True, slots=True)
class _Window:
    """What every step of planning needs: where the days lie and which of them count."""

    last_day: date
    earliest: datetime
    zone: str
    countries: tuple[str, ...]

    def milestone(self, kind: Milestone, before: int) -> PlannedMilestone:
        day, skipped = working_day_before(self.last_day, before, self.countries)
        due = datetime.combine(day, CLOSE_OF_BUSINESS, tzinfo=ZoneInfo(self.zone))
        return PlannedMilestone(kind, due, before, skipped)

    def is_over(self, milestone: PlannedMilestone) -> bool:
        return _aware(milestone.due) < self.earliest

    def days_available(self) -> int:
        """Working days whose close of business is still ahead, without the last day."""
        first = self.earliest.astimezone(ZoneInfo(self.zone))
        start = first.date() + timedelta(days=first.time() > CLOSE_OF_BUSINESS)
        return working_days_between(start, self.last_day, self.countries)


def back_plan(
    closes_at: datetime,
    *,
    zone: str,
    countries: Sequence[str],
    opens: datetime | None,
    now: datetime,
    offsets: Sequence[tuple[Milestone, int]] = MILESTONES,
) -> Plan:
    """The internal dates for a window, each at 18:00 in `zone`, on nobody's holiday.

    Nothing is planned before `now`, nor before the window `opens` (None: it is open). A call that
    is late goes out on the first working day while `FEWEST_DAYS_TO_ANSWER` remain for answers.
    The deadline itself is never shifted. ValueError: naive instants, an unknown country, offsets
    that do not fall.
    """
    _check(offsets)
    earliest = max(_aware(now), _aware(opens or now))
    window = _Window(last_day(closes_at, zone), earliest, zone, tuple(countries))
    planned = [window.milestone(kind, before) for kind, before in offsets]
    reasons = list(_shorten_the_call(planned, window))
    late = [m for m in planned if window.is_over(m)]
    reasons += [
        Reason(ReasonCode.TOO_SHORT, m.due.date(), m.working_days_before, m.kind) for m in late
    ]
    fast_lane = _fast_lane(window) if late else ()
    if late and not fast_lane:
        left = window.days_available()
        reasons.append(Reason(ReasonCode.NO_DAYS_LEFT, window.last_day, left))
    return Plan(tuple(planned), bool(late), fast_lane, (*_arithmetic(planned), *reasons))


def _check(offsets: Sequence[tuple[Milestone, int]]) -> None:
    days = [before for _, before in offsets]
    if not days or days[-1] < 1 or any(later >= earlier for earlier, later in pairwise(days)):
        raise ValueError(f"offsets must fall from milestone to milestone, down to 1: {days}")


def _shorten_the_call(planned: list[PlannedMilestone], window: _Window) -> Iterable[Reason]:
    """Move a late first call to the first day there is, if that leaves time to answer."""
    answers = next((m for m in planned if m.kind is Milestone.ANSWERS_IN), None)
    if answers is None or planned[0].kind is not Milestone.CALL_OUT:
        return
    available = window.days_available()
    to_answer = available - answers.working_days_before
    if window.is_over(planned[0]) and to_answer >= FEWEST_DAYS_TO_ANSWER:
        planned[0] = window.milestone(Milestone.CALL_OUT, available)
        yield Reason(
            ReasonCode.CALL_SHORTENED, planned[0].due.date(), to_answer, Milestone.CALL_OUT
        )


def _fast_lane(window: _Window) -> tuple[PlannedMilestone, ...]:
    """A core position, time to object, hand in; pushed together, but never onto one day."""
    available = window.days_available()
    if available < len(FAST_LANE):
        return ()
    return tuple(window.milestone(kind, min(before, available)) for kind, before in FAST_LANE)


def _arithmetic(planned: Sequence[PlannedMilestone]) -> Iterable[Reason]:
    for m in planned:
        yield Reason(ReasonCode.COUNTED, m.due.date(), m.working_days_before, m.kind)
    for skipped in max((m.skipped for m in planned), key=len):
        yield Reason(ReasonCode.SKIPPED, skipped.day, why=skipped.why)


def reminders_due(
    answers_until: datetime,
    already_sent: Mapping[int, Sequence[datetime]],
    *,
    answered: Collection[int],
    zone: str,
    now: datetime,
    days_before: Sequence[int] = REMINDER_DAYS,
    last_may_follow_sooner: bool = False,
) -> tuple[ReminderDue, ...]:
    """Whom to remind now. `already_sent`: every invitation, with all reminders it has had.

    A moment that passed while nothing ran is caught up, once. Nobody who answered is reminded,
    nobody after `answers_until`, nobody twice within seven days; `last_may_follow_sooner` lifts
    that rest for the last moment alone.
    """
    left = days_left(answers_until, zone, now)
    reached = [days for days in days_before if left <= days]
    if not reached or _aware(now) >= _aware(answers_until):
        return ()
    moment = min(reached)
    # What was sent until this day does not stand against a new one.
    latest = last_day(answers_until, zone) - timedelta(days=moment + 1)
    if not (last_may_follow_sooner and moment == min(days_before)):
        latest = min(latest, local_date(now, zone) - REMINDER_REST)
    return tuple(
        ReminderDue(invitation, moment)
        for invitation, sent in already_sent.items()
        if invitation not in answered and all(local_date(s, zone) <= latest for s in sent)
    )
