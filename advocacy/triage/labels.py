"""How decisions are called on pages."""

from collections.abc import Mapping
from enum import StrEnum

from advocacy.errors import Message
from advocacy.triage.rules import Decision, Dismissal

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
LABELS: Mapping[StrEnum, Message] = {**DECISIONS, **DISMISSALS}


def reason_label(reason: str) -> Message | str:
    """One of ours, or the words that somebody wrote."""
    return DISMISSALS[Dismissal(reason)] if reason in set(Dismissal) else reason
