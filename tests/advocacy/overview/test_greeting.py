from datetime import UTC, datetime

from advocacy import texts
from advocacy.overview.greeting import count_in_words, greeting
from tests.conftest import NOW


def test_the_count_is_said_in_words_up_to_seven():
    with texts.speaking("en"):
        assert count_in_words(0) == "Nothing needs you now."
        assert count_in_words(1) == "One thing needs you now."
        assert count_in_words(7) == "Seven things need you now."
        assert count_in_words(8) == "8 things need you now."


def test_the_greeting_knows_the_hour_of_the_office():
    evening = datetime(2026, 11, 23, 17, 30, tzinfo=UTC)
    with texts.speaking("en"):
        assert greeting("Ana Muster", now=NOW, zone="Europe/Brussels") == "Good morning, Ana."
        assert greeting("Ana", now=evening, zone="Europe/Brussels") == "Good evening, Ana."
