"""Where dates stand in a levelled text, and which day each names. No judgement about meaning."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from feeds.reading.months import ENGLISH_MONTHS, MONTH_NAMES, MONTHS
from feeds.reading.signs import EDGE, EVERY, FIGURES, MONTH, Signs
from feeds.reading.tokens import merged, occurrences

DECEMBER = 12
EARLIEST_YEAR, LATEST_YEAR = 1800, 2199

# A day that has just passed is likelier meant than the same day in eleven months: consultations
# of that length do not exist, notices repeated shortly after the closing date do.
JUST_PASSED_DAYS = 35


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A day named at text[start:end]. `year` is None when the text leaves it out.

    `loose` marks forms that are dates only after a word such as "until": "31. 3." or "March 2026".
    """

    start: int
    end: int
    year: int | None
    month: int
    day: int
    precision: Literal["day", "month"] = "day"
    loose: bool = False

    def on(self, published: date | None, weekday: int | None = None) -> date | None:
        """The day in the calendar; without a year only when `published` (and the weekday) tell."""
        if self.year is not None:
            return date(self.year, self.month, self._day_in(self.year))
        if published is None:
            return None
        years = range(published.year - 1, published.year + 9)
        days = [date(y, self.month, self._day_in(y)) for y in years if self._exists_in(y)]
        near = [d for d in days if (d - published).days >= -JUST_PASSED_DAYS]
        fitting = [d for d in near[:2] if weekday is None or d.weekday() == weekday]
        return (fitting or near)[0]

    def _exists_in(self, year: int) -> bool:
        return self.precision == "month" or self.day <= calendar.monthrange(year, self.month)[1]

    def _day_in(self, year: int) -> int:
        return min(self.day, calendar.monthrange(year, self.month)[1])


_YEAR = r"(?P<y>\d{4}(?!\d))"
# A pattern that looks back only from its first letter or digit lets the engine skip to that.
_NAMED = re.compile(
    r"(?P<d>[\defp](?:(?<=\d)(?<!\d\d)\d?|(?<!\w\w)(?:(?<=p)(?:remier|rimo)|(?<=e)rsten"
    r"|(?<=f)irst)))"
    rf"\s?(?:\.|er\b|re\b|o\b|a\b|[°ª]|st\b|nd\b|rd\b|th\b)?\s{{0,3}}(?:(?:day )?of |de |del "
    rf"|di |d')?"
    rf"(?P<m>{MONTH_NAMES})\b(?P<dot>\.)?(?:,?\s{{0,3}}(?:of |de |del |di |leta |l')?{_YEAR})?"
)
_ENGLISH = re.compile(
    rf"\b(?P<m>{ENGLISH_MONTHS})\.?\s{{1,3}}(?:\d{{1,2}}(?:st|nd|rd|th)?\s?-\s?)?"
    rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?![\d]|[.:h]\d)(?:,?\s{{1,3}}{_YEAR})?"
)
_IN_FIGURES = re.compile(r"\d\s?[./-]\s{0,2}\d")  # in every date without the name of a month
_NUMERIC = re.compile(
    r"(?P<d>\d(?<!\d\d)(?<!\d[./]\d)\d?)"
    r"(?:\s?\.\s{0,2}(?P<m>\d{1,2})\s?\.\s{0,2}|/(?P<m2>\d{1,2})/|-(?P<m3>\d{1,2})-)"
    r"(?P<y>\d{4}|\d{2})(?!\d|[./-]\d)"
)
_ISO = re.compile(
    r"(?P<y>\d(?<![\d/-]\d)\d{3})(?P<s>[-/.])(?P<m>\d{2})(?P=s)(?P<d>\d{2})(?![\d/-])"
)
_NO_YEAR = re.compile(
    r"(?P<d>\d(?<![\d./:,-]\d)\d?)(?:\.\s?(?P<m>\d{1,2})\.(?!\s{0,2}\d|\w)"
    r"|/(?P<m2>\d{1,2})(?![\d/.]))"
)
_EDGE = re.compile(
    r"[efkms](?<!\w\w)(?:(?:(?<=m)(?:id|itte|i|eta)|(?<=s)redine)[ -]"
    r"|(?:(?<=e)nde?|(?<=f)ine?|(?<=k)on(?:ca|ec))\s)"
    rf"(?:(?:of|des?|di|del|du|the|months?|monats?|mois|mese|meseca)\s){{0,3}}(?:d')?"
    rf"(?P<m>{MONTH_NAMES})\b\.?(?:\s(?:of |de |del |leta )?{_YEAR})?"
)
_MIDDLE = "ms"  # how the words for the middle of a month begin
_YEAR_END = re.compile(
    r"(?:e(?<!\w\w)nde?|f(?<!\w\w)ine?|k(?<!\w\w)on(?:ca|ec))\s"
    rf"(?:(?:of|des?|del|du|the|years?|jahres|annee|anno|leta)\s|l'annee\s"
    rf"|dell'anno\s){{0,3}}{_YEAR}"
)
_MONTH_ONLY = re.compile(
    rf"(?<![\d.] )(?<!\d)\b(?P<m>{MONTH_NAMES})\s(?:of |de |del |leta )?{_YEAR}"
)
_INITIALS = "".join(sorted({name[0] for name in MONTHS}))
_PERHAPS_MONTH = re.compile(rf"[{_INITIALS}](?<![a-z][a-z])[a-z]{{2,8}}(?![a-z])")
_AROUND = 45
_MOST_SOUGHT = 24  # distinct tokens to look for one by one; with more the whole text is read
_FIRST = {"premier", "primo", "ersten", "first"}


