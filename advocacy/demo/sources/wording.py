"""Dates as officials write them, counted from today, so that the demo never ages.

A text says ``{+24}`` for the day in 24 days and gets "16. Dezember 2026" or "16 décembre 2026";
a second word chooses another way of writing: ``{+24 dots}``, ``{-3 slash}``, ``{+40 austrian}``.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta

# Slovene in the genitive: every date in a sentence stands in it ("do 16. decembra").
_MONTH_NAMES = """
de Januar Februar März April Mai Juni Juli August September Oktober November Dezember
fr janvier février mars avril mai juin juillet août septembre octobre novembre décembre
it gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
sl januarja februarja marca aprila maja junija julija avgusta septembra oktobra novembra decembra
en January February March April May June July August September October November December
"""
_WEEKDAY_NAMES = """
de Montag, Dienstag, Mittwoch, Donnerstag, Freitag, Samstag, Sonntag,
fr lundi mardi mercredi jeudi vendredi samedi dimanche
it lunedì martedì mercoledì giovedì venerdì sabato domenica
en Monday Tuesday Wednesday Thursday Friday Saturday Sunday
"""


def _by_language(table: str) -> dict[str, tuple[str, ...]]:
    rows = [line.split() for line in table.strip().splitlines()]
    return {language: tuple(names) for language, *names in rows}


_MONTHS = _by_language(_MONTH_NAMES)
_WEEKDAYS = _by_language(_WEEKDAY_NAMES)
_SATURDAY = 5
_FIRST = {"fr": "1er", "it": "1°"}
_PLACEHOLDER = re.compile(r"\{([+-]\d+)(?: (\w+))?\}")


def _day_month(day: date, language: str) -> str:
    number = f"{day.day}." if language in ("de", "sl") else str(day.day)
    if day.day == 1:
        number = _FIRST.get(language, number)
    return f"{number} {_MONTHS[language][day.month - 1]}"


def _long(day: date, language: str) -> str:
    return f"{_day_month(day, language)} {day.year}"


def _austrian(day: date, language: str) -> str:
    return _long(day, language).replace("Januar", "Jänner").replace("Februar", "Feber")


def _dots(day: date, language: str) -> str:
    if language == "sl":
        return f"{day.day}. {day.month}. {day.year}"
    return f"{day.day:02d}.{day.month:02d}.{day.year}"


def _month(day: date, language: str) -> str:
    return f"{_MONTHS[language][day.month - 1]} {day.year}"


def _american(day: date, language: str) -> str:
    return f"{_MONTHS[language][day.month - 1]} {day.day}, {day.year}"


def _italian(plain: str, elided: str) -> Callable[[date, str], str]:
    """Italian elides the article before 8 and 11: "entro il 9", but "entro l'8"."""

    def write(day: date, language: str) -> str:
        article = f"{elided}'" if day.day in (8, 11) else f"{plain} "
        return article + _long(day, language)

    return write


_WAYS: dict[str, Callable[[date, str], str]] = {
    "long": _long,
    "austrian": _austrian,
    "dots": _dots,
    "slash": lambda day, _: f"{day.day:02d}/{day.month:02d}/{day.year}",
    "weekday": lambda day, language: f"{_WEEKDAYS[language][day.weekday()]} {_long(day, language)}",
    "yearless": _day_month,
    "american": _american,
    "month": _month,
    "year": lambda day, _: str(day.year),
    "il": _italian("il", "l"),
    "al": _italian("al", "all"),
    "dal": _italian("dal", "dall"),
    "del": _italian("del", "dell"),
}


def written(text: str, language: str, *, today: date) -> str:
    """The text with its days filled in. KeyError for a way of writing that does not exist."""

    def fill(match: re.Match[str]) -> str:
        day = today + timedelta(days=int(match[1]))
        return _WAYS[match[2] or "long"](day, language)

    return _PLACEHOLDER.sub(fill, text)


def working_day(day: date) -> date:
    """The day itself, or the Monday after it: no body of the Alps meets on a Sunday."""
    if day.weekday() < _SATURDAY:
        return day
    return day + timedelta(days=7 - day.weekday())
