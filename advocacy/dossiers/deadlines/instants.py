"""What people type as a deadline: `14.12.`, `14.12.2026 24:00`, `12.2026`, `Dezember 2026`.

A day without an hour, and 24:00, end with the day: 23:59:59 in the zone of the body. A month ends
with its last day. An hour that the clocks skip or show twice is asked back, never guessed.
"""

import calendar
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from advocacy.dossiers.rules import Precision
from advocacy.errors import Message
from feeds.reading.letters import levelled
from feeds.reading.months import MONTHS

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
LONGEST = 60  # characters of what can be a date

_HOUR = (
    r"(?:(?:,? +|t)(?:(?:um|at|a|alle|ob) )?"
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2})?)?(?::\d{2})?(?: ?(?:uhr|h|ure))?"
    r"(?: ?(?P<clock>cest|cet|mesz|mez))?)?"
)
_DAY = re.compile(
    r"(?:(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"
    r"|(?P<d>\d{1,2})[./] ?(?P<m>\d{1,2})(?:[./] ?(?P<y>\d{4})?)?"
    r"|(?P<named_day>\d{1,2})(?:\.|er)? (?P<name>[a-z]+)\.?(?: (?P<named_year>\d{4}))?)" + _HOUR,
    re.ASCII,
)
_MONTH = re.compile(
    r"(?:(?P<year>\d{4})-(?P<month>\d{1,2})|(?P<m>\d{1,2})[./] ?(?P<y>\d{4})"
    r"|(?P<name>[a-z]+)\.? (?P<named_year>\d{4}))",
    re.ASCII,
)
_UNKNOWN = frozenset(
    {"unknown", "unbekannt", "inconnu", "inconnue", "sconosciuto", "sconosciuta", "neznano", "?"}
)
_SUMMER = frozenset({"cest", "mesz"})

NOT_A_DATE = Message("Enter a date like 14.12.2026, with an hour if there is one: 14.12.2026 18:00")
MISTYPED_MONTH = timedelta(days=60)
"""A day that is over for longer is likelier a mistyped year."""


