"""What people type as a deadline: `14.12.`, `14.12.2026 24:00`, `2026-12-14`, `14/12/2026 18 Uhr`.

A day without an hour, and 24:00, end with the day: 23:59:59 in the zone of the body.
"""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from advocacy.errors import Message

ZONES = (
    "Europe/Brussels",
    "Europe/Vienna",
    "Europe/Zurich",
    "Europe/Berlin",
    "Europe/Paris",
    "Europe/Rome",
    "Europe/Vaduz",
    "Europe/Ljubljana",
)
END_OF_DAY = time(23, 59, 59)
FURTHEST = timedelta(days=3660)

_TYPED = re.compile(
    r"(?:(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"
    r"|(?P<d>\d{1,2})[./] ?(?P<m>\d{1,2})(?:[./] ?(?P<y>\d{4})?)?)"
    r"(?:(?:,? +|T)(?:(?:um|at|à|alle|ob) )?"
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2})?)?(?::\d{2})?(?: ?(?:uhr|h|ure))?)?",
    re.IGNORECASE | re.ASCII,
)

NOT_A_DATE = Message("Enter a date like 14.12.2026, with an hour if there is one: 14.12.2026 18:00")


class Wrong(ValueError):  # noqa: N818  it is what somebody typed
    """Carries the sentence for the field."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(str(message))


def typed_instant(
    text: str, *, zone: str, now: datetime, without_hour: time = END_OF_DAY
) -> tuple[datetime, str]:
    """The instant, aware, and its precision: "exact" with an hour, else "day".

    A date without a year is the next one. Wrong: no date, no such day, in the past.
    """
    found = _TYPED.fullmatch(" ".join(text.split()))
    if found is None:
        raise Wrong(NOT_A_DATE)
    today = now.astimezone(ZoneInfo(zone)).date()
    day = _day(found, today)
    instant = at(day, _hour(found) or without_hour, zone)
    if instant <= now:
        raise Wrong(_in_the_past(day, today))
    if instant - now > FURTHEST:
        raise Wrong(NOT_A_DATE)
    return instant, "exact" if found["hour"] else "day"


def at(day: date, clock: time, zone: str) -> datetime:
    """An hour that the clocks show twice is the later one, for nobody may be told too early."""
    both = (datetime.combine(day, clock, ZoneInfo(zone)).replace(fold=fold) for fold in (0, 1))
    return max(both, key=lambda instant: instant.timestamp())


def _day(found: re.Match[str], today: date) -> date:
    month = int(found["month"] or found["m"])
    number = int(found["day"] or found["d"])
    year = found["year"] or found["y"]
    try:
        if year:
            return date(int(year), month, number)
        this_year = date(today.year, month, number)
        return this_year if this_year >= today else date(today.year + 1, month, number)
    except ValueError:
        raise Wrong(Message("There is no such day")) from None


def _hour(found: re.Match[str]) -> time | None:
    if not found["hour"]:
        return None
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if (hour, minute) == (24, 0):
        return END_OF_DAY
    try:
        return time(hour, minute)
    except ValueError:
        raise Wrong(Message("There is no such hour")) from None


def _in_the_past(day: date, today: date) -> Message:
    """With the same day of the next month that has it: mostly the month was mistyped."""
    values = {"day": written(day), "other": written(_next_with(day.day, today))}
    return Message("The deadline %(day)s is in the past. Did you mean %(other)s?", values)


def _next_with(number: int, today: date) -> date:
    day = today + timedelta(days=1)
    while day.day != number:
        day += timedelta(days=1)
    return day


def written(day: date) -> str:
    """As people type it: 14.12.2026."""
    return f"{day.day}.{day.month}.{day.year}"


def retyped(instant: datetime, zone: str, precision: str) -> str:
    """An instant as its field shows it: what `typed_instant` reads back."""
    local = instant.astimezone(ZoneInfo(zone))
    if precision != "exact":
        return written(local.date())
    ends = (local.hour, local.minute) == (END_OF_DAY.hour, END_OF_DAY.minute)
    return f"{written(local.date())} {'24:00' if ends else local.strftime('%H:%M')}"
