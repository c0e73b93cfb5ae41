"""The dates of one sentence, each with what stands around it."""

import re
from collections.abc import Iterator
from dataclasses import replace

from feeds.reading.dates import FoundDate
from feeds.reading.judgement import DATE_SIGN, Place
from feeds.reading.roles import Lead, Role, lead_of
from feeds.reading.times import time_after, time_in

LONGEST_SENTENCE = 600  # characters that are read for the cues of a date
_JOINED = 3  # characters between the start of a range and the word before its end
_JUST_BEFORE = 40
_FORMER = re.compile(
    r"[,(]\s?(?:previously|formerly|originally|initially|bisher|vormals|zuvor|ursprunglich"
    r"|initialement|precedemment|auparavant|prevue? initialement|fixee?|in precedenza|inizialmente"
    r"|gia|originariamente|prvotno|sprva|prej|doslej|ki se je iztekel)\b[^,;§]{0,25}\Z"
)
_FIRST_DAY = re.compile(
    r"(?P<from>\b(?:from|between|vom|von|zwischen|du|entre|dal|dall'|tra|od|med)\s{0,2})?"
    r"(?<![\d.])(?P<day>\d{1,2})(?:\.|er|re|o|[°ª]|st|nd|rd|th)?\s{0,2}"
    r"(?:-|to|bis|au|al|all'|do|and|und|et|e|in)(?![a-z])\W{0,3}(?:zum |le |il |vkljucno )?\Z"
)


def masked(plain: str, start: int, end: int, found: list[FoundDate]) -> str:
    """The stretch with every date as one sign."""
    parts, at = [], start
    for one in found:
        parts += [plain[at : one.start], DATE_SIGN]
        at = one.end
    return "".join([*parts, plain[at:end]])


def places(plain: str, span: tuple[int, int], found: list[FoundDate]) -> Iterator[Place]:
    """The dates of a sentence of a levelled text that may be ends.

    Starts of ranges and dates that no longer hold ("previously 31 March") are not among them:
    they stand with the date that they belong to.
    """
    leads = _leads(plain, span[0], found)
    starts = {i for i in range(len(found) - 1) if _opens_range(plain, found, leads, i)}
    former = {i: _former(plain, found, leads, i) for i in range(len(found)) if i not in starts}
    former = {i: at for i, at in former.items() if at >= 0}
    kept = [i for i in range(len(found)) if i not in starts and i not in former]
    around = min(span[1], span[0] + LONGEST_SENTENCE)
    whole = masked(plain, span[0], around, [one for one in found if one.end <= around])
    before = plain[max(0, span[0] - 300) : span[0]]
    for position, i in enumerate(kept):
        low = found[kept[position - 1]].end if position else span[0]
        following = kept[position + 1] if position + 1 < len(kept) else None
        # the start of the next date's range belongs to that date
        high = leads[i + 1].start if following is not None else span[1]
        first = kept[position - 1] + 1 if position else 0
        inside = [
            replace(found[j], start=former.get(j, found[j].start))
            for j in range(first, i)
            if found[j].end <= leads[i].start
        ]
        right = plain[found[i].end : max(found[i].end, high)]
        yield Place(
            found=found[i],
            lead=leads[i],
            left=masked(plain, low, max(low, leads[i].start), inside),
            right=right,
            whole=whole,
            before=before,
            alone=len(kept) == 1,
            next_role=leads[following].role if following is not None else None,
            time_before=time_in(leads[i].filler),
            time_after=time_after(right),
            opens=found[i - 1] if i - 1 in starts else _first_day(plain, found, leads, i),
            former=next((found[j] for j in (i - 1, i + 1) if j in former), None),
        )


def _leads(plain: str, start: int, found: list[FoundDate]) -> list[Lead]:
    before = [None, *found[:-1]]
    return [
        lead_of(plain, one, previous.end if previous else start, previous)
        for one, previous in zip(found, before, strict=True)
    ]


def _opens_range(plain: str, found: list[FoundDate], leads: list[Lead], i: int) -> bool:
    """Is date `i` only the start of the range that the next date ends?"""
    following = leads[i + 1]
    joined = following.start - found[i].end <= _JOINED
    if following.role is Role.RANGE_END:
        return _first_day(plain, found, leads, i + 1) is None
    starts = leads[i].role in (Role.SINCE, Role.OF, Role.BARE, Role.ON, Role.LABEL)
    return following.role is Role.UNTIL and joined and starts


def _former(plain: str, found: list[FoundDate], leads: list[Lead], i: int) -> int:
    """Where the words begin that put date `i` in as the one before (", previously …"); or -1."""
    if len(found) == 1:
        return -1
    low = max(0, leads[i].start - _JUST_BEFORE, found[i - 1].end if i else 0)
    said = _FORMER.search(plain, low, leads[i].start)
    return said.start() if said else -1


def _first_day(plain: str, found: list[FoundDate], leads: list[Lead], i: int) -> FoundDate | None:
    """The start of a range that only the day is named of: "2 to 31 March"."""
    end = found[i]
    if leads[i].role not in (Role.RANGE_END, Role.UNTIL):
        return None
    low = max(0, end.start - _JUST_BEFORE, found[i - 1].end if i else 0)
    said = _FIRST_DAY.search(plain, low, end.start)
    if said is None or not 1 <= int(said["day"]) <= end.day:
        return None
    if leads[i].role is Role.UNTIL and not said["from"]:
        return None
    return replace(end, start=said.start(), end=said.end(), day=int(said["day"]), precision="day")