class Wrong(ValueError):  # noqa: N818  it is what somebody typed
    """Carries the sentence for the field."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(str(message))


class Passed(Wrong):
    """It is over; whoever means it says so."""


def means_unknown(text: str) -> bool:
    return levelled(text.strip()[:LONGEST]).lower() in _UNKNOWN


def typed_instant(
    text: str, *, zone: str, now: datetime, without_hour: time = END_OF_DAY, past: bool = False
) -> tuple[datetime, str]:
    """The instant, aware, and its precision: "exact" with an hour, else "day" or "month".

    A date without a year is the next one. Wrong: no date, no such day or hour, one that comes
    twice, in the past unless `past` is allowed.
    """
    plain = levelled(" ".join(text.split())).lower() if len(text) <= LONGEST else ""
    today = now.astimezone(ZoneInfo(zone)).date()
    if found := _MONTH.fullmatch(plain):
        day, clock, precision = _last_of(found), END_OF_DAY, Precision.MONTH
        instant = at(day, clock, zone)
    elif found := _DAY.fullmatch(plain):
        day, hour = _day(found, today), _hour(found)
        precision = Precision.EXACT if found["hour"] else Precision.DAY
        instant = _asked(day, hour or without_hour, zone, found["clock"] or "")
    else:
        raise Wrong(NOT_A_DATE)
    if instant <= now and not past:
        raise Passed(_in_the_past(day, today))
    if abs(instant - now) > FURTHEST:
        raise Wrong(NOT_A_DATE)
    return instant, precision.value


def typed_day(
    text: str, *, zone: str, now: datetime, without_hour: time = END_OF_DAY, past: bool = False
) -> datetime:
    """As `typed_instant`, but a month alone is not enough."""
    instant, precision = typed_instant(
        text, zone=zone, now=now, without_hour=without_hour, past=past
    )
    if precision == Precision.MONTH:
        raise Wrong(NOT_A_DATE)
    return instant


def at(day: date, clock: time, zone: str) -> datetime:
    """An hour that the clocks show twice is the later one, for nobody may be told too early."""
    later = max(instant.astimezone(UTC) for instant in _both(day, clock, zone))
    return later.astimezone(ZoneInfo(zone))


def _both(day: date, clock: time, zone: str) -> tuple[datetime, datetime]:
    """Before and after a change of the clocks; on all other days they are one."""
    local = datetime.combine(day, clock, ZoneInfo(zone))
    return local.replace(fold=0), local.replace(fold=1)


def _asked(day: date, clock: time, zone: str, named: str) -> datetime:
    first, second = _both(day, clock, zone)
    is_summer = bool(first.dst())
    if first.utcoffset() == second.utcoffset():
        if named and (named in _SUMMER) != is_summer:
            told = {"day": written(day), "clock": "CEST" if is_summer else "CET"}
            raise Wrong(Message("On %(day)s the clocks show %(clock)s", told))
        return first
    values = {"day": written(day), "hour": clock.strftime("%H:%M")}
    if first > second.astimezone(UTC):  # skipped: taken as summer time it lies before
        shown = first.astimezone(UTC).astimezone(ZoneInfo(zone))
        other = {"other": f"{written(day)} {shown.strftime('%H:%M')}"}
        raise Wrong(
            Message("On %(day)s the clocks skip %(hour)s. Did you mean %(other)s?", values | other)
        )
    if not named:
        raise Wrong(
            Message(
                "On %(day)s it is %(hour)s twice. Which one? Add CEST for the first (summer time) "
                "or CET for the second",
                values,
            )
        )
    return first if named in _SUMMER else second


def _last_of(found: re.Match[str]) -> date:
    year = int(found["year"] or found["y"] or found["named_year"])
    month = _month(found)
    try:
        return date(year, month, calendar.monthrange(year, month)[1])
    except ValueError:
        raise Wrong(NOT_A_DATE) from None


def _month(found: re.Match[str]) -> int:
    if found["name"]:
        if found["name"] not in MONTHS:
            raise Wrong(NOT_A_DATE)
        return MONTHS[found["name"]]
    return int(found["month"] or found["m"])


def _day(found: re.Match[str], today: date) -> date:
    month = _month(found)
    number = int(found["day"] or found["d"] or found["named_day"])
    year = found["year"] or found["y"] or found["named_year"]
    try:
        if year:
            return date(int(year), month, number)
        this_year = date(today.year, month, number)
        return this_year if this_year >= today else date(today.year + 1, month, number)
    except ValueError:
        typed = {"day": f"{number}.{month}.{year or ''}"}
        raise Wrong(Message("There is no such day: %(day)s", typed)) from None


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
    values = {"day": written(day), "other": written(sensible(day, today))}
    return Message("The deadline %(day)s is in the past. Did you mean %(other)s?", values)


def sensible(day: date, today: date) -> date:
    """What was meant by a day that is over: the month was mistyped, or long ago the year."""
    if today - day <= MISTYPED_MONTH:
        return _next(today, lambda each: each.day == day.day)
    wanted = (day.month, min(day.day, 28) if day.month == 2 else day.day)  # noqa: PLR2004
    return _next(today, lambda each: (each.month, each.day) == wanted)


def _next(today: date, fits: Callable[[date], bool]) -> date:
    day = today + timedelta(days=1)
    while not fits(day):
        day += timedelta(days=1)
    return day


def written(day: date) -> str:
    """As people type it: 14.12.2026."""
    return f"{day.day}.{day.month}.{day.year}"


def retyped(instant: datetime, zone: str, precision: str) -> str:
    """An instant as its field shows it: what `typed_instant` reads back; nothing for unknown."""
    local = instant.astimezone(UTC).astimezone(ZoneInfo(zone))
    if precision == Precision.UNKNOWN:
        return ""
    if precision == Precision.MONTH:
        return f"{local.month}.{local.year}"
    if precision != Precision.EXACT:
        return written(local.date())
    if (local.hour, local.minute) == (END_OF_DAY.hour, END_OF_DAY.minute):
        return f"{written(local.date())} 24:00"
    return f"{written(local.date())} {local.strftime('%H:%M')}{_which(local)}"


def _which(local: datetime) -> str:
    """Of an hour that comes twice, which of the two it is."""
    both = local.replace(fold=0).utcoffset(), local.replace(fold=1).utcoffset()
    return "" if both[0] == both[1] else " CET" if local.fold else " CEST"
