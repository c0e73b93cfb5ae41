"""The dictionary form of a word; each language's dictionary is loaded when first asked for."""

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from feeds.reading.letters import folded

if TYPE_CHECKING:
    from simplemma import Lemmatizer

LANGUAGES = ("en", "de", "fr", "it", "sl")


@cache
def _lemmatizer() -> "Lemmatizer":
    """simplemma, reading its dictionaries as they are packed: all five take about 30 MB.

    Unpacked they take 225 MB. A word costs 40 µs the first time instead of 10, and the answer is
    remembered below: a second memory in simplemma would hold everything twice.
    """
    # Imported here: most processes (a page, a migration) never read a text.
    from simplemma import Lemmatizer
    from simplemma.strategies import DefaultStrategy

    return Lemmatizer(cache_max_size=0, lemmatization_strategy=DefaultStrategy(low_memory=True))


def load() -> None:
    """All dictionaries: more than a second that nobody should spend in front of a first page."""
    for language in LANGUAGES:
        forms("alphorn", language)


def forms(word: str, language: str | None) -> tuple[str, ...]:
    """The word folded and, if different, its dictionary form folded ("Wölfe": wolfe, wolf)."""
    # Numbers are never the same twice: they would only push the words out of the memory.
    return (word,) if word.isdecimal() and word.isascii() else _forms(word, language)


@lru_cache(maxsize=32_768)
def _forms(word: str, language: str | None) -> tuple[str, ...]:
    plain = folded(word)
    if language not in LANGUAGES or word.isdigit():
        return (plain,)
    lemma = folded(_lemmatizer().lemmatize(word, language))
    return (plain,) if lemma == plain or not lemma.isalnum() else (plain, lemma)
