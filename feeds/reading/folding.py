"""One line of words by which a text is found again, and the words of a query made the same way."""

from collections.abc import Iterable
from functools import cache

from feeds.reading.lemmas import forms
from feeds.reading.letters import composed, words_of
from feeds.reading.tokens import Remembered, tokens_of

LONGEST_TEXT = 20_000


@cache
def _found_by(language: str | None) -> Remembered[str]:
    """Per token the words that it is found by, with spaces between."""

    def told(token: str) -> str:
        said = [form for word in words_of(token) for form in forms(word, language)]
        # Folding takes signs apart ("¼"): what comes of them is split again.
        return " ".join(said if all(map(str.isalnum, said)) else words_of(" ".join(said)))

    return Remembered(told)


def search_text(text: str, *, language: str | None) -> str:
    """The words of the first 20,000 characters, folded, and their dictionary forms; each once."""
    return search_text_of(tokens_of(composed(text)[:LONGEST_TEXT]), language)


def search_text_of(tokens: Iterable[str], language: str | None) -> str:
    """`search_text` of a text that is cut into tokens already."""
    said = " ".join(map(_found_by(language).__getitem__, tokens))
    return " ".join(dict.fromkeys(said.split()))


def search_words(query: str, *, language: str | None) -> list[str]:
    """One word to look for per word of the query: its dictionary form if known, else folded.

    A text that was folded in the same language holds it in whatever form the word stands there.
    """
    words = words_of(composed(query)[:LONGEST_TEXT])
    wanted = (forms(word, language)[-1] for word in words)
    return list(dict.fromkeys(piece for form in wanted for piece in words_of(form)))
