"""Times of day and zones as notices write them, and the instant that a deadline ends."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

END_OF_DAY = time(23, 59, 59)
NOON = time(12)

_CLOCK = re.compile(
    r"(?P<lead>\b(?:le(?=\s\d\d?(?:[.:]\d\d)?\sdel\b)|ore|alle|um|ob|at|do|bis|by|a|h\.?|klo)\s{0,2}(?:ore\s)?)?"
    r"(?<![\d.:/])(?P<h>\d{1,2})(?:\s?(?P<sep>[:.h,])\s?(?P<m>\d{2})(?::\d{2}(?:\.\d+)?)?)?"
    r"(?![\d/]|\.\d|\s?[-]\s?\d)\s?"
    r"(?P<unit>uhr\b|h\b|heures?\b|\.?\s?ur[eio]?\b|[ap]\.?m\.?(?=\W|$)|o'clock\b|hours\b|hrs\b)?"
)
# After these a bare number is an hour ("ob 17", "at 5"); after "bis" or "do" it may be a day.
_HOUR_LEADS = frozenset({"le", "ore", "alle", "alle ore", "ob", "um", "at", "h", "h.", "klo"})
_BEFORE_TIME = re.compile(
    r"^(?:[\s,()/\[\]-]|t(?=\d)|(?:inclus|inclusive|included|including|incl|einschliess?lich"
    r"|inklusive|inkl"
    r"|compreso|incluso|vkljucno|spatestens|langstens|einlangend|eintreffend|au plus tard"
    r"|no later than|at the latest"
    r"|e non oltre|entro|avant|before|jusqu'|by|until|bis|zum|le|les|alle|najpozneje"
    r"|a)\b\.?(?!\s?\d))*"
)
_ONLY_LEAD = re.compile(r"(?:\W|\b(?:a|at|um|ob|le|alle|ore|bis|do|by|h|until|before)\b)*")
_WORD = re.compile(
    r"\b(?:12\s)?(?:(?P<midnight>midnight|mitternacht|minuit|mezzanotte|polnoci?|polnocjo)"
    r"|(?P<noon>noon|midday|mittags?|midi|mezzogiorno|opoldne|poldneva?))\b"
)
_ZONES = (
    ("Europe/London", r"\b(?:london|uk|british)\s(?:local\s)?time\b|\bbst\b"),
    ("Europe/Zurich", r"\b(?:zurich|bern|berne|swiss)\s(?:local\s)?time\b|\bschweizer zeit\b"),
    ("UTC", r"\butc\b|\bgmt\b|(?<=\d)z\b"),
    ("Europe/Paris", r"\bheures? de paris\b|\bparis (?:local )?time\b"),
    ("Europe/Rome", r"\bora (?:di roma|italiana)\b|\brome time\b"),
    ("Europe/Vienna", r"\bwiener (?:orts)?zeit\b|\bvienna time\b"),
    ("Europe/Ljubljana", r"\bljubljanskem casu\b|\bljubljana time\b"),
    (
        "Europe/Brussels",
        r"\bbrussels\b(?=[\s-](?:local\s)?time)|\bbrusseler (?:orts)?zeit\b"
        r"|\bheures? de bruxelles\b"
        r"|\bora di bruxelles\b|\bbruseljskem casu\b|\bpo bruslju\b",
    ),
)
_ZONE = tuple((name, re.compile(pattern)) for name, pattern in _ZONES)
_CENTRAL = re.compile(r"\b(?:ce?s?t|mes?z|hnec|heec|mitteleuropaische\w*|srednjeevropsk\w*)\b")
# Every name of a zone has one of these in it.
_ZONE_SIGNS = (
    *("time", "zeit", "heure", "ora ", "casu", "bst", "utc", "gmt", "z", "bruslju"),
    *("ct", "cet", "cst", "cest", "hnec", "heec", "mitteleurop", "srednjeevrop"),
)
_CITIES = "Brussels Berlin Vienna Zurich Vaduz Paris Rome Ljubljana Monaco Luxembourg"
_CENTRAL_ZONES = frozenset(f"Europe/{city}" for city in _CITIES.split())


@dataclass(frozen=True, slots=True)
class FoundTime:
    """A time named at text[start:end]; None as `clock` is the end of the day (24:00, midnight)."""

    start: int
    end: int
    clock: time | None


def _from_clock(match: re.Match[str]) -> FoundTime | None:
    hour, minute = int(match["h"]), int(match["m"] or 0)
    unit = (match["unit"] or "").replace(".", "")
    lead = (match["lead"] or "").strip()
    told = unit or match["sep"] in (":", "h") or (lead and match["m"]) or lead in _HOUR_LEADS
    if not told:
        return None
    if unit in ("am", "pm") and 1 <= hour <= NOON.hour:
        hour = hour % NOON.hour + (NOON.hour if unit == "pm" else 0)
    if (hour, minute) == (24, 0):
        return FoundTime(match.start(), match.end(), None)
    valid = hour <= END_OF_DAY.hour and minute <= END_OF_DAY.minute
    return FoundTime(match.start(), match.end(), time(hour, minute)) if valid else None


def time_in(text: str) -> FoundTime | None:
    """The first time of day in a short levelled text."""
    word = _WORD.search(text)
    for match in _CLOCK.finditer(text):
        found = _from_clock(match)
        if found and found.clock == NOON and word and word["midnight"]:
            break  # "12 midnight" is the end of the day
        if found and (word is None or found.start < word.start() or word["noon"]):
            return found
    if word is None:
        return None
    return FoundTime(word.start(), word.end(), NOON if word["noon"] else None)


def time_after(right: str) -> FoundTime | None:
    """The time of day that directly follows a date."""
    gap = _BEFORE_TIME.match(right)
    skipped = gap.end() if gap else 0
    rest = right[skipped : skipped + 40]
    found = time_in(rest)
    if found is None or not _ONLY_LEAD.fullmatch(rest, 0, found.start):
        return None
    return FoundTime(found.start + skipped, found.end + skipped, found.clock)


def zone_in(text: str, default: str) -> str:
    """The zone that a short levelled text names, else `default`.

    CET and CEST are written all year round for "the time on the clock there": in a Central
    European zone they change nothing.
    """
    if not any(sign in text for sign in _ZONE_SIGNS):
        return default
    for name, pattern in _ZONE:
        if pattern.search(text):
            return name
    central = _CENTRAL.search(text)
    return "Europe/Brussels" if central and default not in _CENTRAL_ZONES else default


def instant(day: date, clock: time | None, zone: str) -> datetime:
    """The instant at which `clock` (or the last second) of `day` is reached in `zone`.

    A clock that shows an hour twice (autumn) means the later one; an hour that is skipped
    (spring) ends when the skipped hour has passed. In both cases nobody is cut off too early.
    """
    local = datetime.combine(day, clock or END_OF_DAY, ZoneInfo(zone))
    later = max(local.replace(fold=0).astimezone(UTC), local.replace(fold=1).astimezone(UTC))
    return later.astimezone(ZoneInfo(zone))
