"""What the states of a translation are called."""

from collections.abc import Mapping
from enum import Enum

from advocacy.errors import Message
from advocacy.translations.rules import TranslationState

LABELS: Mapping[Enum, Message] = {
    TranslationState.DRAFT: Message("Not checked yet"),
    TranslationState.CHECKED: Message("Checked"),
}
MISSING = Message("Not translated yet")
STALE = Message("The original has changed")

STATES: Mapping[str, Message] = {each.value: LABELS[each] for each in TranslationState}
