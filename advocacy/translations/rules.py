"""When a translated paragraph still says what the original says."""

from collections.abc import Mapping
from enum import StrEnum


class TranslationState(StrEnum):
    DRAFT = "draft"
    CHECKED = "checked"


ALLOWED: Mapping[TranslationState, frozenset[TranslationState]] = {
    TranslationState.DRAFT: frozenset({TranslationState.CHECKED}),
    TranslationState.CHECKED: frozenset({TranslationState.DRAFT}),
}
ENDS = frozenset({TranslationState.CHECKED})


def is_stale(source_text: str, original: str) -> bool:
    """The original has changed since the translation was made from it."""
    return source_text.strip() != original.strip()
