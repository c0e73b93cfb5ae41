"""How rules are called on pages."""

from collections.abc import Mapping
from enum import StrEnum

from advocacy.errors import Message
from advocacy.learned.rules import State

LABELS: Mapping[StrEnum, Message] = {
    State.ACTIVE: Message("Rule is on"),
    State.OFF: Message("Rule is off"),
    State.REFUSED: Message("Rule was refused"),
}
