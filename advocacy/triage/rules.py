"""What may become of an entry."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

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


def check_decision(before: str, decision: Decision, *, who: str = "") -> None:
    """`who` decided before: a second decision shows the first."""
    if decision not in ALLOWED[before]:
        raise Outdated(
            Message(
                "%(who)s has decided this entry already: %(before)s", {"who": who, "before": before}
            )
        )


def later_until(choice: str, *, now: datetime) -> datetime:
    """tomorrow, or next week: the entry comes back at six in the morning (UTC)."""
    days = {"tomorrow": 1, "next week": 7}.get(choice, 1)
    return (now + timedelta(days=days)).replace(hour=5, minute=0, second=0, microsecond=0)
