"""One reading of one text."""

import time
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.reading import read

TEXT = """Ministrstvo vabi občine k javni obravnavi predloga zakona o upravljanju velikih zveri
(EVA 2026-2550-0012). Pripombe pošljite najpozneje do 30. aprila."""


def test_a_text_is_read_once_for_everything() -> None:
    reading = read(TEXT, language=None, published=datetime(2026, 3, 2, tzinfo=UTC))
    assert reading.language == "sl"
    assert [d.at and d.at.date().isoformat() for d in reading.deadlines] == ["2026-04-30"]
    assert [t.key for t in reading.topics] == ["carnivores"]
    assert reading.procedure_numbers == ("EVA 2026-2550-0012",)
    assert "zver" in reading.search_text.split()


def test_an_empty_text_says_nothing() -> None:
    reading = read("", language=None)
    assert (reading.language, reading.deadlines, reading.search_text) == (None, (), "")


# dictionaries are loaded by the first example: no time limit for one
@settings(deadline=None)
@given(st.text(), st.one_of(st.none(), st.text(max_size=8)))
def test_no_text_raises(text: str, language: str | None) -> None:
    read(text, language=language)


def test_a_long_text_of_digits_and_spaces_takes_no_more_than_its_length() -> None:
    for piece in ("1", "1 ", " ", "/", "(2", "COM(2015) ", "1234-"):
        began = time.monotonic()
        read(piece * (100_000 // len(piece)), language="de")
        assert time.monotonic() - began < 4, piece
