"""Bars of a picture, in units of its view box. Pure: the template only places them."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 600  # of the widest bar
ROW = 40
NARROWEST = 3  # what is not nothing is seen


@dataclass(frozen=True, slots=True)
class Part:
    """`kind` names the colour; the number stands in or beside it, so that none depends on it."""

    kind: str
    x: float
    width: float
    number: int


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    y: int
    parts: tuple[Part, ...]

    @property
    def end(self) -> float:
        return max((part.x + part.width for part in self.parts), default=0)


def bars(rows: Sequence[tuple[str, Sequence[tuple[str, int]]]]) -> list[Bar]:
    """One under the other, to one scale; each row is a label with its kinds and numbers."""
    most = max((sum(number for _, number in parts) for _, parts in rows), default=0)
    found = []
    for place, (label, parts) in enumerate(rows):
        x, shown = 0.0, []
        for kind, number in parts:
            if number:
                width = max(number / most * WIDTH, NARROWEST)
                shown.append(Part(kind, round(x, 1), round(width, 1), number))
                x += width
        found.append(Bar(label, place * ROW, tuple(shown)))
    return found
