"""When a call may leave, who may answer, what an answer is."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum


class CallState(StrEnum):
    DRAFT = "draft"
    HELD = "held"  # ten minutes in which it can be stopped
    OPEN = "open"
    CLOSED = "closed"


ALLOWED: Mapping[CallState, frozenset[CallState]] = {
    CallState.DRAFT: frozenset({CallState.HELD}),
    CallState.HELD: frozenset({CallState.OPEN, CallState.DRAFT}),
    CallState.OPEN: frozenset({CallState.CLOSED}),
    CallState.CLOSED: frozenset({CallState.OPEN}),
}
ENDS = frozenset({CallState.CLOSED})
HOLD = timedelta(minutes=10)


class InvitationState(StrEnum):
    PREPARED = "prepared"
    SENT = "sent"
    DRAFTED = "drafted"
    ANSWERED = "answered"
    ABSENT = "absent"


INVITATION_ALLOWED: Mapping[InvitationState, frozenset[InvitationState]] = {
    InvitationState.PREPARED: frozenset({InvitationState.SENT, InvitationState.ANSWERED}),
    InvitationState.SENT: frozenset(
        {InvitationState.DRAFTED, InvitationState.ANSWERED, InvitationState.ABSENT}
    ),
    InvitationState.DRAFTED: frozenset({InvitationState.ANSWERED, InvitationState.ABSENT}),
    InvitationState.ABSENT: frozenset({InvitationState.DRAFTED, InvitationState.ANSWERED}),
    InvitationState.ANSWERED: frozenset({InvitationState.DRAFTED}),  # withdrawn
}
INVITATION_ENDS = frozenset({InvitationState.ANSWERED})


class ContributionState(StrEnum):
    GIVEN = "given"
    WITHDRAWN = "withdrawn"


CONTRIBUTION_ALLOWED: Mapping[ContributionState, frozenset[ContributionState]] = {
    ContributionState.GIVEN: frozenset({ContributionState.WITHDRAWN}),
    ContributionState.WITHDRAWN: frozenset({ContributionState.GIVEN}),
}
CONTRIBUTION_ENDS = frozenset({ContributionState.GIVEN, ContributionState.WITHDRAWN})


class QuestionKind(StrEnum):
    STANCE = "stance"
    TEXT = "text"
    NUMBER = "number"
    CHOICE = "choice"


class Stance(StrEnum):
    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    NOT_CONCERNED = "not_concerned"


class Basis(StrEnum):
    COUNCIL = "council"
    MAYOR = "mayor"
    OFFICE = "office"


LONGEST_TEXT = 5_000
MOST_QUESTIONS = 3


def accepts(state: CallState, *, answers_until: datetime, now: datetime) -> bool:
    """Changes are taken until the deadline; what comes later is kept and marked late."""
    return state in {CallState.OPEN, CallState.CLOSED} and now <= answers_until


def missing_languages(spoken: Iterable[str], checked: Iterable[str]) -> list[str]:
    """The gate: every language spoken by an invited municipality is checked by a person."""
    return sorted(set(spoken) - set(checked))
