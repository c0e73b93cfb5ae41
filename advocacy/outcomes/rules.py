"""What a body made of an ask."""

from collections.abc import Mapping
from enum import StrEnum


class Fate(StrEnum):
    OPEN = "open"
    ADOPTED = "adopted"
    PARTLY = "partly"
    REJECTED = "rejected"


ALLOWED: Mapping[Fate, frozenset[Fate]] = {each: frozenset(Fate) - {each} for each in Fate}
"""Bodies change their minds from stage to stage."""

ENDS = frozenset({Fate.ADOPTED, Fate.PARTLY, Fate.REJECTED})
