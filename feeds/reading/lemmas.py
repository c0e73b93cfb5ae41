"""The dictionary form of a word; each language's dictionary is loaded when first asked for."""

from functools import lru_cache

from feeds.reading.letters import folded

LANGUAGES = ("en", "de", "fr", "it", "sl")


@lru_cache(maxsize=65_536)
def forms(word: str, language: str | None) -> tuple[str, ...]:
    """The word folded and, if different, its dictionary form folded ("Wölfe": wolfe, wolf).

    The first dictionary costs about 110 MB of memory, each other about 25, and half a second,
    once in a process.
    """
    plain = folded(word)
    if language not in LANGUAGES or word.isdigit():
        return (plain,)
    lemma = folded(_lemma(word, language))
    return (plain,) if lemma == plain or not lemma.isalnum() else (plain, lemma)


def _lemma(word: str, language: str) -> str:
    # Imported here: most processes (a page, a migration) never read a text.
    from simplemma import lemmatize

    return lemmatize(word, lang=language)
