"""Which news is whose, and when the letter with it is due. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from advocacy.errors import Invalid, Message
from advocacy.municipalities.rules import Rhythm


class NewsKind(StrEnum):
    """In the order in which a letter tells them."""

    NOTED = "noted"
    GATHERING = "gathering"
    PROJECT = "project"
    ANSWER = "answer"


LONGEST_SENTENCE = 400  # characters
MOST = 12
"""In one letter; the rest is counted."""
MORNING = time(8)
MONDAY, THURSDAY = 0, 3
DAYS = {Rhythm.NOW: (MONDAY, THURSDAY), Rhythm.WEEKLY: (MONDAY,)}
"""At once means twice a week: a municipality gets no third letter in a week for this."""
SETTLED = timedelta(minutes=10)
"""What is still being written down counts for the next letter."""
BACK = timedelta(days=7)
"""Whoever has been told nothing yet hears of this long."""


@dataclass(frozen=True, slots=True)
class Interests:
    """Topics and countries; none chosen: all."""

    topics: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()

    def has(self, topics: Collection[str], countries: Collection[str]) -> bool:
        """What names no topic is for every topic, and so with countries."""
        return _meet(self.topics, topics) and _meet(self.countries, countries)


EVERYTHING = Interests()


def _meet(chosen: Collection[str], named: Collection[str]) -> bool:
    return not chosen or not named or bool(set(chosen) & set(named))


def interests(topics: str, countries: str) -> Interests:
    """From columns: "farming,carnivores", "AT,SI"."""
    return Interests(
        frozenset(each for each in topics.split(",") if each),
        frozenset(each for each in countries.split(",") if each),
    )


def slot(rhythm: Rhythm, *, now: datetime, zone: str) -> datetime | None:
    """The hour of the last letter that was due; None: never.

    A letter that nobody could send on Monday goes out later: what counts is what was told.
    """
    days = DAYS.get(rhythm)
    if days is None:
        return None
    local = now.astimezone(ZoneInfo(zone))
    for back in range(8):
        day = local.date() - timedelta(days=back)
        at = datetime.combine(day, MORNING, ZoneInfo(zone))
        if day.weekday() in days and at <= local:
            return at.astimezone(UTC)
    raise AssertionError(days)


def span(
    rhythm: Rhythm, told_until: datetime | None, *, now: datetime, zone: str
) -> tuple[datetime, datetime] | None:
    """After which instant and up to which one a letter tells that is due now; None: none is."""
    at = slot(rhythm, now=now, zone=zone)
    if at is None:
        return None
    until = at - SETTLED
    since = told_until or until - BACK
    return (since, until) if since < until else None


def check_sentences(sentences: dict[str, str], languages: Sequence[str]) -> None:
    """Raises Invalid: at least one language, none too long."""
    wrong = {
        f"sentence-{language}": Message(
            "This is longer than %(limit)s characters", {"limit": LONGEST_SENTENCE}
        )
        for language, text in sentences.items()
        if len(text) > LONGEST_SENTENCE
    }
    if not any(sentences.values()):
        wrong[f"sentence-{languages[0]}"] = Message("Write why it is worth knowing")
    if wrong:
        raise Invalid(wrong)
