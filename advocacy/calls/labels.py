"""What people call it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any  # the states of several tables

from advocacy.calls.rules import (
    Basis,
    CallState,
    ContributionState,
    Gap,
    InvitationState,
    QuestionKind,
    Reception,
    RingOutcome,
    Stance,
)
from advocacy.errors import Message

CALLS: Mapping[CallState, Message] = {
    CallState.DRAFT: Message("Being prepared"),
    CallState.HELD: Message("Leaves in a few minutes"),
    CallState.OPEN: Message("Open for answers"),
    CallState.CLOSED: Message("Closed"),
}
INVITATIONS: Mapping[InvitationState, Message] = {
    InvitationState.PREPARED: Message("Not written to"),
    InvitationState.SENT: Message("No answer yet"),
    InvitationState.DRAFTED: Message("Draft begun"),
    InvitationState.ANSWERED: Message("Answered"),
    InvitationState.ABSENT: Message("Absent"),
}
CONTRIBUTIONS: Mapping[ContributionState, Message] = {
    ContributionState.GIVEN: Message("Given"),
    ContributionState.WITHDRAWN: Message("Withdrawn"),
}
QUESTIONS: Mapping[QuestionKind, Message] = {
    QuestionKind.STANCE: Message("Yes, partly, no"),
    QuestionKind.TEXT: Message("Free text"),
    QuestionKind.NUMBER: Message("Number with a unit"),
    QuestionKind.CHOICE: Message("Choice of several"),
}
STANCES: Mapping[Stance, Message] = {
    Stance.YES: Message("Yes"),
    Stance.PARTLY: Message("Partly"),
    Stance.NO: Message("No"),
    Stance.NO_OBJECTION: Message("No objection"),
    Stance.NOT_CONCERNED: Message("Don't know / doesn't concern us"),
    Stance.NOT_STATED: Message("Not stated"),
}
RINGS: Mapping[RingOutcome, Message] = {
    RingOutcome.REACHED: Message("Reached"),
    RingOutcome.NO_ANSWER: Message("Nobody answered the phone"),
    RingOutcome.ABSENT: Message("Absent"),
    RingOutcome.WRONG_CONTACT: Message("Wrong contact"),
}
BASES: Mapping[Basis, Message] = {
    Basis.COUNCIL: Message("Decision of the council"),
    Basis.MAYOR: Message("Mayor"),
    Basis.OFFICE: Message("Office"),
}
CHANNELS: Mapping[str, Message] = {
    "web": Message("on this page"),
    "mail": Message("by mail"),
    "phone": Message("by phone"),
    "paper": Message("on paper"),
}
GAPS: Mapping[Gap, Message] = {
    Gap.NOBODY: Message("Nobody is invited yet: choose an audience"),
    Gap.NO_TEXT: Message("%(language)s: the text is missing. %(who)s"),
    Gap.NOT_CHECKED: Message("%(language)s: the text is not checked. %(who)s"),
    Gap.STALE: Message("%(language)s: the original has changed since it was checked. %(who)s"),
    Gap.NO_TIME: Message("The deadline for answers is over: choose a later one"),
    Gap.AFTER_WINDOW: Message("The deadline for answers lies after the end of the window"),
}
RECEPTIONS: Mapping[Reception, Message] = {
    Reception.NOT_YET: Message("Has not begun yet"),
    Reception.OPEN: Message("Open for answers"),
    Reception.LATE: Message("Late answers are kept and marked"),
    Reception.OVER: Message("Over: the answer stands"),
}
_TABLES: tuple[Mapping[Any, Message], ...] = (
    CALLS,
    INVITATIONS,
    CONTRIBUTIONS,
    QUESTIONS,
    STANCES,
    BASES,
    GAPS,
    RECEPTIONS,
    RINGS,
)
LABELS: Mapping[StrEnum, Message] = {
    state: label for table in _TABLES for state, label in table.items()
}
