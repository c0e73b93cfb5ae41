"""When a translated paragraph still says what the original says, and who may translate."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from advocacy.errors import NotFound
from advocacy.people.rules import LANGUAGES, Role
from advocacy.provenance import without_citations


class TranslationState(StrEnum):
    MACHINE = "machine"  # written by a machine, read by nobody
    DRAFT = "draft"
    CHECKED = "checked"


ALLOWED: Mapping[TranslationState, frozenset[TranslationState]] = {
    TranslationState.MACHINE: frozenset({TranslationState.DRAFT, TranslationState.CHECKED}),
    TranslationState.DRAFT: frozenset({TranslationState.CHECKED}),
    TranslationState.CHECKED: frozenset({TranslationState.DRAFT, TranslationState.MACHINE}),
}
ENDS = frozenset({TranslationState.CHECKED})

SPOKEN: Mapping[str, frozenset[str]] = {
    "AT": frozenset({"de"}),
    "CH": frozenset({"de", "fr", "it"}),
    "DE": frozenset({"de"}),
    "FR": frozenset({"fr"}),
    "IT": frozenset({"it", "de"}),  # German in South Tyrol
    "LI": frozenset({"de"}),
    "SI": frozenset({"sl"}),
}
"""In which languages the municipalities of a country write."""

LONGEST = 20_000  # characters of one translated paragraph


def is_stale(source_text: str, original: str) -> bool:
    """The original's words have changed since the translation was made from it.

    Citations are no words: a source that is added to a sentence changes no translation.
    """
    return _words(source_text) != _words(original)


def _words(text: str) -> str:
    return " ".join(without_citations(text).split())


def may_translate(role: str | None, countries: Iterable[str], language: str) -> bool:
    """The secretariat into every language, coordinators into those of their countries."""
    if role == Role.SECRETARIAT:
        return language in LANGUAGES
    spoken = {each for country in countries for each in SPOKEN.get(country, frozenset())}
    return role == Role.COORDINATOR and language in spoken


def check_translates(role: str | None, countries: Iterable[str], language: str) -> None:
    if not may_translate(role, countries, language):
        raise NotFound("There is no such page")


def is_right(state: str, source_text: str, original: str) -> bool:
    """A person has checked it, and the original still says the same."""
    return state == TranslationState.CHECKED and not is_stale(source_text, original)
