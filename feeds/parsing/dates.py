"""The instants in documents: RFC 822, ISO 8601, and what people write instead."""

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

SENSIBLE_YEARS = range(1970, 2201)
LONGEST = 100

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan januar january janvier janv gennaio gen ene enero jän jänner januarja",
            "feb februar february février fev févr fév febbraio februarja feber",
            "mar mär mrz märz march mars marzo marec marca mrč",
            "apr april avril avr aprile aprila abr",
            "may mai maggio mag maj maja",
            "jun juni june juin giugno giu junij junija",
            "jul juli july juillet juil luglio lug julij julija",
            "aug august août aou aoû agosto ago avgust avg avgusta",
            "sep sept september septembre settembre set septembra",
            "oct okt oktober october octobre ottobre ott oktobra out",
            "nov november novembre novembra",
            "dec dez dezember december décembre déc dicembre dic decembra",
        ),
        start=1,
    )
    for name in names.split()
}
_OFFSETS = {"utc": 0, "gmt": 0, "z": 0, "ut": 0, "cet": 1, "mez": 1, "cest": 2, "mesz": 2}
_TIME = r"(?:[T\s,\-]+(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:\.\d+)?)?)?"
_ZONE = r"\s*(?P<zone>[+-]\d{2}:?\d{2}|[A-Za-z]{1,4})?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"(?P<year>\d{{4}})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}}){_TIME}{_ZONE}",
        rf"(?P<day>\d{{1,2}})\.\s*(?P<month>\d{{1,2}})\.\s*(?P<year>\d{{4}}){_TIME}{_ZONE}",
        rf"(?:[^\W\d]+\.?,?\s+)?(?P<month>\d{{1,2}})/(?P<day>\d{{1,2}})/(?P<year>\d{{4}}){_TIME}{_ZONE}",
        (
            rf"(?:[^\W\d]+\.?,?\s+)?(?P<day>\d{{1,2}})\.?[\s-]+(?P<month>[^\W\d]+)\.?[\s-]+"
            rf"(?P<year>\d{{4}}|\d{{2}}){_TIME}{_ZONE}"
        ),
    )
)


def instant(text: str, *, zone: str) -> datetime | None:
    """An aware instant in UTC, or None. A time without a zone is one of the source's `zone`."""
    text = " ".join(text.split())
    if not text or len(text) > LONGEST:
        return None
    return _iso(text, zone) or _rfc822(text) or _written(text, zone)


def _iso(text: str, zone: str) -> datetime | None:
    try:
        return _sensible(datetime.fromisoformat(text), zone)
    except ValueError:
        return None


def _rfc822(text: str) -> datetime | None:
    # Only with a zone that it knows: "-0000" and unknown names would be taken for UTC.
    if not re.search(r"(?:[+-]\d{4}|\b(?:GMT|UTC?|E[SD]T|P[SD]T|C[SD]T|M[SD]T|Z))$", text):
        return None
    try:
        return _sensible(parsedate_to_datetime(text), "UTC")
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _written(text: str, zone: str) -> datetime | None:
    for form in _FORMS:
        found = form.fullmatch(text)
        if found is None:
            continue
        part = found.groupdict()
        month = int(part["month"]) if part["month"].isdigit() else _month(part["month"])
        year = int(part["year"])
        try:
            at = datetime(
                year if len(part["year"]) > len("99") else 2000 + year,
                month,
                int(part["day"]),
                int(part["hour"] or 0),
                int(part["minute"] or 0),
                int(part["second"] or 0),
                tzinfo=_offset(part["zone"]),
            )
        except ValueError:
            return None
        return _sensible(at, zone)
    return None


def _month(name: str) -> int:
    return _MONTHS.get(name.lower(), 0)


def _offset(text: str | None) -> timezone | None:
    if not text:
        return None
    if text[0] in "+-":
        minutes = int(text[1:3]) * 60 + int(text[-2:])
        return timezone(timedelta(minutes=minutes if text[0] == "+" else -minutes))
    hours = _OFFSETS.get(text.lower())
    return None if hours is None else timezone(timedelta(hours=hours))


def _sensible(at: datetime, zone: str) -> datetime | None:
    if at.year not in SENSIBLE_YEARS:
        return None
    return (at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)
