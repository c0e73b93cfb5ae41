"""Which kinds of entries people always dismiss, and which entries a rule takes.

    grouping    what was decided, by the source it came from
    supporting  per word, topic and pair of words of a source: which decisions have it
    clearing    away goes what an entry of ours has, too
    choosing    the strongest first, as long as each says something that none before it says

Words are folded, with their dictionary forms (`words_of_title`).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import combinations

from advocacy.triage.rules import Decision, Dismissal
from feeds.reading.folding import search_text
from feeds.reading.letters import word_set


class State(StrEnum):
    ACTIVE = "active"
    OFF = "off"
    REFUSED = "refused"


NONE = ""
ALLOWED: Mapping[str, frozenset[State]] = {
    NONE: frozenset({State.ACTIVE, State.REFUSED}),
    State.ACTIVE: frozenset({State.OFF}),
    State.OFF: frozenset({State.ACTIVE}),
    State.REFUSED: frozenset({State.ACTIVE}),
}
"""From the state before to what it may become. Offering a refused one again deletes its row."""
ENDS: frozenset[State] = frozenset()

LEARNED_FROM = 500  # decisions, the last
LEAST = 5  # dismissals without an exception: fewer may be chance
PAIRED = 60  # words of a source that are tried in pairs
PROPOSED = 5
EXAMPLES = 3
SHORTEST = 4  # letters of a word that says something

OURS = frozenset({Decision.DOSSIER, Decision.ATTACHED, Decision.DUPLICATE})
"""A duplicate counts: the matter that it repeats may be a dossier."""

EMPTY = word_set(
    "about after before from have into more over than that their these this those upon with "
    "auch beim dass dieser durch eine einem einen einer eines fur gegen nach oder sich sind uber "
    "unter werden wird zum zwischen "
    "aux avec cette dans des entre est leur les leurs par pour sans sous sont sur une vers "
    "alla alle anche come con dal dalla degli dei del della delle gli nel nella per sono sulla "
    "tra ali kateri med nad pod pred pri tudi zaradi ter"
)
"""Words of the five languages that join others, folded."""


@dataclass(frozen=True, slots=True)
class Condition:
    """All of it must hold; what is empty holds always. `words` are folded and sorted."""

    source: int | None = None
    words: tuple[str, ...] = ()
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a rule sees of an entry."""

    entry: int
    source: int
    words: frozenset[str]
    topics: frozenset[str]
    deadline: datetime | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """What a person made of an entry, and why."""

    seen: Seen
    decision: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """`support`: the dismissed entries that it was learned from, newest first."""

    condition: Condition
    reason: Dismissal
    support: tuple[int, ...]

    @property
    def examples(self) -> tuple[int, ...]:
        return self.support[:EXAMPLES]


def words_of_title(title: str, language: str | None) -> frozenset[str]:
    return frozenset(search_text(title, language=language).split())


def matches(rule: Condition, entry: Seen) -> bool:
    return (
        rule.source in (None, entry.source)
        and entry.words.issuperset(rule.words)
        and (not rule.topic or rule.topic in entry.topics)
    )


def spared(entry: Seen, *, now: datetime) -> bool:
    """A deadline lies ahead: only a person lets it pass, whatever a rule says."""
    return entry.deadline is not None and entry.deadline > now


def takes(rule: Condition, entry: Seen, *, now: datetime) -> bool:
    return matches(rule, entry) and not spared(entry, now=now)


def propose(
    decided: Sequence[Decided], *, ours: Iterable[Seen] = (), known: Iterable[Condition] = ()
) -> list[Proposal]:
    """Rules that would have decided as people did, each at least LEAST times and never wrongly.

    `ours`: entries of any time that were opened or attached. `known`: rules that are active, off
    or refused; what they match proposes nothing more.
    """
    told = list(known)
    dismissed = [
        each
        for each in decided
        if each.decision == Decision.DISMISSED
        and not any(matches(condition, each.seen) for condition in told)
    ]
    kept = [*ours, *(each.seen for each in decided if each.decision in OURS)]
    found = [
        Proposal(condition, _reason(support), tuple(sorted(_entries(support), reverse=True)))
        for condition, support in _clear(dismissed, kept)
    ]
    return _chosen(sorted(found, key=_strength))


def sources_with_enough(decided: Iterable[Decided]) -> list[int]:
    """Only these may get a proposal, so that the known history of others need not be read."""
    counted = Counter(each.seen.source for each in decided if each.decision == Decision.DISMISSED)
    return sorted(source for source, number in counted.items() if number >= LEAST)


def _clear(
    dismissed: Sequence[Decided], kept: Sequence[Seen]
) -> Iterator[tuple[Condition, list[Decided]]]:
    """Conditions with enough support and no entry of ours, source by source."""
    for source in sources_with_enough(dismissed):
        of_source = [each for each in dismissed if each.seen.source == source]
        ours = [each for each in kept if each.source == source]
        having = _frequent(of_source)
        topics = sorted({topic for each in of_source for topic in each.seen.topics})
        for topic in topics:
            yield from _supported(Condition(source, topic=topic), of_source, ours)
        blocked = []
        for word in having:
            supported = list(_supported(Condition(source, (word,)), of_source, ours))
            yield from supported
            blocked += [] if supported else [word]
        # A pair with a word that is clear by itself would say less than the word.
        for one, other in combinations(blocked[:PAIRED], 2):
            if len(having[one] & having[other]) >= LEAST:
                pair = Condition(source, tuple(sorted((one, other))))
                yield from _supported(pair, of_source, ours)


def _frequent(of_source: Sequence[Decided]) -> dict[str, set[int]]:
    """Words that say something, with the entries that have them, the most frequent first."""
    having: dict[str, set[int]] = {}
    for each in of_source:
        for word in each.seen.words:
            having.setdefault(word, set()).add(each.seen.entry)
    told = {w: found for w, found in having.items() if len(found) >= LEAST and says_something(w)}
    return {word: told[word] for word in sorted(told, key=lambda word: (-len(told[word]), word))}


def says_something(word: str) -> bool:
    return len(word) >= SHORTEST and not word.isdigit() and word not in EMPTY


def _supported(
    condition: Condition, of_source: Sequence[Decided], ours: Sequence[Seen]
) -> Iterator[tuple[Condition, list[Decided]]]:
    support = [each for each in of_source if matches(condition, each.seen)]
    if len(_entries(support)) >= LEAST and not any(matches(condition, each) for each in ours):
        yield condition, support


def _entries(support: Iterable[Decided]) -> set[int]:
    return {each.seen.entry for each in support}


def _reason(support: Sequence[Decided]) -> Dismissal:
    """The one that was given most; words of somebody's own are no reason of a rule."""
    given = Counter(each.reason for each in support if each.reason in set(Dismissal))
    if not given:
        return Dismissal.NOT_OUR_TOPIC
    return Dismissal(min(given, key=lambda reason: (-given[reason], reason)))


def _strength(found: Proposal) -> tuple[object, ...]:
    """Most support first; of equal ones the shorter, then the one with the longer words."""
    condition = found.condition
    length = sum(map(len, condition.words))
    return (
        -len(found.support), len(condition.words), -length,
        condition.source, condition.words, condition.topic,
    )  # fmt: skip


def _chosen(strongest: Iterable[Proposal]) -> list[Proposal]:
    """Each must bring LEAST entries that none before it has: the rest says the same again."""
    chosen: list[Proposal] = []
    covered: set[int] = set()
    for each in strongest:
        if len(set(each.support) - covered) >= LEAST and len(chosen) < PROPOSED:
            chosen.append(each)
            covered.update(each.support)
    return chosen
