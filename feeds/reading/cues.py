"""The phrases of a language, or of several, ready to search."""

import re
import sys
from dataclasses import dataclass, fields
from functools import lru_cache

from feeds.reading.phrases import PHRASES, Phrases

_REMEMBERED = 2048
_LONGEST = 700  # characters of a sentence or a part of one


@lru_cache(maxsize=_REMEMBERED)
def _searched(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return pattern.search(text)


class Cue:
    """A pattern that remembers where it stood: the same is asked of a sentence again and again,
    and offices repeat their sentences. Dates are masked in them (see judgement.py).
    """

    __slots__ = ("_pattern", "finditer")

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self._pattern = pattern
        self.finditer = pattern.finditer

    def search(self, text: str, low: int = 0, high: int = sys.maxsize) -> re.Match[str] | None:
        if low or high < len(text) or len(text) > _LONGEST:
            return self._pattern.search(text, low, high)
        return _searched(self._pattern, text)


@dataclass(frozen=True, slots=True)
class Cues:
    """One pattern for each kind of phrase; see `Phrases` for what each proves."""

    deadline: Cue
    input: Cue
    matter: Cue
    ends: Cue
    opened: Cue
    moved: Cue
    former: Cue
    against: Cue
    unsettled: Cue
    registration: Cue
    meeting: Cue
    transposition: Cue
    force: Cue
    other: Cue


def _joined(kind: str, languages: tuple[str, ...]) -> Cue:
    patterns = "|".join(getattr(PHRASES[language], kind) for language in languages)
    return Cue(re.compile(rf"\b(?:{patterns})\b" if kind != "against" else rf"\b(?:{patterns})"))


@lru_cache(maxsize=32)
def cues(language: str) -> Cues:
    """The cues of a language ("de", "de-AT"), of several ("de/it"), or, if unknown, of all five."""
    named = [part[:2] for part in re.split(r"[^a-z]+", language.lower())]
    known = tuple(code for code in PHRASES if code in named) or tuple(PHRASES)
    return Cues(**{field.name: _joined(field.name, known) for field in fields(Phrases)})
