"""What stands against merging two dossiers, and what the one that remains says of itself. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any  # columns of a dossier

from advocacy.dossiers import rules
from advocacy.dossiers.rules import Station
from advocacy.dossiers.tables import Dossier
from advocacy.errors import Message
from advocacy.people.rules import COUNTRIES
from feeds.reading.topics import TOPICS


@dataclass(frozen=True, slots=True)
class Under:
    """What is under way in two dossiers, as far as merging has to know it."""

    rounds: Sequence[str] = ()  # numbers of dossiers with an open round
    held: Sequence[str] = ()  # calls whose letters wait
    positions: frozenset[int] = frozenset()  # dossiers that have one
    bound: tuple[int, ...] = ()  # windows of the source with a call or its position
    running: bool = False  # one of these is still ahead, or its call still open


def obstacles(source: Dossier, target: Dossier, under: Under) -> tuple[Message, ...]:
    """Why these two cannot be merged now. Pure; empty: they can."""
    if source.id == target.id:
        return (Message("This is the same dossier"),)
    found = [
        Message("%(number)s has been merged already", {"number": each.number})
        for each in (source, target)
        if each.merged_into is not None
    ]
    if target.station == Station.CLOSED and target.merged_into is None:
        values = {"number": target.number}
        found.append(Message("%(number)s is closed: open it again first", values))
    found += [
        Message(
            "The presidency is deciding on the text of %(number)s: wait for the end of the round",
            {"number": each},
        )
        for each in under.rounds
    ]
    found += [
        Message(
            "The letters of call %(number)s are about to leave: stop it, or wait a few minutes",
            {"number": each},
        )
        for each in under.held
    ]
    if both_have_text(source, target, under) and under.running:
        values = {"source": source.number}
        found.append(
            Message(
                "Both have a text, and %(source)s has a deadline or a call that is still running: "
                "wait until it is over",
                values,
            )
        )
    return tuple(found)


def both_have_text(source: Dossier, target: Dossier, under: Under) -> bool:
    return {source.id, target.id} <= under.positions


def united(source: Dossier, target: Dossier, *, texts: bool) -> dict[str, Any]:
    """The facts of the target afterwards. Pure. `texts`: both have a position."""
    return {
        "summary": _appended(source, target),
        "topics": _either(source.topics, target.topics, list(TOPICS)),
        "countries": _either(source.countries, target.countries, list(COUNTRIES)),
        "sponsor": target.sponsor or source.sponsor,
        "body": target.body or source.body,
        "procedure": target.procedure or source.procedure,
        "priority": min(source.priority, target.priority),
        "station": target.station if texts else _further(source.station, target.station),
        "closed_reason": target.closed_reason,
    }


def _appended(source: Dossier, target: Dossier) -> str:
    """The source's number and title stand before its words: whose they are remains known."""
    origin = f"{source.number} {source.title}"
    words = f"{origin}\n{source.summary}" if source.summary else origin
    return f"{target.summary}\n\n{words}".strip()


def _either(one: str, other: str, order: Sequence[str]) -> str:
    found = {part for part in (*one.split(","), *other.split(",")) if part}
    known = [each for each in order if each in found]
    return ",".join([*known, *sorted(found - set(known))])


def _further(one: str, other: str) -> str:
    """Of two stations; a closed dossier brings none."""
    return max((each for each in (other, one) if each in rules.TRAIL), key=rules.TRAIL.index)
