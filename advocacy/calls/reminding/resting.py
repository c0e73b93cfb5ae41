"""Who may be written to again, and when. Pure: facts and days come in, an answer goes out."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from advocacy.deadlines import REMINDER_REST, last_day, local_date
from advocacy.municipalities.rules import Rhythm, due

WEEKLY_AT_LATEST = timedelta(days=3)
"""Before the deadline: who wants letters once a week has these days left to answer."""
MORNING = time(8)


class LeftOut(StrEnum):
    """Why somebody who has not answered gets no reminder now."""

    NOBODY = "nobody"  # no address is known
    UNWANTED = "unwanted"
    BOUNCED = "bounced"
    AWAY = "away"
    TIRED = "tired"  # had a letter within seven days: the one reason a person may set aside


def is_rested(letters: Iterable[datetime], *, zone: str, now: datetime) -> bool:
    """No letter within seven days, of whatever call; one that still waits to leave counts too."""
    today = local_date(now, zone)
    return all(today - local_date(at, zone) >= REMINDER_REST for at in letters)


def left_out(
    *,
    wanted: bool,
    bounced: bool,
    back: date | None,
    letters: Iterable[datetime],
    zone: str,
    now: datetime,
) -> LeftOut | None:
    """None: a reminder may go there now."""
    if not wanted:
        return LeftOut.UNWANTED
    if bounced:
        return LeftOut.BOUNCED
    if is_away(back, today=local_date(now, zone)):
        return LeftOut.AWAY
    return None if is_rested(letters, zone=zone, now=now) else LeftOut.TIRED


def leaves(rhythm: Rhythm, *, deadline: datetime, zone: str, now: datetime) -> datetime:
    """When a reminder that is written now leaves, for somebody who wants reminders at all.

    Weekly is the next Monday at eight, or the morning three days before the deadline if that
    is earlier.
    """
    wished = due(rhythm, now=now, zone=zone) or now
    day = last_day(deadline, zone) - WEEKLY_AT_LATEST
    return max(now, min(wished, datetime.combine(day, MORNING, ZoneInfo(zone))))


def back_on(until: date | None, *, noted: datetime | None, zone: str) -> date | None:
    """The first day they are back; a week after it was noted where nobody said a day.

    None: nobody noted an absence.
    """
    if noted is None:
        return None
    return until or local_date(noted, zone) + REMINDER_REST


def is_away(back: date | None, *, today: date) -> bool:
    return back is not None and today < back


def covers(back: date | None, *, deadline: datetime, zone: str, now: datetime) -> bool:
    """They are away now, and come back only when it is too late to answer."""
    if not is_away(back, today=local_date(now, zone)):
        return False
    return back is not None and back > last_day(deadline, zone)
