"""The day of return, as an automatic reply tells it."""

import re
from datetime import date, timedelta

from advocacy.letterbox.reading.wording import levelled
from feeds.reading.dates import FoundDate, dates

LOOKED_AT = 3_000  # characters
FURTHEST = timedelta(days=400)
NEAR = 60  # characters between a word and its date

_BACK = re.compile(
    r"\b(?:back|return(?:ing)?|again from|available (?:again )?from|as of|from"
    r"|wieder|zuruck|zurueck|ab(?: dem)?|erreichbar ab|retour|de retour|a partir du|des le"
    r"|reprend\w*|ritorno|rientr\w+|a partire da\w*|di nuovo|dal|nazaj|spet|ponovno|od(?: dne)?"
    r"|dosegljiv\w* od)\b"
)
"""Before the day of return."""
_UNTIL = re.compile(
    r"\b(?:until|till|through|to|bis(?: zum| einschliesslich| inkl\.?| und mit)*|jusqu'(?:au|a)"
    r"|au|fino a(?:l|d|ll')?|al|do(?: vkljucno| dne)?)\b"
)
"""Before the last day of absence."""
_AGAIN = re.compile(
    r"\s{0,2}(?:(?:bin|sind|ist|werde|je suis|sono|saro|sem|bom)\b.{0,20})?"
    r"\b(?:wieder|zuruck|again|back|de retour|nazaj|spet|ponovno|di nuovo|di ritorno)\b"
)
"""Behind the day of return: "ab 3. Jänner wieder", "am 3.1. zurück"."""
_GOES_ON = re.compile(r"\s{0,2}(?:,\s?)?(?:-|/|bis|until|till|to|through|au|jusqu|al\b|fino|do\b)")
_RANGE = re.compile(r"[\d.]\s?-\s?$")  # 21.12. - 3.1.


def back_on(text: str, *, today: date) -> date | None:
    """The first day they are back; None where no day ahead is named so."""
    said = levelled(text[:LOOKED_AT])
    found = [(each, day) for each in dates(said) if (day := _ahead(each, today)) is not None]
    until: date | None = None
    for each, day in found:
        first, is_said = _first_day(said, each, day)
        if is_said:
            return first
        until = until or first
    return until


def _ahead(found: FoundDate, today: date) -> date | None:
    day = found.on(today)
    return day if day is not None and today <= day <= today + FURTHEST else None


def _first_day(said: str, found: FoundDate, day: date) -> tuple[date | None, bool]:
    """The day that follows from this date; and is it said, not only the day after the last?"""
    before = said[max(0, found.start - NEAR) : found.start]
    behind = re.split(r"[.!\n]", said[found.end : found.end + NEAR], maxsplit=1)[0]
    if _AGAIN.match(behind.lstrip(" ,")):
        return day, True
    # the nearest word before it decides: "from 24.12. until 3.1., back on 4.1."
    back = [each.start() for each in _BACK.finditer(before)]
    until = [each.start() for each in _UNTIL.finditer(before)]
    if _RANGE.search(before) or (until and (not back or until[-1] > back[-1])):
        return day + timedelta(days=1), False
    is_back = bool(back) and not _begins_a_range(said, found)
    return (day, True) if is_back else (None, False)


def _begins_a_range(said: str, found: FoundDate) -> bool:
    """When they leave: "from 24.12. until …", "vom 24.12. bis …"."""
    return _GOES_ON.match(said, found.end) is not None
