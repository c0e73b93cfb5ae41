"""Reading answers what every question asked by itself would, and what was recorded."""

import csv
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.reading import read
from feeds.reading.deadlines import deadlines
from feeds.reading.folding import search_text
from feeds.reading.procedures import procedure_numbers
from feeds.reading.topics import topics

# Recorded when every word was still asked for by itself: what stands in databases must not change.
FOUND_BY = list(csv.DictReader((Path(__file__).parent / "found_by.csv").open(encoding="utf-8")))
NOW = datetime(2026, 11, 20, tzinfo=UTC)
TEXTS = [row["text"] for row in FOUND_BY]


def test_a_text_is_found_by_the_words_that_were_recorded() -> None:
    read_now = [read(row["text"], language=row["language"]) for row in FOUND_BY]
    assert [each.search_text for each in read_now] == [row["found_by"] for row in FOUND_BY]


def test_a_text_has_the_topics_that_were_recorded() -> None:
    def said(row: dict[str, str]) -> str:
        found = read(row["text"], language=row["language"]).topics
        return "; ".join(f"{topic.key}: {', '.join(topic.words)}" for topic in found)

    assert [said(row) for row in FOUND_BY] == [row["topics"] for row in FOUND_BY]


@settings(deadline=None)
@given(
    st.one_of(
        st.text(max_size=60),
        st.lists(st.sampled_from(" ".join(TEXTS).split()), max_size=60).map(" ".join),
    ),
    st.sampled_from(["en", "de", "fr", "it", "sl", None]),
)
def test_reading_is_the_sum_of_its_questions(text: str, declared: str | None) -> None:
    reading = read(text, language=declared, published=NOW)
    spoken = reading.language
    assert reading.search_text == search_text(text, language=spoken)
    assert list(reading.topics) == topics(text, language=spoken)
    assert list(reading.procedure_numbers) == procedure_numbers(text)
    assert list(reading.deadlines) == deadlines(text, language=spoken or "", published=NOW)


def test_the_end_of_a_long_text_still_has_deadlines() -> None:
    text = "Wort " * 10_000 + "Stellungnahmen sind bis 31. März 2027 einzureichen."
    found = read(text, language="de").deadlines
    assert [each.at and each.at.date().isoformat() for each in found] == ["2027-03-31"]
