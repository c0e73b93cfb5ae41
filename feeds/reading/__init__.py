"""Says what a text says: language, deadlines, topics, procedure numbers, words to find it by.

Pure: no clock, no database, no network. Everything found is a proposal for a person to confirm.

    text → language → tokens, each answered from memory if it ever came before
         → signs: is there anything to find at all? → deadlines | topics | procedure numbers
         → search text
"""

from dataclasses import dataclass
from datetime import datetime

from feeds.reading.deadlines import LONGEST_TEXT, Deadline, deadlines_of
from feeds.reading.folding import LONGEST_TEXT as SHORT_TEXT
from feeds.reading.folding import search_text, search_text_of
from feeds.reading.language import detect
from feeds.reading.letters import composed
from feeds.reading.procedures import procedure_numbers
from feeds.reading.signs import signs_of
from feeds.reading.tokens import tokens_of
from feeds.reading.topics import Topic, topics_of

__all__ = ["Deadline", "Reading", "Topic", "read", "search_text"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one text says. `language` is None when it cannot be told."""

    language: str | None
    deadlines: tuple[Deadline, ...]
    topics: tuple[Topic, ...]
    procedure_numbers: tuple[str, ...]
    search_text: str


def read(
    text: str,
    *,
    language: str | None,
    published: datetime | None = None,
    zone: str = "Europe/Brussels",
) -> Reading:
    """Read a text that its source declares to be in `language`.

    `published` (aware) settles dates without a year; `zone` is that of clocks named without one.
    """
    spoken = detect(text, declared=language)
    text = composed(text)[:LONGEST_TEXT]
    signs = signs_of(text)
    opening = text[:SHORT_TEXT]
    tokens = signs.tokens if len(text) <= SHORT_TEXT else tokens_of(opening)
    return Reading(
        language=spoken,
        deadlines=tuple(
            deadlines_of(text, signs, language=spoken or "", published=published, zone=zone)
        ),
        topics=tuple(topics_of(opening, tokens, spoken)),
        procedure_numbers=tuple(procedure_numbers(text)),
        search_text=search_text_of(tokens, spoken),
    )
