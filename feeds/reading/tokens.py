"""A text cut at its spaces, and what was once found out about such a piece, remembered.

Notices repeat their words: nearly everything that is asked of a word has been asked before. One
look into a table per token is the cheapest question there is.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

V = TypeVar("V")

# Tokens of one generation; two are kept. A token with its answer takes about 300 bytes.
REMEMBERED = 8192
_LONGEST = 40  # characters: what is longer is an address, and comes once


class Remembered(dict[str, V]):
    """Answers per token. What was not asked for in two generations is forgotten."""

    def __init__(self, answer: Callable[[str], V], *, room: int = REMEMBERED) -> None:
        super().__init__()
        self._answer = answer
        self._room = room
        self._before: dict[str, V] = {}

    def __missing__(self, token: str) -> V:
        said = self._before[token] if token in self._before else self._answer(token)
        if len(token) <= _LONGEST:
            if len(self) >= self._room:
                self._before = dict(self)
                self.clear()
            self[token] = said
        return said


def tokens_of(text: str) -> dict[str, None]:
    """What stands between the spaces of a text, each once, in order of first occurrence."""
    return dict.fromkeys(text.split())


def occurrences(text: str, token: str) -> Iterator[int]:
    """Where a token stands in a text, from space to space."""
    at = text.find(token)
    while at >= 0:
        end = at + len(token)
        if (not at or text[at - 1].isspace()) and (end == len(text) or text[end].isspace()):
            yield at
        at = text.find(token, end)


def merged(places: Iterable[tuple[int, int]], around: int) -> Iterator[tuple[int, int]]:
    """The stretches that reach `around` characters beyond sorted places; near ones are one."""
    low = high = -1
    for start, end in places:
        if high >= 0 and start - around > high:
            yield low, high
            low = -1
        low = max(start - around, 0) if low < 0 else low
        high = end + around
    if high >= 0:
        yield low, high
