"""The sizes of municipalities, as coverage counts them."""

from collections.abc import Mapping
from enum import StrEnum


class Size(StrEnum):
    """By inhabitants; the upper bound belongs to the size."""

    SMALL = "1000"
    MIDDLE = "5000"
    LARGE = "20000"
    LARGEST = "more"
    UNKNOWN = "unknown"


BOUNDS: Mapping[Size, tuple[int, int | None]] = {
    Size.SMALL: (0, 1_000),
    Size.MIDDLE: (1_001, 5_000),
    Size.LARGE: (5_001, 20_000),
    Size.LARGEST: (20_001, None),
}


def size_of(population: int | None) -> Size:
    if population is None:
        return Size.UNKNOWN
    return next(
        size for size, (_, most) in BOUNDS.items() if most is None or population <= most
    )  # fmt: skip
