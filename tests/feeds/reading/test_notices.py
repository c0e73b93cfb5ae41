"""Notices of ministries and what they name: every kind of date, and the lists of the field."""

import csv
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from feeds.reading.deadlines import deadlines

NOTICES = list(csv.DictReader((Path(__file__).parent / "notices.csv").open(encoding="utf-8")))
# Sentences of real notices, kept beside the project; without them this file still says enough.
DOMAIN = Path(__file__).parents[4] / "shared" / "domain"


def found_in(row: dict[str, str], language: str) -> list[str]:
    published = row["published"]
    at = datetime.fromisoformat(published).replace(tzinfo=UTC) if published else None
    return [
        f"{each.kind} {each.at.date() if each.at else '?'}"
        for each in deadlines(row["text"], language=language, published=at)
    ]


def expected(row: dict[str, str]) -> list[str]:
    said = row["found"].split()
    return [f"{kind} {day}" for kind, day in zip(said[::2], said[1::2], strict=True)]


def test_every_notice_gives_each_of_its_dates_with_its_kind() -> None:
    wrong = [(row["text"], found_in(row, row["language"])) for row in NOTICES]
    assert [
        (text, found)
        for row, (text, found) in zip(NOTICES, wrong, strict=True)
        if sorted(found) != sorted(expected(row))
    ] == []


def test_there_are_notices_of_every_kind_in_every_language() -> None:
    kinds = ("input", "registration", "meeting", "force", "other", "")
    told = Counter((row["language"], row["found"].split(" ")[0]) for row in NOTICES)
    languages = ("en", "de", "fr", "it", "sl")
    assert [(code, kind) for code in languages for kind in kinds if not told[code, kind]] == []
    assert len(NOTICES) >= 60


def right_per_language(name: str) -> dict[str, tuple[int, int, int]]:
    """Per language: deadlines found rightly, sentences read rightly, sentences."""
    hits, right, all_of_them = Counter[str](), Counter[str](), Counter[str]()
    for row in csv.DictReader((DOMAIN / name).open(encoding="utf-8")):
        code, days = row["language"], set(row["expected_iso_date"].split())
        read = deadlines(row["text"], language=code)
        found = {each.at.date().isoformat() for each in read if each.kind == "input" and each.at}
        hits[code] += len(found & days)
        right[code] += found == days
        all_of_them[code] += 1
    return {code: (hits[code], right[code], all_of_them[code]) for code in all_of_them}


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        (
            "deadline_phrases.csv",
            {
                "en": (8, 14, 14),
                "de": (9, 15, 15),
                "fr": (8, 13, 13),
                "it": (8, 14, 14),
                "sl": (8, 13, 13),
            },
        ),
        (
            "deadlines_real.csv",
            {
                "de": (14, 85, 85),
                "de/it": (4, 7, 7),
                "en": (3, 4, 4),
                "fr": (0, 2, 2),
                "it": (9, 29, 29),
                "sl": (0, 3, 3),
            },
        ),
    ],
)
def test_the_lists_of_the_field_are_read_without_a_mistake(
    name: str, counts: dict[str, tuple[int, int, int]]
) -> None:
    if (DOMAIN / name).exists():
        assert right_per_language(name) == counts
    assert {right == said for _, right, said in counts.values()} == {True}
