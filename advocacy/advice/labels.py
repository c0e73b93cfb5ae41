"""What people read of a question."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from advocacy.advice.rules import AnswerState, EnquiryState, MessageKind, WhyNot
from advocacy.errors import Message
from advocacy.texts import ngettext, translate

STATES: Mapping[EnquiryState, Message] = {
    EnquiryState.OPEN: Message("Waits for an answer"),
    EnquiryState.WAITING: Message("Waits for the municipality"),
    EnquiryState.ANSWERED: Message("Question answered"),
    EnquiryState.CLOSED: Message("Question closed"),
}
TO_THE_ASKER: Mapping[EnquiryState, Message] = {
    EnquiryState.OPEN: Message("We are at it"),
    EnquiryState.WAITING: Message("We have asked you something"),
    EnquiryState.ANSWERED: Message("Question answered"),
    EnquiryState.CLOSED: Message("Question closed"),
}
COLOURS: Mapping[EnquiryState, str] = {
    EnquiryState.OPEN: "warn",
    EnquiryState.WAITING: "info",
    EnquiryState.ANSWERED: "ok",
    EnquiryState.CLOSED: "mute",
}
KINDS: Mapping[MessageKind, Message] = {
    MessageKind.QUESTION: Message("Question"),
    MessageKind.ANSWER: Message("Answer"),
    MessageKind.BACK: Message("Question back"),
    MessageKind.HANDOVER: Message("Handed over"),
}
ANSWERS: Mapping[AnswerState, Message] = {
    AnswerState.DRAFT: Message("Not published"),
    AnswerState.PUBLISHED: Message("Published"),
}
CHANNELS: Mapping[str, Message] = {
    "web": Message("on the page"),
    "mail": Message("by mail"),
    "phone": Message("by phone"),
}
WHY_NOT: Mapping[WhyNot, Message] = {
    WhyNot.ALREADY: Message("It has become an answer to a call already."),
    WhyNot.NO_DOSSIER: Message("It belongs to no dossier. Say which one it is about."),
    WhyNot.NO_MUNICIPALITY: Message("Nobody knows yet which municipality asks."),
    WhyNot.NO_CALL: Message("No call of this dossier is open."),
    WhyNot.NOT_ASKED: Message("This municipality was not asked in the call of this dossier."),
    WhyNot.OVER: Message("The deadline for answers is over, and an answer was given in time."),
}
SHOWS: Mapping[str, Message] = {
    "open": Message("Waits for an answer"),
    "done": Message("Answered or asked back"),
    "closed": Message("Closed questions"),
}

_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)


def waiting_for(since: datetime, now: datetime) -> str:
    """How long the municipality has waited, in whole days or hours; in the first hour only that."""
    if (days := (now - since) // _DAY) > 0:
        return ngettext("Waiting for %(num)d day", "Waiting for %(num)d days", days) % {"num": days}
    if (hours := (now - since) // _HOUR) < 1:
        return translate(STATES[EnquiryState.OPEN])
    return ngettext("Waiting for %(num)d hour", "Waiting for %(num)d hours", hours) % {"num": hours}
