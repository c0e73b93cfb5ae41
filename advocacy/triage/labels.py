"""How decisions are called on pages."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache

from advocacy import texts
from advocacy.errors import Message
from advocacy.triage.rules import Decision, Dismissal, NotOurs
from feeds.reading.topics import TOPICS, topic_label

DECISIONS: Mapping[StrEnum, Message] = {
    Decision.DOSSIER: Message("New dossier"),
    Decision.ATTACHED: Message("Belongs to a dossier"),
    Decision.DUPLICATE: Message("Duplicate"),
    Decision.DISMISSED: Message("Dismissed"),
    Decision.LATER: Message("Later"),
}
DISMISSALS: Mapping[StrEnum, Message] = {
    Dismissal.NOT_OUR_TOPIC: Message("Not our topic"),
    Dismissal.TOO_LATE: Message("Too late"),
    Dismissal.ONLY_INFORMATION: Message("Only information"),
    Dismissal.OUTSIDE_THE_ALPS: Message("Outside the Alps"),
}
NOT_OURS: Mapping[StrEnum, Message] = {
    NotOurs.NO_TOPIC: Message("no topic, no deadline"),
    NotOurs.ELSEWHERE: Message("from outside the Alps"),
    NotOurs.IN_ANOTHER_LANGUAGE: Message("in a language of none of our countries"),
}
BY_SOMEBODY: Mapping[StrEnum, Message] = {
    Decision.DOSSIER: Message("%(who)s opened dossier %(number)s from this"),
    Decision.ATTACHED: Message("%(who)s attached this to %(number)s"),
    Decision.DUPLICATE: Message("%(who)s marked this as a duplicate"),
    Decision.DISMISSED: Message("%(who)s dismissed this"),
    Decision.LATER: Message("%(who)s put this off"),
}
"""The sentence of the first decision that a second one shows."""
LABELS: Mapping[StrEnum, Message] = {**DECISIONS, **DISMISSALS, **NOT_OURS}


def reason_label(reason: str) -> Message | str:
    """One of ours, or the words that somebody wrote."""
    return DISMISSALS[Dismissal(reason)] if reason in set(Dismissal) else reason


TO_SOME_DOSSIER = Message("%(who)s attached this to a dossier")


def by_somebody(decision: str, who: str, number: str | None) -> Message:
    """Luca attached this to 2026-014. `number`: of the dossier that the entry belongs to."""
    needs_number = decision in {Decision.DOSSIER, Decision.ATTACHED}
    said = TO_SOME_DOSSIER if needs_number and not number else BY_SOMEBODY[Decision(decision)]
    return Message(said.text, {"who": who, "number": number or ""})


@cache
def topics(language: str) -> tuple[tuple[str, str], ...]:
    """Keys and names, in the order of the alphabet."""
    named = ((key, topic_label(key, language)) for key in TOPICS)
    return tuple(sorted(named, key=lambda topic: topic[1].casefold()))


def rule_words(source: str, words: Sequence[str], topic: str) -> str:
    """The conditions of a rule in one line: Official Gazette · “tender”, “award” · Water"""
    known = topic_label(topic, texts.language()) if topic in TOPICS else topic
    quoted = ", ".join(f"“{word}”" for word in words)
    return " · ".join(part for part in (source, quoted, known) if part)
