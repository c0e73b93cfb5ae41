"""The phrases of a language, or of several, ready to search."""

import re
from dataclasses import dataclass, fields
from functools import lru_cache

from feeds.reading.phrases import PHRASES, Phrases


@dataclass(frozen=True, slots=True)
class Cues:
    """One pattern for each kind of phrase; see `Phrases` for what each proves."""

    deadline: re.Pattern[str]
    input: re.Pattern[str]
    matter: re.Pattern[str]
    ends: re.Pattern[str]
    opened: re.Pattern[str]
    moved: re.Pattern[str]
    former: re.Pattern[str]
    against: re.Pattern[str]
    unsettled: re.Pattern[str]
    registration: re.Pattern[str]
    meeting: re.Pattern[str]
    transposition: re.Pattern[str]
    force: re.Pattern[str]
    other: re.Pattern[str]


def _joined(kind: str, languages: tuple[str, ...]) -> re.Pattern[str]:
    patterns = "|".join(getattr(PHRASES[language], kind) for language in languages)
    return re.compile(rf"\b(?:{patterns})\b" if kind != "against" else rf"\b(?:{patterns})")


@lru_cache(maxsize=32)
def cues(language: str) -> Cues:
    """The cues of a language ("de", "de-AT"), of several ("de/it"), or, if unknown, of all five."""
    named = [part[:2] for part in re.split(r"[^a-z]+", language.lower())]
    known = tuple(code for code in PHRASES if code in named) or tuple(PHRASES)
    return Cues(**{field.name: _joined(field.name, known) for field in fields(Phrases)})
