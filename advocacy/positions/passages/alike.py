"""Which texts say nearly the same, found without comparing every pair. Pure.

Two sets that share 60 % of all their words share one among the rarest of each, when both are put
into one order: prefix filtering (Bayardo, Ma, Srikant: "Scaling Up All Pairs Similarity Search",
WWW 2007). Six thousand passages are grouped in a second and not in a minute.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import chain
from math import ceil

ALIKE = 0.6  # share of the words of two passages that both have

Words = frozenset[str]


def overlap(one: Words, other: Words) -> float:
    """Share of all words of two texts that both have, from 0 to 1; two empty ones are alike."""
    return len(one & other) / len(one | other) if one or other else 1.0


def heads(texts: Sequence[Words]) -> list[int]:
    """For each text the place of the first head that it is alike; who is alike none is a head."""
    often = Counter(chain.from_iterable(texts))
    found: list[int] = []
    known: dict[str, list[int]] = {}
    for place, words in enumerate(texts):
        rare = _rarest(words, often)
        candidates = sorted({head for word in rare for head in known.get(word, ())})
        head = next((each for each in candidates if overlap(texts[each], words) >= ALIKE), place)
        found.append(head)
        if head == place:
            for word in rare:
                known.setdefault(word, []).append(place)
    return found


def _rarest(words: Words, often: Counter[str]) -> list[str]:
    """So many that one of them is shared with whatever is alike; "" stands for no words at all."""
    if not words:
        return [""]
    shared = ceil(ALIKE * len(words) - 1e-9)
    ordered = sorted(words, key=lambda word: (often[word], word))
    return ordered[: len(words) - shared + 1]
