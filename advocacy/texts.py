"""Five languages: messages, plurals, dates and numbers, in the language in use.

English is the message language. The catalogues are templates/locale/*.po, read at the start; no
compiled file is kept. English is written as in Europe (en_GB): plain "en" means the United States.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from gettext import GNUTranslations, NullTranslations
from typing import Literal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

from advocacy.errors import Message
from advocacy.settings import ROOT

LANGUAGES = ("en", "de", "fr", "it", "sl")
AUTONYMS = {
    "en": "English",
    "de": "Deutsch",
    "fr": "français",
    "it": "italiano",
    "sl": "slovenščina",
}
LOCALES = {"en": "en_GB", "de": "de", "fr": "fr", "it": "it", "sl": "sl"}

_language: ContextVar[str] = ContextVar("language", default="en")


def language() -> str:
    return _language.get()


def speak(chosen: str) -> None:
    """From here on, in this task, everything is said in `chosen`."""
    _language.set(chosen if chosen in LANGUAGES else "en")


@contextmanager
def speaking(chosen: str) -> Iterator[None]:
    token = _language.set(chosen if chosen in LANGUAGES else "en")
    try:
        yield
    finally:
        _language.reset(token)


@cache
def catalogue(chosen: str) -> NullTranslations:
    path = ROOT / "templates" / "locale" / f"{chosen}.po"
    if chosen == "en" or not path.exists():
        return NullTranslations()
    compiled = io.BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=chosen))
    compiled.seek(0)
    return GNUTranslations(compiled)


def gettext(message: str) -> str:
    return catalogue(language()).gettext(message) if message else ""


def ngettext(one: str, many: str, number: int) -> str:
    return catalogue(language()).ngettext(one, many, number)


def pgettext(context: str, message: str) -> str:
    return catalogue(language()).pgettext(context, message)


def npgettext(context: str, one: str, many: str, number: int) -> str:
    return catalogue(language()).npgettext(context, one, many, number)


def translate(message: Message | str) -> str:
    if isinstance(message, str):
        return gettext(message)
    text = gettext(message.text)
    if not message.values:
        return text
    said = {
        name: translate(value) if isinstance(value, Message) else value
        for name, value in message.values.items()
    }
    return text % said


def locale() -> Locale:
    return _locale(language())


@cache
def _locale(chosen: str) -> Locale:
    return Locale.parse(LOCALES[chosen])


@lru_cache(maxsize=4096)
def _written(value: date, length: Literal["full", "medium"], chosen: str) -> str:
    """A list names the same few days again and again; French says "1er décembre", CLDR does not."""
    text = format_date(value, length, locale=_locale(chosen))
    if chosen != "fr":
        return text
    return " ".join("1er" if word == "1" else word for word in text.split(" "))


def _date_of(value: date | datetime, zone: str | None) -> date:
    if not isinstance(value, datetime):
        return value
    return (value.astimezone(ZoneInfo(zone)) if zone else value).date()


def day(value: date | datetime, zone: str | None = None) -> str:
    """Monday, 14 December 2026 – in the nominative: put a label with a colon before it."""
    return _written(_date_of(value, zone), "full", language())


def short_day(value: date | datetime, zone: str | None = None) -> str:
    """14 Dec 2026. Never two digits of a year."""
    return _written(_date_of(value, zone), "medium", language())


def ends_the_day(value: datetime, zone: str) -> bool:
    """The last second of a day, or the first of the next: said as 24:00 of that day."""
    local = value.astimezone(ZoneInfo(zone))
    return (local.hour, local.minute) == (23, 59)


def clock_time(value: datetime, zone: str) -> str:
    if ends_the_day(value, zone):
        return "24.00" if language() == "sl" else "24:00"
    text = format_time(value.astimezone(ZoneInfo(zone)), "HH:mm", locale=locale())
    return text.replace(":", ".") if language() == "sl" else text


def moment(value: datetime, zone: str) -> str:
    """Monday, 14 December 2026, 24:00 – with the hour of that zone."""
    return f"{day(value, zone)}, {clock_time(value, zone)}"


def month(value: date) -> str:
    return format_skeleton("yMMMM", datetime(value.year, value.month, 1), locale=locale())  # noqa: DTZ001


def zone_name(zone: str) -> str:
    """How people call it; CLDR's short names differ from language to language."""
    names = {
        "Europe/Brussels": gettext("Brussels time"),
        "Europe/Zurich": gettext("Swiss time"),
        "Europe/Vienna": gettext("Vienna time"),
        "Europe/Rome": gettext("Rome time"),
        "Europe/Paris": gettext("Paris time"),
        "Europe/Ljubljana": gettext("Ljubljana time"),
        "Europe/Berlin": gettext("Berlin time"),
        "Europe/Vaduz": gettext("Vaduz time"),
    }
    return names.get(zone, zone)


def left(until: datetime, zone: str, now: datetime) -> str:
    """in 22 days, today, 3 days ago – by the calendar of the zone."""
    days = (until.astimezone(ZoneInfo(zone)).date() - now.astimezone(ZoneInfo(zone)).date()).days
    if days == 0:
        return gettext("today")
    if days == 1:
        return gettext("tomorrow")
    if days == -1:
        return gettext("yesterday")
    if days > 0:
        return ngettext("in %(num)d day", "in %(num)d days", days) % {"num": days}
    return ngettext("%(num)d day ago", "%(num)d days ago", -days) % {"num": -days}


def is_close(until: datetime, zone: str, now: datetime) -> bool:
    """Today or over: the signpost turns red."""
    return until - now < timedelta(0) or (
        until.astimezone(ZoneInfo(zone)).date() == now.astimezone(ZoneInfo(zone)).date()
    )


def number(value: float) -> str:
    return format_decimal(value, locale=locale())


def percent(share: float) -> str:
    """Share from 0 to 1."""
    return format_percent(share, locale=locale())


def label(text: str) -> str:
    """With its colon, which French keeps apart by a space that does not break."""
    return f"{text}\N{NO-BREAK SPACE}:" if language() == "fr" else f"{text}:"


def listed(items: list[str]) -> str:
    """a, b and c"""
    return format_list(items, locale=locale()) if items else ""


QUOTES = {"en": "“{}”", "de": "„{}“", "fr": "«\u00a0{}\u00a0»", "it": "«{}»", "sl": "„{}“"}


def quoted(text: str) -> str:
    """Somebody's words in the quotation marks of the language in use."""
    return QUOTES[language()].format(text)


def country_name(code: str) -> str:
    return str(locale().territories.get(code, code))


def language_name(code: str) -> str:
    """In the language in use; AUTONYMS has each in its own."""
    return str(locale().languages.get(code, code))
