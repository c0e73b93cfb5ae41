"""The work of reading grows with the text, whatever it is made of."""

import sys
import time
from types import FrameType
from typing import Any  # what the profiler hands over

import pytest

from feeds.reading import read

BAIT = (
    *("1", "1 ", "1.1.", ".", " ", "\n", "1.\n", "/", "1/", "-", "1-", "(", "(2024) ", "'", "é"),
    *("bis ", "bis bis ", "mai ", "ende ", "31. März ", "31.12.2026 bis ", "Frist: 31.12.2026. "),
    *("within 4 weeks of publication ", "Comments within 4 weeks of publication. "),
    *("Deadline. tbc ", "COM(2024) ", "eli/a/", "BGBl ", "SR ", "CELEX ", "velike zveri ", "a\n"),
)
LONG = 512_000


@pytest.mark.parametrize("piece", BAIT)
def test_half_a_megabyte_of_anything_is_read_in_a_moment(piece: str) -> None:
    text = piece * (LONG // len(piece))
    began = time.process_time()
    read(text, language="de")
    # a tenth of this on an idle machine; what grows with the square takes minutes
    assert time.process_time() - began < 5


def calls(text: str) -> int:
    """How many functions reading a text calls."""
    counted = 0

    def count(_: FrameType, event: str, __: Any) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        read(text, language="de")
    finally:
        sys.setprofile(None)
    return counted


@pytest.mark.parametrize("piece", BAIT)
def test_twice_the_text_is_about_twice_the_work(piece: str) -> None:
    read(piece * 10, language="de")
    once, twice = calls(piece * 1000), calls(piece * 2000)
    assert twice <= 2.3 * once + 200
