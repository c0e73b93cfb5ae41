"""Papers are set from data, in turn, in the language of whoever asks."""

import asyncio
import threading
import time

import pytest

from advocacy import texts
from advocacy.typesetting import in_turn, printable


def test_what_no_document_can_hold_is_left_out() -> None:
    assert printable("ena\x00\x0b\ud800 dva\r\ntri\rštiri") == "ena dva\ntri\nštiri"


@pytest.mark.anyio
async def test_two_papers_are_set_at_once_and_the_others_wait() -> None:
    busy, most, key = 0, 0, threading.Lock()

    def make() -> bytes:
        nonlocal busy, most
        with key:
            busy += 1
            most = max(most, busy)
        time.sleep(0.02)
        with key:
            busy -= 1
        return b""

    await asyncio.gather(*(in_turn(make) for _ in range(6)))
    assert most == 2


@pytest.mark.anyio
async def test_a_paper_speaks_the_language_in_use() -> None:
    with texts.speaking("sl"):
        assert await in_turn(lambda: texts.language().encode()) == b"sl"