def _full_year(written: str | None) -> int | None:
    return None if written is None else int(written) + (2000 if len(written) == len("26") else 0)


def _checked(
    match: re.Match[str],
    year: str | None,
    month: int,
    day: int,
    *,
    precision: Literal["day", "month"] = "day",
    loose: bool = False,
) -> Iterator[FoundDate]:
    """The date, if the calendar has it."""
    full = _full_year(year)
    if full is not None and not EARLIEST_YEAR <= full <= LATEST_YEAR:
        return
    # 2000 had a 29 February: without a year that day is possible.
    if 1 <= month <= DECEMBER and 1 <= day <= calendar.monthrange(full or 2000, month)[1]:
        yield FoundDate(match.start(), match.end(), full, month, day, precision, loose)


def _month_words(text: str, plain: str, signs: Signs | None) -> list[tuple[int, int]]:
    """Where the names of months stand; searching only there halves the cost of a long text."""
    return [
        word.span()
        for low, high in places_of(text, signs, MONTH)
        for word in _PERHAPS_MONTH.finditer(plain, low, high)
        if word[0] in MONTHS
    ]


def places_of(text: str, signs: Signs | None, sign: int) -> list[tuple[int, int]]:
    """Where tokens with this sign stand, in order; the whole text when that is not known."""
    tokens = signs.bearing(sign) if signs else ()
    if signs is None or len(tokens) > _MOST_SOUGHT:
        return [(0, len(text))]
    return sorted((at, at + len(token)) for token in tokens for at in occurrences(text, token))


def _named(text: str, low: int, high: int) -> Iterator[FoundDate]:
    for match in _NAMED.finditer(text, low, high):
        name, year = match["m"], match["y"]
        day = 1 if match["d"] in _FIRST else int(match["d"])
        # "3 ago", "5 set": an abbreviation alone is no month.
        if year or len(name) > len("set") or name in ("may", "mai", "maj") or match["dot"]:
            yield from _checked(match, year, MONTHS[name], day)


def _led(text: str, at: int) -> Iterator[FoundDate]:
    """The date that the name of a month at this place begins: "March 31", "March 2026"."""
    if match := _ENGLISH.match(text, at):
        yield from _checked(match, match["y"], MONTHS[match["m"]], int(match["d"]))
    if match := _MONTH_ONLY.match(text, at):
        year, month = match["y"], MONTHS[match["m"]]
        if EARLIEST_YEAR <= int(year) <= LATEST_YEAR:
            last = calendar.monthrange(int(year), month)[1]
            yield from _checked(match, year, month, last, precision="month", loose=True)


def _year_ends(text: str, low: int, high: int) -> Iterator[FoundDate]:
    for match in _YEAR_END.finditer(text, low, high):
        yield from _checked(match, match["y"], 12, 31, precision="month")


def _numeric(text: str, low: int, high: int) -> Iterator[FoundDate]:
    if not _IN_FIGURES.search(text, low, high):
        return
    for match in _NUMERIC.finditer(text, low, high):
        day, month = int(match["d"]), int(match["m"] or match["m2"] or match["m3"])
        if month > DECEMBER >= day:  # 03/31/2026 can only be the American order
            day, month = month, day
        yield from _checked(match, match["y"], month, day)
    for match in _ISO.finditer(text, low, high):
        yield from _checked(match, match["y"], int(match["m"]), int(match["d"]))
    for match in _NO_YEAR.finditer(text, low, high):
        month = int(match["m"] or match["m2"])
        yield from _checked(match, None, month, int(match["d"]), loose=True)


def _edges(text: str, low: int, high: int) -> Iterator[FoundDate]:
    for match in _EDGE.finditer(text, low, high):
        month = MONTHS[match["m"]]
        last = calendar.monthrange(_full_year(match["y"]) or 2000, month)[1]
        day = 15 if match[0][0] in _MIDDLE else last
        yield from _checked(match, match["y"], month, day, precision="month")


def _all(text: str, plain: str, signs: Signs | None) -> Iterator[FoundDate]:
    said = signs.all if signs else EVERY
    if said & MONTH:
        words = _month_words(text, plain, signs)
        for at in merged(words, _AROUND):
            yield from _named(plain, *at)
            yield from _edges(plain, *at)
        for start, _ in words:
            yield from _led(plain, start)
    if said & EDGE:
        for at in merged(places_of(text, signs, EDGE), _AROUND):
            yield from _year_ends(plain, *at)
    if said & FIGURES:
        for at in merged(places_of(text, signs, FIGURES), _AROUND):
            yield from _numeric(plain, *at)


def dates(plain: str, *, text: str = "", signs: Signs | None = None) -> list[FoundDate]:
    """All dates in a levelled text (see `letters.levelled`), in order, none overlapping another.

    With the `signs` of the `text` that was levelled only the places that they point to are read.
    """
    found = sorted(_all(text or plain, plain, signs), key=lambda d: (d.start, -d.end))
    kept: list[FoundDate] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept
