"""One line of words by which a text is found again, and the words of a query made the same way."""

from feeds.reading.lemmas import forms
from feeds.reading.letters import composed, words_of

LONGEST_TEXT = 20_000


def search_text(text: str, *, language: str | None) -> str:
    """The words of the first 20,000 characters, folded, and their dictionary forms; each once."""
    words = words_of(composed(text)[:LONGEST_TEXT])
    said = (form for word in dict.fromkeys(words) for form in forms(word, language))
    # Folding takes signs apart ("¼"): what comes of them is split again.
    return " ".join(dict.fromkeys(piece for form in said for piece in words_of(form)))


def search_words(query: str, *, language: str | None) -> list[str]:
    """One word to look for per word of the query: its dictionary form if known, else folded.

    A text that was folded in the same language holds it in whatever form the word stands there.
    """
    words = words_of(composed(query)[:LONGEST_TEXT])
    wanted = (forms(word, language)[-1] for word in words)
    return list(dict.fromkeys(piece for form in wanted for piece in words_of(form)))
