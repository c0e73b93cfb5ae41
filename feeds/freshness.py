"""What the headers of an answer say about time. Pure."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST_WAIT = 7 * 24 * 3600
LONGEST_DATE = 64
LONGEST_FRESHNESS = 24 * 3600


def retry_after(value: str | None, *, now: datetime) -> int | None:
    """Seconds that Retry-After asks for (RFC 9110 §10.2.3), at most a week; None if it has none.

    Numbers of any length and dates are understood, both in the past and absurdly far away.
    """
    if value is None:
        return None
    text = value.strip()
    if re.fullmatch(r"[0-9]+", text):
        # Leading zeros apart, eight digits are three years; int() of thousands would refuse.
        digits = text.lstrip("0")[:8]
        return min(int(digits or "0"), LONGEST_WAIT)
    at = _http_date(text)
    if at is None:
        return None
    return max(0, min(int((at - now).total_seconds()), LONGEST_WAIT))


def max_age(headers: Mapping[str, str]) -> int | None:
    """Seconds for which an answer is fresh: Cache-Control, else Expires − Date; at most a day."""
    control = headers.get("cache-control", "").lower()
    if "no-cache" in control or "no-store" in control:
        return None
    stated = re.search(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,10})(?!\d)", control, re.ASCII)
    if stated:
        return min(int(stated[1]), LONGEST_FRESHNESS)
    expires, date = _http_date(headers.get("expires", "")), _http_date(headers.get("date", ""))
    if expires is None or date is None or expires <= date:
        return None
    return min(int((expires - date).total_seconds()), LONGEST_FRESHNESS)


def _http_date(text: str) -> datetime | None:
    if len(text) > LONGEST_DATE:
        return None
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at
