"""What may become of an entry."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from advocacy.errors import Message, Outdated


class Decision(StrEnum):
    DOSSIER = "dossier"  # opens one
    ATTACHED = "attached"  # belongs to one
    DUPLICATE = "duplicate"
    DISMISSED = "dismissed"
    LATER = "later"


class Dismissal(StrEnum):
    NOT_OUR_TOPIC = "not our topic"
    TOO_LATE = "too late"
    ONLY_INFORMATION = "only information"
    OUTSIDE_THE_ALPS = "outside the Alps"


UNDECIDED = ""

ALLOWED: Mapping[str, frozenset[Decision]] = {
    UNDECIDED: frozenset(Decision),
    Decision.LATER: frozenset(Decision),
    Decision.DOSSIER: frozenset(),
    Decision.ATTACHED: frozenset(),
    Decision.DUPLICATE: frozenset(),
    Decision.DISMISSED: frozenset(),
}
"""From what was decided before to what may be decided now. An undo deletes the decision."""

ENDS = frozenset({Decision.DOSSIER, Decision.ATTACHED, Decision.DUPLICATE, Decision.DISMISSED})

OFFICE_ZONE = "Europe/Brussels"
"""Where "today" begins and ends for the office."""

UNDO_LASTS = timedelta(days=30)
"""So long the list of decisions offers to take one back."""


def check_decision(before: str, decision: Decision, *, who: str = "") -> None:
    """`who` decided before: a second decision shows the first."""
    if decision not in ALLOWED[before]:
        raise Outdated(
            Message(
                "%(who)s has decided this entry already: %(before)s", {"who": who, "before": before}
            )
        )


def later_until(choice: str, *, now: datetime) -> datetime:
    """tomorrow, or next week: the entry comes back at five in the morning, UTC."""
    days = {"tomorrow": 1, "next week": 7}.get(choice, 1)
    return (now + timedelta(days=days)).replace(hour=5, minute=0, second=0, microsecond=0)


def day_begins(now: datetime) -> datetime:
    """The last midnight of the office."""
    local = now.astimezone(ZoneInfo(OFFICE_ZONE))
    return local.replace(hour=0, minute=0, second=0, microsecond=0)


def probably_not_ours(topics: Sequence[object], deadlines: Sequence[object]) -> bool:
    """Neither a topic of the Alps nor a deadline was found in the text."""
    return not topics and not deadlines


def marked(quote: str, words: str) -> list[tuple[bool, str]]:
    """The pieces of a sentence; True marks the words that the deadline was read from."""
    at = quote.find(words) if words else -1
    if at < 0:
        return [(False, quote)] if quote else []
    pieces = [(False, quote[:at]), (True, words), (False, quote[at + len(words) :])]
    return [piece for piece in pieces if piece[1]]
