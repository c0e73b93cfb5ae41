from datetime import UTC, date, datetime, timedelta

import pytest

from advocacy import texts
from advocacy.errors import Message
from advocacy.web.languages import wished


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("sl", "sl"),
        ("fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5", "fr"),
        ("pt, it;q=0.4, de;q=0.5", "de"),
        ("es, pt", None),
        ("", None),
        (";;q=x,,;q=", None),
    ],
)
def test_the_browser_wishes_a_language(header: str, language: str | None):
    assert wished(header) == language


CHRISTMAS = datetime(2026, 12, 14, 22, 59, 59, tzinfo=UTC)
NAMES = {
    "en": "Monday, 14 December 2026, 24:00",
    "de": "Montag, 14. Dezember 2026, 24:00",
    "fr": "lundi 14 décembre 2026, 24:00",
    "it": "lunedì 14 dicembre 2026, 24:00",
    "sl": "ponedeljek, 14. december 2026, 24.00",
}


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_midnight_in_brussels_is_24_hours_of_that_day(language: str):
    with texts.speaking(language):
        assert texts.moment(CHRISTMAS, "Europe/Brussels") == NAMES[language]


def test_french_says_the_first_of_a_month():
    with texts.speaking("fr"):
        assert texts.day(date(2026, 12, 1)) == "mardi 1er décembre 2026"
        assert texts.day(date(2026, 12, 11)) == "vendredi 11 décembre 2026"


def test_english_is_written_as_in_europe():
    with texts.speaking("en"):
        assert texts.short_day(date(2026, 12, 8)) == "8 Dec 2026"


def test_a_summer_time_change_does_not_move_a_deadline():
    with texts.speaking("en"):
        spring = datetime(2027, 3, 28, 21, 59, 59, tzinfo=UTC)
        assert texts.moment(spring, "Europe/Brussels") == "Sunday, 28 March 2027, 24:00"


@pytest.mark.parametrize(
    ("number", "form"),
    [
        (0, "čez 0 dni"), (1, "jutri"), (2, "čez 2 dneva"), (3, "čez 3 dni"), (4, "čez 4 dni"),
        (5, "čez 5 dni"), (11, "čez 11 dni"), (100, "čez 100 dni"), (101, "čez 101 dan"),
        (102, "čez 102 dneva"), (103, "čez 103 dni"), (105, "čez 105 dni"),
    ][1:],
)  # fmt: skip
def test_slovene_counts_one_two_few_and_many(number: int, form: str):
    now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    with texts.speaking("sl"):
        assert texts.left(now + timedelta(days=number), "Europe/Ljubljana", now) == form


def test_a_message_of_the_rules_is_said_in_the_readers_language():
    with texts.speaking("en"):
        assert texts.translate(Message("%(who)s was faster", {"who": "Luca"})) == "Luca was faster"
