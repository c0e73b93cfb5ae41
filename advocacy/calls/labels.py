"""What people call it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any  # the states of several tables

from advocacy.calls.covering.sizes import Size
from advocacy.calls.covering.standings import Standing
from advocacy.calls.reminding.resting import LeftOut
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
    WhyNot,
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
RING_STATES: Mapping[str, Message] = {
    "": Message("All"),
    "not_rung": Message("Not rung yet"),
    "not_opened": Message("Not opened"),
    "opened": Message("Has been opened"),
    "drafted": Message("Draft begun"),
    "absent": Message("Absent"),
}
"""What a row of the list to ring by can say of itself, and what the list is narrowed to."""
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
    "workshop": Message("at a gathering"),
}
GAPS: Mapping[Gap, Message] = {
    Gap.NOBODY: Message("Nobody is invited yet: choose an audience"),
    Gap.NO_TEXT: Message("%(language)s: the text is missing. %(who)s"),
    Gap.NOT_CHECKED: Message("%(language)s: the text is not checked. %(who)s"),
    Gap.STALE: Message("%(language)s: the original has changed since it was checked. %(who)s"),
    Gap.NO_TIME: Message("The deadline for answers is over: choose a later one"),
    Gap.AFTER_WINDOW: Message("The deadline for answers lies after the end of the window"),
    Gap.UNREAD: Message("The paragraphs of the official text are not looked through yet"),
}
WHY_NOT: Mapping[WhyNot, Message] = {
    WhyNot.NOBODY: Message("nobody to write to"),
    WhyNot.WANTS_NONE: Message("wants no calls by mail"),
    WhyNot.BOUNCED: Message("letters to the address come back"),
}
RECEPTIONS: Mapping[Reception, Message] = {
    Reception.NOT_YET: Message("Has not begun yet"),
    Reception.OPEN: Message("Open for answers"),
    Reception.LATE: Message("Late answers are kept and marked"),
    Reception.OVER: Message("Over: the answer stands"),
}
SIZES: Mapping[Size, Message] = {
    Size.SMALL: Message("Up to 1,000 inhabitants"),
    Size.MIDDLE: Message("1,001 to 5,000 inhabitants"),
    Size.LARGE: Message("5,001 to 20,000 inhabitants"),
    Size.LARGEST: Message("More than 20,000 inhabitants"),
    Size.UNKNOWN: Message("Size not known"),
}
STANDINGS: Mapping[Standing, Message] = {
    Standing.UNANSWERED: Message("Not answered"),
    Standing.NOT_OPENED: Message("Not opened"),
    Standing.OPENED: Message("Has been opened"),
    Standing.DRAFTED: Message("Draft begun"),
    Standing.ANSWERED: Message("Answered"),
    Standing.ABSENT: Message("Absent"),
    Standing.BOUNCED: Message("Letter came back"),
    Standing.WITHDRAWN: Message("Withdrawn"),
}
LEFT_OUT: Mapping[LeftOut, Message] = {
    LeftOut.TIRED: Message("Had a letter within seven days"),
    LeftOut.AWAY: Message("Absent"),
    LeftOut.BOUNCED: Message("Letters to this address come back"),
    LeftOut.UNWANTED: Message("Wants no reminders"),
    LeftOut.NOBODY: Message("No address is known"),
}
_TABLES: tuple[Mapping[Any, Message], ...] = (
    CALLS,
    INVITATIONS,
    CONTRIBUTIONS,
    QUESTIONS,
    STANCES,
    BASES,
    GAPS,
    WHY_NOT,
    RECEPTIONS,
    RINGS,
)
LABELS: Mapping[StrEnum, Message] = {
    state: label for table in _TABLES for state, label in table.items()
}
