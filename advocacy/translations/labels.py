"""What the states of a translation are called."""

from collections.abc import Mapping
from enum import Enum

from advocacy.errors import Message
from advocacy.translations.rules import TranslationState

LABELS: Mapping[Enum, Message] = {
    TranslationState.MACHINE: Message("Machine translation, unchecked"),
    TranslationState.DRAFT: Message("Not checked yet"),
    TranslationState.CHECKED: Message("Checked"),
}
MISSING = Message("Not translated yet")
STALE = Message("The original has changed")

STATES: Mapping[str, Message] = {each.value: LABELS[each] for each in TranslationState}
SHOWN: Mapping[str, Message] = {"missing": MISSING, "stale": STALE, **STATES}
"""In the order in which they want work."""
