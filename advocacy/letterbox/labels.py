"""What people read of a mail."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any  # the states of several tables

from advocacy.errors import Message
from advocacy.letterbox.rules import Kind, State, Why

KINDS: Mapping[Kind, Message] = {
    Kind.REPLY: Message("Reply"),
    Kind.CONFIRMATION: Message("Confirmation"),
    Kind.QUESTION: Message("Question to us"),
    Kind.ABSENCE: Message("Absence"),
    Kind.BOUNCE: Message("Letter that came back"),
    Kind.DELAY: Message("Letter that is delayed"),
    Kind.OTHER: Message("Written by a machine"),
    Kind.UNKNOWN: Message("Belongs to no call yet"),
}
STATES: Mapping[State, Message] = {
    State.WAITING: Message("Waits for you"),
    State.TO_CONFIRM: Message("To be confirmed"),
    State.TAKEN: Message("Taken as an answer"),
    State.NOTED: Message("Noted"),
    State.KEPT: Message("Kept: the answer stands"),
    State.FILED: Message("Filed: no answer"),
}
WHYS: Mapping[Why, Message] = {
    Why.UNREADABLE: Message("This mail could not be read. Its source can be downloaded."),
    Why.NO_INVITATION: Message("Nothing in this mail says which letter it answers."),
    Why.OTHER_SENDER: Message(
        "Somebody who is no contact of the municipality answered. The municipality was asked to "
        "confirm it."
    ),
    Why.UNPROVEN: Message(
        "This mail names the call, but it is no reply to our letter: anybody could have written "
        "it under this address."
    ),
    Why.NOBODY_TO_ASK: Message(
        "Somebody who is no contact of the municipality answered, and there is nobody to ask."
    ),
    Why.NOTHING_TYPED: Message("Besides what was quoted there is nothing in this mail."),
    Why.ADDS: Message(
        "An answer stands already, and this mail says neither yes nor no. It may add something."
    ),
    Why.OVER: Message("It came after the deadline, and an answer was given in time."),
    Why.NOT_YET: Message("It came before the letters of the call have left."),
    Why.UNCLEAR: Message("The municipality was asked to confirm an answer, and wrote this."),
    Why.MACHINE: Message("A machine or a mailing list seems to have sent this."),
    Why.WHICH_LETTER: Message("A letter came back, and the mail does not say which."),
    Why.NOT_SENT: Message(
        "An answer to a question came by mail, and something was added to the question meanwhile. "
        "It has not left."
    ),
    Why.FOR_THE_HOUSE: Message(
        "This mail replies to a letter that went to somebody of the house. It is kept here, and "
        "nothing of it has left."
    ),
    Why.FAILED: Message("This mail could not be worked on. It is kept as it came."),
}
_TABLES: tuple[Mapping[Any, Message], ...] = (KINDS, STATES, WHYS)
LABELS: Mapping[StrEnum, Message] = {
    state: label for table in _TABLES for state, label in table.items()
}
