"""Which of the slow questions are worth asking of a text: cheap signs, token by token.

A sign may stand where there is nothing to find; where something is to be found it stands.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from feeds.reading.letters import levelled, word_set
from feeds.reading.months import MONTHS
from feeds.reading.relative import PUBLICATION_STEMS
from feeds.reading.tokens import REMEMBERED, Remembered, tokens_of

# What a token may belong to. Plain numbers: they are asked for with every token of every text.
MONTH = 1  # a date with the name of a month
FIGURES = 2  # a date in figures
EDGE = 4  # "end of 2026"
PERIOD = 8  # "within four weeks of publication"
UNSETTLED = 16  # "to be confirmed"
EVERY = MONTH | FIGURES | EDGE | PERIOD | UNSETTLED

_EDGES = word_set("end ende fin fine konca konec")
_DIGIT = re.compile(r"\d")
_OPEN_WORDS = word_set("set n")
_RUN = re.compile(r"[a-z]+")
# One word of each phrase for what nobody has settled yet (see phrases.py, `unsettled`). Each
# begins with its own letter: the engine skips to the next of these.
_OPEN = re.compile(
    r"tbc|tba|tbd|source|conf[ei]rm|announc|determin|decid|defin|known|fixed|open|bekannt"
    r"|offen|festgelegt|folgt|mitgeteilt|preciser|fixer|fixe|connu|stabil|precis|noto|nota"
    r"|fissat|dolocen|znan|objavljen|sporocen|naknadno"
)
_PUBLISHED = re.compile("|".join(PUBLICATION_STEMS))
_NAMES = _EDGES | _OPEN_WORDS | set(MONTHS)


def _figures(token: str) -> int:
    return FIGURES if "." in token or "/" in token or "-" in token else 0


def _sign(token: str) -> int:
    """What a token may belong to: the sum of its signs."""
    plain = levelled(token)
    if " " in plain:  # a sign that only levelling makes a space
        return EVERY
    found = _figures(plain) if plain == "." or _DIGIT.search(plain) else 0
    runs = _RUN.findall(plain)
    if not runs:
        return found
    if not _NAMES.isdisjoint(runs):
        found |= MONTH if any(run in MONTHS for run in runs) else 0
        found |= EDGE if any(run in _EDGES for run in runs) else 0
        found |= UNSETTLED if any(run in _OPEN_WORDS for run in runs) else 0
    if _PUBLISHED.search(plain):
        found |= PERIOD
    return found | UNSETTLED if _OPEN.search(plain) else found


# The tokens of all languages lie in this one table.
_SIGNS: Remembered[int] = Remembered(_sign, room=4 * REMEMBERED)


@dataclass(frozen=True, slots=True)
class Signs:
    """The tokens of a text, the signs that each bears, and all of these signs together."""

    tokens: dict[str, None]
    borne: Sequence[int]
    all: int

    def bearing(self, sign: int) -> list[str]:
        return [token for token, borne in zip(self.tokens, self.borne, strict=True) if borne & sign]


def signs_of(text: str) -> Signs:
    """The signs in a composed text."""
    tokens = tokens_of(text)
    borne = list(map(_SIGNS.__getitem__, tokens))
    return Signs(tokens, borne, reduce(or_, set(borne), 0))
