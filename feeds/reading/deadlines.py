"""The deadlines that a text names, with the sentence each stands in, for a person to confirm.

    text → sentences → dates in each → what stands before each date (role)
         → is it a deadline, of which kind (judgement) → time and zone → the instant

A date counts only with a word for input, a proceeding or an end near by: "until", "bis", "do"
alone are said of validity, duties and events as well. Nothing here shifts a date that falls on a
Sunday, and nothing decides: a found deadline is a proposal.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, TypeVar
from zoneinfo import ZoneInfo

from feeds.reading.cues import Cues, cues
from feeds.reading.dates import FoundDate, dates, places_of
from feeds.reading.judgement import Change, Kind, Place, change_of, kind_of, outdated
from feeds.reading.letters import composed, levelled
from feeds.reading.places import places
from feeds.reading.relative import FoundPeriod, periods
from feeds.reading.sentences import sentences
from feeds.reading.signs import PERIOD, UNSETTLED, Signs, signs_of
from feeds.reading.times import instant, zone_in
from feeds.reading.tokens import merged

Precision = Literal["exact", "day", "month", "unknown"]

LONGEST_TEXT = 200_000  # characters read; what is longer is no notice
LONGEST_QUOTE = 600
LONGEST_PHRASE = 60  # characters of what says that an end is not settled
MOST_DATES = 60  # of one sentence: more is a table of figures

_YEARLESS_END = 90


@dataclass(frozen=True, slots=True)
class Deadline:
    """An end that a text names.

    `at` is aware, in `zone`; None when the text does not say when (then precision is "unknown").
    A day without a time ends at 23:59:59, and so does "midnight" and "24:00": the date of `at` is
    the day that was named. `words` are the matched words, `quote` the sentence they stand in.

    `opens` is the first day of a range; `change` says that an end was put off or on, `former` is
    the day that the same sentence names as the one that held before.
    """

    at: datetime | None
    zone: str
    precision: Precision
    kind: Kind
    quote: str
    words: str
    opens: date | None = None
    change: Change | None = None
    former: date | None = None


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


def _dated(
    reader: _Reader, span: tuple[int, int], place: Place, kind: Kind, old: FoundDate | None
) -> Deadline:
    found, lead = place.found, place.lead
    before, after = place.time_before, place.time_after
    named = before or after
    zone = zone_in(lead.filler + " " + place.right[:_YEARLESS_END], reader.zone)
    day = found.on(reader.published, lead.weekday)
    end = found.end + (after.end if after and not before else 0)
    change = change_of(place, reader.cues) if kind in ("input", "meeting") else None
    opens, former = _opening(place, day), _day_near(place.former or (old if change else None), day)
    if change and opens and not former:  # "extended from 15 May to 5 June"
        opens, former = None, opens
    return Deadline(
        at=instant(day, named.clock if named else None, zone) if day else None,
        zone=zone,
        precision="unknown" if day is None else "exact" if named else found.precision,
        kind=kind,
        quote=reader.quote(*span, found.start),
        words=reader.words(lead.start, end),
        opens=opens,
        change=change,
        former=former,
    )


def _day_near(found: FoundDate | None, day: date | None) -> date | None:
    """The day of a date without a year that stands beside another."""
    if found is None or (found.year is None and day is None):
        return None
    return found.on(day)


def _opening(place: Place, end: date | None) -> date | None:
    """The first day of a range; without a year of its own it is the last one before the end."""
    start = place.opens
    if start is None or end is None:
        return None
    if start.year is not None:
        return start.on(None)
    days = (replace(start, year=year).on(None) for year in (end.year, end.year - 1))
    return next((day for day in days if day and day <= end), None)


def _in_sentence(
    reader: _Reader, span: tuple[int, int], found: list[FoundDate]
) -> Iterator[tuple[int, Deadline]]:
    around = list(places(reader.plain, span, found))
    old = next((place.found for place in around if outdated(place, reader.cues)), None)
    for place in around:
        kind = kind_of(place, reader.cues)
        if kind:
            yield place.found.start, _dated(reader, span, place, kind, old)


def _about_input(known: Cues, sentence: str) -> bool:
    about = known.input.search(sentence) or known.matter.search(sentence)
    appeal = known.other.search(sentence) and not known.deadline.search(sentence)
    return bool(about) and not known.against.search(sentence) and not appeal


def _counted(reader: _Reader, span: tuple[int, int], period: FoundPeriod) -> tuple[int, Deadline]:
    """The end of a period from publication."""
    words = reader.words(period.start, period.end)
    quote = reader.quote(*span, period.start)
    if reader.published is None:
        return period.start, Deadline(None, reader.zone, "unknown", "input", quote, words)
    at = instant(period.after(reader.published), None, reader.zone)
    return period.start, Deadline(at, reader.zone, "day", "input", quote, words)


def _somewhere_unsettled(reader: _Reader, signs: Signs) -> bool:
    said = merged(places_of(reader.text, signs, UNSETTLED), LONGEST_PHRASE)
    return any(reader.cues.unsettled.search(reader.plain, *at) for at in said)


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


_Found = TypeVar("_Found", FoundDate, FoundPeriod)


def _taken(found: list[_Found], before: int) -> list[_Found]:
    """What begins before a place, taken off the end of a list in reverse order."""
    taken: list[_Found] = []
    while found and found[-1].start < before:
        taken.append(found.pop())
    return taken[:MOST_DATES]


def _dateless(
    reader: _Reader, span: tuple[int, int], counted: list[FoundPeriod], unsettled: bool
) -> list[tuple[int, Deadline]]:
    """What a sentence without a date says of an end."""
    if counted and _about_input(reader.cues, reader.plain[slice(*span)]):
        return [_counted(reader, span, period) for period in counted]
    other = _unsettled(reader, span) if unsettled and not counted else None
    return [other] if other else []


def _found_in(reader: _Reader, signs: Signs) -> Iterator[tuple[int, Deadline]]:
    named = dates(reader.plain, text=reader.text, signs=signs)
    counted = list(periods(reader.plain)) if signs.all & PERIOD else []
    unsettled = bool(signs.all & UNSETTLED and _somewhere_unsettled(reader, signs))
    if not (named or counted or unsettled):
        return
    named.reverse()
    counted.reverse()
    for span in sentences(reader.text):
        here, periods_here = _taken(named, span[1]), _taken(counted, span[1])
        if here:
            yield from _in_sentence(reader, span, here)
        elif periods_here or unsettled:
            yield from _dateless(reader, span, periods_here, unsettled)
        if not (named or counted or unsettled):
            return


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
    return deadlines_of(text, signs_of(text), language=language, published=published, zone=zone)


def deadlines_of(
    text: str, signs: Signs, *, language: str, published: datetime | None, zone: str
) -> list[Deadline]:
    """`deadlines` of a composed text whose signs are known already."""
    if not signs.all:
        return []
    day = published.astimezone(ZoneInfo(zone)).date() if published else None
    reader = _Reader(text, levelled(text), cues(language), day, zone)
    found = sorted(_found_in(reader, signs), key=lambda pair: pair[0])
    return _each_once([deadline for _, deadline in found])


def _each_once(found: list[Deadline]) -> list[Deadline]:
    kept = {(d.kind, d.at, d.words if d.at is None else ""): d for d in reversed(found)}
    return list(reversed(kept.values()))
