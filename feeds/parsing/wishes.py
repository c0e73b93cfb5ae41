"""When a feed wants to be visited: RSS 2.0 (ttl, skipHours, skipDays) and the syndication module.

Sources: rssboard.org/rss-specification and its /skip-hours-days;
web.resource.org/rss/1.0/modules/syndication. What makes no sense is ignored: a wish is no order,
and a source that is never visited is lost.
"""

import re
from collections.abc import Iterator

from feeds.parsing.elements import Element, local_name
from feeds.parsing.entry import Wishes

DAY = 24 * 60 * 60

_SYNDICATION = "{http://purl.org/rss/1.0/modules/syndication/}"
_PERIODS = {
    "hourly": 60 * 60,
    "daily": DAY,
    "weekly": 7 * DAY,
    "monthly": 30 * DAY,
    "yearly": 365 * DAY,
}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NUMBER = re.compile(r"[0-9]{1,9}")


def wishes_of(channel: Element) -> Wishes:
    """The wishes that stand in the channel of an RSS or the feed of an Atom."""
    found: dict[str, Element] = {}
    for child in channel:
        tag = child.tag
        if tag != "item" and (tag[0] != "{" or tag.startswith(_SYNDICATION)):
            found.setdefault(local_name(tag), child)
    pauses = [pause for pause in (_ttl(found), _syndication(found)) if pause]
    return Wishes(
        pause=min(DAY, max(pauses)) if pauses else None,
        skip_hours=_unless_all(frozenset(_hours(found)), 24),
        skip_days=_unless_all(frozenset(_days(found)), 7),
    )


def _ttl(found: dict[str, Element]) -> int:
    return 60 * (_number(found, "ttl") or 0)


def _syndication(found: dict[str, Element]) -> int:
    period = _text(found.get("updateperiod")).lower()
    frequency = _number(found, "updatefrequency")
    if not period and frequency is None:
        return 0
    return _PERIODS.get(period or "daily", 0) // (frequency or 1)


def _hours(found: dict[str, Element]) -> Iterator[int]:
    for each in found.get("skiphours", ()):
        text = _text(each)
        if _NUMBER.fullmatch(text) and int(text) <= 24:  # noqa: PLR2004 - midnight has two names
            yield int(text) % 24


def _days(found: dict[str, Element]) -> Iterator[int]:
    for each in found.get("skipdays", ()):
        if _text(each).lower() in _DAYS:
            yield _DAYS.index(_text(each).lower())


def _unless_all(skipped: frozenset[int], number: int) -> frozenset[int]:
    return skipped if len(skipped) < number else frozenset()


def _number(found: dict[str, Element], name: str) -> int | None:
    text = _text(found.get(name))
    return int(text) if _NUMBER.fullmatch(text) else None


def _text(element: Element | None) -> str:
    return "" if element is None else (element.text or "").strip()
