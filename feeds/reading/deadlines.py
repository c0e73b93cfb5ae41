"""The deadlines that a text names, with the sentence each stands in, for a person to confirm.

    text → sentences → dates in each → what stands before each date (role)
         → is it a deadline, of which kind (judgement) → time and zone → the instant

A date counts only with a word for input, a proceeding or an end near by: "until", "bis", "do"
alone are said of validity, duties and events as well. Nothing here shifts a date that falls on a
Sunday, and nothing decides: a found deadline is a proposal.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from feeds.reading.cues import Cues, cues
from feeds.reading.dates import FoundDate, dates
from feeds.reading.judgement import DATE_SIGN, Kind, Place, kind_of
from feeds.reading.letters import composed, levelled
from feeds.reading.relative import FoundPeriod, periods
from feeds.reading.roles import Lead, Role, lead_of
from feeds.reading.sentences import sentences
from feeds.reading.times import FoundTime, instant, time_in, zone_in

Precision = Literal["exact", "day", "month", "unknown"]

LONGEST_TEXT = 200_000  # characters read; what is longer is no notice
LONGEST_QUOTE = 600
_JOINED = 3  # characters between the start of a range and the word before its end
MOST_DATES = 60  # of one sentence: more is a table of figures

_BEFORE_TIME = re.compile(
    r"^(?:[\s,()/\[\]-]|t(?=\d)|(?:inclus|inclusive|included|including|incl|einschliess?lich"
    r"|inklusive|inkl"
    r"|compreso|incluso|vkljucno|spatestens|langstens|einlangend|eintreffend|au plus tard"
    r"|no later than|at the latest"
    r"|e non oltre|entro|avant|before|jusqu'|by|until|bis|zum|le|les|alle|najpozneje"
    r"|a)\b\.?(?!\s?\d))*"
)
_ONLY_LEAD = re.compile(r"(?:\W|\b(?:a|at|um|ob|le|alle|ore|bis|do|by|h|until|before)\b)*")
_YEARLESS_END = 90


@dataclass(frozen=True, slots=True)
class Deadline:
    """An end that a text names.

    `at` is aware, in `zone`; None when the text does not say when (then precision is "unknown").
    A day without a time ends at 23:59:59, and so does "midnight" and "24:00": the date of `at` is
    the day that was named. `words` are the matched words, `quote` the sentence they stand in.
    """

    at: datetime | None
    zone: str
    precision: Precision
    kind: Kind
    quote: str
    words: str


@dataclass(frozen=True, slots=True)
class _Reader:
    """One text being read."""

    text: str
    plain: str
    cues: Cues
    published: date | None
    zone: str

    def quote(self, start: int, end: int, at: int) -> str:
        """The sentence, or of a very long one the part around the date."""
        if end - start > LONGEST_QUOTE:
            start = max(start, at - LONGEST_QUOTE // 2)
            end = min(end, start + LONGEST_QUOTE)
        return " ".join(self.text[start:end].split())

    def words(self, start: int, end: int) -> str:
        return " ".join(self.text[start:end].split()).strip(" ,(:")


def _time_after(right: str) -> FoundTime | None:
    """The time of day that directly follows a date."""
    gap = _BEFORE_TIME.match(right)
    skipped = gap.end() if gap else 0
    rest = right[skipped : skipped + 40]
    found = time_in(rest)
    if found is None or not _ONLY_LEAD.fullmatch(rest, 0, found.start):
        return None
    return FoundTime(found.start + skipped, found.end + skipped, found.clock)


def _places(reader: _Reader, span: tuple[int, int], found: list[FoundDate]) -> list[Place]:
    """The dates of one sentence with what stands around each; starts of ranges are left out."""
    start, end = span
    leads: list[Lead] = []
    for i, one in enumerate(found):
        previous = found[i - 1] if i else None
        low = previous.end if previous else start
        leads.append(lead_of(reader.plain, one, low, previous))
    starts = {i for i in range(len(found) - 1) if _opens_range(found, leads, i)}
    kept = [i for i in range(len(found)) if i not in starts]
    around = min(end, start + LONGEST_QUOTE)
    whole = _masked(reader.plain, start, around, [one for one in found if one.end <= around])
    before = reader.plain[max(0, start - 300) : start]
    return [
        _place(
            reader,
            span,
            found=found,
            leads=leads,
            kept=kept,
            position=position,
            whole=whole,
            before=before,
        )
        for position in range(len(kept))
    ]


def _opens_range(found: list[FoundDate], leads: list[Lead], i: int) -> bool:
    """Is date `i` only the start of the range that the next date ends?"""
    following = leads[i + 1]
    joined = following.start - found[i].end <= _JOINED
    if following.role is Role.RANGE_END:
        return True
    starts = leads[i].role in (Role.SINCE, Role.OF, Role.BARE, Role.ON, Role.LABEL)
    return following.role is Role.UNTIL and joined and starts


def _place(
    reader: _Reader,
    span: tuple[int, int],
    *,
    found: list[FoundDate],
    leads: list[Lead],
    kept: list[int],
    position: int,
    whole: str,
    before: str,
) -> Place:
    i = kept[position]
    following = kept[position + 1] if position + 1 < len(kept) else None
    low = found[kept[position - 1]].end if position else span[0]
    # the start of the next date's range belongs to that date
    high = leads[i + 1].start if following is not None else span[1]
    first = kept[position - 1] + 1 if position else 0
    inside = [one for one in found[first:i] if one.end <= leads[i].start]
    left = _masked(reader.plain, low, max(low, leads[i].start), inside)
    right = reader.plain[found[i].end : max(found[i].end, high)]
    timed = time_in(leads[i].filler) is not None or _time_after(right) is not None
    next_role = leads[following].role if following is not None else None
    alone = len(kept) == 1
    return Place(found[i], leads[i], left, right, whole, before, alone, next_role, timed)


def _masked(plain: str, start: int, end: int, found: list[FoundDate]) -> str:
    """The stretch with every date as one sign."""
    parts, at = [], start
    for one in found:
        parts += [plain[at : one.start], DATE_SIGN]
        at = one.end
    return "".join([*parts, plain[at:end]])


def _dated(reader: _Reader, span: tuple[int, int], place: Place, kind: Kind) -> Deadline:
    found, lead = place.found, place.lead
    before, after = time_in(lead.filler), _time_after(place.right)
    named = before or after
    zone = zone_in(lead.filler + " " + place.right[:_YEARLESS_END], reader.zone)
    day = found.on(reader.published, lead.weekday)
    end = found.end + (after.end if after and not before else 0)
    quote = reader.quote(*span, found.start)
    words = reader.words(lead.start, end)
    if day is None:
        return Deadline(None, zone, "unknown", kind, quote, words)
    precision: Precision = "exact" if named else found.precision
    at = instant(day, named.clock if named else None, zone)
    return Deadline(at, zone, precision, kind, quote, words)


def _in_sentence(
    reader: _Reader, span: tuple[int, int], found: list[FoundDate]
) -> list[tuple[int, Deadline]]:
    places = _places(reader, span, found)
    judged = [(place, kind_of(place, reader.cues)) for place in places]
    return [
        (place.found.start, _dated(reader, span, place, kind)) for place, kind in judged if kind
    ]


def _counted(
    reader: _Reader, span: tuple[int, int], period: FoundPeriod
) -> tuple[int, Deadline] | None:
    """The end of a period from publication, if the sentence is about input."""
    near = _masked(reader.plain, *span, [])
    known = reader.cues
    about = known.input.search(near) or known.matter.search(near)
    appeal = known.other.search(near) and not known.deadline.search(near)
    if not about or known.against.search(near) or appeal:
        return None
    words = reader.words(period.start, period.end)
    quote = reader.quote(*span, period.start)
    if reader.published is None:
        return period.start, Deadline(None, reader.zone, "unknown", "input", quote, words)
    at = instant(period.after(reader.published), None, reader.zone)
    return period.start, Deadline(at, reader.zone, "day", "input", quote, words)


def _unsettled(reader: _Reader, span: tuple[int, int]) -> tuple[int, Deadline] | None:
    """An end that nobody has set yet ("Deadline: TBC")."""
    stretch = reader.plain[slice(*span)]
    named = reader.cues.deadline.search(stretch)
    if named is None:
        return None
    told = reader.cues.unsettled.search(stretch, named.end(), named.end() + 60)
    if told is None:
        return None
    words = reader.words(span[0] + named.start(), span[0] + told.end())
    quote = reader.quote(*span, span[0] + named.start())
    at = span[0] + named.start()
    return at, Deadline(None, reader.zone, "unknown", "input", quote, words)


def _by_sentence(
    spans: list[tuple[int, int]], found: list[FoundDate]
) -> list[tuple[tuple[int, int], list[FoundDate]]]:
    grouped, i = [], 0
    for span in spans:
        inside = []
        while i < len(found) and found[i].start < span[1]:
            inside.append(found[i])
            i += 1
        grouped.append((span, inside[:MOST_DATES]))
    return grouped


def deadlines(
    text: str,
    *,
    language: str,
    published: datetime | None = None,
    zone: str = "Europe/Brussels",
) -> list[Deadline]:
    """The deadlines in `text`, in the order of the text, none twice.

    `language` is one of ours, a tag ("de-AT"), several ("de/it") or anything else (then the words
    of all five languages count). Without `published` a date without a year, and a period counted
    from publication, have no instant. `zone` is where the text's clocks are when it names none.
    """
    text = composed(text)[:LONGEST_TEXT]
    plain = levelled(text)
    day = published.astimezone(ZoneInfo(zone)).date() if published else None
    reader = _Reader(text, plain, cues(language), day, zone)
    counted = list(periods(plain))
    unsettled = reader.cues.unsettled.search(plain) is not None
    found: list[tuple[int, Deadline]] = []
    for span, inside in _by_sentence(sentences(text), dates(plain)):
        if inside:
            found += _in_sentence(reader, span, inside)
            continue
        here = [period for period in counted if span[0] <= period.start < span[1]]
        others = [_counted(reader, span, period) for period in here]
        if unsettled and not here:
            others = [_unsettled(reader, span)]
        found += [other for other in others if other]
    return _each_once([deadline for _, deadline in sorted(found, key=lambda pair: pair[0])])


def _each_once(found: list[Deadline]) -> list[Deadline]:
    kept = {(d.kind, d.at, d.words if d.at is None else ""): d for d in reversed(found)}
    return list(reversed(kept.values()))
