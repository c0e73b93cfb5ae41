"""Ends of windows that an interface gives as data, as deadlines. Pure."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from feeds.parsing.dates import instant
from feeds.parsing.entry import StatedDeadline

INPUT = "input"
MEETING = "meeting"
LAST_MINUTE = (23, 59)
LAST_SECOND = time(23, 59, 59)


def end_of_day(text: str, *, zone: str, quote: str) -> StatedDeadline | None:
    """The deadline for input at the end of a stated day in `zone`, 23:59:59 as for those read.

    Midnight, `23:59` and `23:59:59` mean the day as a whole; another time is kept as it is.
    """
    at = instant(text, zone=zone)
    if at is None:
        return None
    local = at.astimezone(ZoneInfo(zone))
    if local.time() == time() or (local.hour, local.minute) == LAST_MINUTE:
        end = datetime.combine(local.date(), LAST_SECOND, ZoneInfo(zone))
        return StatedDeadline(end.astimezone(UTC), zone, "day", INPUT, quote)
    return StatedDeadline(at, zone, "exact", INPUT, quote)
