"""Says what a text says: language, deadlines, topics, procedure numbers, words to find it by.

Pure: no clock, no database, no network. Everything found is a proposal for a person to confirm.

    text → language → deadlines | topics | procedure numbers | search text
"""

from dataclasses import dataclass
from datetime import datetime

from feeds.reading.deadlines import Deadline, deadlines
from feeds.reading.folding import search_text
from feeds.reading.language import detect
from feeds.reading.procedures import procedure_numbers
from feeds.reading.topics import Topic, topics

__all__ = ["Deadline", "Reading", "Topic", "read"]


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
    return Reading(
        language=spoken,
        deadlines=tuple(deadlines(text, language=spoken or "", published=published, zone=zone)),
        topics=tuple(topics(text, language=spoken)),
        procedure_numbers=tuple(procedure_numbers(text)),
        search_text=search_text(text, language=spoken),
    )
