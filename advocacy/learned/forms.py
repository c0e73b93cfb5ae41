"""What is typed about a rule."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from advocacy.errors import Invalid, Message
from advocacy.learned.rules import Condition, says_something
from advocacy.triage.forms import identity
from advocacy.triage.rules import Dismissal
from feeds.reading.letters import folded, words_of
from feeds.reading.topics import TOPICS

MOST_WORDS = 5
LONGEST_WORD = 60


@dataclass(frozen=True, slots=True)
class NewRule:
    condition: Condition
    reason: Dismissal

    def query(self) -> str:
        """The part of the preview's address behind the question mark."""
        return urlencode(self.fields())

    def fields(self) -> dict[str, str]:
        """As a form would send it."""
        return {
            "source": str(self.condition.source or ""),
            "words": " ".join(self.condition.words),
            "topic": self.condition.topic,
            "reason": self.reason,
        }


def new_rule(typed: Mapping[str, str], *, sources: Collection[int]) -> NewRule:
    """`sources`: those that there are. Raises Invalid, by field."""
    wrong: dict[str, Message] = {}
    source = identity(typed.get("source", ""))
    if typed.get("source", "") and source not in sources:
        wrong["source"] = Message("Choose one of the sources")
    topic = typed.get("topic", "")
    if topic and topic not in TOPICS:
        wrong["topic"] = Message("Choose one of the topics")
    reason = typed.get("reason", "")
    if reason not in set(Dismissal):
        wrong["reason"] = Message("Choose one of the reasons")
    words = _words(typed.get("words", ""), wrong)
    if not wrong and not (source or words or topic):
        wrong["words"] = Message(
            "Name a source, words or a topic: a rule without a condition would dismiss everything"
        )
    if not wrong and not (source or topic or any(map(says_something, words))):
        wrong["words"] = Message("These words stand in nearly every title: add one that tells more")
    if wrong:
        raise Invalid(wrong)
    return NewRule(Condition(source, words, topic), Dismissal(reason))


def _words(text: str, wrong: dict[str, Message]) -> tuple[str, ...]:
    words = sorted(set(words_of(folded(text[: MOST_WORDS * LONGEST_WORD * 2]))))
    if text.strip() and not words:
        wrong["words"] = Message("Write words as they stand in titles, with spaces between them")
    elif len(words) > MOST_WORDS:
        wrong["words"] = Message("Write at most %(count)s words", {"count": MOST_WORDS})
    elif any(len(word) > LONGEST_WORD for word in words):
        wrong["words"] = Message("One of the words is too long")
    return tuple(words)
