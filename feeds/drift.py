"""Does a source still give what it used to give? Pure: its last good polls say what is usual."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import median

WEEK = timedelta(days=7)
# With fewer good polls than this nobody knows what is usual.
ENOUGH_POLLS = 3
FRACTION = 0.34
MULTIPLE = 5
# Numbers this small come and go by themselves.
FEW_ITEMS = 6
FEW_NEW = 10
FEW_BYTES = 500
# A source that has been silent for this many of its usual gaps is unusually quiet.
QUIET_GAPS = 5
QUIET_AT_LEAST = timedelta(days=7)


class Sign(StrEnum):
    """What is unlike before."""

    FEWER_ITEMS = "fewer items"
    SHORTER = "shorter"
    MORE_NEW = "more new"
    FEWER_NEW = "fewer new"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class GoodPoll:
    """A document that was read: its items, its size, and how many of them were kept."""

    fetched: int
    kept: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Drift:
    """`found` against `usual`: items, bytes per item, new entries per week, or days of silence."""

    sign: Sign
    found: int
    usual: int


@dataclass(frozen=True, slots=True)
class Usual:
    """The medians of the good polls before the last; None while they are too few."""

    items: int | None = None
    kept: int | None = None
    item_bytes: int | None = None


def usual(before: Sequence[GoodPoll]) -> Usual:
    if len(before) < ENOUGH_POLLS:
        return Usual()
    sizes = [each.bytes / each.fetched for each in before if each.fetched and each.bytes]
    return Usual(
        round(median(each.fetched for each in before)),
        round(median(each.kept for each in before)),
        round(median(sizes)) if len(sizes) >= ENOUGH_POLLS else None,
    )


def usual_per_week(gap: int | None) -> int | None:
    """`gap`: the usual seconds between new entries."""
    return None if gap is None else round(WEEK.total_seconds() / max(gap, 1))


def quiet_since(gap: int | None, last_new: datetime | None) -> datetime | None:
    """From when on the silence after `last_new` is far longer than it used to be."""
    if gap is None or last_new is None:
        return None
    return last_new + max(timedelta(seconds=gap) * QUIET_GAPS, QUIET_AT_LEAST)


def drifts(
    polls: Sequence[GoodPoll],
    *,
    gap: int | None,
    last_new: datetime | None,
    new_in_week: int | None,
    now: datetime,
) -> list[Drift]:
    """`polls` newest first; `new_in_week` None while the source is too young to be compared.

    A source that is quiet is not called slow as well.
    """
    found = _of_document(polls)
    since = quiet_since(gap, last_new)
    if since is not None and gap is not None and last_new is not None and now > since:
        days = timedelta(seconds=gap) / timedelta(days=1)
        return [*found, Drift(Sign.QUIET, (now - last_new).days, max(1, round(days)))]
    weekly = usual_per_week(gap)
    if weekly is not None and new_in_week is not None:
        found += _of_week(new_in_week, weekly)
    return found


def _of_document(polls: Sequence[GoodPoll]) -> list[Drift]:
    if not polls:
        return []
    last, before = polls[0], usual(polls[1:])
    found = []
    if _shrunk(last.fetched, before.items, at_least=FEW_ITEMS):
        found.append(Drift(Sign.FEWER_ITEMS, last.fetched, before.items or 0))
    size = round(last.bytes / last.fetched) if last.fetched else 0
    if size and _shrunk(size, before.item_bytes, at_least=FEW_BYTES):
        found.append(Drift(Sign.SHORTER, size, before.item_bytes or 0))
    return found


def _shrunk(found: int, usually: int | None, *, at_least: int) -> bool:
    return usually is not None and usually >= at_least and found < usually * FRACTION


def _of_week(new: int, weekly: int) -> list[Drift]:
    if new > max(weekly, 1) * MULTIPLE and new - weekly >= FEW_NEW:
        return [Drift(Sign.MORE_NEW, new, weekly)]
    if weekly >= FEW_NEW and new < weekly * FRACTION:
        return [Drift(Sign.FEWER_NEW, new, weekly)]
    return []
