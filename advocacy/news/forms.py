"""What people type about an entry that is worth knowing."""

from collections.abc import Mapping
from dataclasses import dataclass

from advocacy.errors import Invalid, Message
from advocacy.news import rules
from advocacy.people.rules import COUNTRIES, LANGUAGES
from feeds.reading.topics import TOPICS

Typed = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Noted:
    """`sentences` by language, those that were written."""

    sentences: Mapping[str, str]
    topics: tuple[str, ...]
    countries: tuple[str, ...]


def noted(typed: Typed) -> Noted:
    """Raises Invalid with the field that is wrong."""
    sentences = {
        language: " ".join(typed.get(f"sentence-{language}", "").split()) for language in LANGUAGES
    }
    rules.check_sentences(sentences, LANGUAGES)
    return Noted(
        {language: text for language, text in sentences.items() if text}, *interests(typed)
    )


def interests(typed: Typed) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Topics and countries that were ticked, in the order of the lists. Raises Invalid."""
    topics, countries = _listed(typed, "topics"), _listed(typed, "countries")
    wrong = {}
    if topics - set(TOPICS):
        wrong["topics"] = Message("Choose from the list")
    if countries - set(COUNTRIES):
        wrong["countries"] = Message("Choose from the list")
    if wrong:
        raise Invalid(wrong)
    return (
        tuple(each for each in TOPICS if each in topics),
        tuple(each for each in COUNTRIES if each in countries),
    )


def _listed(typed: Typed, name: str) -> set[str]:
    return {each.strip() for each in typed.get(name, "").split(",") if each.strip()}
