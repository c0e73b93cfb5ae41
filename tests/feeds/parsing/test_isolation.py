import time

import pytest

from feeds.parsing import Document
from feeds.parsing.isolation import parse_safely

pytestmark = pytest.mark.anyio


async def test_broken_xml_is_read_in_a_process_of_its_own() -> None:
    body = b"<rss version='2.0'><channel><item><title>Good</title></item><item><title>Half"
    parsed = await parse_safely("feed", Document(body, "https://example.org/"))
    assert parsed.entries[0].title == "Good"


async def test_what_takes_too_long_is_ended() -> None:
    attributes = b" ".join(b"a%d='1'" % n for n in range(100_000))
    body = b"<rss version='2.0'><channel " + attributes + b"><item>"
    started = time.monotonic()
    parsed = await parse_safely("feed", Document(body, "https://example.org/"), seconds=2)
    assert parsed.entries == ()
    assert parsed.problem is not None
    assert time.monotonic() - started < 6
