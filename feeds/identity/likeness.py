"""Whether two texts tell the same, word for word or nearly. Pure.

Notices are made from templates: two meetings differ in a date, two plans in a name. What is alike
in all but a number, a name, a month or a day of the week is therefore not the same.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from unicodedata import normalize

from feeds.identity.settled import settled
from feeds.reading.months import MONTHS, WEEKDAYS

RETOLD = 0.95
LONG = 200  # characters: short texts are alike by chance

_WORD = re.compile(r"\w+")
_ROMAN = re.compile(r"[ivxlc]+")
_DAY = re.compile(
    r"\d{1,2}\.\s?(?:\d{1,2}\.|[^\W\d]{3,12}\.?)\s?(\d{4})|(\d{4})-\d\d-\d\d"
    r"|\d{1,2}/\d{1,2}/(\d{4})|\d{1,2}(?:er|°)?\s[^\W\d]{3,12}\s(\d{4})"
)


def likeness(one: str, other: str) -> float:
    """How many of the words of two texts they share, from 0 to 1."""
    first, second = set(one.lower().split()), set(other.lower().split())
    return len(first & second) / len(first | second) if first or second else 1.0


def numbers(text: str) -> list[str]:
    return [word for word in _WORD.findall(text) if not word.isalpha() and _has_digit(word)]


def is_retold(title: str, text: str, other_title: str, other_text: str) -> bool:
    """Whether a long text came again under a slightly edited title.

    Four words in a row are compared; at least 95 % must be shared, and nothing that tells two
    notices of one template apart may differ. A title may have gained or lost words.
    """
    one, other = settled(text), settled(other_text)
    if min(len(one), len(other)) <= LONG or not _titles_agree(title, other_title):
        return False
    if one == other:
        return True
    first, second = _WORD.findall(one), _WORD.findall(other)
    if numbers(one) != numbers(other) or any(map(_is_telling, _difference(first, second))):
        return False
    grams, others = _fours(first), _fours(second)
    return (grams & others).total() >= RETOLD * (grams | others).total()


def states_a_day(text: str, *, since: int) -> bool:
    """Whether the text names a day of the year `since` or later."""
    return any(int("".join(years)) >= since for years in _DAY.findall(text))


def same_day(one: datetime | None, other: datetime | None) -> bool:
    return one is not None and other is not None and one.date() == other.date()


def _titles_agree(title: str, other: str) -> bool:
    first, second = _WORD.findall(settled(title)), _WORD.findall(settled(other))
    one, two = {word.lower() for word in first}, {word.lower() for word in second}
    return (one <= two or two <= one) and not any(map(_numbers_something, one ^ two))


def _difference(first: Sequence[str], second: Sequence[str]) -> Iterable[str]:
    one, two = Counter(first), Counter(second)
    return [*(one - two), *(two - one)]


def _is_telling(word: str) -> bool:
    return word[0].isupper() or _numbers_something(word.lower())


def _numbers_something(word: str) -> bool:
    levelled = "".join(c for c in normalize("NFKD", word) if c.isalnum())
    return bool(
        _has_digit(word) or _ROMAN.fullmatch(word) or levelled in MONTHS or levelled in WEEKDAYS
    )


def _has_digit(word: str) -> bool:
    return any(map(str.isdigit, word))


def _fours(words: Sequence[str]) -> Counter[tuple[str, ...]]:
    return Counter(zip(words, words[1:], words[2:], words[3:], strict=False))
