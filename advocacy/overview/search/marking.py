"""Which words of a found text were looked for. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from feeds.reading.folding import search_text

_WORD = re.compile(r"\w+")
EXCERPT = 220
BEFORE = 60


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    found: bool


def marked(text: str, words: Sequence[str], *, language: str | None) -> list[Piece]:
    """The text in pieces; put together again they are the text.

    `words` are folded, as from feeds.reading.search_words; a word counts when it or its
    dictionary form begins with one of them: what the search finds is what is marked.
    """
    pieces: list[Piece] = []
    rest = 0
    for word in _WORD.finditer(text):
        if not _is_looked_for(word[0], words, language):
            continue
        if word.start() > rest:
            pieces.append(Piece(text[rest : word.start()], found=False))
        pieces.append(Piece(word[0], found=True))
        rest = word.end()
    if rest < len(text):
        pieces.append(Piece(text[rest:], found=False))
    return pieces


def _is_looked_for(word: str, words: Sequence[str], language: str | None) -> bool:
    forms = search_text(word, language=language).split()
    return any(form.startswith(each) for form in forms for each in words)


def excerpt(text: str, words: Sequence[str], *, language: str | None) -> list[Piece]:
    """About two lines around the first word that was looked for."""
    text = " ".join(text.split())
    first = next(
        (m.start() for m in _WORD.finditer(text) if _is_looked_for(m[0], words, language)), 0
    )
    start = max(0, first - BEFORE)
    if start:
        start = text.find(" ", start) + 1
    cut = text[start : start + EXCERPT]
    if start + EXCERPT < len(text):
        cut = cut.rpartition(" ")[0] + " …"
    return marked(("… " if start else "") + cut, words, language=language)
