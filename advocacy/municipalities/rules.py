"""Who may change what about a member, and what a member's code looks like."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from advocacy.people.rules import Role


class Rhythm(StrEnum):
    """How often somebody wants letters of one kind."""

    NOW = "now"
    WEEKLY = "weekly"
    NEVER = "never"


class Trouble(StrEnum):
    """What a list of members can be narrowed to, so that somebody mends it."""

    BROKEN = "broken"
    UNCONFIRMED = "unconfirmed"
    NOBODY = "nobody"
    RETIRED = "retired"


MORNING = time(8)
"""Of Monday, where the reader is: what waits for the week comes then."""


def due(rhythm: Rhythm, *, now: datetime, zone: str) -> datetime | None:
    """When a letter leaves that is written now; None: never. Weekly is the next Monday at eight."""
    if rhythm is Rhythm.NEVER:
        return None
    if rhythm is Rhythm.NOW:
        return now
    here = ZoneInfo(zone)
    today = now.astimezone(here).date()
    monday = today + timedelta(days=-today.weekday() % 7)
    at = datetime.combine(monday, MORNING, here)
    if at <= now:
        at = datetime.combine(monday + timedelta(days=7), MORNING, here)
    return at.astimezone(UTC)


LETTERS = ("calls", "reminders", "results", "news")
"""The kinds of letter that can be switched; columns of a contact. Receipts come in any case."""
KINDS = ("municipality", "region")
LANGUAGES = ("de", "fr", "it", "sl")
"""What members speak. English is for partners and the texts of the EU."""

_CODE = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,9}")
_IN_ADDRESS = re.compile(r"([A-Za-z]{2}-[A-Za-z0-9]{1,9})(?:-[^/]*)?")


def is_code(text: str) -> bool:
    return _CODE.fullmatch(text) is not None


def code_in_address(part: str) -> str | None:
    """SI-07 of "SI-07-vzorcna-vas": what follows the code is decoration."""
    found = _IN_ADDRESS.fullmatch(part)
    return found.group(1).upper() if found else None


def may_edit(role: str, countries: Sequence[str], *, country: str) -> bool:
    """The secretariat keeps all members, a coordinator those of the countries in their care."""
    return role == Role.SECRETARIAT or (role == Role.COORDINATOR and country in countries)


def stands_for(*, listed: int, told: int | None) -> int:
    """For how many municipalities a region speaks: those that are members too, or as it says."""
    return max(listed, told or 0)


CONFIRMED_FOR = timedelta(days=365)
ASKED_AGAIN_AFTER = timedelta(days=60)
ASKED_A_DAY = 50  # addresses that are asked by themselves


def is_fresh(*, confirmed: datetime | None, created: datetime | None, now: datetime) -> bool:
    """Somebody has said within a year that the data of a contact are right, or entered them."""
    return any(at is not None and now - at < CONFIRMED_FOR for at in (confirmed, created))


def may_ask_to_confirm(asked: datetime | None, *, now: datetime) -> bool:
    """Nobody is asked twice within sixty days, whoever asks."""
    return asked is None or now - asked >= ASKED_AGAIN_AFTER


def asks_by_itself(
    *,
    confirmed: datetime | None,
    created: datetime | None,
    asked: datetime | None,
    wishes: Sequence[str],
    bounced: bool,
    absent_until: date | None,
    now: datetime,
) -> bool:
    """The yearly letter: once a year, to who can read it and wants letters of ours at all."""
    return (
        not is_fresh(confirmed=confirmed, created=created, now=now)
        and (asked is None or now - asked >= CONFIRMED_FOR)
        and any(wish != Rhythm.NEVER for wish in wishes)
        and not bounced
        and (absent_until is None or absent_until <= now.date())
    )


def may_retire(role: str) -> bool:
    """Who belongs to the network is for the secretariat to say."""
    return role == Role.SECRETARIAT


REPORTED = "misrepresentation reported"
SETTLED = "misrepresentation settled"
"""Acts of the history: a municipality objects to what was made of its answer, until it is met."""
