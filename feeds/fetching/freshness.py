"""What the headers of an answer say about time. Pure."""

import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST_WAIT = 7 * 24 * 3600
LONGEST_DATE = 64
LONGEST_FRESHNESS = 24 * 3600
TOO_LARGE = 2**31

_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?([0-9]+)")
_NOT_AT_ALL = re.compile(r"(?:^|[\s,])no-(?:cache|store)(?![\w=-])")


def retry_after(value: str | None, *, now: datetime) -> int | None:
    """Seconds that Retry-After asks for (RFC 9110 §10.2.3), at most a week; None if it has none.

    Numbers of any length and dates are understood, both in the past and absurdly far away; a part
    of a second counts as one.
    """
    text = (value or "").strip()
    number = re.fullmatch(r"([0-9]+)(\.[0-9]*)?", text)
    if number:
        part_of_one = bool((number[2] or "").strip(".0"))
        return min(_number(number[1]) + part_of_one, LONGEST_WAIT)
    at = _http_date(text)
    if at is None:
        return None
    return max(0, min(math.ceil((at - now).total_seconds()), LONGEST_WAIT))


def max_age(headers: Mapping[str, str], *, now: datetime) -> int | None:
    """Seconds for which an answer stays fresh from now on, at most a day (RFC 9111 §4.2).

    Cache-Control, else Expires − Date, less the Age that it has in a cache on the way. None when
    nothing is said, or nothing that can be read: `Expires: 0` and its kin are no wish.
    """
    stated = _lifetime(headers, now)
    if stated is None:
        return None
    age = headers.get("age", "").strip()
    spent = _number(age) if age.isascii() and age.isdigit() else 0
    return min(max(0, stated - spent), LONGEST_FRESHNESS)


def _lifetime(headers: Mapping[str, str], now: datetime) -> int | None:
    control = headers.get("cache-control", "").lower()
    if _NOT_AT_ALL.search(control):
        return None
    stated = _MAX_AGE.search(control)
    if stated:
        return _number(stated[1])
    expires = _http_date(headers.get("expires", ""))
    date = _http_date(headers.get("date", "")) or now
    if expires is None or expires <= date:
        return None
    return int((expires - date).total_seconds())


def _number(digits: str) -> int:
    # As RFC 9111 §1.2.2 treats what is too large; int() of thousands of digits would refuse.
    shortened = digits.lstrip("0") or "0"
    return int(shortened) if len(shortened) < len(str(TOO_LARGE)) else TOO_LARGE


def _http_date(text: str) -> datetime | None:
    if not text or len(text) > LONGEST_DATE:
        return None
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at
