"""What people read of a letter's state."""

from collections.abc import Mapping
from enum import StrEnum

from advocacy.errors import Message
from advocacy.mail.rules import LetterState

LABELS: Mapping[StrEnum, Message] = {
    LetterState.WAITING: Message("waiting"),
    LetterState.SENT: Message("sent"),
    LetterState.FAILED: Message("not deliverable"),
    LetterState.STOPPED: Message("stopped"),
    LetterState.BOUNCED: Message("came back"),
}
